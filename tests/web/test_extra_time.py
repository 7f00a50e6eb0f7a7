"""A trainer grants more time: to their own people, with a reason, seen at once."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.institutions import Institution
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.learning import begin_attempt, enrolled_user

DESK = "/trainer/courses/small-course/extra-time"
LONG_NAME = "María de los Ángeles Guadalupe Hernández-Villavicencio Montúfar"


@pytest.fixture
def town(session: Session) -> Institution:
    return make_institution(session)


@pytest.fixture
def learner(session: Session, ana: User, town: Institution) -> User:
    ana.full_name = LONG_NAME
    make_membership(session, ana, "learner", town)
    session.commit()
    return ana


def enter_as_trainer(
    client: FlaskClient, session: Session, institution: Institution | None = None
) -> User:
    trainer = make_user(session, "Iker Zabala")
    make_membership(session, trainer, "trainer", institution)
    sign_in(client, session, trainer)
    session.commit()
    return trainer


def fresh(session: Session, user: User) -> User:
    session.expire_all()
    return session.get_one(User, user.id)


def test_a_learner_is_found_by_part_of_the_name_without_accents(
    client: FlaskClient, session: Session, learner: User
) -> None:
    enter_as_trainer(client, session)

    assert LONG_NAME in client.get(f"{DESK}?q=angeles montufar").text
    assert "Nobody found" in client.get(f"{DESK}?q=zutano").text


def test_time_is_granted_with_its_reason_and_shown(
    client: FlaskClient, session: Session, learner: User
) -> None:
    enter_as_trainer(client, session)
    place = f"{DESK}/{learner.id}"
    assert "Has the usual time" in client.get(place).text

    answer = client.post(place, data={"percent": "50", "reason": "Agreed with her"})

    assert answer.status_code == 303
    assert fresh(session, learner).extra_time_percent == 50
    page = client.get(place).text
    for text in ("Agreed with her", "Iker Zabala", "50"):
        assert text in page


def test_minutes_are_given_to_an_attempt_going_on(
    client: FlaskClient, session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, "the-well", now=now())
    before = session.get_one(Attempt, attempt_id).deadline_at
    enter_as_trainer(client, session)
    place = f"{DESK}/{learner.id}"
    assert "Going on now: Quiz of the well" in client.get(place).text

    name = f"attempt{attempt_id}"
    fields = {f"{name}-minutes": "10", f"{name}-reason": "No power"}
    answer = client.post(f"{place}/attempts/{attempt_id}", data=fields)

    assert answer.status_code == 303
    session.expire_all()
    after = session.get_one(Attempt, attempt_id).deadline_at
    assert before is not None
    assert after is not None
    assert (after - before).total_seconds() == 600


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"percent": "50", "reason": " "}, id="no reason"),
        pytest.param({"percent": "401", "reason": "Why"}, id="too much"),
        pytest.param({"percent": "-1", "reason": "Why"}, id="less"),
        pytest.param({"percent": "many", "reason": "Why"}, id="no number"),
        pytest.param({"percent": "", "reason": "Why"}, id="nothing"),
        pytest.param({"percent": "9" * 5000, "reason": "Why"}, id="endless"),
        pytest.param({"percent": "50", "reason": "x" * 301}, id="a long reason"),
        pytest.param({}, id="an empty form"),
    ],
)
def test_a_form_that_cannot_be_read_comes_back(
    client: FlaskClient, session: Session, learner: User, fields: dict[str, str]
) -> None:
    enter_as_trainer(client, session)

    answer = client.post(f"{DESK}/{learner.id}", data=fields)

    assert answer.status_code == 422
    assert "to correct" in answer.text
    assert fresh(session, learner).extra_time_percent == 0


def test_a_trainer_of_another_institution_sees_nobody_here(
    client: FlaskClient, session: Session, learner: User
) -> None:
    elsewhere = make_institution(session, "izalpa")
    enter_as_trainer(client, session, elsewhere)
    attempt_id = begin_attempt(session, learner, "the-well", now=now())
    fields = {"percent": "50", "reason": "Why"}

    assert LONG_NAME not in client.get(DESK).text
    assert client.get(f"{DESK}/{learner.id}").status_code == 404
    assert client.post(f"{DESK}/{learner.id}", data=fields).status_code == 404
    minutes = f"{DESK}/{learner.id}/attempts/{attempt_id}"
    assert client.post(minutes).status_code == 404
    assert fresh(session, learner).extra_time_percent == 0


def test_a_trainer_of_the_institution_sees_its_people(
    client: FlaskClient, session: Session, learner: User, town: Institution
) -> None:
    stranger = enrolled_user(session)
    enter_as_trainer(client, session, town)

    assert LONG_NAME in client.get(DESK).text
    assert client.get(f"{DESK}/{stranger.id}").status_code == 404


def test_who_is_not_enrolled_and_what_is_not_there_is_not_found(
    client: FlaskClient, session: Session, learner: User
) -> None:
    trainer = enter_as_trainer(client, session)

    assert client.get(f"{DESK}/{trainer.id}").status_code == 404
    assert client.get("/trainer/courses/the-moon/extra-time").status_code == 404
    assert client.get(f"{DESK}/{2**63}").status_code == 404
    fields = {"attempt7-minutes": "5", "attempt7-reason": "Why"}
    absent = client.post(f"{DESK}/{learner.id}/attempts/7", data=fields)
    assert absent.status_code == 404


@pytest.mark.parametrize("role", [None, "learner", "manager", "observer"])
def test_it_is_for_trainers_and_the_coordination(
    client: FlaskClient,
    session: Session,
    learner: User,
    town: Institution,
    role: str | None,
) -> None:
    user = make_user(session)
    if role:
        make_membership(session, user, role, town)
    sign_in(client, session, user)

    assert client.get(DESK).status_code == 404
    assert client.post(f"{DESK}/{learner.id}").status_code == 404


def test_the_learner_reads_it_in_the_rules(
    signed_in: FlaskClient, session: Session, learner: User
) -> None:
    learner.extra_time_percent = 50
    session.commit()

    page = signed_in.get("/courses/small-course/the-well/quiz").text

    assert "Your time includes the 50" in page
    assert "45\N{NO-BREAK SPACE}min" in page


def test_the_pages_run_a_fixed_number_of_statements(
    client: FlaskClient, session: Session, learner: User, statements: list[str]
) -> None:
    enter_as_trainer(client, session)

    def count(path: str) -> int:
        client.get(path)
        statements.clear()
        assert client.get(path).status_code == 200
        return len(statements)

    few = [count(DESK), count(f"{DESK}/{learner.id}")]
    for _ in range(20):
        begin_attempt(session, enrolled_user(session), "the-well", now=now())

    assert [count(DESK), count(f"{DESK}/{learner.id}")] == few == [3, 5]


def test_nobody_grants_themselves_time(
    client: FlaskClient, session: Session, learner: User
) -> None:
    """As with appeals and exemptions, one's own is for another to decide."""
    make_membership(session, learner, "trainer")
    sign_in(client, session, learner)
    session.commit()

    assert LONG_NAME not in client.get(DESK).text.partition("<main")[2]
    answer = client.post(
        f"{DESK}/{learner.id}", data={"percent": "100", "reason": "For myself"}
    )

    assert answer.status_code == 404
    assert fresh(session, learner).extra_time_percent == 0
