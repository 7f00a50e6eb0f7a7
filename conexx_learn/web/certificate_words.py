"""The words of what happens to certificates: states, reasons, events."""

from conexx_learn.domain.certificates import CertificateState, EventKind
from conexx_learn.web.language import gettext as _


def state_word(state: CertificateState) -> str:
    """Return the word of a verdict."""
    return {
        CertificateState.VALID: _("Valid"),
        CertificateState.EXPIRED: _("Expired"),
        CertificateState.SUSPENDED: _("Suspended"),
        CertificateState.REVOKED: _("Revoked"),
        CertificateState.SUPERSEDED: _("Replaced"),
        CertificateState.UNKNOWN: _("Not found"),
    }[state]


def state_shape(state: CertificateState) -> str:
    """Return which shape and colour a state has."""
    is_plain = state in {CertificateState.SUPERSEDED, CertificateState.UNKNOWN}
    return "expired" if is_plain else state.value


def reason_words(code: str) -> str:
    """Return a public reason as it follows a colon; empty for none."""
    return {
        "issued-in-error": _("it was issued by mistake."),
        "fraud": _("the final quiz was not answered by the holder."),
        "superseded": _("a corrected certificate replaces it."),
        "holder-request": _("the holder asked for it."),
        "data-correction": _("its data were wrong."),
        "under-review": _("its issue is being reviewed."),
    }.get(code, code)


def event_word(kind: EventKind) -> str:
    """Say what happened."""
    return {
        EventKind.ISSUED: _("Certificate issued"),
        EventKind.SUSPENDED: _("Certificate suspended"),
        EventKind.REINSTATED: _("Suspension lifted"),
        EventKind.REVOCATION_PROPOSED: _("Revocation proposed"),
        EventKind.PROPOSAL_WITHDRAWN: _("Proposal withdrawn"),
        EventKind.REVOKED: _("Certificate revoked"),
        EventKind.SUPERSEDED: _("Replaced by a correction"),
        EventKind.CORRECTION_ASKED: _("Correction asked for by the holder"),
        EventKind.CORRECTION_DECLINED: _("Correction declined"),
    }[kind]


def event_shape(kind: EventKind) -> str:
    """Return which shape and colour an event has."""
    return {
        EventKind.ISSUED: "valid",
        EventKind.REINSTATED: "valid",
        EventKind.SUSPENDED: "suspended",
        EventKind.REVOKED: "revoked",
        EventKind.SUPERSEDED: "expired",
    }.get(kind, "progress")
