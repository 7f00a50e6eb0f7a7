"""The reminders of an institution, from its facts to the outbox."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask

from conexx_learn.queries.reminders import (
    PlaceToRemind,
    people_to_tell,
    places_to_remind,
)
from conexx_learn.services.reminders import (
    LETTERS,
    DigestsDue,
    Kept,
    Letters,
    digests_due,
    keep_digests,
    note_reminded,
)
from conexx_learn.services.unit_of_work import reading, unit_of_work

MORNING = 6
"""Hour at the institution from which on the digests of the day are written."""


def remind_in_the_morning(app: Flask, *, now: datetime) -> int:
    """Write the digests of every institution where it is past six in the morning.

    An institution whose digests cannot be written keeps nobody else waiting; its
    error comes after all the others had theirs, and the job is tried again.

    Returns:
        How many mails were written.
    """
    written, failures = 0, []
    for one in places_to_remind(reading(), now=now):
        day = one.place.today(now)
        is_written = one.reminded_on is not None and one.reminded_on >= day
        if is_written or now.astimezone(ZoneInfo(one.place.timezone)).hour < MORNING:
            continue
        try:
            kept = remind(app, one, now=now)
        except Exception as error:  # noqa: BLE001 (raised with the others below)
            failures.append(error)
            continue
        written += kept.mailed + kept.weekly
    if failures:
        raise ExceptionGroup("some institutions have no digests yet", failures)
    return written


def remind(app: Flask, one: PlaceToRemind, *, now: datetime) -> Kept:
    """Write what is due at one institution; again on the same day, the rest of it."""
    due = due_at(one, now=now)
    letters: Letters = app.extensions[LETTERS]
    mails = letters.digests(due)
    weekly = letters.weekly(due, in_person=_in_person(due)) if due.managers else []
    with unit_of_work() as session:
        kept = keep_digests(session, due, mails=mails, weekly=weekly, now=now)
        note_reminded(session, institution_id=due.place.id, day=due.day)
    return kept


def due_at(one: PlaceToRemind, *, now: datetime) -> DigestsDue:
    """Work out what is due at an institution on its own day."""
    return digests_due(
        reading(),
        place=one.place,
        day=one.place.today(now),
        reminded_on=one.reminded_on,
    )


def _in_person(due: DigestsDue) -> int:
    """Count who waits to be told in person, those of today included."""
    waiting = people_to_tell(reading(), institution_id=due.place.id, day=due.day)
    today: Iterable[int] = (
        one.person.user_id for one in due.digests if not one.has_mailbox
    )
    return len(waiting.union(today))
