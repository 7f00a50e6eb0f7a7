"""More time: at once and in every quiz, never less than a page has promised."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import GRACE
from conexx_learn.domain.errors import AttemptClosedError, NotFoundError
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.catalogue import Course
from conexx_learn.services.extra_time import add_minutes, grant_extra_time
from tests.factories import NOW
from tests.learning import begin_attempt, enrolled_user, submit
from tests.published import publish_sample

LIMIT = timedelta(minutes=30)
LATER = NOW + timedelta(minutes=10)
WELL = "the-well"


@pytest.fixture
def learner(session: Session) -> User:
    publish_sample(session)
    return enrolled_user(session)


def grant(session: Session, user: User, percent: int) -> None:
    grant_extra_time(
        session, user_id=user.id, percent=percent, reason="Agreed", now=LATER
    )
    session.commit()


def give(session: Session, user: User, attempt_id: int, minutes: int = 15) -> None:
    add_minutes(
        session,
        attempt_id=attempt_id,
        course_id=session.scalars(select(Course.id)).one(),
        user_id=user.id,
        minutes=minutes,
        reason="No power",
        now=LATER,
    )
    session.commit()


def deadline(session: Session, attempt_id: int) -> timedelta:
    """Return how long after its start an attempt ends."""
    session.expire_all()
    found = session.get_one(Attempt, attempt_id)
    assert found.deadline_at is not None
    return found.deadline_at - found.started_at


def test_an_attempt_going_on_gains_what_is_granted(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)

    grant(session, learner, 50)

    assert deadline(session, attempt_id) == LIMIT * 1.5


def test_what_is_taken_back_shortens_no_attempt_going_on(
    session: Session, learner: User
) -> None:
    grant(session, learner, 100)
    attempt_id = begin_attempt(session, learner, WELL)

    grant(session, learner, 0)

    assert deadline(session, attempt_id) == LIMIT * 2
    submit(session, learner, attempt_id)
    assert deadline(session, begin_attempt(session, learner, WELL)) == LIMIT


def test_minutes_are_given_to_one_attempt(session: Session, learner: User) -> None:
    attempt_id = begin_attempt(session, learner, WELL)

    give(session, learner, attempt_id)

    assert deadline(session, attempt_id) == LIMIT + timedelta(minutes=15)
    submit(session, learner, attempt_id)
    assert deadline(session, begin_attempt(session, learner, WELL)) == LIMIT


def test_an_attempt_that_is_over_gains_nothing(session: Session, learner: User) -> None:
    start = LATER - LIMIT - 2 * GRACE
    attempt_id = begin_attempt(session, learner, WELL, now=start)

    grant(session, learner, 50)
    with pytest.raises(AttemptClosedError):
        give(session, learner, attempt_id)
    session.rollback()

    assert deadline(session, attempt_id) == LIMIT


def test_a_quiz_without_a_limit_needs_no_minutes(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, None)

    with pytest.raises(AttemptClosedError):
        give(session, learner, attempt_id)


def test_minutes_for_another_persons_attempt_are_not_there(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)

    with pytest.raises(NotFoundError):
        give(session, enrolled_user(session), attempt_id)


def test_the_record_says_how_much_before_after_and_why(
    session: Session, learner: User
) -> None:
    grant(session, learner, 50)
    give(session, learner, begin_attempt(session, learner, WELL), 5)

    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.act.startswith("extra-"))
        .order_by(AuditEntry.id)
    ).all()
    assert [entry.thing for entry in entries] == [f"user:{learner.id}"] * 2
    assert entries[0].facts == {"before": 0, "percent": 50, "reason": "Agreed"}
    assert entries[1].facts["minutes"] == 5
