"""Prior learning: claimed with evidence, recognised or refused, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.evidence_files import Evidence
from conexx_learn.domain.prior_learning import (
    KEPT_REFUSED,
    MOST_BYTES_OF_INSTITUTION,
    MOST_BYTES_OF_PERSON,
    MOST_WAITING,
    Decision,
    recognition_refusal,
)
from conexx_learn.models.accounts import User
from conexx_learn.models.competencies import EvidenceFile, PriorLearning
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.institutions import Institution
from conexx_learn.services import audit
from conexx_learn.services.institutions import held_institution


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person says that they can do.

    Attributes:
        competency: Code, such as `K3`.
        level: 1 to 4.
        statement: Where and how they learned it.
        evidence: A file, or None where there is a link.
        link: An address, or None where there is a file.
    """

    competency: str
    level: int
    statement: str
    evidence: Evidence | None
    link: str | None


def claim_prior_learning(
    session: Session, *, user_id: int, institution_id: int, claim: Claim, now: datetime
) -> None:
    """Hand a claim to the coordination.

    Raises:
        RuleError: The same competency waits already, too many claims wait, or there is
            no room for another file.
    """
    # What is counted must not grow meanwhile: of two claims the second waits.
    held_institution(session, institution_id)
    session.execute(select(User.id).where(User.id == user_id).with_for_update())
    _refuse_too_many(session, user_id=user_id)
    file_id = None
    if claim.evidence is not None:
        _refuse_too_large(session, user_id, institution_id, len(claim.evidence.content))
        file_id = _store(session, claim.evidence)
    made = insert_once(
        session,
        PriorLearning,
        user_id=user_id,
        institution_id=institution_id,
        competency=claim.competency,
        level=claim.level,
        statement=claim.statement,
        link=claim.link,
        evidence_file_id=file_id,
        sent_at=now,
        answer="",
    )
    if not made:
        raise RuleError("claim-waits")
    audit.record(
        session,
        act="prior-learning-claim",
        thing=f"user:{user_id}",
        now=now,
        institution_id=institution_id,
        competency=claim.competency,
        level=claim.level,
    )


def _refuse_too_many(session: Session, *, user_id: int) -> None:
    waiting = session.scalar(
        select(func.count())
        .select_from(PriorLearning)
        .where(PriorLearning.user_id == user_id, PriorLearning.decision.is_(None))
    )
    if (waiting or 0) >= MOST_WAITING:
        raise RuleError("claims-too-many", limit=MOST_WAITING)


def _refuse_too_large(
    session: Session, user_id: int, institution_id: int, byte_count: int
) -> None:
    """Keep within the room that a person and an institution have for files."""
    for owner, limit in (
        (PriorLearning.user_id == user_id, MOST_BYTES_OF_PERSON),
        (PriorLearning.institution_id == institution_id, MOST_BYTES_OF_INSTITUTION),
    ):
        used = session.scalar(
            select(func.sum(EvidenceFile.byte_count))
            .join(PriorLearning, PriorLearning.evidence_file_id == EvidenceFile.id)
            .where(owner)
        )
        if (used or 0) + byte_count > limit:
            raise RuleError("evidence-no-room")


def _store(session: Session, evidence: Evidence) -> int:
    row = EvidenceFile(
        sha256=sha256(evidence.content).hexdigest(),
        name=evidence.name,
        mime=evidence.kind.value,
        byte_count=len(evidence.content),
        content=evidence.content,
    )
    session.add(row)
    session.flush()
    return row.id


def withdraw_claim(
    session: Session, *, claim_id: int, user_id: int, now: datetime
) -> None:
    """Take back a claim of one's own that nobody decided yet; its evidence goes.

    Raises:
        NotFoundError: No such claim, or not theirs.
        RuleError: It was decided meanwhile.
    """
    row = _locked(session, claim_id)
    if row.user_id != user_id:
        raise NotFoundError
    _refuse_decided(row)
    row.decision, row.decided_at = Decision.WITHDRAWN.value, now
    _forget_evidence(session, [row])
    _record(session, "prior-learning-withdraw", row, now)


def recognise_claim(
    session: Session,
    *,
    claim_id: int,
    level: int,
    valid_until: date,
    answer: str,
    decided_by: int,
    now: datetime,
) -> None:
    """Recognise a claim at a level until a day, which is inclusive.

    Raises:
        NotFoundError: No such claim.
        RuleError: It was decided, is one's own, or the day is past or too far.
    """
    row = _open_claim(session, claim_id, decided_by)
    today = _today(session, row, now)
    refusal = recognition_refusal(valid_until, today)
    if refusal is not None:
        raise refusal
    row.level, row.valid_until = level, valid_until
    _decide(session, row, Decision.RECOGNISED, answer, decided_by, now, today)


def refuse_claim(
    session: Session, *, claim_id: int, answer: str, decided_by: int, now: datetime
) -> None:
    """Refuse a claim, and say why.

    Raises:
        NotFoundError: No such claim.
        RuleError: It was decided, or is one's own.
    """
    row = _open_claim(session, claim_id, decided_by)
    today = _today(session, row, now)
    _decide(session, row, Decision.REFUSED, answer, decided_by, now, today)


def end_recognition(session: Session, *, claim_id: int, now: datetime) -> None:
    """Let a recognition count for the last time today; what it was stays on record.

    Raises:
        NotFoundError: No such claim.
        RuleError: It counts no longer, or never did.
    """
    row = _locked(session, claim_id)
    today = _today(session, row, now)
    counts = row.decision == Decision.RECOGNISED.value
    if not counts or row.valid_until is None or row.valid_until <= today:
        raise RuleError("recognition-over")
    row.valid_until = today
    _record(session, "prior-learning-end", row, now)


def _open_claim(session: Session, claim_id: int, decided_by: int) -> PriorLearning:
    row = _locked(session, claim_id)
    if row.user_id == decided_by:
        raise RuleError("claim-own")
    _refuse_decided(row)
    return row


def _locked(session: Session, claim_id: int) -> PriorLearning:
    row = session.scalar(
        select(PriorLearning).where(PriorLearning.id == claim_id).with_for_update()
    )
    if row is None:
        raise NotFoundError
    return row


def _refuse_decided(row: PriorLearning) -> None:
    if row.decision is not None:
        raise RuleError("claim-decided")


def _decide(
    session: Session,
    row: PriorLearning,
    decision: Decision,
    answer: str,
    decided_by: int,
    now: datetime,
    today: date,
) -> None:
    row.decision, row.answer = decision.value, answer
    row.decided_at, row.decided_on, row.decided_by = now, today, decided_by
    _record(session, f"prior-learning-{decision.value}", row, now)


def _today(session: Session, row: PriorLearning, now: datetime) -> date:
    """Return the calendar day at the institution of a claim."""
    zone = session.scalars(
        select(Institution.timezone).where(Institution.id == row.institution_id)
    ).one()
    return now.astimezone(ZoneInfo(zone)).date()


def forget_prior_learning(session: Session, *, user_id: int, now: datetime) -> None:
    """Erase what a person wrote and handed in; that something was recognised stays.

    What waited is withdrawn: nobody is left to be answered.
    """
    rows = session.scalars(
        select(PriorLearning).where(PriorLearning.user_id == user_id)
    ).all()
    for row in rows:
        row.statement = row.answer = ""
        row.link = None
        if row.decision is None:
            row.decision, row.decided_at = Decision.WITHDRAWN.value, now
    _forget_evidence(session, rows)


def delete_spent_evidence(session: Session, *, now: datetime) -> int:
    """Delete the files that show nothing any more; what was decided stays.

    The file of a claim that was withdrawn goes at once, that of a refused one when
    the time to object is over. What was recognised can be shown as long as it is
    on record.

    Returns:
        How many files went.
    """
    rows = session.scalars(
        select(PriorLearning).where(
            PriorLearning.evidence_file_id.is_not(None),
            or_(
                PriorLearning.decision == Decision.WITHDRAWN.value,
                and_(
                    PriorLearning.decision == Decision.REFUSED.value,
                    PriorLearning.decided_at < now - KEPT_REFUSED,
                ),
            ),
        )
    ).all()
    _forget_evidence(session, rows)
    return len(rows)


def _forget_evidence(session: Session, rows: Sequence[PriorLearning]) -> None:
    """Delete the files of claims."""
    gone = [row.evidence_file_id for row in rows if row.evidence_file_id is not None]
    for row in rows:
        row.evidence_file_id = None
    session.flush()
    session.execute(delete(EvidenceFile).where(EvidenceFile.id.in_(gone)))


def _record(session: Session, act: str, row: PriorLearning, now: datetime) -> None:
    audit.record(
        session,
        act=act,
        thing=f"user:{row.user_id}",
        now=now,
        institution_id=row.institution_id,
        competency=row.competency,
        level=row.level,
    )
