"""Reads of prior learning: a person's own claims, and those that wait for an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, case, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.prior_learning import ClaimState, Decision, claim_state
from conexx_learn.models.accounts import User
from conexx_learn.models.competencies import Competency, EvidenceFile, PriorLearning
from conexx_learn.models.institutions import Institution, Membership

MOST_LISTED = 200
MOST_DECIDED = 50
"""Of what was decided, the newest are shown."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim of prior learning, as its person and the coordination see it.

    Attributes:
        id: Key.
        user_id: Who claims.
        full_name: Theirs.
        email: The confirmed mailbox that an answer goes to, or None.
        locale: Their language, or None.
        institution: Name of where it is to count.
        institution_locale: Language of its papers.
        timezone: Of its clocks.
        competency: Code.
        titles: Of the competency, by language.
        level: Claimed, or recognised.
        statement: Where and how they learned it.
        link: To the evidence, or None.
        file_name: Of the evidence, or None.
        byte_count: Of the file; 0 without one.
        sent_at: When it was handed in.
        decision: What became of it; None while it waits.
        decided_at: When, or None.
        valid_until: Last day on which it counts, or None.
        answer: Of the coordination.
    """

    id: int
    user_id: int
    full_name: str
    email: str | None
    locale: str | None
    institution: str
    institution_locale: str
    timezone: str
    competency: str
    titles: Mapping[str, str]
    level: int
    statement: str
    link: str | None
    file_name: str | None
    byte_count: int
    sent_at: datetime
    decision: Decision | None
    decided_at: datetime | None
    valid_until: date | None
    answer: str

    def today(self, now: datetime) -> date:
        """Return the calendar day where it is to count."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def state(self, now: datetime) -> ClaimState:
        """Say how it stands."""
        return claim_state(self.decision, self.valid_until, self.today(now))


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was handed in."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OwnInstitution:
    """Where a person belongs, and may claim prior learning."""

    id: int
    name: str


CLAIMS: Select[*tuple[Any, ...]] = (
    select(
        PriorLearning,
        User.full_name,
        case((User.confirmed_at.is_not(None), User.email)).label("email"),
        User.locale,
        Institution.name.label("institution"),
        Institution.default_locale,
        Institution.timezone,
        Competency.titles,
        EvidenceFile.name.label("file_name"),
        EvidenceFile.byte_count,
    )
    .join(User, User.id == PriorLearning.user_id)
    .join(Institution, Institution.id == PriorLearning.institution_id)
    .join(Competency, Competency.code == PriorLearning.competency)
    .outerjoin(EvidenceFile, EvidenceFile.id == PriorLearning.evidence_file_id)
)
WAITING = PriorLearning.decision.is_(None)
DECIDED = PriorLearning.decision.in_(("recognised", "refused"))


def claims_of(session: Session, *, user_id: int) -> list[ClaimRow]:
    """List a person's claims, the newest first; one statement."""
    return _claims(
        session,
        CLAIMS.where(PriorLearning.user_id == user_id)
        .order_by(PriorLearning.sent_at.desc(), PriorLearning.id.desc())
        .limit(MOST_LISTED),
    )


def waiting_claims(session: Session) -> list[ClaimRow]:
    """List what waits for an answer, the oldest first; one statement."""
    return _claims(
        session,
        CLAIMS.where(WAITING)
        .order_by(PriorLearning.sent_at, PriorLearning.id)
        .limit(MOST_LISTED),
    )


def decided_claims(session: Session) -> list[ClaimRow]:
    """List what was recognised or refused, the newest first; one statement."""
    return _claims(
        session,
        CLAIMS.where(DECIDED)
        .order_by(PriorLearning.decided_at.desc(), PriorLearning.id.desc())
        .limit(MOST_DECIDED),
    )


def claim_row(session: Session, *, claim_id: int) -> ClaimRow | None:
    """Return a claim that waits or was decided; one withdrawn is nobody's matter."""
    wanted = CLAIMS.where(PriorLearning.id == claim_id, or_(WAITING, DECIDED))
    return next(iter(_claims(session, wanted)), None)


def _claims(session: Session, statement: Select[*tuple[Any, ...]]) -> list[ClaimRow]:
    return [_claim(row) for row in session.execute(statement)]


def _claim(found: Row[*tuple[Any, ...]]) -> ClaimRow:
    row: PriorLearning = found.PriorLearning
    return ClaimRow(
        id=row.id,
        user_id=row.user_id,
        full_name=found.full_name,
        email=found.email,
        locale=found.locale,
        institution=found.institution,
        institution_locale=found.default_locale,
        timezone=found.timezone,
        competency=row.competency,
        titles=found.titles,
        level=row.level,
        statement=row.statement,
        link=row.link,
        file_name=found.file_name,
        byte_count=found.byte_count or 0,
        sent_at=row.sent_at,
        decision=Decision(row.decision) if row.decision else None,
        decided_at=row.decided_at,
        valid_until=row.valid_until,
        answer=row.answer,
    )


def own_evidence(session: Session, *, claim_id: int, user_id: int) -> KeptFile | None:
    """Return the file of one of one's own claims."""
    return _file(
        session, PriorLearning.id == claim_id, PriorLearning.user_id == user_id
    )


def claimed_evidence(session: Session, *, claim_id: int) -> KeptFile | None:
    """Return the file of anybody's claim, for the coordination."""
    return _file(session, PriorLearning.id == claim_id, or_(WAITING, DECIDED))


def _file(session: Session, *wanted: ColumnElement[bool]) -> KeptFile | None:
    row = session.execute(
        select(EvidenceFile.name, EvidenceFile.mime, EvidenceFile.content)
        .join(PriorLearning, PriorLearning.evidence_file_id == EvidenceFile.id)
        .where(*wanted)
    ).first()
    return KeptFile(row.name, row.mime, row.content) if row else None


def own_institutions(
    session: Session, *, user_id: int, today: date
) -> list[OwnInstitution]:
    """List where a person belongs today, by name; one statement."""
    rows = session.execute(
        select(Institution.id, Institution.name)
        .join(Membership, Membership.institution_id == Institution.id)
        .where(
            Membership.user_id == user_id,
            Membership.from_on <= today,
            or_(Membership.to_on.is_(None), Membership.to_on >= today),
        )
        .distinct()
        .order_by(Institution.name, Institution.id)
    )
    return [OwnInstitution(row.id, row.name) for row in rows]
