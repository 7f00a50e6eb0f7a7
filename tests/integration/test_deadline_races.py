"""The end of the time: closed once, with what was saved, whoever comes first."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import GRACE
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.audit import AuditEntry
from conexx_learn.services.assessment import start_attempt, submit_attempt
from conexx_learn.services.extra_time import grant_extra_time
from conexx_learn.services.upkeep import close_overdue_attempts
from tests.factories import NOW
from tests.integration.test_concurrency import (  # noqa: F401 (fixtures)
    learner,
    real_app,
    session,
)
from tests.learning import ISSUING, SMALL, begin_attempt, save_answers, submit
from tests.real_application import at_once

WELL = "the-well"
LIMIT = timedelta(minutes=30)
OVER = NOW + LIMIT + 2 * GRACE
LATE = {"well-number": "1255"}


def started(session: Session, learner: User) -> int:  # noqa: F811 (the fixtures' names)
    """Begin an attempt in which one answer was saved in time."""
    attempt_id = begin_attempt(session, learner, WELL)
    save_answers(session, learner.id, attempt_id, {"well-words": "tank"})
    session.commit()
    return attempt_id


def submissions(session: Session, attempt_id: int) -> int | None:  # noqa: F811
    session.rollback()
    return session.scalar(
        select(func.count())
        .select_from(AuditEntry)
        .where(AuditEntry.act == "submit", AuditEntry.thing == f"attempt:{attempt_id}")
    )


def test_sweep_start_submission_and_save_at_once_close_it_once(
    real_app: Flask,  # noqa: F811
    session: Session,  # noqa: F811
    learner: User,  # noqa: F811
) -> None:
    user_id, attempt_id = learner.id, started(session, learner)
    session.rollback()
    common: dict[str, Any] = {"user_id": user_id, "lang": "en", "issuing": ISSUING}

    def act(work: Session, number: int) -> object:
        if number % 4 == 0:
            work.rollback()
            return close_overdue_attempts(issuing=ISSUING, lang="es", now=OVER)
        if number % 4 == 1:
            return submit_attempt(
                work, attempt_id=attempt_id, responses=LATE, now=OVER, **common
            ).is_new
        if number % 4 == 2:
            return save_answers(work, user_id, attempt_id, LATE, now=OVER).is_open
        return start_attempt(work, course=SMALL, module=WELL, now=OVER, **common) > 0

    at_once(real_app, 12, act)

    assert submissions(session, attempt_id) == 1
    closed = session.get_one(Attempt, attempt_id)
    assert closed.closed_at == NOW + LIMIT
    assert closed.responses == {"well-words": "tank"}
    assert closed.points_earned == "1"


def test_a_save_after_the_grace_closes_the_attempt_itself(
    session: Session,  # noqa: F811
    learner: User,  # noqa: F811
) -> None:
    attempt_id = started(session, learner)

    late = save_answers(session, learner.id, attempt_id, LATE, number=2, now=OVER)
    session.commit()

    assert not late.is_open
    assert session.get_one(Attempt, attempt_id).closed_at == NOW + LIMIT
    assert submissions(session, attempt_id) == 1


@pytest.mark.parametrize(
    ("sent", "ended"),
    [
        pytest.param(NOW + LIMIT / 2, NOW + LIMIT / 2, id="in time"),
        pytest.param(NOW + LIMIT, NOW + LIMIT, id="at the deadline"),
        pytest.param(NOW + LIMIT + GRACE / 2, NOW + LIMIT, id="within the grace"),
        pytest.param(OVER, NOW + LIMIT, id="after the grace"),
    ],
)
def test_an_attempt_never_ends_after_its_deadline(
    session: Session,  # noqa: F811
    learner: User,  # noqa: F811
    sent: datetime,
    ended: datetime,
) -> None:
    attempt_id = started(session, learner)

    submit(session, learner, attempt_id, now=sent)

    session.expire_all()
    assert session.get_one(Attempt, attempt_id).closed_at == ended


def test_time_granted_while_the_time_ends_is_either_gained_or_too_late(
    real_app: Flask,  # noqa: F811
    session: Session,  # noqa: F811
    learner: User,  # noqa: F811
) -> None:
    user_id, attempt_id = learner.id, started(session, learner)
    session.rollback()
    within = NOW + LIMIT + GRACE

    def act(work: Session, number: int) -> object:
        if number:
            return save_answers(
                work, user_id, attempt_id, LATE, number=2, now=OVER
            ).is_open
        grant_extra_time(work, user_id=user_id, percent=50, reason="Agreed", now=within)
        return None

    is_open = at_once(real_app, 2, act)[1]

    session.rollback()
    session.expire_all()
    found = session.get_one(Attempt, attempt_id)
    if is_open:
        assert found.closed_at is None
        assert found.deadline_at == NOW + LIMIT * 1.5
        assert "well-number" in found.responses
    else:
        assert found.closed_at == NOW + LIMIT == found.deadline_at
        assert found.responses == {"well-words": "tank"}
