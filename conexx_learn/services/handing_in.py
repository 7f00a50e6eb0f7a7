"""Handing a work in: the newest counts until an assessor has begun to read."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.graded_work.handing_in import Source, next_round
from conexx_learn.models.graded_work import (
    HandIn,
    HandInAuthor,
    WorkAssessment,
    WorkFile,
    WorkMember,
    WorkUpload,
)
from conexx_learn.queries.work_teams import BELONGS
from conexx_learn.services import audit
from conexx_learn.services.work_teams import WorkPlace, held_team, held_work_place

MOST_BYTES_OF_PERSON = 100_000_000
"""Of all works that a person handed in, the replaced ones included."""
Authors = dict[int, int]
"""Enrolment to its learner."""


@dataclass(frozen=True, slots=True)
class NewWork:
    """What is handed in: the folder as it stands, or a file; already found sound."""

    source: Source
    name: str
    mime: str
    content: bytes


def hand_in_work(
    session: Session, *, course: str, user_id: int, work: NewWork, now: datetime
) -> int:
    """Hand a work in for a whole team; the same once more changes nothing.

    Returns:
        Key of the hand-in.

    Raises:
        NotFoundError: Nobody grades a work in the course.
        RuleError: An assessor has begun with the one before, it was passed already,
            every round was used, or there is no room for another file.
    """
    place = held_work_place(session, course=course, user_id=user_id)
    team_id = held_team(session, place, now=now)
    authors = _authors(session, team_id, place)
    _refuse_passed(session, authors)
    digest = sha256(work.content).hexdigest()
    before = _waiting(session, team_id)
    if before is not None:
        if before.sha256 == digest and _authors_of(session, before.id) == authors:
            return before.id
        _replace(session, before, now)
    _refuse_too_large(session, user_id, len(work.content))
    row = _store(session, place, team_id, work, digest, now)
    row.round = next_round(_failed(session, authors))
    _add_authors(session, row, authors, before)
    _drop_upload(session, place)
    thing = f"course:{course}"
    audit.record(session, act="work-hand-in", thing=thing, now=now, work=row.id)
    return row.id


def _authors(session: Session, team_id: int, place: WorkPlace) -> Authors:
    """Return who is of a team; who joins this very moment is not yet."""
    rows = session.execute(
        select(WorkMember.enrolment_id, WorkMember.user_id)
        .where(
            WorkMember.team_id == team_id,
            WorkMember.enrolment_id.in_(place.held),
            *BELONGS,
        )
        .order_by(WorkMember.enrolment_id)
    )
    return {row.enrolment_id: row.user_id for row in rows}


def _authors_of(session: Session, hand_in_id: int) -> Authors:
    """Return who handed a work in."""
    rows = session.execute(
        select(HandInAuthor.enrolment_id, HandInAuthor.user_id)
        .where(HandInAuthor.hand_in_id == hand_in_id)
        .order_by(HandInAuthor.enrolment_id)
    )
    return {row.enrolment_id: row.user_id for row in rows}


def _waiting(session: Session, team_id: int) -> HandIn | None:
    """Return the work of a team that has no result yet, and hold it."""
    return session.scalar(
        select(HandIn)
        .where(
            HandIn.team_id == team_id,
            HandIn.replaced_at.is_(None),
            HandIn.decided_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _replace(session: Session, before: HandIn, now: datetime) -> None:
    begun = exists().where(
        WorkAssessment.hand_in_id == before.id, WorkAssessment.begun_at.is_not(None)
    )
    if session.scalar(select(begun)):
        raise RuleError("work-being-read")
    before.replaced_at = now
    session.flush()


def _refuse_passed(session: Session, authors: Authors) -> None:
    passed = exists().where(
        HandIn.id == HandInAuthor.hand_in_id,
        HandInAuthor.enrolment_id.in_(authors),
        HandIn.passed.is_(True),
    )
    if session.scalar(select(passed)):
        raise RuleError("work-passed")


def _failed(session: Session, authors: Authors) -> list[int]:
    """Count for each author the works that were not passed."""
    return list(
        session.scalars(
            select(func.count(HandIn.id))
            .join(HandInAuthor, HandInAuthor.hand_in_id == HandIn.id)
            .where(HandInAuthor.enrolment_id.in_(authors), HandIn.passed.is_(False))
            .group_by(HandInAuthor.enrolment_id)
            .order_by(HandInAuthor.enrolment_id)
        )
    )


def _refuse_too_large(session: Session, user_id: int, byte_count: int) -> None:
    used = session.scalar(
        select(func.sum(HandIn.byte_count)).where(HandIn.handed_by == user_id)
    )
    if (used or 0) + byte_count > MOST_BYTES_OF_PERSON:
        raise RuleError("work-no-room")


def _store(
    session: Session,
    place: WorkPlace,
    team_id: int,
    work: NewWork,
    digest: str,
    now: datetime,
) -> HandIn:
    file = WorkFile(name=work.name, mime=work.mime, content=work.content)
    session.add(file)
    session.flush()
    return HandIn(
        team_id=team_id,
        course_id=place.course.course_id,
        course_version_id=place.course.version_id,
        source=work.source.value,
        file_id=file.id,
        sha256=digest,
        byte_count=len(work.content),
        handed_by=place.enrolment.user_id,
        handed_at=now,
    )


def _add_authors(
    session: Session, row: HandIn, authors: Authors, before: HandIn | None
) -> None:
    """Note whose work it is; assessors stay where its authors are those of before."""
    session.add(row)
    session.flush()
    session.add_all(
        HandInAuthor(hand_in_id=row.id, enrolment_id=enrolment_id, user_id=user_id)
        for enrolment_id, user_id in authors.items()
    )
    if before is None:
        return
    given = WorkAssessment.hand_in_id == before.id
    if _authors_of(session, before.id) == authors:
        session.execute(update(WorkAssessment).where(given).values(hand_in_id=row.id))
    else:
        session.execute(delete(WorkAssessment).where(given))


def _drop_upload(session: Session, place: WorkPlace) -> None:
    """Forget the pieces of a file that was on its way: it has arrived."""
    session.execute(
        delete(WorkUpload).where(
            WorkUpload.user_id == place.enrolment.user_id,
            WorkUpload.course_id == place.course.course_id,
        )
    )
