"""Pages of a course that is announced, and cannot be started yet."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course, CourseVersion
from conexx_learn.services.demo_learning import begin_version
from conexx_learn.services.demo_scene import Cast
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.planned_courses import publish_planned_courses
from tests.factories import NOW, make_user, sign_in
from tests.learning import ISSUING
from tests.published import publish_sample

ADDRESS = "/courses/project-management-unit"
MODULE = f"{ADDRESS}/building-the-unit"


@pytest.fixture(autouse=True)
def _announced(session: Session) -> None:
    load_standards(session, now=NOW)
    publish_planned_courses(session, now=NOW)
    session.commit()


def _put_on_it(session: Session, client: FlaskClient) -> None:
    user = make_user(session)
    version = session.scalars(
        select(CourseVersion)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.slug == "project-management-unit")
    ).one()
    begin_version(Cast(session, {}, ISSUING, NOW), user.id, version, NOW)
    session.commit()
    sign_in(client, session, user)


@pytest.mark.parametrize(
    ("lang", "words"), [("es", "En preparación"), ("en", "In preparation")]
)
@pytest.mark.parametrize("address", ["/courses", ADDRESS])
def test_it_is_marked(client: FlaskClient, address: str, lang: str, words: str) -> None:
    assert words in client.get(f"{address}?lang={lang}").text


def test_its_page_offers_neither_enrolment_nor_reading(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, session, make_user(session))
    page = client.get(f"{ADDRESS}?lang=en").text
    assert "Building the unit" in page
    for absent in (f"{ADDRESS}/enrolment", MODULE, "offline", "issues no certificate"):
        assert absent not in page


def test_there_is_no_copy_to_read_offline(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, session, make_user(session))
    assert client.get(f"{ADDRESS}/offline.es.html").status_code == 404


def test_enrolling_is_refused_in_a_sentence(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, session, make_user(session))
    client.get("/?lang=es")
    answer = client.post(f"{ADDRESS}/enrolment")
    assert answer.status_code == 409
    assert "todavía no se puede empezar" in answer.text


def test_who_is_on_it_reads_that_it_is_being_written(
    client: FlaskClient, session: Session
) -> None:
    _put_on_it(session, client)
    page = client.get(f"{MODULE}?lang=en").text
    assert "The text of this module is being written." in page
    assert f"{MODULE}/completion" not in page
    assert client.post(f"{MODULE}/completion").status_code == 409
    assert "being written" in client.get(f"{ADDRESS}?lang=en").text
    assert client.get("/me").status_code == 200


def test_it_is_not_among_the_best_of_the_catalogue(
    client: FlaskClient, session: Session
) -> None:
    publish_sample(session)
    page = client.get("/?lang=en").text
    assert "/courses/small-course" in page
    assert ADDRESS not in page
