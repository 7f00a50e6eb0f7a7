"""Reads of who is reminded of what; each one statement for a whole institution."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.permissions import Role
from conexx_learn.domain.reminders import Told
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course, CourseText, LiveVersion
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.reminders import Reminder
from conexx_learn.queries.institution_facts import InstitutionPlace, place_of


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody at an institution, as a letter needs them.

    Attributes:
        user_id: Their account.
        full_name: As it is printed.
        email: Their confirmed mailbox, or None: nothing is sent to an address that
            somebody else may have typed.
        locale: `es`, `en`, or None for the institution's.
        wants_optional_mail: Whether they want to hear of what nobody requires.
        is_manager: Whether they run the training there.
    """

    user_id: int
    full_name: str
    email: str | None
    locale: str | None
    wants_optional_mail: bool
    is_manager: bool


@dataclass(frozen=True, slots=True)
class CourseName:
    """A course as reminders store and print it.

    Attributes:
        id: Of its row.
        slug: In addresses.
        titles: Language to title of the live version.
    """

    id: int
    slug: str
    titles: dict[str, str]

    def title(self, lang: str) -> str:
        """Return the title in a language, else in one that there is."""
        return self.titles.get(lang) or next(iter(self.titles.values()), self.slug)


@dataclass(frozen=True, slots=True)
class Untold:
    """A matter that somebody without a confirmed mailbox was not told yet.

    Attributes:
        id: Of the reminder.
        user_id: Whom.
        course: Slug.
        kind: The stage.
        about_on: The due day or the last valid day.
        since: Day since which it waits.
    """

    id: int
    user_id: int
    course: str
    kind: str
    about_on: date
    since: date


@dataclass(frozen=True, slots=True)
class PlaceToRemind:
    """An institution, and the last day whose digests the clock wrote there."""

    place: InstitutionPlace
    reminded_on: date | None


def places_to_remind(session: Session, *, now: datetime) -> list[PlaceToRemind]:
    """List where the digests of the day may not be written yet.

    Whether it is morning there, and of which day, each of them knows itself.
    """
    tomorrow = now.date() + timedelta(days=1)
    rows = session.scalars(
        select(Institution)
        .where(
            or_(Institution.reminded_on.is_(None), Institution.reminded_on < tomorrow)
        )
        .order_by(Institution.id)
    )
    return [PlaceToRemind(place_of(row), row.reminded_on) for row in rows]


def every_place(session: Session) -> list[PlaceToRemind]:
    """List all institutions."""
    rows = session.scalars(select(Institution).order_by(Institution.slug))
    return [PlaceToRemind(place_of(row), row.reminded_on) for row in rows]


def places_of(session: Session, *, user_id: int, day: date) -> list[InstitutionPlace]:
    """List the institutions that somebody belongs to on a day."""
    here = select(Membership.institution_id).where(
        Membership.user_id == user_id, _lasts(day)
    )
    rows = session.scalars(
        select(Institution).where(Institution.id.in_(here)).order_by(Institution.id)
    )
    return [place_of(row) for row in rows]


def addressees(
    session: Session, *, institution_id: int, day: date
) -> dict[int, Addressee]:
    """Map who belongs to an institution on a day to how they are written to."""
    manages = func.max(case((Membership.role == Role.MANAGER.value, 1), else_=0))
    rows = session.execute(
        select(
            User.id,
            User.full_name,
            case((User.confirmed_at.is_not(None), User.email)).label("email"),
            User.locale,
            User.wants_optional_mail,
            manages.label("manages"),
        )
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.institution_id == institution_id,
            _lasts(day),
            User.active.is_(True),
        )
        .group_by(User.id)
        .order_by(User.full_name, User.id)
    )
    return {
        row.id: Addressee(
            user_id=row.id,
            full_name=row.full_name,
            email=row.email,
            locale=row.locale,
            wants_optional_mail=row.wants_optional_mail,
            is_manager=bool(row.manages),
        )
        for row in rows
    }


def told_before(session: Session, *, institution_id: int) -> set[Told]:
    """Return everything that the people of an institution were told so far."""
    rows = session.execute(
        select(Reminder.user_id, Course.slug, Reminder.kind, Reminder.about_on)
        .join(Course, Course.id == Reminder.course_id)
        .where(Reminder.user_id.in_(_members(institution_id)))
    )
    return {(row.user_id, row.slug, row.kind, row.about_on) for row in rows}


def course_names(session: Session) -> dict[str, CourseName]:
    """Return every course by slug, with its titles: few rows, and each small."""
    rows = session.execute(
        select(Course.id, Course.slug, CourseText.lang, CourseText.title)
        .outerjoin(LiveVersion, LiveVersion.course_id == Course.id)
        .outerjoin(
            CourseText,
            CourseText.course_version_id == LiveVersion.course_version_id,
        )
        .order_by(Course.slug, CourseText.lang)
    )
    found: dict[str, CourseName] = {}
    for row in rows:
        name = found.setdefault(row.slug, CourseName(row.id, row.slug, {}))
        if row.lang is not None:
            name.titles[row.lang] = row.title
    return found


def untold(session: Session, *, institution_id: int, day: date) -> list[Untold]:
    """List what is to be told in person at an institution, the oldest first.

    Who left is told nothing, and who has confirmed a mailbox by now has mail.
    """
    rows = session.execute(
        select(
            Reminder.id,
            Reminder.user_id,
            Reminder.kind,
            Reminder.about_on,
            Reminder.told_on,
            Course.slug,
        )
        .join(Course, Course.id == Reminder.course_id)
        .join(User, User.id == Reminder.user_id)
        .where(
            Reminder.user_id.in_(_members(institution_id, _lasts(day))),
            Reminder.told_in_person_at.is_(None),
            or_(User.email.is_(None), User.confirmed_at.is_(None)),
            User.active.is_(True),
        )
        .order_by(Reminder.told_on, Reminder.id)
    )
    return [
        Untold(row.id, row.user_id, row.slug, row.kind, row.about_on, row.told_on)
        for row in rows
    ]


def people_to_tell(session: Session, *, institution_id: int, day: date) -> set[int]:
    """Return who waits at an institution to be told something in person."""
    waiting = untold(session, institution_id=institution_id, day=day)
    return {one.user_id for one in waiting}


def _members(institution_id: int, *also: ColumnElement[bool]) -> Select[int]:
    return select(Membership.user_id).where(
        Membership.institution_id == institution_id, *also
    )


def _lasts(day: date) -> ColumnElement[bool]:
    return and_(
        Membership.from_on <= day,
        or_(Membership.to_on.is_(None), Membership.to_on >= day),
    )
