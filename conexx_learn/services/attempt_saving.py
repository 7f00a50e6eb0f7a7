"""Saving as one goes: every answer once, the newest of all devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Integer, bindparam, update
from sqlalchemy.orm import Session

from conexx_learn.domain.attempt_saves import LEDGER_JSON, Save
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.responses import Response
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.base import UtcDateTime
from conexx_learn.queries.assessment import sitting
from conexx_learn.services.attempt_closing import close_attempt, merged_responses
from conexx_learn.services.completion import Issuing, held_enrolment_of

SAVE = (
    update(Attempt)
    .where(Attempt.id == bindparam("attempt_id", type_=Integer))
    .values(
        responses=bindparam("merged", type_=JSON),
        saves=bindparam("ledger", type_=JSON),
        save_number=bindparam("count"),
        saved_at=bindparam("moment", type_=UtcDateTime),
    )
    .execution_options(synchronize_session=False)
)
"""Built once: a save is what a quiz does most."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did.

    Attributes:
        is_open: False when the attempt was over, or its time: nothing was stored.
        taken: The questions whose answer was kept.
        count: How many saves the attempt has taken by now.
        newer: Question id to the answer, in shown keys, that another device gave and
            the page that sent this does not know.
        age: Of the attempt, in tenths of a second.
        deadline_at: Of the attempt; extra time may have moved it.
    """

    is_open: bool
    taken: frozenset[str]
    count: int
    newer: Mapping[str, Response]
    age: int
    deadline_at: datetime | None


def save_responses(
    session: Session,
    *,
    attempt_id: int,
    user_id: int,
    save: Save,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> Saved:
    """Keep the answers that changed; an older save arriving late changes nothing.

    What is older and what is newer is decided while the enrolment is held. An attempt
    whose time and grace are over is closed here: it waits for no sweep.

    Raises:
        NotFoundError: No such attempt of this learner.
        ResponseShapeError: Something is misshapen; nothing was stored.
    """
    enrolment = held_enrolment_of(session, attempt_id=attempt_id, user_id=user_id)
    found = sitting(session, attempt_id=attempt_id, user_id=user_id, lang=lang)
    if found.closed_at is None and found.is_over(now=now):
        close_attempt(
            session, enrolment, found, {}, lang=lang, issuing=issuing, now=now
        )
    elif found.closed_at is None:
        return _saved(session, found, save, now)
    return Saved(
        is_open=False,
        taken=frozenset(),
        count=found.save_number,
        newer={},
        age=found.age(now=now),
        deadline_at=found.deadline_at,
    )


def _saved(session: Session, found: Sitting, save: Save, now: datetime) -> Saved:
    read = found.read(save.responses)
    taken: dict[str, int] = {}
    if not found.ledger.has_seen(save):
        taken = found.ledger.newest(save, age=found.age(now=now))
    changed = {key: read[key] for key in taken}
    count = _store(session, found, changed, taken, save, now) if taken else None
    known = found.save_number if save.known is None else save.known
    news = [key for key in found.ledger.since(known) if key not in taken]
    late = [] if save.known is None else [key for key in read if key not in taken]
    return Saved(
        is_open=True,
        taken=frozenset(taken),
        count=count or found.save_number,
        newer=found.shown({*news, *late}),
        age=found.age(now=now),
        deadline_at=found.deadline_at,
    )


def _store(
    session: Session,
    found: Sitting,
    changed: Mapping[str, Response],
    times: Mapping[str, int],
    save: Save,
    now: datetime,
) -> int:
    """Write what was taken, and count it."""
    count = found.save_number + 1
    ledger = found.ledger.with_save(times, count=count, save=save)
    session.execute(
        SAVE,
        {
            "attempt_id": found.id,
            "merged": merged_responses(found.responses, changed),
            "ledger": LEDGER_JSON.dump_python(ledger, mode="json"),
            "count": count,
            "moment": now,
        },
    )
    return count
