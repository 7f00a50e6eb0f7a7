"""The weekly letter of trainers: what happened on the courses that they follow.

It is about the week before its Monday, so that it says the same whenever it is written;
its key decides that nobody has it twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.course_activity import (
    WEEK,
    LearnerTrace,
    stopped_within,
)
from conexx_learn.domain.course_teams import may_follow
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Membership
from conexx_learn.queries.course_activity import appeal_counts, course_traces
from conexx_learn.queries.course_authors import authors_by_course
from conexx_learn.queries.course_content import LiveCourse
from conexx_learn.services.content_reviews import content_to_review
from conexx_learn.services.course_desk import CourseDraft
from conexx_learn.services.reminders import monday_of

TEACHING_LETTERS = "teaching_letters"
"""Where the application keeps what writes the letters."""


@dataclass(frozen=True, slots=True)
class CourseWeek:
    """What a trainer hears of a course.

    Attributes:
        course: Which.
        enrolled, completed, stopped: How many within the week.
        open_appeals: Reported questions that wait.
        to_review: Matters of its content.
    """

    course: LiveCourse
    enrolled: int
    completed: int
    stopped: int
    open_appeals: int
    to_review: int

    @property
    def has_news(self) -> bool:
        """Say whether anything happened; what waits alone is no news."""
        return bool(self.enrolled or self.completed or self.stopped)


@dataclass(frozen=True, slots=True)
class TeachingLetter:
    """A letter that is due.

    Attributes:
        user_id: Whose.
        full_name: Theirs.
        email: Their confirmed mailbox.
        locale: Their language, or None.
        monday: Of the week in which it is written.
        courses: With news, by slug; at least one.
    """

    user_id: int
    full_name: str
    email: str
    locale: str | None
    monday: date
    courses: tuple[CourseWeek, ...]

    @property
    def key(self) -> str:
        """Name its mail: one a week for a trainer."""
        return f"teaching.{self.user_id}.{self.monday.isoformat()}"


def teaching_letters(
    session: Session, *, drafts: Sequence[CourseDraft], day: date
) -> list[TeachingLetter]:
    """Work out the letters of the week that a day is in, by account.

    Who has no confirmed mailbox or wants no optional mail has none, and neither has who
    follows only courses on which nothing happened.
    """
    monday = monday_of(day)
    found = content_to_review(session, drafts=drafts, today=day)
    waiting: dict[str, int] = {}
    for matter in found.matters:
        waiting[matter.course] = waiting.get(matter.course, 0) + 1
    authors = authors_by_course(session)
    known: dict[tuple[frozenset[int | None], str], CourseWeek] = {}
    letters = []
    for person, actor in _trainers(session, day):
        scope = frozenset(place.institution_id for place in actor.places)
        weeks = []
        for slug, course in found.courses.items():
            if not may_follow(actor, authors=authors.get(slug, ())):
                continue
            if (scope, slug) not in known:
                known[scope, slug] = _course_week(
                    session, course, actor, monday, waiting.get(slug, 0)
                )
            weeks.append(known[scope, slug])
        news = tuple(week for week in weeks if week.has_news)
        if news:
            letters.append(TeachingLetter(*person, monday, news))
    return letters


Person = tuple[int, str, str, str | None]


def _trainers(session: Session, day: date) -> Iterator[tuple[Person, Actor]]:
    """Yield who may have a letter, each with where they train."""
    rows = session.execute(
        select(
            User.id,
            User.full_name,
            case((User.confirmed_at.is_not(None), User.email)).label("email"),
            User.locale,
            Membership.institution_id,
        )
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.role == Role.TRAINER.value,
            Membership.from_on <= day,
            or_(Membership.to_on.is_(None), Membership.to_on >= day),
            User.active.is_(True),
            User.wants_optional_mail.is_(True),
        )
        .order_by(User.id, Membership.id)
    )
    people: dict[int, Person] = {}
    places: dict[int, list[Place]] = {}
    for user_id, full_name, email, locale, institution_id in rows:
        if email:
            people[user_id] = (user_id, full_name, email, locale)
            places.setdefault(user_id, []).append(Place(Role.TRAINER, institution_id))
    for user_id, person in people.items():
        yield person, Actor(user_id, tuple(places[user_id]))


def _course_week(
    session: Session, course: LiveCourse, actor: Actor, monday: date, to_review: int
) -> CourseWeek:
    until = datetime.combine(monday, time(0), tzinfo=UTC)
    traces = course_traces(
        session, course_id=course.id, actor=actor, today=monday
    ).traces
    counts = _counts(traces, until - WEEK, until)
    appeals = appeal_counts(session, course_id=course.id, actor=actor, today=monday)
    return CourseWeek(course, *counts, appeals.open, to_review)


def _counts(
    traces: Sequence[LearnerTrace], since: datetime, until: datetime
) -> tuple[int, int, int]:
    return (
        sum(since <= one.started_at < until for one in traces),
        sum(
            one.ended_at is not None and since <= one.ended_at < until for one in traces
        ),
        sum(stopped_within(one, since=since, until=until) for one in traces),
    )


def week_of(letter: TeachingLetter) -> Mapping[str, date]:
    """Return the first and the last day that a letter is about."""
    return {
        "first": letter.monday - WEEK,
        "last": letter.monday - timedelta(days=1),
    }
