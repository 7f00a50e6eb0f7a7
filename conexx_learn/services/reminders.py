"""Reminders: worked out for an institution, kept with their mails, ticked off.

What was told is written in the transaction that writes the mail, and unique keys
decide: two who do it at once, or one who is killed and begins again, tell nobody twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.messages import Message
from conexx_learn.domain.readiness.owed import Owed, owed
from conexx_learn.domain.reminders import Matter, due_matters, required_matters
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.insertion import inserted_rows
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.reminders import Reminder
from conexx_learn.queries.institution_facts import InstitutionPlace, institution_facts
from conexx_learn.queries.reminders import (
    Addressee,
    CourseName,
    addressees,
    course_names,
    told_before,
)
from conexx_learn.services import audit, outbox

LONGEST_KEY_LIST = 500
LETTERS = "reminder_letters"
"""Where the application keeps what writes the mails of reminders."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is to be told today.

    Attributes:
        person: Whom.
        matters: What, the nearest day first; at least one.
        later: What else is open for them, told before or not yet to be told.
    """

    person: Addressee
    matters: tuple[Matter, ...]
    later: tuple[Matter, ...]

    @property
    def has_mailbox(self) -> bool:
        """Say whether a mail tells it; else somebody does."""
        return self.person.email is not None

    def key(self, day: date) -> str:
        """Name its mail: one a day for a person, wherever they belong."""
        return f"digest.{self.person.user_id}.{day.isoformat()}"


@dataclass(frozen=True, slots=True)
class DigestsDue:
    """All that the people of an institution are to be told on a day.

    Attributes:
        place: The institution.
        here: What is owed there on the day.
        names: Courses by slug.
        digests: One for each person with something to hear.
        managers: Who is to have the weekly letter today.
    """

    place: InstitutionPlace
    here: Owed
    names: Mapping[str, CourseName]
    digests: tuple[Digest, ...]
    managers: tuple[Addressee, ...]

    @property
    def day(self) -> date:
        """Return the day at the institution."""
        return self.here.day

    @property
    def monday(self) -> date:
        """Return the Monday of the week."""
        return monday_of(self.day)

    def weekly_key(self, manager: Addressee) -> str:
        """Name a weekly letter: one a week for a manager and an institution."""
        return f"weekly.{self.place.id}.{manager.user_id}.{self.monday.isoformat()}"


class WeeklyWriter(Protocol):
    """Writes the letters of training managers."""

    def __call__(self, due: DigestsDue, *, in_person: int) -> list[Message]:
        """Write one for each, who also hear how many wait to be told in person."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What writes the mails; neither rules nor commands know pages.

    Attributes:
        digests: Of persons, one for each digest with a mailbox.
        weekly: Of training managers.
    """

    digests: Callable[[DigestsDue], list[Message]]
    weekly: WeeklyWriter


@dataclass(frozen=True, slots=True)
class Kept:
    """How many were written: digests by mail, to be told in person, weekly letters."""

    mailed: int
    in_person: int
    weekly: int


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def digests_due(
    session: Session,
    *,
    place: InstitutionPlace,
    day: date,
    reminded_on: date | None = None,
) -> DigestsDue:
    """Work out what an institution's people are to be told; ten statements.

    Args:
        session: Where to read.
        place: The institution.
        day: There.
        reminded_on: Last day whose digests were written there. A weekly letter whose
            Monday was missed is due on the next day on which anything runs.
    """
    facts = institution_facts(session, place=place, as_of=day, lang=place.locale)
    people = addressees(session, institution_id=place.id, day=day)
    names = course_names(session)
    told = told_before(session, institution_id=place.id)
    here = owed(facts, day)
    refusing = {one.user_id for one in people.values() if not one.wants_optional_mail}
    due = due_matters(here, told, refusing=refusing)
    open_ones: dict[int, list[Matter]] = {}
    for matter in required_matters(here):
        open_ones.setdefault(matter.person_id, []).append(matter)
    is_monday_due = day.weekday() == 0 or (
        reminded_on is not None and reminded_on < monday_of(day)
    )
    return DigestsDue(
        place=place,
        here=here,
        names=names,
        digests=tuple(
            Digest(
                person=people[user_id],
                matters=tuple(matters),
                later=_others(open_ones.get(user_id, []), matters),
            )
            for user_id, matters in sorted(due.items())
            if user_id in people
        ),
        managers=tuple(
            one
            for one in people.values()
            if is_monday_due and one.is_manager and one.email is not None
        ),
    )


def _others(
    open_ones: Sequence[Matter], told_now: Sequence[Matter]
) -> tuple[Matter, ...]:
    courses = {matter.course for matter in told_now}
    others = [matter for matter in open_ones if matter.course not in courses]
    return tuple(sorted(others, key=lambda matter: (matter.about_on, matter.course)))


def keep_digests(
    session: Session,
    due: DigestsDue,
    *,
    mails: Sequence[Message],
    weekly: Sequence[Message],
    now: datetime,
) -> Kept:
    """Write mails and what they tell; two statements, however many people.

    Who had a digest today, here or at another institution, is told the rest tomorrow.

    Args:
        session: Where to write.
        due: What `digests_due` found.
        mails: One for each digest of somebody with a mailbox, under its key.
        weekly: The letters of the training managers.
        now: This moment.
    """
    written = [*sorted(mails, key=lambda mail: mail.key), *weekly]
    posted = outbox.post_all(session, written, now=now)
    telling = [
        one for one in due.digests if not one.has_mailbox or one.key(due.day) in posted
    ]
    rows = {
        (one.person.user_id, due.names[m.course].id, m.kind.value, m.about_on): one
        for one in telling
        for m in one.matters
    }
    made = inserted_rows(
        session,
        Reminder,
        [_reminder(key, due.day, now) for key in sorted(rows)],
        "id",
        "user_id",
        "course_id",
        "kind",
        "about_on",
    )
    mine = {(row.user_id, row.course_id, row.kind, row.about_on) for row in made}
    overtaken = {
        one.person.user_id: one.key(due.day)
        for key, one in rows.items()
        if key not in mine and one.has_mailbox
    }
    if overtaken:
        ids = [row.id for row in made if row.user_id in overtaken]
        _take_back(session, ids, list(overtaken.values()))
    in_person = {key[0] for key in mine if not rows[key].has_mailbox}
    by_mail = {one.person.user_id for one in telling if one.has_mailbox}
    return Kept(
        mailed=len(by_mail - overtaken.keys()),
        in_person=len(in_person),
        weekly=sum(mail.key in posted for mail in weekly),
    )


def _take_back(session: Session, ids: Sequence[int], keys: Sequence[str]) -> None:
    """Undo digests of which another institution told a part at this very moment."""
    session.execute(delete(OutboxMail).where(OutboxMail.key.in_(keys)))
    session.execute(delete(Reminder).where(Reminder.id.in_(ids)))


def _reminder(
    key: tuple[int, int, str, date], day: date, now: datetime
) -> dict[str, object]:
    user_id, course_id, kind, about_on = key
    return {
        "user_id": user_id,
        "course_id": course_id,
        "kind": kind,
        "about_on": about_on,
        "told_on": day,
        "created_at": now,
        "told_in_person_at": None,
    }


def note_reminded(session: Session, *, institution_id: int, day: date) -> None:
    """Note that the digests of a day are written, so that the clock need not ask."""
    session.execute(
        update(Institution)
        .where(
            Institution.id == institution_id,
            or_(Institution.reminded_on.is_(None), Institution.reminded_on < day),
        )
        .values(reminded_on=day)
    )


def note_told_in_person(
    session: Session,
    *,
    institution_id: int,
    user_id: int,
    reminder_ids: Sequence[int],
    now: datetime,
) -> int:
    """Tick off what somebody was told in person; a second tick changes nothing.

    Args:
        session: Where to write.
        institution_id: Whose training manager ticks it off.
        user_id: Who was told.
        reminder_ids: What stood on the list; ids of other people's are passed over.
        now: This moment.

    Returns:
        How many this call ticked off.

    Raises:
        NotFoundError: The person does not belong to the institution.
    """
    belongs = session.scalar(
        select(Membership.id)
        .where(
            Membership.institution_id == institution_id,
            Membership.user_id == user_id,
        )
        .limit(1)
    )
    if belongs is None:
        raise NotFoundError
    ticked = session.execute(
        update(Reminder)
        .where(
            Reminder.id.in_(reminder_ids[:LONGEST_KEY_LIST]),
            Reminder.user_id == user_id,
            Reminder.told_in_person_at.is_(None),
        )
        .values(told_in_person_at=now)
    )
    count = ticked.rowcount if isinstance(ticked, CursorResult) else 0
    if count:
        audit.record(
            session,
            act="tell-in-person",
            thing=f"user:{user_id}",
            now=now,
            institution_id=institution_id,
            matters=count,
        )
    return count


def choose_optional_mail(
    session: Session, *, user_id: int, wanted: bool, now: datetime
) -> None:
    """Keep whether somebody wants reminders of what nobody requires."""
    session.execute(
        update(User).where(User.id == user_id).values(wants_optional_mail=wanted)
    )
    audit.record(
        session,
        act="choose-optional-mail",
        thing=f"user:{user_id}",
        now=now,
        wanted=int(wanted),
    )


def renew_calendar_address(session: Session, *, user_id: int, now: datetime) -> None:
    """End the address of somebody's calendar; the next one is another."""
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(calendar_edition=User.calendar_edition + 1)
    )
    audit.record(session, act="renew-calendar", thing=f"user:{user_id}", now=now)
