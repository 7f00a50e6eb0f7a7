"""What the coordination may do with a certificate now, and how each act is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_login import current_user
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificate_life import (
    is_suspended,
    open_proposal,
    open_request,
)
from conexx_learn.domain.certificates import (
    EventKind,
    RevocationReason,
    SuspensionReason,
)
from conexx_learn.domain.identifiers import read_key
from conexx_learn.domain.names import printed_name
from conexx_learn.queries.certificate_dossier import Dossier, DossierEvent
from conexx_learn.services import certificate_acts as verbs
from conexx_learn.services.certificate_corrections import (
    correct_certificate,
    decline_correction,
)
from conexx_learn.web.admin.certificate_act_forms import (
    ActForm,
    ApprovalForm,
    CorrectionForm,
    RefusalForm,
    RevocationForm,
    SuspensionForm,
)

Form = ActForm | RefusalForm
FINAL = frozenset({EventKind.REVOKED, EventKind.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act.

    Attributes:
        number: Of the certificate that is shown afterwards.
        event_id: Key of what was added; None where it was so already.
    """

    number: str
    event_id: int | None


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that the coordination does.

    Attributes:
        may: Whether it makes sense now; own and final certificates are left out before.
        make: Makes its form, filled with what is known.
        perform: Does it, in a transaction.
    """

    may: Callable[[Dossier], bool]
    make: Callable[[Dossier], Form]
    perform: Callable[[Session, str, Any], Done]


def possible_acts(dossier: Dossier) -> list[str]:
    """List what the reader may do with a certificate, in the order of the page."""
    is_final = any(event.kind in FINAL for event in dossier.events)
    if is_final or dossier.holder_id == current_user.id:
        return []
    return [name for name, act in ACTS.items() if act.may(dossier)]


def proposal_of(dossier: Dossier) -> DossierEvent | None:
    """Return the proposal that waits for a second coordinator."""
    return open_proposal(dossier.events)


def request_of(dossier: Dossier) -> DossierEvent | None:
    """Return the holder's request that waits for an answer."""
    return open_request(dossier.events)


def _approvable(dossier: Dossier) -> bool:
    waiting = proposal_of(dossier)
    return waiting is not None and waiting.by != current_user.id


def _correctable(dossier: Dossier) -> bool:
    return not is_suspended(dossier.events) and proposal_of(dossier) is None


def _suspend(session: Session, number: str, form: SuspensionForm) -> Done:
    added = verbs.suspend_certificate(
        session,
        number=number,
        reason=SuspensionReason(form.reason.data),
        note=form.note.data,
        by=current_user.id,
        now=now(),
    )
    return Done(number, added)


def _reinstate(session: Session, number: str, form: ActForm) -> Done:
    added = verbs.reinstate_certificate(
        session, number=number, note=form.note.data, by=current_user.id, now=now()
    )
    return Done(number, added)


def _propose(session: Session, number: str, form: RevocationForm) -> Done:
    added = verbs.propose_revocation(
        session,
        number=number,
        reason=RevocationReason(form.reason.data),
        note=form.note.data,
        by=current_user.id,
        now=now(),
    )
    return Done(number, added)


def _approve(session: Session, number: str, form: ApprovalForm) -> Done:
    added = verbs.approve_revocation(
        session,
        number=number,
        proposal_id=read_key(form.proposal.data or "") or 0,
        note=form.note.data,
        by=current_user.id,
        now=now(),
    )
    return Done(number, added)


def _withdraw(session: Session, number: str, form: ActForm) -> Done:
    added = verbs.withdraw_proposal(
        session, number=number, note=form.note.data, by=current_user.id, now=now()
    )
    return Done(number, added)


def _correct(session: Session, number: str, form: CorrectionForm) -> Done:
    made = correct_certificate(
        session,
        number=number,
        holder=form.holder.data,
        note=form.note.data,
        by=current_user.id,
        now=now(),
    )
    return Done(made.number, made.event_id)


def _decline(session: Session, number: str, form: RefusalForm) -> Done:
    added = decline_correction(
        session, number=number, answer=form.answer.data, by=current_user.id, now=now()
    )
    return Done(number, added)


def _approval_form(dossier: Dossier) -> ApprovalForm:
    waiting = proposal_of(dossier)
    return ApprovalForm(proposal=str(waiting.id) if waiting else "")


def _correction_form(dossier: Dossier) -> CorrectionForm:
    """Offer what the holder asks for, else what the account says today."""
    asked = request_of(dossier)
    name = asked.note if asked else printed_name(dossier.account_name)
    return CorrectionForm(holder=name)


ACTS: Mapping[str, Act] = {
    "correction": Act(_correctable, _correction_form, _correct),
    "refusal": Act(
        lambda dossier: request_of(dossier) is not None,
        lambda _: RefusalForm(),
        _decline,
    ),
    "suspension": Act(
        lambda dossier: not is_suspended(dossier.events),
        lambda _: SuspensionForm(),
        _suspend,
    ),
    "reinstatement": Act(
        lambda dossier: is_suspended(dossier.events), lambda _: ActForm(), _reinstate
    ),
    "revocation": Act(
        lambda dossier: proposal_of(dossier) is None,
        lambda _: RevocationForm(),
        _propose,
    ),
    "approval": Act(_approvable, _approval_form, _approve),
    "withdrawal": Act(
        lambda dossier: proposal_of(dossier) is not None,
        lambda _: ActForm(),
        _withdraw,
    ),
}
"""By their word in the address."""
