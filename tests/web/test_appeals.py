"""A question with a mistake: reported from the result, answered by a trainer."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.appeals import MOST_OPEN
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.repairs import Appeal
from conexx_learn.services.accounts import erase_account
from tests.factories import make_membership, make_user, sign_in
from tests.learning import begin_attempt, enrolled_user, submit
from tests.mails import mails_to
from tests.published import edited_copy, publish_sample
from tests.web.test_result import SECRETS, told

QUESTION = "well-single"
WRITTEN = {"statement": "Two of the answers are right."}
REPLY = {"answer": "Thank you, you are right.", "outcome": "void"}


@pytest.fixture
def attempt_id(session: Session, ana: User) -> int:
    """Sit the quiz of the well and answer nothing."""
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    submit(session, ana, attempt_id, now=now())
    return attempt_id


@pytest.fixture
def address(attempt_id: int) -> str:
    return f"/attempts/{attempt_id}/questions/{QUESTION}/appeal"


@pytest.fixture
def sent(signed_in: FlaskClient, session: Session, address: str) -> Appeal:
    assert signed_in.post(address, data=WRITTEN).status_code == 303
    return session.scalars(select(Appeal)).one()


def as_trainer(client: FlaskClient, session: Session) -> User:
    trainer = make_user(session, "Iker")
    make_membership(session, trainer, "trainer")
    sign_in(client, session, trainer)
    return trainer


def outcomes(session: Session) -> list[str | None]:
    session.expire_all()
    return list(session.scalars(select(Appeal.outcome).order_by(Appeal.id)))


def test_each_question_of_a_result_can_be_reported(
    signed_in: FlaskClient, attempt_id: int, address: str
) -> None:
    page = signed_in.get(f"/attempts/{attempt_id}").text

    assert page.count("This question has a mistake") == 7
    assert f'href="{address}"' in page


def test_the_form_shows_the_question_and_nothing_of_its_key(
    signed_in: FlaskClient, address: str
) -> None:
    page = signed_in.get(address).text

    assert "Where does the water of the municipality come from?" in page
    assert not SECRETS.search(told(page))


def test_a_report_waits_and_the_result_says_so(
    signed_in: FlaskClient, sent: Appeal, attempt_id: int
) -> None:
    assert (
        "You reported this question on" in signed_in.get(f"/attempts/{attempt_id}").text
    )
    assert sent.statement == WRITTEN["statement"]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \r\n ", id="blanks"),
        pytest.param("x" * 1001, id="too long"),
    ],
)
def test_what_says_nothing_or_too_much_is_asked_again(
    signed_in: FlaskClient, session: Session, address: str, statement: str
) -> None:
    answer = signed_in.post(address, data={"statement": statement})

    assert answer.status_code == 422
    assert outcomes(session) == []


def test_a_question_has_one_open_report_of_a_person(
    signed_in: FlaskClient, session: Session, sent: Appeal, address: str
) -> None:
    assert signed_in.post(address, data=WRITTEN).status_code == 409
    assert outcomes(session) == [None]


def test_too_many_open_reports_are_refused(
    signed_in: FlaskClient, session: Session, sent: Appeal, attempt_id: int
) -> None:
    for number in range(MOST_OPEN - 1):
        session.add(
            Appeal(
                user_id=sent.user_id,
                course_id=sent.course_id,
                attempt_id=attempt_id,
                question_id=f"other-{number}",
                statement="x",
                sent_at=now(),
                answer="",
            )
        )
    session.commit()

    path = f"/attempts/{attempt_id}/questions/well-truth/appeal"
    assert signed_in.post(path, data=WRITTEN).status_code == 409


def test_it_can_be_withdrawn_and_sent_anew(
    signed_in: FlaskClient, session: Session, sent: Appeal, address: str
) -> None:
    path = f"/appeals/{sent.id}/withdrawal"
    assert signed_in.post(path).status_code == 303
    assert signed_in.post(path).status_code == 409
    assert signed_in.post(address, data=WRITTEN).status_code == 303
    assert outcomes(session) == ["withdrawn", None]


def test_another_learners_result_and_report_are_not_there(
    client: FlaskClient, session: Session, sent: Appeal, address: str
) -> None:
    sign_in(client, session, enrolled_user(session))

    assert client.get(address).status_code == 404
    assert client.post(address, data=WRITTEN).status_code == 404
    assert client.post(f"/appeals/{sent.id}/withdrawal").status_code == 404
    assert client.get(f"/trainer/appeals/{sent.id}").status_code == 404
    assert client.get("/trainer/courses/small-course/appeals").status_code == 404
    assert outcomes(session) == [None]


def test_an_open_attempt_and_an_unasked_question_are_not_there(
    signed_in: FlaskClient, session: Session, ana: User, attempt_id: int
) -> None:
    open_id = begin_attempt(session, ana, "the-well", now=now())

    for path in (
        f"/attempts/{open_id}/questions/{QUESTION}/appeal",
        f"/attempts/{attempt_id}/questions/no-such-question/appeal",
    ):
        assert signed_in.get(path).status_code == 404
        assert signed_in.post(path, data=WRITTEN).status_code == 404


def test_where_no_question_is_shown_none_can_be_reported(
    client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    quiz = ("retroalimentacion: after-attempt", "retroalimentacion: never")
    edits = {
        "01-the-well.quiz.es.md": quiz,
        "course.toml": ('version = "1.0"', 'version = "1.1"'),
    }
    publish_sample(session, folder=edited_copy(tmp_path, edits))
    user = enrolled_user(session)
    attempt_id = begin_attempt(session, user, "the-well", now=now())
    submit(session, user, attempt_id, now=now())
    sign_in(client, session, user)

    assert "has a mistake" not in client.get(f"/attempts/{attempt_id}").text
    path = f"/attempts/{attempt_id}/questions/{QUESTION}/appeal"
    assert client.get(path).status_code == 404


def test_trainers_read_it_with_the_question_and_the_answer(
    client: FlaskClient, session: Session, sent: Appeal
) -> None:
    as_trainer(client, session)

    listed = client.get("/trainer/courses/small-course/appeals?lang=en").text
    assert "1 reported question waits" in listed
    assert "Where it comes from" in listed
    page = client.get(f"/trainer/appeals/{sent.id}?lang=en").text
    assert WRITTEN["statement"] in page
    assert "Right answer:" in page
    assert "fewer than 5 learners" in page


def test_the_learner_is_told_by_mail_and_on_the_page(
    client: FlaskClient, session: Session, ana: User, sent: Appeal, attempt_id: int
) -> None:
    as_trainer(client, session)
    answer = client.post(f"/trainer/appeals/{sent.id}/answer", data=REPLY)
    assert answer.status_code == 303
    assert (
        client.post(f"/trainer/appeals/{sent.id}/answer", data=REPLY).status_code == 409
    )

    (mail,) = mails_to(session, ana.email or "")
    assert REPLY["answer"] in mail.text
    assert f"/attempts/{attempt_id}" in mail.text
    sign_in(client, session, ana)
    page = client.get(f"/attempts/{attempt_id}").text
    assert "You were right" in page
    assert REPLY["answer"] in page
    acts = session.scalars(select(AuditEntry.act)).all()
    assert {"appeal", "appeal-void"} <= set(acts)


def test_nothing_is_mailed_to_an_address_that_nobody_confirmed(
    client: FlaskClient, session: Session, ana: User, sent: Appeal
) -> None:
    session.get_one(User, ana.id).confirmed_at = None
    as_trainer(client, session)

    answer = client.post(f"/trainer/appeals/{sent.id}/answer", data=REPLY)

    assert answer.status_code == 303
    assert outcomes(session) == ["void"]
    assert mails_to(session, ana.email or "") == []


@pytest.mark.parametrize(
    ("data", "status"),
    [
        pytest.param({"answer": "", "outcome": "void"}, 422, id="no words"),
        pytest.param({"answer": "x", "outcome": "withdrawn"}, 422, id="not theirs"),
        pytest.param({"answer": "x"}, 422, id="no decision"),
    ],
)
def test_an_answer_needs_words_and_a_decision(
    client: FlaskClient,
    session: Session,
    sent: Appeal,
    data: dict[str, str],
    status: int,
) -> None:
    as_trainer(client, session)

    path = f"/trainer/appeals/{sent.id}/answer"
    assert client.post(path, data=data).status_code == status
    assert outcomes(session) == [None]


def test_nobody_answers_their_own_report(
    signed_in: FlaskClient, session: Session, ana: User, sent: Appeal
) -> None:
    make_membership(session, ana, "trainer")
    session.commit()

    path = f"/trainer/appeals/{sent.id}/answer"
    assert signed_in.post(path, data=REPLY).status_code == 409
    assert (
        "This is your own report" in signed_in.get(f"/trainer/appeals/{sent.id}").text
    )


def test_an_erased_account_leaves_no_words(
    session: Session, ana: User, sent: Appeal
) -> None:
    erase_account(session, user_id=ana.id, now=now())
    session.commit()

    assert outcomes(session) == ["withdrawn"]
    assert session.scalars(select(Appeal.statement)).one() == ""
