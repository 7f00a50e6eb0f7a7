"""Certificates: issued once with frozen claims, renewed by rule, revoked by two."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import (
    CertificateState,
    EventKind,
    RevocationReason,
)
from conexx_learn.domain.credentials.recipients import SALT_BYTES, is_recipient
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import read_number
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.institutions import Institution
from conexx_learn.queries.catalogue import course_page
from conexx_learn.queries.certification import (
    HeldCertificate,
    certificate_by_number,
    certificates_of,
)
from conexx_learn.services.certificate_acts import revoke_certificate
from conexx_learn.services.certification import Issuing
from conexx_learn.services.completion import (
    held_enrolment,
    settle_completion,
    settle_one,
    waiting_enrolments,
)
from conexx_learn.services.enrolment import enrol
from tests.factories import NOW, make_institution, make_membership, make_user
from tests.learning import (
    ISSUING,
    SMALL,
    begin_attempt,
    complete_small_course,
    enrolled_user,
    pass_quiz,
    read_module,
    submit,
)
from tests.published import publish_sample

NOBODY = Issuing(None, demo=False)
TODAY = NOW.date()


@pytest.fixture
def learner(session: Session) -> User:
    publish_sample(session)
    return enrolled_user(session)


def held(session: Session, user: User, today: date = TODAY) -> list[HeldCertificate]:
    return certificates_of(session, user_id=user.id, today=today)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Certificate)) or 0


def again(session: Session, user: User, now: datetime) -> bool:
    """Complete the course a second time."""
    enrol(session, slug=SMALL, user_id=user.id, lang="en", now=now)
    return complete_small_course(session, user, now=now)


def revoke(session: Session, number: str, by: User) -> bool:
    done = revoke_certificate(
        session,
        number=number,
        reason=RevocationReason.FRAUD,
        note="private note",
        by=by.id,
        now=NOW,
    )
    session.commit()
    return done.is_complete


def test_the_last_missing_thing_issues_the_certificate(
    session: Session, learner: User
) -> None:
    read_module(session, learner, "the-well")
    pass_quiz(session, learner, "the-well")
    assert not pass_quiz(session, learner, None).certificate_issued

    assert read_module(session, learner, "the-pump")
    assert count(session) == 1


def test_a_practice_quiz_never_blocks(session: Session, learner: User) -> None:
    assert complete_small_course(session, learner)

    page = course_page(session, slug=SMALL, user_id=learner.id, lang="en")
    pump = page.outline.modules[1]
    assert pump.quiz is not None
    assert pump.quiz.attempts == ()


def test_a_failed_final_issues_nothing(session: Session, learner: User) -> None:
    for module in ("the-well", "the-pump"):
        read_module(session, learner, module)
    pass_quiz(session, learner, "the-well")

    submit(session, learner, begin_attempt(session, learner, None))

    assert count(session) == 0


def test_the_certificate_says_what_the_course_and_the_learner_were(
    session: Session, learner: User
) -> None:
    complete_small_course(session, learner)

    (certificate,) = held(session, learner)
    claims = certificate.claims
    assert claims.holder == "Ana"
    assert claims.titles["es"] == "Agua limpia en el municipio"
    assert claims.outcomes["en"][1] == "Choose a pump for a well."
    assert (str(claims.hours), claims.course_version) == ("1", "1.0")
    assert claims.eqf_level == 4
    assert [grant.code for grant in claims.competencies] == ["K1"]
    assert (claims.issued_on, claims.valid_until) == (TODAY, date(2028, 11, 16))
    assert (claims.score, len(claims.evidence), claims.demo) == (100, 2, True)
    assert read_number(claims.number) == claims.number


def test_the_claims_hold_the_codes_that_credentials_are_made_of(
    session: Session, learner: User
) -> None:
    complete_small_course(session, learner)

    claims = held(session, learner)[0].claims
    assert claims.assessment_codes == ("quiz",)
    assert claims.participation_code == "online"
    assert claims.quality_url.startswith("https://")
    assert claims.ects is None


def test_a_confirmed_address_is_hashed_with_a_salt_of_its_own(
    session: Session, learner: User
) -> None:
    complete_small_course(session, learner)
    other = enrolled_user(session)
    complete_small_course(session, other)

    one, another = (
        held(session, each)[0].claims.recipient for each in (learner, other)
    )
    assert is_recipient(one, str(learner.email).upper())
    assert not is_recipient(one, str(other.email))
    assert one is not None
    assert another is not None
    assert one.salt != another.salt
    assert len(one.salt) >= 2 * SALT_BYTES


@pytest.mark.parametrize(
    "account", [{"confirmed_at": None}, {"email": None, "username": "ana.without"}]
)
def test_without_a_confirmed_address_nothing_is_hashed(
    session: Session, learner: User, account: dict[str, str | None]
) -> None:
    for name, value in account.items():
        setattr(learner, name, value)
    session.commit()
    complete_small_course(session, learner)

    assert held(session, learner)[0].claims.recipient is None


def test_what_was_issued_does_not_follow_later_changes(
    session: Session, learner: User
) -> None:
    institution = make_institution(session)
    make_membership(session, learner, "learner", institution)
    complete_small_course(session, learner)
    (before,) = held(session, learner)

    session.get_one(User, learner.id).full_name = "Ana Otra"
    session.get_one(Institution, institution.id).name = "Otro nombre"
    session.commit()

    assert before.claims.institution == "Ayuntamiento de Xaltepec de la Sierra"
    assert held(session, learner) == [before]


def test_only_where_somebody_serves_today_is_named(
    session: Session, learner: User
) -> None:
    left, serves = make_institution(session), make_institution(session, "izalpa")
    make_membership(session, learner, "learner", left).to_on = TODAY - timedelta(1)
    make_membership(session, learner, "learner", serves)
    serves.name = "Alcaldía de Izalpa"
    session.commit()

    complete_small_course(session, learner)

    assert held(session, learner)[0].claims.institution == "Alcaldía de Izalpa"


def test_settling_again_issues_nothing_more(session: Session, learner: User) -> None:
    complete_small_course(session, learner)
    row = session.scalars(select(Certificate)).one()
    enrolment = held_enrolment(session, row.enrolment_id)
    enrolment.ended_at = None

    issued = settle_completion(
        session, enrolment=enrolment, slug=SMALL, lang="en", issuing=ISSUING, now=NOW
    )

    assert not issued
    assert count(session) == 1


def test_without_an_issuer_the_completion_waits_and_is_issued_later(
    session: Session, learner: User
) -> None:
    assert not complete_small_course(session, learner, issuing=NOBODY)
    assert waiting_enrolments(session) == [(SMALL, learner.id)]

    later = NOW + timedelta(days=3)
    assert settle_one(
        session,
        slug=SMALL,
        user_id=learner.id,
        lang="es",
        issuing=ISSUING,
        now=later,
    )

    assert waiting_enrolments(session) == []
    assert held(session, learner, later.date())[0].claims.issued_on == later.date()


def test_reading_on_issues_what_waited(session: Session, learner: User) -> None:
    complete_small_course(session, learner, issuing=NOBODY)

    assert read_module(session, learner, "the-well")


@pytest.mark.parametrize(
    ("days_before_the_end", "until"),
    [
        pytest.param(60, date(2030, 11, 16), id="first day of the window"),
        pytest.param(0, date(2030, 11, 16), id="last valid day"),
        pytest.param(61, date(2030, 9, 16), id="a day too early"),
        pytest.param(-1, date(2030, 11, 17), id="a day too late"),
    ],
)
def test_a_renewal_counts_from_the_old_end_only_within_its_window(
    session: Session, learner: User, days_before_the_end: int, until: date
) -> None:
    complete_small_course(session, learner)
    end = datetime(2028, 11, 16, 12, tzinfo=NOW.tzinfo)

    assert again(session, learner, end - timedelta(days=days_before_the_end))

    newest, first = held(session, learner)
    assert newest.claims.valid_until == until
    assert first.claims.valid_until == date(2028, 11, 16)


def test_a_revoked_certificate_renews_nothing(session: Session, learner: User) -> None:
    complete_small_course(session, learner)
    number = held(session, learner)[0].claims.number
    revoke(session, number, make_user(session))
    revoke(session, number, make_user(session))

    again(session, learner, datetime(2028, 11, 1, tzinfo=NOW.tzinfo))

    assert held(session, learner)[0].claims.valid_until == date(2030, 11, 1)


def test_one_person_alone_revokes_nothing(session: Session, learner: User) -> None:
    complete_small_course(session, learner)
    number = held(session, learner)[0].claims.number
    coordinator = make_user(session)

    assert not revoke(session, number, coordinator)
    assert not revoke(session, number, coordinator)

    assert held(session, learner)[0].verdict.is_valid
    kinds = session.scalars(select(CertificateEvent.kind).order_by(CertificateEvent.id))
    assert list(kinds) == [EventKind.ISSUED, EventKind.REVOCATION_PROPOSED]


def test_a_second_person_completes_the_revocation_once(
    session: Session, learner: User
) -> None:
    complete_small_course(session, learner)
    number = held(session, learner)[0].claims.number

    revoke(session, number, make_user(session))
    assert revoke(session, number, make_user(session))
    assert revoke(session, number, make_user(session))

    found = certificate_by_number(session, number=number, today=TODAY)
    assert found is not None
    assert found.verdict.state is CertificateState.REVOKED
    assert found.verdict.reason == "fraud"
    assert len(found.events) == 3


def test_an_unknown_number_cannot_be_revoked(session: Session) -> None:
    with pytest.raises(NotFoundError):
        revoke(session, "000000000000", make_user(session))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        pytest.param(TODAY - timedelta(1), CertificateState.UNKNOWN, id="before"),
        pytest.param(TODAY, CertificateState.VALID, id="the day of issue"),
        pytest.param(date(2028, 11, 16), CertificateState.VALID, id="the last day"),
        pytest.param(date(2028, 11, 17), CertificateState.EXPIRED, id="the day after"),
    ],
)
def test_the_verdict_is_of_the_day_that_asks(
    session: Session, learner: User, day: date, state: CertificateState
) -> None:
    complete_small_course(session, learner)

    assert held(session, learner, day)[0].verdict.state is state
