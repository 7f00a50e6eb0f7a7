"""Trainers answer what learners ask at sections, and publish pairs without names."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.services.accounts import erase_account
from conexx_learn.services.section_questions import answer_question
from tests.factories import (
    SAMPLES,
    make_institution,
    make_membership,
    make_user,
    sign_in,
)
from tests.learning import SMALL, enrolled_user
from tests.mails import mails_to
from tests.section_questions import (
    ANSWERED,
    MODULE,
    ORIGIN,
    PUBLISHED,
    WORDS,
    ask,
    store_questions,
)

LIST = f"/trainer/courses/{SMALL}/section-questions"
PAGE = f"/courses/{SMALL}/{MODULE}"
REPLY = {"answer": "Forty metres.\n\nBring a rope."}
PAIR = {"question": "How deep is a well?", "answer": "About forty metres."}


@pytest.fixture
def asked(session: Session, ana: User) -> SectionQuestion:
    return ask(session, ana)


@pytest.fixture
def trainer(client: FlaskClient, session: Session, ana: User) -> User:
    """Sign a trainer of the platform in."""
    found = make_user(session, "Iker")
    make_membership(session, found, "trainer")
    sign_in(client, session, found)
    return found


def row(session: Session) -> SectionQuestion:
    session.expire_all()
    return session.scalars(select(SectionQuestion)).one()


def post(client: FlaskClient, asked: SectionQuestion, act: str, **data: str) -> Any:
    return client.post(f"/trainer/section-questions/{asked.id}/{act}", data=data)


@pytest.mark.usefixtures("trainer")
def test_the_list_begins_with_who_waits_longest(
    client: FlaskClient, session: Session, ana: User
) -> None:
    store_questions(session, ana, 2)
    store_questions(session, ana, 1, fingerprint="late", escalated_at=now())

    page = client.get(LIST).text

    assert "3 questions are unanswered" in page
    assert page.index("number 000") < page.index("number 001")
    assert "working day" in page
    assert 'data-state="overdue"' in page


@pytest.mark.usefixtures("trainer")
def test_the_piles_are_apart_and_have_pages(
    client: FlaskClient, session: Session, ana: User
) -> None:
    store_questions(session, ana, 26)
    store_questions(session, ana, 1, **ANSWERED, text="An answered one?")
    store_questions(session, ana, 1, **PUBLISHED, text="A published one?")

    first = client.get(LIST).text
    assert first.count("Question number") == 25
    assert "number 025" in client.get(f"{LIST}?page=2").text
    assert "number 025" in client.get(f"{LIST}?page=99").text
    assert "An answered one?" not in first
    assert "An answered one?" in client.get(f"{LIST}?pile=answered").text
    assert "A published one?" not in client.get(f"{LIST}?pile=answered").text
    assert "A published one?" in client.get(f"{LIST}?pile=published").text
    assert "number 000" in client.get(f"{LIST}?pile=nothing&page=x").text


@pytest.mark.usefixtures("trainer")
def test_many_questions_cost_no_statement(
    client: FlaskClient, session: Session, ana: User, statements: list[str]
) -> None:
    def count() -> int:
        client.get(LIST)
        statements.clear()
        assert client.get(LIST).status_code == 200
        return len(statements)

    store_questions(session, ana, 1)
    one = count()
    store_questions(session, ana, 40, fingerprint="x", **ANSWERED)
    store_questions(session, enrolled_user(session), 40)

    assert count() == one <= 4


@pytest.mark.usefixtures("trainer")
def test_a_course_that_is_not_there_has_no_list(client: FlaskClient) -> None:
    assert client.get("/trainer/courses/nowhere/section-questions").status_code == 404


@pytest.mark.usefixtures("trainer")
def test_the_page_shows_the_question_and_leads_to_the_section(
    client: FlaskClient, asked: SectionQuestion
) -> None:
    page = client.get(f"/trainer/section-questions/{asked.id}").text

    assert WORDS in page
    assert f'href="{PAGE}#{ORIGIN}"' in page
    assert "Take out names" in page


def test_an_answer_is_told_on_the_page_and_by_mail(
    client: FlaskClient,
    session: Session,
    ana: User,
    trainer: User,
    asked: SectionQuestion,
) -> None:
    assert post(client, asked, "answer", **REPLY).location == LIST

    kept = row(session)
    assert (kept.answer, kept.answered_by) == (REPLY["answer"], trainer.id)
    assert kept.published_at is None
    (mail,) = mails_to(session, ana.email or "")
    assert "Forty metres." in mail.text
    assert "Bring a rope." in mail.html
    assert f"/me/questions#question-{asked.id}" in mail.text
    assert "without your name" not in mail.html
    sign_in(client, session, ana)
    assert "Forty metres." in client.get(PAGE).text
    assert "Forty metres." in client.get("/me/questions").text
    sign_in(client, session, enrolled_user(session))
    assert "Forty metres." not in client.get(PAGE).text


@pytest.mark.usefixtures("trainer")
def test_the_mail_is_in_the_language_of_who_asked(
    client: FlaskClient, session: Session, ana: User, asked: SectionQuestion
) -> None:
    session.get_one(User, ana.id).locale = "es"
    session.commit()

    post(client, asked, "answer", **REPLY, publish="y", question="Deep?")

    (mail,) = mails_to(session, ana.email or "")
    assert mail.subject == "Su pregunta tiene respuesta"
    assert "sin su nombre" in mail.html


@pytest.mark.usefixtures("trainer")
def test_nothing_is_mailed_to_an_address_that_nobody_confirmed(
    client: FlaskClient, session: Session, ana: User, asked: SectionQuestion
) -> None:
    session.get_one(User, ana.id).confirmed_at = None
    session.commit()

    assert post(client, asked, "answer", **REPLY).status_code == 303
    assert mails_to(session, ana.email or "") == []


def test_the_second_of_two_trainers_reads_what_the_first_wrote(
    client: FlaskClient,
    session: Session,
    ana: User,
    trainer: User,
    asked: SectionQuestion,
) -> None:
    other = make_user(session, "Lucía")
    answer_question(
        session,
        question_id=asked.id,
        answer="Thirty metres.",
        answered_by=other.id,
        now=now(),
    )
    session.commit()

    answer = post(client, asked, "answer", **REPLY)

    assert answer.status_code == 409
    assert "Somebody else answered first" in answer.text
    assert "Thirty metres." in answer.text
    assert "Bring a rope." in answer.text
    assert (row(session).answer, row(session).answered_by) == (
        "Thirty metres.",
        other.id,
    )
    assert mails_to(session, ana.email or "") == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"answer": ""}, id="nothing"),
        pytest.param({"answer": " \r\n"}, id="blanks"),
        pytest.param({"answer": "x" * 4001}, id="too long"),
        pytest.param({"answer": "x", "publish": "y"}, id="half a pair"),
        pytest.param(
            {"answer": "x", "publish": "y", "question": "x" * 2001}, id="a long pair"
        ),
    ],
)
@pytest.mark.usefixtures("trainer")
def test_an_answer_without_its_words_is_asked_again(
    client: FlaskClient, session: Session, asked: SectionQuestion, data: dict[str, str]
) -> None:
    answer = post(client, asked, "answer", **data)

    assert answer.status_code == 422
    assert row(session).answered_at is None


@pytest.mark.usefixtures("trainer")
def test_a_ticked_pair_is_published_with_the_answer(
    client: FlaskClient, session: Session, asked: SectionQuestion
) -> None:
    post(client, asked, "answer", **REPLY, publish="y", question=PAIR["question"])

    kept = row(session)
    assert kept.published_question == PAIR["question"]
    assert kept.published_answer == REPLY["answer"]
    assert "Bring a rope." in client.get(PAGE).text
    acts = session.scalars(select(AuditEntry.act)).all()
    assert {"section-question-answer", "section-question-publish"} <= set(acts)


@pytest.mark.usefixtures("trainer")
def test_what_names_the_person_is_not_published(
    client: FlaskClient, session: Session, ana: User, asked: SectionQuestion
) -> None:
    session.get_one(User, ana.id).full_name = "Ana Robles Tzul"
    session.commit()
    named = "As ANA ROBLES TZUL asks: how deep?"

    answer = post(client, asked, "answer", **REPLY, publish="y", question=named)
    assert answer.status_code == 422
    assert "Take out the name or address of who asked." in answer.text
    assert row(session).answered_at is None
    assert post(client, asked, "answer", answer=named).status_code == 303
    pair = PAIR | {"answer": f"Write to {ana.email}."}
    assert post(client, asked, "publication", **pair).status_code == 422
    assert row(session).published_at is None


@pytest.mark.usefixtures("trainer")
def test_a_pair_is_published_later_changed_and_taken_back(
    client: FlaskClient, session: Session, asked: SectionQuestion
) -> None:
    assert post(client, asked, "publication", **PAIR).status_code == 409
    post(client, asked, "answer", **REPLY)

    for answer in ("About forty metres.", "Some forty metres."):
        sent = post(client, asked, "publication", **(PAIR | {"answer": answer}))
        assert sent.status_code == 303
        assert answer in client.get(PAGE).text
    for _click in range(2):
        assert post(client, asked, "publication/end").status_code == 303
        assert "forty metres." not in client.get(PAGE).text
    post(client, asked, "publication", **PAIR)
    assert "About forty metres." in client.get(PAGE).text
    assert row(session).answer == REPLY["answer"]


def test_nobody_answers_or_publishes_their_own_question(
    signed_in: FlaskClient, session: Session, ana: User, asked: SectionQuestion
) -> None:
    make_membership(session, ana, "trainer")
    session.commit()

    page = signed_in.get(f"/trainer/section-questions/{asked.id}").text
    assert "This is your own question" in page
    assert "<textarea" not in page
    assert post(signed_in, asked, "answer", **REPLY).status_code == 409
    row(session).answer, row(session).answered_at = "x", now()
    session.commit()
    assert post(signed_in, asked, "publication", **PAIR).status_code == 409


@pytest.mark.usefixtures("trainer")
def test_what_was_withdrawn_meanwhile_is_nobodys(
    client: FlaskClient, session: Session, asked: SectionQuestion
) -> None:
    asked.withdrawn_at, asked.text = now(), ""
    session.commit()

    assert client.get(f"/trainer/section-questions/{asked.id}").status_code == 404
    assert post(client, asked, "answer", **REPLY).status_code == 404
    assert "No question is unanswered" in client.get(LIST).text


def test_a_trainer_of_an_institution_sees_its_people_alone(
    client: FlaskClient, session: Session, ana: User, asked: SectionQuestion
) -> None:
    town = make_institution(session)
    user = make_user(session)
    make_membership(session, user, "trainer", town)
    sign_in(client, session, user)

    assert WORDS not in client.get(LIST).text
    assert client.get(f"/trainer/section-questions/{asked.id}").status_code == 404
    for act in ("answer", "publication", "publication/end"):
        assert post(client, asked, act, **PAIR).status_code == 404
    make_membership(session, ana, "learner", town)
    session.commit()
    assert WORDS in client.get(LIST).text
    assert post(client, asked, "answer", **REPLY).status_code == 303


def test_a_learner_finds_no_desk(
    signed_in: FlaskClient, session: Session, asked: SectionQuestion
) -> None:
    assert signed_in.get(LIST).status_code == 404
    assert signed_in.get(f"/trainer/section-questions/{asked.id}").status_code == 404
    assert signed_in.get("/admin/questions").status_code == 404
    assert post(signed_in, asked, "answer", **REPLY).status_code == 404
    assert row(session).answered_at is None


@pytest.mark.usefixtures("trainer")
def test_a_pair_whose_person_is_erased_can_be_taken_back_and_is_gone(
    client: FlaskClient, session: Session, ana: User
) -> None:
    (pair,) = store_questions(session, ana, 1, **PUBLISHED)
    erase_account(session, user_id=ana.id, now=now())
    session.commit()

    assert "How deep is a well?" in client.get(f"{LIST}?pile=published").text
    page = client.get(f"/trainer/section-questions/{pair.id}").text
    assert "About forty metres." in page
    sent = post(client, pair, "publication", **(PAIR | {"answer": "Forty."}))
    assert sent.status_code == 303
    assert post(client, pair, "publication/end").status_code == 303
    assert session.scalars(select(SectionQuestion)).all() == []


@pytest.mark.usefixtures("trainer")
def test_an_entry_of_a_list_runs_no_html(
    client: FlaskClient, session: Session, ana: User
) -> None:
    hostile = "<img src=x onerror=alert(1)>" * 9
    (one,) = store_questions(session, ana, 1, text=hostile)

    for path in (LIST, f"/trainer/section-questions/{one.id}"):
        page = client.get(path).text
        assert "&lt;img src=x" in page
        assert "<img src=x" not in page


@pytest.mark.usefixtures("trainer")
def test_the_page_of_a_course_leads_to_the_list_and_counts_what_waits(
    app: Flask,
    client: FlaskClient,
    session: Session,
    ana: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "COURSES", SAMPLES)
    store_questions(session, ana, 2)
    store_questions(session, ana, 1, **ANSWERED)

    page = client.get(f"/trainer/courses/{SMALL}").text

    assert f'<a href="{LIST}">Questions of learners</a> <span class="soft">2 wait<' in (
        page
    )
