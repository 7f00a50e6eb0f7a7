"""One person: what they owe, hold and cover; nothing that is not the institution's."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course, CourseVersion
from conexx_learn.models.enrolment import Enrolment
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.sample_institutions import izalpa, xaltepec
from tests.stored_institutions import Stored, store_institution

TODAY = datetime.now(UTC).astimezone().date()  # noqa: TID251 (the page asks the real clock)
ANA, BETO, CARLA, GRACIELA, HUGO, INES, JACINTA = 1, 2, 3, 7, 8, 9, 10


@pytest.fixture
def stored(session: Session) -> Stored:
    return store_institution(session, xaltepec(TODAY), slug="xaltepec")


@pytest.fixture
def manager(client: FlaskClient, session: Session, stored: Stored) -> FlaskClient:
    user = make_user(session, "Beatriz")
    make_membership(session, user, "manager", stored.institution)
    sign_in(client, session, user)
    return client


def page(client: FlaskClient, stored: Stored, person: int, lang: str = "en") -> str:
    user_id = stored.people[person]
    answer = client.get(f"/institutions/xaltepec/people/{user_id}?lang={lang}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True).replace("\xa0", " ")


def begin(session: Session, user_id: int, slug: str, on: date) -> None:
    """Enrol somebody in a course on a day of the past."""
    version = session.scalars(
        select(CourseVersion)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.slug == slug)
    ).one()
    session.add(
        Enrolment(
            user_id=user_id,
            course_id=version.course_id,
            course_version_id=version.id,
            cycle=7,
            started_at=datetime.combine(on, time(12), UTC),
        )
    )
    session.flush()


def test_what_is_required_stands_by_due_date_with_its_reason(
    manager: FlaskClient, stored: Stored
) -> None:
    html = page(manager, stored, BETO)
    table = html.partition("<tbody>")[2].partition("</tbody>")[0]

    assert "Meets 5 of 11 points of the plan." in html
    assert [f"Course {n}" for n in ("03", "04", "08", "10")] == sorted(
        (f"Course {n}" for n in ("03", "04", "08", "10")), key=table.index
    )
    assert "Has expired, overdue" in table
    assert 'data-label="Reason">PM' in table
    assert "Exempt" in table
    assert table.count("?course=") == 2


def test_hours_and_pace_are_told(manager: FlaskClient, stored: Stored) -> None:
    html = page(manager, stored, ANA)

    assert "32 h in 3 courses" in html
    assert "2 hours a week" in html
    assert "At this pace, done by" in html
    assert "Course 08: " in html


def test_who_is_blocked_cannot_be_foreseen(
    manager: FlaskClient, stored: Stored
) -> None:
    assert "Course 04: cannot be said" in page(manager, stored, CARLA)


def test_what_a_person_covers_alone_is_told(
    manager: FlaskClient, stored: Stored
) -> None:
    html = page(manager, stored, BETO)
    covers = html.partition("<dt>Covers</dt>")[2].partition("</div>")[0]

    assert "K4: nobody else does" in covers
    assert "K8: nobody else does" in covers
    assert "no function yet" in page(manager, stored, JACINTA)


def test_certificates_and_their_ends_stand_newest_first(
    manager: FlaskClient, stored: Stored
) -> None:
    steps = page(manager, stored, BETO).partition('<ol class="timeline">')[2]
    told = [
        "Began “Course 10”",
        "“Course 04” is expiring",
        "“Course 03” expired",
        "Completed “Course 08”",
        "Completed “Course 04”",
        "Completed “Course 03”",
    ]
    days = [part.partition('datetime="')[2][:10] for part in steps.split("<li>")[1:]]

    for text in told:
        assert text in steps
    assert days == sorted(days, reverse=True)
    assert "“Course 01” suspended" in page(manager, stored, HUGO)


def test_every_cycle_is_told(
    manager: FlaskClient, session: Session, stored: Stored
) -> None:
    begin(session, stored.people[BETO], "C3", TODAY - timedelta(days=3))

    assert "Began “Course 03” again (time 7)" in page(manager, stored, BETO)


def test_what_somebody_learns_for_themselves_stays_theirs(
    manager: FlaskClient, session: Session, stored: Stored
) -> None:
    begin(session, stored.people[ANA], "C2", TODAY - timedelta(days=3))

    html = page(manager, stored, ANA)

    assert "Began “Course 02”" not in html
    assert "Began “Course 04”" in html


def test_who_has_left_keeps_the_record_and_nothing_later_is_shown(
    manager: FlaskClient, session: Session, stored: Stored
) -> None:
    begin(session, stored.people[INES], "C7", TODAY - timedelta(days=3))

    html = page(manager, stored, INES)

    assert "No longer here since" in html
    assert "Completed “Course 04”" in html
    assert "Began “Course 07”" not in html
    assert "<tbody>" not in html
    assert "Covers" not in html


def test_a_missing_start_date_and_an_exemption_are_told(
    manager: FlaskClient, stored: Stored
) -> None:
    assert "start date missing" in page(manager, stored, JACINTA)
    assert "A fact is missing" in page(manager, stored, JACINTA)
    assert "No plan requires a course of this person." in page(
        manager, stored, GRACIELA
    )


def test_the_page_speaks_spanish(manager: FlaskClient, stored: Stored) -> None:
    html = page(manager, stored, BETO, "es")

    assert "Cumple 5 de 11 puntos de su plan." in html
    assert "Vencido, atrasado" in html
    assert "sin reemplazo" in html


@pytest.mark.parametrize(
    "key", ["0", "-1", "999999", str(2**31), str(2**63), "abc", "x" * 500]
)
def test_nobody_is_not_there(manager: FlaskClient, key: str) -> None:
    assert manager.get(f"/institutions/xaltepec/people/{key}").status_code == 404


def test_somebody_of_another_institution_is_not_there(
    manager: FlaskClient, session: Session, stored: Stored
) -> None:
    other = store_institution(session, izalpa(TODAY), slug="izalpa")

    for slug, person in (
        ("xaltepec", other.people[1]),
        ("izalpa", other.people[1]),
        ("izalpa", stored.people[ANA]),
    ):
        assert manager.get(f"/institutions/{slug}/people/{person}").status_code == 404


@pytest.mark.parametrize("role", ["learner", "observer", "manager", "trainer"])
@pytest.mark.parametrize("page_of", ["people", "posts"])
def test_who_does_not_run_the_training_here_finds_nothing(
    client: FlaskClient, session: Session, stored: Stored, role: str, page_of: str
) -> None:
    user = make_user(session, "Bo")
    place = stored.institution
    if role == "manager":
        place = make_institution(session, "izalpa")
    make_membership(session, user, role, None if role == "trainer" else place)
    sign_in(client, session, user)
    key = stored.people[ANA] if page_of == "people" else stored.posts[1]
    rest = "" if page_of == "people" else "/readiness"

    address = f"/institutions/xaltepec/{page_of}/{key}{rest}"

    assert client.get(address).status_code == 404


def post_page(client: FlaskClient, key: int | str, status: int = 200) -> str:
    answer = client.get(f"/institutions/xaltepec/posts/{key}/readiness?lang=en")
    assert answer.status_code == status
    return answer.get_data(as_text=True).replace("\xa0", " ")


def test_a_post_says_what_it_requires_and_who_sits_there(
    manager: FlaskClient, stored: Stored
) -> None:
    html = post_page(manager, stored.posts[1])

    assert "36 % of what the post requires is met." in html
    assert "1 course overdue." in html
    assert "2 of 2 seats held" in html
    assert "critical" in html
    assert "Ana" in html
    assert "Beto" in html
    assert "Carla" not in html
    assert f"/institutions/xaltepec/readiness?post={stored.posts[1]}" in html


def test_a_vacant_post_shows_its_seat(manager: FlaskClient, stored: Stored) -> None:
    html = post_page(manager, stored.posts[4])

    assert "0 of 1 seats held" in html
    assert "0 % of what the post requires is met." in html
    assert "Vacant seat" in html


@pytest.mark.parametrize("key", ["0", "999999", str(2**63), "abc"])
def test_a_post_that_is_not_there_is_not_found(manager: FlaskClient, key: str) -> None:
    post_page(manager, key, status=404)


def test_a_foreign_post_is_not_found(
    manager: FlaskClient, session: Session, stored: Stored
) -> None:
    other = store_institution(session, izalpa(TODAY), slug="izalpa")

    post_page(manager, other.posts[1], status=404)


def test_the_pages_keep_their_budget(
    manager: FlaskClient, stored: Stored, statements: list[str]
) -> None:
    for person in (ANA, JACINTA):
        statements.clear()
        page(manager, stored, person)
        assert len(statements) == 10
    for post in (1, 4):
        statements.clear()
        post_page(manager, stored.posts[post])
        assert len(statements) == 9
