"""How the technical checks of a certificate are told."""

from conexx_learn.domain.register_checks import (
    Check,
    CheckKind,
    CheckResult,
    RegisterChecks,
)
from conexx_learn.web.language import gettext as _

STATES = {
    CheckResult.HOLDS: "met",
    CheckResult.FAILS: "overdue",
    CheckResult.WAITS: "none",
}


def check_lines(checked: RegisterChecks) -> tuple[tuple[str, str], ...]:
    """Say each check as a state and a sentence."""
    return tuple((STATES[check.result], _sentence(check)) for check in checked.checks)


def _sentence(check: Check) -> str:
    holds = {
        CheckKind.SIGNATURE: _("The signatures of both files are right"),
        CheckKind.KEY: _("They were made with keys of the issuer"),
        CheckKind.STATUS: _("The status list says the same"),
        CheckKind.HASH: _("Not one byte of the files has changed"),
        CheckKind.CLAIMS: _("This page says what was signed"),
    }
    fails = {
        CheckKind.SIGNATURE: _("A signature is wrong"),
        CheckKind.KEY: _("A key was withdrawn; the files are being signed again"),
        CheckKind.STATUS: _("The status list says that it was taken back"),
        CheckKind.HASH: _("A file has changed since it was signed"),
        CheckKind.CLAIMS: _("This page does not say what was signed"),
    }
    if check.kind is CheckKind.UNSIGNED:
        return _("Its files are still being signed")
    if check.result is CheckResult.WAITS:
        return _("The status list is being renewed: ask again shortly")
    return holds[check.kind] if check.result is CheckResult.HOLDS else fails[check.kind]
