"""The coordination is told of a certificate whose paper cannot be printed."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import Claims
from conexx_learn.domain.messages import Message
from conexx_learn.models.audit import AuditEntry
from conexx_learn.queries.question_desk import Coordinator, coordinators
from conexx_learn.services import audit, outbox

ACT = "paper-impossible"
PaperLetter = Callable[[Coordinator, Claims, str], Message]


def tell_of_unprinted(
    session: Session,
    *,
    claims: Claims,
    character: str,
    letter: PaperLetter,
    now: datetime,
) -> bool:
    """Write to the coordination that a character stands in the way; once for ever.

    Two at once write the same message, and its key lets one of them in.

    Args:
        session: Where to write.
        claims: Of the certificate: it is issued and can be verified all the same.
        character: That no face of the paper has.
        letter: Writes the mail to one coordinator.
        now: This moment.

    Returns:
        True when this call told them.
    """
    thing = f"certificate:{claims.number}"
    is_told = exists().where(AuditEntry.thing == thing, AuditEntry.act == ACT)
    if session.scalar(select(is_told)):
        return False
    audit.record(session, act=ACT, thing=thing, now=now, character=character)
    told = [
        letter(one, claims, character)
        for one in coordinators(session, today=now.date())
    ]
    outbox.post_all(session, told, now=now)
    return True
