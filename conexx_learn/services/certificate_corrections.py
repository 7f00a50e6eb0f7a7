"""A misspelt name: the holder asks, the coordination issues a corrected certificate.

The corrected one has a number of its own and says the same days as the one that it
replaces: nothing that counts from the issue begins anew.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificate_life import (
    is_suspended,
    open_proposal,
    open_request,
    refuse_the_final,
)
from conexx_learn.domain.certificates import (
    CLAIMS_JSON,
    Claims,
    EventKind,
    RecipientHash,
    RevocationReason,
)
from conexx_learn.domain.credentials.recipients import (
    SALT_BYTES,
    is_recipient,
    recipient_hash,
)
from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.identifiers import NUMBER_BITS, certificate_number
from conexx_learn.domain.names import LONGEST_NAME, printed_name
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateRequirement
from conexx_learn.models.insertion import inserted_row
from conexx_learn.services.certificate_register import (
    Entry,
    add_event,
    held_entry,
    refuse_ones_own,
)
from conexx_learn.services.signing_requests import ask_for_signing


@dataclass(frozen=True, slots=True)
class Correction:
    """The certificate that says the right name.

    Attributes:
        number: Of the new one, twelve characters.
        event_id: Key of its issue; None where it was there already.
    """

    number: str
    event_id: int | None


def correct_certificate(
    session: Session, *, number: str, holder: str, note: str, by: int, now: datetime
) -> Correction:
    """Issue a certificate that says another name, and replace the one that is wrong.

    Asked twice for the same name, it answers with the one that it made. The UNIQUE
    constraint on what is corrected decides between two who correct at once.

    Args:
        session: Where to write.
        number: Twelve characters without hyphens, of the one that is wrong.
        holder: The right name.
        note: For the register, never shown.
        by: Who corrects, of the coordination.
        now: This moment.

    Raises:
        NotFoundError: No such certificate.
        RuleError: It is revoked, replaced, suspended or one's own, says the name, or a
            proposal to revoke it waits.
        ShapeError: There is no name, or the name or the note is too long.
    """
    name = _checked_name(holder)
    entry = held_entry(session, number=number)
    refuse_ones_own(entry, by)
    made = _already_made(session, entry, name)
    if made is not None:
        return Correction(made, None)
    refuse_the_final(entry.events)
    if is_suspended(entry.events):
        raise RuleError("certificate-suspended")
    # Another number would leave behind what was proposed about this one.
    if open_proposal(entry.events) is not None:
        raise RuleError("correction-waits")
    claims = CLAIMS_JSON.validate_python(entry.row.claims)
    if claims.holder == name:
        raise RuleError("correction-same-name")
    return _replace(session, entry, claims, name, note=note, by=by, now=now)


def ask_for_correction(
    session: Session, *, number: str, user_id: int, name: str, now: datetime
) -> bool:
    """Let a holder say how the name should be written.

    Returns:
        True when the request is new; False where one waits already.

    Raises:
        NotFoundError: No such certificate, or somebody else's.
        RuleError: It is revoked or replaced, or says the name.
        ShapeError: There is no name, or it is too long.
    """
    wanted = _checked_name(name)
    entry = held_entry(session, number=number)
    if entry.row.user_id != user_id:
        raise NotFoundError
    refuse_the_final(entry.events)
    if open_request(entry.events) is not None:
        return False
    if entry.row.claims["holder"] == wanted:
        raise RuleError("correction-same-name")
    kind = EventKind.CORRECTION_ASKED
    add_event(session, entry.row, kind, by=user_id, now=now, note=wanted)
    return True


def decline_correction(
    session: Session, *, number: str, answer: str, by: int, now: datetime
) -> int:
    """Answer a request without correcting anything.

    Returns:
        Key of the event.

    Raises:
        NotFoundError: No such certificate.
        RuleError: No request waits, or it is one's own.
        ShapeError: There is no answer, or it is too long.
    """
    entry = held_entry(session, number=number)
    refuse_ones_own(entry, by)
    if open_request(entry.events) is None:
        raise RuleError("correction-answered")
    if not answer:
        raise ShapeError("correction-answer")
    kind = EventKind.CORRECTION_DECLINED
    return add_event(session, entry.row, kind, by=by, now=now, note=answer).id


def _checked_name(typed: str) -> str:
    name = printed_name(typed)
    if not name or len(name) > LONGEST_NAME:
        raise ShapeError("correction-name", longest=LONGEST_NAME)
    return name


def _already_made(session: Session, entry: Entry, name: str) -> str | None:
    """Return the number of the one that corrects it to the very name."""
    successor = session.scalar(
        select(Certificate).where(Certificate.corrects_id == entry.row.id)
    )
    is_same = successor is not None and successor.claims["holder"] == name
    return successor.number if successor is not None and is_same else None


def _replace(
    session: Session,
    entry: Entry,
    claims: Claims,
    name: str,
    *,
    note: str,
    by: int,
    now: datetime,
) -> Correction:
    old = entry.row
    corrected = replace(
        claims,
        number=certificate_number(secrets.randbits(NUMBER_BITS)),
        uuid=uuid4(),
        holder=name,
        recipient=_with_new_salt(session, claims.recipient, old.user_id),
    )
    made = inserted_row(
        session,
        Certificate,
        uuid=str(corrected.uuid),
        number=corrected.number,
        enrolment_id=old.enrolment_id,
        corrects_id=old.id,
        user_id=old.user_id,
        course_id=old.course_id,
        claims=CLAIMS_JSON.dump_python(corrected, mode="json"),
        issued_at=old.issued_at,
        issued_on=old.issued_on,
        valid_until=old.valid_until,
        hides_name=old.hides_name,
        shows_score=old.shows_score,
    )
    if made is None:
        raise RuleError("certificate-superseded")
    row = session.get_one(Certificate, made[0])
    _keep_requirements(session, old.id, row.id)
    add_event(
        session,
        old,
        EventKind.SUPERSEDED,
        by=by,
        now=now,
        reason=RevocationReason.SUPERSEDED,
        note=note,
    )
    issued = add_event(session, row, EventKind.ISSUED, by=by, now=now)
    ask_for_signing(session)
    return Correction(row.number, issued.id)


def _with_new_salt(
    session: Session, recipient: RecipientHash | None, user_id: int
) -> RecipientHash | None:
    """Hash the address anew where it is still the account's.

    Two certificates with one salt could be told to be the same person's.
    """
    address = session.scalar(select(User.email).where(User.id == user_id))
    if address is None or not is_recipient(recipient, address):
        return recipient
    return recipient_hash(address, salt=secrets.token_hex(SALT_BYTES))


def _keep_requirements(session: Session, old_id: int, new_id: int) -> None:
    """Let the new certificate satisfy what the old one did on the day of its issue."""
    line = CertificateRequirement
    session.execute(
        insert(line).from_select(
            ["certificate_id", "requirement_id"],
            select(literal(new_id), line.requirement_id).where(
                line.certificate_id == old_id
            ),
        )
    )
