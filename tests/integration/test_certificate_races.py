"""Two or many at the same moment on one certificate: one revocation, one successor."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.domain.certificates import (
    EventKind,
    RevocationReason,
    SuspensionReason,
)
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.registry import db
from conexx_learn.services.accounts import erase_account
from conexx_learn.services.assessment import submit_attempt
from conexx_learn.services.certificate_acts import (
    approve_revocation,
    propose_revocation,
    revoke_certificate,
    suspend_certificate,
)
from conexx_learn.services.certificate_corrections import (
    ask_for_correction,
    correct_certificate,
)
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.certificate_mails import tell_certificate_event
from tests.conftest import empty_database
from tests.factories import NOW, make_user
from tests.learning import (
    ISSUING,
    begin_attempt,
    complete_small_course,
    enrolled_user,
    pass_quiz,
    read_module,
)
from tests.published import publish_sample
from tests.real_application import at_once, real_application
from tests.right_answers import right_responses, sitting_of

MANY = 8
FRAUD = RevocationReason.FRAUD


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    folder = tmp_path_factory.mktemp("certificates")
    with real_application(config, empty_database(folder, "certificates")) as app:
        with app.app_context():
            publish_sample(db.session())
        yield app


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()


@pytest.fixture
def certificate(session: Session) -> Certificate:
    user = enrolled_user(session)
    complete_small_course(session, user)
    return session.scalars(
        select(Certificate).where(Certificate.user_id == user.id)
    ).one()


@pytest.fixture
def office(session: Session) -> list[int]:
    """Make as many coordinators as act at once."""
    made = [make_user(session, f"Coordinator {number}").id for number in range(MANY)]
    session.commit()
    return made


def kinds(session: Session, certificate_id: int) -> list[str]:
    session.rollback()
    return list(
        session.scalars(
            select(CertificateEvent.kind)
            .where(CertificateEvent.certificate_id == certificate_id)
            .order_by(CertificateEvent.id)
        )
    )


def test_many_approvals_at_once_make_one_and_one_mail(
    real_app: Flask, session: Session, certificate: Certificate, office: list[int]
) -> None:
    number, key, holder = certificate.number, certificate.id, certificate.user_id
    proposal = propose_revocation(
        session, number=number, reason=FRAUD, note="", by=office[0], now=NOW
    )
    session.commit()

    def approve(work: Session, one: int) -> int | None:
        added = approve_revocation(
            work,
            number=number,
            proposal_id=proposal or 0,
            note="",
            by=office[one],
            now=NOW,
        )
        if added is not None:
            tell_certificate_event(work, event_id=added, now=NOW)
        return added

    outcomes = at_once(real_app, MANY, approve)

    assert len([one for one in outcomes if isinstance(one, int)]) == 1
    assert set(outcomes) <= {None, "second-coordinator"} | {
        one for one in outcomes if isinstance(one, int)
    }
    assert kinds(session, key) == ["issued", "revocation-proposed", "revoked"]
    email = session.get_one(User, holder).email
    told = select(func.count(OutboxMail.id)).where(OutboxMail.recipient == email)
    assert session.scalar(told) == 1


def test_many_proposals_of_many_people_at_once_make_one(
    real_app: Flask, session: Session, certificate: Certificate, office: list[int]
) -> None:
    number, key = certificate.number, certificate.id

    at_once(
        real_app,
        MANY,
        lambda work, one: propose_revocation(
            work, number=number, reason=FRAUD, note="", by=office[one], now=NOW
        ),
    )

    assert kinds(session, key) == ["issued", "revocation-proposed"]


def test_one_person_many_times_at_once_revokes_nothing(
    real_app: Flask, session: Session, certificate: Certificate, office: list[int]
) -> None:
    number, key = certificate.number, certificate.id

    at_once(
        real_app,
        MANY,
        lambda work, _: revoke_certificate(
            work, number=number, reason=FRAUD, note="", by=office[0], now=NOW
        ),
    )

    assert kinds(session, key) == ["issued", "revocation-proposed"]


def test_many_corrections_at_once_make_one_successor(
    real_app: Flask, session: Session, certificate: Certificate, office: list[int]
) -> None:
    number, key = certificate.number, certificate.id

    made = at_once(
        real_app,
        MANY,
        lambda work, one: (
            correct_certificate(
                work,
                number=number,
                holder=f"Right {one % 2}",
                note="",
                by=office[one],
                now=NOW,
            ).number
        ),
    )

    session.rollback()
    successors = session.scalars(
        select(Certificate.number).where(Certificate.corrects_id == key)
    ).all()
    assert len(successors) == 1
    assert set(made) == {*successors, "certificate-superseded"}
    assert kinds(session, key) == ["issued", "superseded"]


def test_a_correction_and_a_revocation_at_once_leave_no_valid_orphan(
    real_app: Flask, session: Session, certificate: Certificate, office: list[int]
) -> None:
    """Whichever comes first, the other is refused."""
    number, key = certificate.number, certificate.id
    proposal = propose_revocation(
        session, number=number, reason=FRAUD, note="", by=office[0], now=NOW
    )
    session.commit()

    def act(work: Session, one: int) -> object:
        if one % 2:
            return correct_certificate(
                work, number=number, holder="Right", note="", by=office[one], now=NOW
            ).number
        return approve_revocation(
            work,
            number=number,
            proposal_id=proposal or 0,
            note="",
            by=office[one],
            now=NOW,
        )

    at_once(real_app, MANY, act)

    happened = set(kinds(session, key))
    assert len(happened & {EventKind.REVOKED.value, EventKind.SUPERSEDED.value}) == 1


def test_many_suspensions_and_requests_at_once_make_one_each(
    real_app: Flask, session: Session, certificate: Certificate, office: list[int]
) -> None:
    number, key, holder = certificate.number, certificate.id, certificate.user_id

    def act(work: Session, one: int) -> object:
        if one % 2:
            return ask_for_correction(
                work, number=number, user_id=holder, name=f"Right {one}", now=NOW
            )
        return suspend_certificate(
            work,
            number=number,
            reason=SuspensionReason.UNDER_REVIEW,
            note="",
            by=office[one],
            now=NOW,
        )

    at_once(real_app, MANY, act)

    assert sorted(kinds(session, key)) == ["correction-asked", "issued", "suspended"]


def test_an_erasure_and_a_correction_at_once_leave_no_name(
    real_app: Flask, session: Session, certificate: Certificate, office: list[int]
) -> None:
    number, holder = certificate.number, certificate.user_id

    def act(work: Session, one: int) -> object:
        if one == 0:
            erase_account(work, user_id=holder, now=NOW)
            return None
        return correct_certificate(
            work, number=number, holder="Right Name", note="", by=office[one], now=NOW
        ).number

    at_once(real_app, 2, act)

    session.expire_all()
    rows = session.scalars(
        select(Certificate).where(Certificate.user_id == holder)
    ).all()
    assert {row.claims["holder"] for row in rows} == {""}
    for row in rows:
        assert EventKind.REVOKED.value in kinds(session, row.id)


def test_an_erasure_waits_for_the_certificate_that_is_being_issued(
    real_app: Flask, session: Session
) -> None:
    """The name was read before the erasure, and is stored after it began."""
    user = enrolled_user(session)
    for module in ("the-well", "the-pump"):
        read_module(session, user, module)
    pass_quiz(session, user, "the-well")
    attempt_id = begin_attempt(session, user, None)
    answers = right_responses(sitting_of(session, attempt_id, user.id))
    holder = user.id
    session.commit()
    is_issued, is_erased = Event(), Event()

    def issue() -> None:
        with real_app.app_context(), unit_of_work() as work:
            done = submit_attempt(
                work,
                attempt_id=attempt_id,
                user_id=holder,
                responses=dict[str, object](answers),
                lang="en",
                issuing=ISSUING,
                now=NOW,
            )
            assert done.certificate_issued
            is_issued.set()
            # An erasure that does not wait for this transaction is through by then.
            is_erased.wait(1)

    with ThreadPoolExecutor(1) as threads:
        issuing = threads.submit(issue)
        assert is_issued.wait(30)
        with unit_of_work() as work:
            erase_account(work, user_id=holder, now=NOW)
        is_erased.set()
        issuing.result()

    session.rollback()
    rows = session.scalars(select(Certificate).where(Certificate.user_id == holder))
    assert [row.claims["holder"] for row in rows] == [""]
