"""What the clock does: overdue attempts, waiting courses, old traces."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import IDLE_LIMIT, SHARED_IDLE_LIMIT
from conexx_learn.domain.attempts import GRACE
from conexx_learn.models.accounts import AccessCode, SignInFailure, User, UserSession
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.certification import Certificate
from conexx_learn.services.certification import Issuing
from conexx_learn.services.upkeep import (
    KEPT_ACTS,
    close_overdue_attempts,
    settle_waiting_completions,
    sweep_traces,
)
from tests.factories import NOW, make_user
from tests.learning import (
    ISSUING,
    begin_attempt,
    complete_small_course,
    enrolled_user,
    save_answers,
)
from tests.published import publish_sample
from tests.right_answers import right_responses, sitting_of

LIMIT = timedelta(minutes=30)
"""Of the quiz of the sample course."""
HOUR = timedelta(hours=1)


def _overdue(session: Session) -> tuple[User, int]:
    publish_sample(session)
    user = enrolled_user(session)
    return user, begin_attempt(session, user, "the-well")


def _close(now_after: timedelta) -> int:
    return close_overdue_attempts(issuing=ISSUING, lang="es", now=NOW + now_after)


def test_an_overdue_attempt_is_closed_at_its_deadline(session: Session) -> None:
    _, attempt_id = _overdue(session)
    assert _close(HOUR) == 1
    session.expire_all()
    attempt = session.get_one(Attempt, attempt_id)
    assert attempt.closed_at == NOW + LIMIT


def test_closing_again_does_nothing(session: Session) -> None:
    _overdue(session)
    assert _close(HOUR) == 1
    assert _close(HOUR) == 0


def test_what_was_saved_counts(session: Session) -> None:
    user, attempt_id = _overdue(session)
    found = sitting_of(session, attempt_id, user.id)
    save_answers(
        session,
        user.id,
        attempt_id,
        dict[str, object](right_responses(found)),
    )
    session.commit()
    _close(HOUR)
    session.expire_all()
    assert session.get_one(Attempt, attempt_id).passed


@pytest.mark.parametrize(
    ("after", "closed"),
    [
        pytest.param(LIMIT - GRACE, 0, id="in-time"),
        pytest.param(LIMIT + GRACE / 2, 0, id="in-grace"),
        pytest.param(LIMIT + GRACE * 2, 1, id="after-grace"),
    ],
)
def test_the_grace_of_a_slow_network_is_kept(
    session: Session, after: timedelta, closed: int
) -> None:
    _overdue(session)
    assert _close(after) == closed


def test_a_completion_waits_for_an_issuer_and_is_issued_once(session: Session) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    nobody = Issuing(issuer=None, demo=False)
    assert not complete_small_course(session, user, issuing=nobody)
    late = NOW + HOUR
    assert settle_waiting_completions(issuing=nobody, lang="es", now=late) == 0
    assert settle_waiting_completions(issuing=ISSUING, lang="es", now=late) == 1
    assert settle_waiting_completions(issuing=ISSUING, lang="es", now=late) == 0
    assert session.scalar(select(func.count(Certificate.id))) == 1


def test_who_did_what_is_forgotten_after_five_years(session: Session) -> None:
    for act, at in (("old", NOW - KEPT_ACTS - HOUR), ("kept", NOW - KEPT_ACTS)):
        session.add(
            AuditEntry(
                at=at, act=act, thing="user:1", address="", request_id="", facts={}
            )
        )
    session.commit()
    assert sweep_traces(now=NOW) == 1
    assert session.scalars(select(AuditEntry.act)).all() == ["kept"]


def test_failed_sign_ins_are_forgotten_after_a_day(session: Session) -> None:
    for days in (0, 2):
        session.add(
            SignInFailure(
                identity_hash="a" * 64,
                address="192.0.2.7",
                at=NOW - timedelta(days=days),
            )
        )
    session.commit()
    assert sweep_traces(now=NOW) == 1
    assert session.scalar(select(func.count(SignInFailure.id))) == 1


def test_codes_that_open_nothing_go(session: Session) -> None:
    user = make_user(session)
    moments = {
        "open": (NOW + HOUR, None),
        "expired": (NOW - timedelta(days=3), None),
        "used": (NOW + HOUR, NOW - timedelta(days=3)),
    }
    for code, (expires_at, used_at) in moments.items():
        session.add(
            AccessCode(
                code_hash=code,
                purpose="reset",
                user_id=user.id,
                created_by=None,
                created_at=NOW - timedelta(days=4),
                expires_at=expires_at,
                used_at=used_at,
            )
        )
    session.commit()
    assert sweep_traces(now=NOW) == 2
    assert session.scalars(select(AccessCode.code_hash)).all() == ["open"]


def test_sessions_that_ended_go(session: Session) -> None:
    user = make_user(session)
    seen = {
        "in-use": (NOW, NOW + HOUR, False),
        "over": (NOW, NOW - HOUR, False),
        "idle": (NOW - IDLE_LIMIT * 2, NOW + HOUR, False),
        "idle-for-a-shared-computer": (NOW - SHARED_IDLE_LIMIT * 2, NOW + HOUR, True),
        "not-idle-for-ones-own": (NOW - SHARED_IDLE_LIMIT * 2, NOW + HOUR, False),
    }
    for token, (last_seen_at, expires_at, shared) in seen.items():
        session.add(
            UserSession(
                token_hash=token,
                user_id=user.id,
                created_at=NOW - timedelta(hours=5),
                last_seen_at=last_seen_at,
                expires_at=expires_at,
                shared_computer=shared,
                user_agent="",
                address="",
            )
        )
    session.commit()
    assert sweep_traces(now=NOW) == 3
    kept = set(session.scalars(select(UserSession.token_hash)))
    assert kept == {"in-use", "not-idle-for-ones-own"}
