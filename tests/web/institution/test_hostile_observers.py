"""An observer looks closer: other plans, other days, few people."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import TrainingPlan
from conexx_learn.models.posts import Post
from tests.factories import make_membership, make_user
from tests.institutions import (
    appoint,
    enter,
    in_days,
    make_course,
    make_learner,
    make_plan,
    make_post,
    make_town,
    make_unit,
    requirement,
)

PAGE = "/institutions/xaltepec"
SHARE = "of what is required is met"


@pytest.fixture
def chief(session: Session, town: Institution) -> Post:
    """A post that one of the six people of the town holds; five hold another."""
    unit = make_unit(session, town)
    many, one = make_post(session, unit, seats=5), make_post(session, unit, "HEAD")
    for number in range(5):
        appoint(session, make_learner(session, town, f"P{number}"), many)
    appoint(session, make_learner(session, town, "Eva"), one)
    return one


@pytest.fixture
def observer(client: FlaskClient, session: Session, town: Institution) -> FlaskClient:
    association = make_town(session, "asociacion", kind="association")
    town.association_id = association.id
    user = make_user(session, "Olga")
    make_membership(session, user, "observer", association)
    session.commit()
    return enter(client, session, user)


@pytest.fixture
def whole(session: Session, town: Institution, chief: Post) -> TrainingPlan:
    """A plan for everybody, of which nothing is due yet."""
    return make_plan(session, town, requirement(make_course(session, "budget")))


@pytest.fixture
def narrow(session: Session, town: Institution, chief: Post) -> TrainingPlan:
    """A plan for the only person in one post."""
    line = requirement(
        make_course(session, "design"), audience_kind="post", audience_key=str(chief.id)
    )
    return make_plan(session, town, line)


def test_a_plan_for_everybody_is_told(
    observer: FlaskClient, whole: TrainingPlan
) -> None:
    assert SHARE in observer.get(PAGE).text


def test_a_plan_for_a_single_person_is_not(
    observer: FlaskClient, whole: TrainingPlan, narrow: TrainingPlan
) -> None:
    page = observer.get(f"{PAGE}?plan={narrow.series}").text

    assert SHARE not in page
    assert "Fewer than five people" in page


def test_another_day_is_not_to_be_had(
    observer: FlaskClient, whole: TrainingPlan
) -> None:
    today = observer.get(PAGE).text.partition("<main")[2]

    for day in (in_days(-1), in_days(60)):
        page = observer.get(f"{PAGE}?as_of={day.isoformat()}").text
        assert page.partition("<main")[2] == today


def test_what_was_due_for_few_people_is_not_told(
    observer: FlaskClient, session: Session, town: Institution, chief: Post
) -> None:
    post = {"audience_kind": "post", "audience_key": str(chief.id)}
    make_plan(
        session,
        town,
        requirement(make_course(session, "budget")),
        requirement(make_course(session, "design"), due_on=in_days(-1), **post),
    )
    session.commit()

    page = observer.get(PAGE).text

    assert SHARE in page
    assert "of what was due by now" not in page


def test_single_weeks_are_not_told(observer: FlaskClient, whole: TrainingPlan) -> None:
    page = observer.get(PAGE).text

    assert "each of the last twelve weeks" not in page
    assert "courses a week" not in page
