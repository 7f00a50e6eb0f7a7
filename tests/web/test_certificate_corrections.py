"""A holder asks for a correction of the name, and reads what came of it."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import EventKind, SuspensionReason
from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.services.certificate_acts import suspend_certificate
from conexx_learn.services.certificate_corrections import (
    correct_certificate,
    decline_correction,
)
from conexx_learn.services.enrolment import enrol
from tests.factories import make_user
from tests.institutions import make_coordinator
from tests.learning import SMALL, complete_small_course

MINE = "/me/certificates"
RIGHT = "Ana María Ruiz"


@pytest.fixture
def number(session: Session, ana: User) -> str:
    complete_small_course(session, ana, now=now())
    return grouped(session.scalars(select(Certificate.number)).one())


@pytest.fixture
def clara(session: Session) -> User:
    user = make_coordinator(session, "Clara")
    session.commit()
    return user


def text(response: TestResponse) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def ask(client: FlaskClient, number: str, name: str = RIGHT) -> TestResponse:
    return client.post(f"{MINE}/{number}/correction?lang=en", data={"name": name})


def asked(session: Session) -> int:
    counted = select(func.count()).where(
        CertificateEvent.kind == EventKind.CORRECTION_ASKED
    )
    return session.scalar(counted) or 0


def plain(number: str) -> str:
    return number.replace("-", "")


def test_a_holder_asks_and_reads_that_it_waits(
    signed_in: FlaskClient, session: Session, number: str
) -> None:
    page = text(signed_in.get(f"{MINE}?lang=en"))
    assert f'href="{MINE}/{number}/correction"' in page
    form = text(signed_in.get(f"{MINE}/{number}/correction?lang=en"))
    assert "This certificate says: <b>Ana</b>" in form

    assert ask(signed_in, number).location == MINE

    page = text(signed_in.get(f"{MINE}?lang=en"))
    assert f"You asked for this name: {RIGHT}" in page
    assert f"{number}/correction" not in page
    assert asked(session) == 1


def test_asking_twice_is_asking_once(
    signed_in: FlaskClient, session: Session, number: str
) -> None:
    ask(signed_in, number)

    assert ask(signed_in, number, "Ana Ruiz").status_code == 303
    assert "asked already" in text(signed_in.get(f"{MINE}?lang=en"))
    assert signed_in.get(f"{MINE}/{number}/correction").status_code == 303
    assert asked(session) == 1


@pytest.mark.parametrize("name", ["", "  ", "Ana", "x" * 201, "\u202e"])
def test_a_name_that_corrects_nothing_comes_back(
    signed_in: FlaskClient, session: Session, number: str, name: str
) -> None:
    response = ask(signed_in, number, name)

    assert response.status_code == 422
    assert asked(session) == 0


def test_a_refusal_is_read_under_the_certificate_and_on_the_first_page(
    signed_in: FlaskClient, session: Session, clara: User, number: str
) -> None:
    ask(signed_in, number)
    decline_correction(
        session,
        number=plain(number),
        answer="Please send the deed.",
        by=clara.id,
        now=now(),
    )
    session.commit()

    assert "Your certificate was not corrected" in text(signed_in.get("/me?lang=en"))
    page = text(signed_in.get(f"{MINE}?lang=en"))
    assert "Please send the deed." in page
    assert f"{number}/correction" in page
    assert "Please send the deed." not in text(signed_in.get(f"/verify/{number}"))


def test_a_correction_is_told_and_both_numbers_are_listed(
    signed_in: FlaskClient, session: Session, clara: User, number: str
) -> None:
    new = correct_certificate(
        session, number=plain(number), holder=RIGHT, note="", by=clara.id, now=now()
    ).number
    session.commit()

    assert "Your certificate was corrected" in text(signed_in.get("/me?lang=en"))
    page = text(signed_in.get(f"{MINE}?lang=en"))
    assert page.index(grouped(new)) < page.index(number)
    assert f"{MINE}/{grouped(new)}/correction" in page
    assert f"{MINE}/{number}/correction" not in page
    assert ask(signed_in, number, "Another").status_code == 409
    assert signed_in.get(f"{MINE}/{number}/correction").status_code == 409
    assert "Your certificate was corrected" not in text(
        signed_in.get(f"/verify/{number}")
    )


def test_a_suspension_is_told_on_the_first_page_without_a_mailbox(
    signed_in: FlaskClient, session: Session, ana: User, clara: User, number: str
) -> None:
    ana.email, ana.username = None, "ana"
    suspend_certificate(
        session,
        number=plain(number),
        reason=SuspensionReason.UNDER_REVIEW,
        note="",
        by=clara.id,
        now=now(),
    )
    session.commit()

    assert "Your certificate is suspended" in text(signed_in.get("/me?lang=en"))
    assert "Su constancia está suspendida" in text(signed_in.get("/me?lang=es"))


def test_somebody_elses_certificate_is_not_there(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    other = make_user(session, "Beto")
    enrol(session, slug=SMALL, user_id=other.id, lang="en", now=now())
    complete_small_course(session, other, now=now())
    number = grouped(session.scalars(select(Certificate.number)).one())

    for entry in (number, "0000-0000-0000", "x", "%00", "9" * 400):
        assert signed_in.get(f"{MINE}/{entry}/correction").status_code == 404
        assert ask(signed_in, entry).status_code == 404
    assert asked(session) == 0


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, number: str) -> None:
    assert client.get(f"{MINE}/{number}/correction").status_code == 303
    assert ask(client, number).status_code == 303


def test_the_list_runs_one_statement_more_for_who_asked(
    signed_in: FlaskClient, session: Session, number: str, statements: list[str]
) -> None:
    def count() -> int:
        signed_in.get(MINE)
        statements.clear()
        signed_in.get(MINE)
        return len(statements)

    before = count()
    ask(signed_in, number)

    assert count() == before + 1
