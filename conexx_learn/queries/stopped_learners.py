"""Who has stopped on a course, by name: a page of them costs a page, not the course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.activity_selection import Selection
from conexx_learn.domain.course_activity import IDLE
from conexx_learn.domain.few_people import FEWEST_PEOPLE
from conexx_learn.domain.permissions import Actor
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Module
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.folder import ModuleWork
from conexx_learn.models.institutions import Membership
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.queries.trainer_scope import is_seen_by

PAGE = 25


@dataclass(frozen=True, slots=True)
class StoppedLearner:
    """Somebody who enrolled and did nothing for a while.

    Attributes:
        user_id: Their account.
        full_name: Theirs.
        started_at: When they enrolled.
        last_module: Slug of the module that they completed last, or None.
        last_read_at: When that was, or None.
    """

    user_id: int
    full_name: str
    started_at: datetime
    last_module: str | None
    last_read_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoppedPage:
    """A page of them.

    Attributes:
        learners: Who enrolled last comes first; empty where they are too few to be
            named.
        has_next: Whether more follow.
    """

    learners: tuple[StoppedLearner, ...]
    has_next: bool


def stopped_learners(
    session: Session,
    *,
    course_id: int,
    actor: Actor,
    selection: Selection,
    page: int,
    now: datetime,
) -> StoppedPage:
    """Name who has stopped among the people whom a trainer sees; two statements.

    An index finds the open enrolments of the course, the newest first; reading ends
    with the page. Fewer than five are not named.
    """
    rows = session.execute(
        _stopped(course_id, actor, selection, now)
        .order_by(Enrolment.started_at.desc(), Enrolment.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    if page == 1 and len(rows) < FEWEST_PEOPLE:
        return StoppedPage((), has_next=False)
    last = _last_modules(session, [row.id for row in rows])
    return StoppedPage(
        tuple(_learner(row, last) for row in islice(rows, PAGE)), len(rows) > PAGE
    )


def _learner(
    row: Row[*tuple[Any, ...]], last: dict[int, tuple[str, datetime]]
) -> StoppedLearner:
    module, at = last.get(row.id, (None, None))
    return StoppedLearner(row.user_id, row.full_name, row.started_at, module, at)


def _stopped(
    course_id: int, actor: Actor, selection: Selection, now: datetime
) -> Select[*tuple[Any, ...]]:
    since = now - IDLE
    return (
        select(Enrolment.id, Enrolment.user_id, Enrolment.started_at, User.full_name)
        .join(User, User.id == Enrolment.user_id)
        .where(
            Enrolment.course_id == course_id,
            Enrolment.ended_at.is_(None),
            Enrolment.started_at <= since,
            is_seen_by(actor, now.date()),
            *_fitting(selection, now.date()),
            ~exists().where(
                ModuleCompletion.enrolment_id == Enrolment.id,
                ModuleCompletion.completed_at > since,
            ),
            ~exists().where(
                Attempt.enrolment_id == Enrolment.id,
                func.coalesce(Attempt.closed_at, Attempt.saved_at, Attempt.started_at)
                > since,
            ),
            ~exists().where(
                ModuleWork.user_id == Enrolment.user_id,
                ModuleWork.course_id == Enrolment.course_id,
                ModuleWork.saved_at > since,
            ),
        )
    )


def _fitting(selection: Selection, today: date) -> list[ColumnElement[bool]]:
    """Turn the filters of the page into conditions, as `Selection` reads them."""
    found: list[ColumnElement[bool]] = []
    if selection.version_id is not None:
        found.append(Enrolment.course_version_id == selection.version_id)
    if selection.weeks is not None:
        first = today - timedelta(weeks=selection.weeks) + timedelta(days=1)
        found.append(
            Enrolment.started_at >= datetime.combine(first, time(0), tzinfo=UTC)
        )
    if selection.institution_id is not None:
        belongs = select(Membership.user_id).where(
            Membership.institution_id == selection.institution_id,
            Membership.from_on <= today,
            or_(Membership.to_on.is_(None), Membership.to_on >= today),
        )
        found.append(Enrolment.user_id.in_(belongs))
    return found


def _last_modules(
    session: Session, enrolment_ids: Sequence[int]
) -> dict[int, tuple[str, datetime]]:
    """Return enrolment to the module that was completed last, and when."""
    if not enrolment_ids:
        return {}
    rows = session.execute(
        select(
            ModuleCompletion.enrolment_id, Module.slug, ModuleCompletion.completed_at
        )
        .join(Module, Module.id == ModuleCompletion.module_id)
        .where(ModuleCompletion.enrolment_id.in_(enrolment_ids))
        .order_by(
            ModuleCompletion.enrolment_id,
            ModuleCompletion.completed_at,
            Module.number,
        )
    )
    return {row.enrolment_id: (row.slug, row.completed_at) for row in rows}
