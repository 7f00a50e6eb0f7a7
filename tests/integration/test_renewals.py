"""One renewal rule, through the verbs: every worked number, whatever came before."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import CertificateState, SuspensionReason
from conexx_learn.domain.errors import PrerequisiteError
from conexx_learn.models.accounts import User
from conexx_learn.queries.certification import HeldCertificate, certificates_of
from conexx_learn.services.certificate_acts import (
    reinstate_certificate,
    suspend_certificate,
)
from conexx_learn.services.certificate_corrections import correct_certificate
from conexx_learn.services.enrolment import enrol
from tests.factories import make_user
from tests.learning import SMALL, complete_small_course, enrolled_user
from tests.published import publish_sample

FIRST = datetime(2024, 12, 20, 9, tzinfo=UTC)
OLD_END = date(2026, 12, 20)
WORKED = [
    pytest.param("2026-11-30", "2028-12-20", id="inside the window"),
    pytest.param("2026-10-21", "2028-12-20", id="day 60 before the end"),
    pytest.param("2026-12-20", "2028-12-20", id="the last valid day"),
    pytest.param("2026-10-20", "2028-10-20", id="day 61 before the end"),
    pytest.param("2026-09-01", "2028-09-01", id="long before"),
    pytest.param("2027-01-05", "2029-01-05", id="late, with a gap"),
]


@pytest.fixture
def ana(session: Session) -> User:
    publish_sample(session)
    user = enrolled_user(session, now=FIRST)
    complete_small_course(session, user, now=FIRST)
    assert held(session, user)[0].claims.valid_until == OLD_END
    return user


@pytest.fixture
def clara(session: Session) -> User:
    user = make_user(session, "Clara")
    session.commit()
    return user


def held(
    session: Session, user: User, day: date = date(2026, 12, 1)
) -> list[HeldCertificate]:
    return certificates_of(session, user_id=user.id, today=day)


def moment(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)


def renew(session: Session, user: User, day: str) -> date | None:
    enrol(session, slug=SMALL, user_id=user.id, lang="en", now=moment(day))
    assert complete_small_course(session, user, now=moment(day))
    return held(session, user)[0].claims.valid_until


def suspend(session: Session, user: User, by: User, day: str) -> str:
    number = held(session, user)[0].claims.number
    suspend_certificate(
        session,
        number=number,
        reason=SuspensionReason.UNDER_REVIEW,
        note="",
        by=by.id,
        now=moment(day),
    )
    session.commit()
    return number


@pytest.mark.parametrize(("done", "until"), WORKED)
def test_every_worked_number(
    session: Session, ana: User, done: str, until: str
) -> None:
    assert renew(session, ana, done) == date.fromisoformat(until)


@pytest.mark.parametrize(("done", "until"), WORKED)
def test_a_correction_changes_no_worked_number(
    session: Session, ana: User, clara: User, done: str, until: str
) -> None:
    correct_certificate(
        session,
        number=held(session, ana)[0].claims.number,
        holder="Ana Ruiz",
        note="",
        by=clara.id,
        now=moment("2026-08-01"),
    )
    session.commit()

    assert renew(session, ana, done) == date.fromisoformat(until)


def test_a_renewal_leaves_the_old_one_to_its_own_end(
    session: Session, ana: User
) -> None:
    renew(session, ana, "2026-11-30")

    def states(day: str) -> list[CertificateState]:
        found = held(session, ana, date.fromisoformat(day))
        return [item.verdict.state for item in found]

    assert states("2026-12-20") == [CertificateState.VALID, CertificateState.VALID]
    assert states("2026-12-21") == [CertificateState.VALID, CertificateState.EXPIRED]


def test_a_suspended_certificate_counts_for_nothing_while_it_is(
    session: Session, ana: User, clara: User
) -> None:
    publish_sample(session, "second-course")
    number = suspend(session, ana, clara, "2026-11-01")

    with pytest.raises(PrerequisiteError):
        enrol(
            session,
            slug="second-course",
            user_id=ana.id,
            lang="en",
            now=moment("2026-11-02"),
        )
    session.rollback()
    reinstate_certificate(
        session, number=number, note="", by=clara.id, now=moment("2026-11-03")
    )
    session.commit()

    place = enrol(
        session,
        slug="second-course",
        user_id=ana.id,
        lang="en",
        now=moment("2026-11-04"),
    )
    assert place.is_enrolled


def test_what_is_suspended_is_not_renewed_from_its_end(
    session: Session, ana: User, clara: User
) -> None:
    suspend(session, ana, clara, "2026-11-01")

    assert renew(session, ana, "2026-11-30") == date(2028, 11, 30)


def test_what_was_reinstated_is(session: Session, ana: User, clara: User) -> None:
    number = suspend(session, ana, clara, "2026-11-01")
    reinstate_certificate(
        session, number=number, note="", by=clara.id, now=moment("2026-11-03")
    )
    session.commit()

    assert renew(session, ana, "2026-11-30") == date(2028, 12, 20)
