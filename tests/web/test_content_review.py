"""Living content: what may no longer be right is on the list until it is settled."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now, today
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.content_review import ContentReview, SourceChange
from tests.factories import (
    SAMPLES,
    make_institution,
    make_membership,
    make_user,
    sign_in,
)
from tests.learning import complete_small_course, enrolled_user
from tests.living_content import sourced
from tests.published import publish_sample

LIST, SOURCES = "/trainer/review?lang=en", "/trainer/sources?lang=en"
CHANGE = "/trainer/sources/change?source=W-002&lang=en"
NOTE = "Article 3 now asks for a lid."
DAY = timedelta(days=1)


@pytest.fixture
def trainer(
    client: FlaskClient, session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    monkeypatch.setitem(app.config, "COURSES", SAMPLES)
    person = make_user(session, "Iker")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    return client


@pytest.fixture
def published(session: Session, tmp_path: Path) -> Path:
    folder = sourced(tmp_path)
    publish_sample(session, folder=folder)
    return folder


def note(client: FlaskClient, **fields: str) -> int:
    data = {"changed_on": "2026-10-01", "note": NOTE, "link": ""} | fields
    return client.post(CHANGE, data=data).status_code


def matter(session: Session) -> str:
    change_id = session.scalars(select(SourceChange.id)).one()
    return f"/trainer/review/small-course/source-{change_id}"


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_without_courses_and_without_cause_the_list_says_so(
    trainer: FlaskClient, session: Session
) -> None:
    assert "No course is published yet" in trainer.get(LIST).text
    publish_sample(session)
    assert "Nothing to review" in trainer.get(LIST).text
    assert "No published course names its sources" in trainer.get(SOURCES).text


@pytest.mark.usefixtures("published")
def test_sources_are_listed_with_what_rests_on_them(trainer: FlaskClient) -> None:
    page = trainer.get(SOURCES).text

    for name in ("W-001", "W-002", "W-003"):
        assert f">{name}</a>" in page
    assert "Ley de aguas, art. 3" in page
    assert "1 module, 1 question" in page
    assert "0 modules, 1 question" in page
    found = trainer.get(f"{SOURCES}&q=w-003").text
    assert ">W-003</a>" in found
    assert ">W-001</a>" not in found
    assert "No source fits" in trainer.get(f"{SOURCES}&q=zzz").text


@pytest.mark.usefixtures("published")
def test_a_source_that_changed_puts_what_rests_on_it_on_the_list(
    trainer: FlaskClient, session: Session
) -> None:
    assert note(trainer, link="https://law.example/3") == 303

    page = trainer.get(LIST).text
    assert "Source changed: W-002" in page
    assert "changed on 1 October 2026" in page
    assert "The well" in page
    detail = trainer.get(f"{matter(session)}?lang=en").text
    assert NOTE in detail
    assert "https://law.example/3" in detail
    assert "Where it comes from" in detail
    assert "1 waits" in trainer.get("/trainer/courses?lang=en").text


@pytest.mark.usefixtures("published")
def test_a_change_is_noted_once(trainer: FlaskClient, session: Session) -> None:
    assert [note(trainer), note(trainer)] == [303, 303]

    assert count(session, SourceChange) == 1
    acts = session.scalars(select(AuditEntry.thing)).all()
    assert acts.count("source:W-002") == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"note": " "}, "Say in a sentence what changed.", id="no note"),
        pytest.param({"note": "x" * 501}, "This is too long.", id="a long note"),
        pytest.param({"changed_on": ""}, "Write when it changed.", id="no day"),
        pytest.param({"changed_on": "2999-01-01"}, "still to come", id="a day to come"),
        pytest.param({"changed_on": "yesterday"}, "no such day", id="no such day"),
        pytest.param({"link": "javascript:x"}, "whole address", id="a script"),
        pytest.param({"link": "law.example"}, "whole address", id="half an address"),
    ],
)
def test_a_change_that_cannot_be_kept_comes_back_with_what_was_typed(
    trainer: FlaskClient, session: Session, fields: dict[str, str], said: str
) -> None:
    data = {"changed_on": "2026-10-01", "note": NOTE, "link": ""} | fields
    answer = trainer.post(CHANGE, data=data)

    assert answer.status_code == 422
    assert said in answer.text
    if "note" not in fields:
        assert NOTE in answer.text
    assert count(session, SourceChange) == 0


@pytest.mark.usefixtures("published")
def test_a_source_that_nobody_names_is_not_there(trainer: FlaskClient) -> None:
    for name in ("W-004", "", "x" * 500):
        address = f"/trainer/sources/change?source={name}"
        assert trainer.get(address).status_code == 404
        assert trainer.post(address, data={}).status_code == 404


@pytest.mark.usefixtures("published")
def test_looked_at_and_still_right_takes_it_off_the_list_once(
    trainer: FlaskClient, session: Session
) -> None:
    note(trainer)
    place = matter(session)
    assert "Mended in version" not in trainer.get(f"{place}?lang=en").text

    data = {"outcome": "still-right", "reason": "The lid was asked for already."}
    assert trainer.post(place, data=data).status_code == 303
    assert trainer.post(place, data=data).status_code == 404

    assert "Nothing to review" in trainer.get(LIST).text
    kept = session.scalars(select(ContentReview)).one()
    assert (kept.outcome, kept.reason) == (data["outcome"], data["reason"])


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"reason": "Because."}, id="no outcome"),
        pytest.param({"outcome": "still-right", "reason": " "}, id="no reason"),
        pytest.param({"outcome": "mended", "reason": "Done."}, id="nothing published"),
        pytest.param({"outcome": "gone", "reason": "Done."}, id="no such outcome"),
    ],
)
def test_it_stays_on_the_list_without_an_outcome_and_a_reason(
    trainer: FlaskClient, session: Session, data: dict[str, str]
) -> None:
    note(trainer)

    assert trainer.post(matter(session), data=data).status_code == 422
    assert count(session, ContentReview) == 0
    assert "Source changed: W-002" in trainer.get(LIST).text


@pytest.mark.usefixtures("published")
def test_after_a_new_version_it_can_be_said_to_be_mended(
    trainer: FlaskClient, session: Session, tmp_path: Path
) -> None:
    note(trainer)
    publish_sample(session, folder=sourced(tmp_path, number="1.1"))
    session.execute(
        update(CourseVersion)
        .where(CourseVersion.minor == 1)
        .values(published_at=now() + DAY)
    )
    place = matter(session)

    assert "Mended in version 1.1" in trainer.get(f"{place}?lang=en").text
    data = {"outcome": "mended", "reason": "The lid is in the text."}
    assert trainer.post(place, data=data).status_code == 303
    assert "Nothing to review" in trainer.get(LIST).text


@pytest.mark.usefixtures("published")
def test_a_version_that_no_longer_names_the_source_is_off_the_list(
    trainer: FlaskClient, session: Session, tmp_path: Path
) -> None:
    data = {"changed_on": "2026-10-01", "note": NOTE, "link": ""}
    trainer.post("/trainer/sources/change?source=W-001", data=data)
    assert "Source changed: W-001" in trainer.get(LIST).text

    other = sourced(tmp_path, number="1.1", rests="sources: W-009 Otra ley")
    publish_sample(session, folder=other)

    assert "Nothing to review" in trainer.get(LIST).text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        pytest.param(-1, "Its last day has passed", id="past"),
        pytest.param(30, "Its last day is near", id="near"),
        pytest.param(90, "Nothing to review", id="far"),
    ],
)
def test_a_last_day_puts_its_module_on_the_list(
    trainer: FlaskClient, session: Session, tmp_path: Path, days: int, said: str
) -> None:
    publish_sample(session, folder=sourced(tmp_path, until=today() + days * DAY))

    assert said in trainer.get(LIST).text


def test_a_last_day_that_was_reviewed_is_off_and_a_later_one_comes_again(
    trainer: FlaskClient, session: Session, tmp_path: Path
) -> None:
    publish_sample(session, folder=sourced(tmp_path, until=today() - DAY))
    place = "/trainer/review/small-course/module-the-well"
    assert "Where it comes from" in trainer.get(f"{place}?lang=en").text
    data = {"outcome": "still-right", "reason": "Nothing has changed."}
    assert trainer.post(place, data=data).status_code == 303
    assert "Nothing to review" in trainer.get(LIST).text

    later = sourced(tmp_path, number="1.1", until=today() + DAY)
    publish_sample(session, folder=later)

    assert "Its last day is near" in trainer.get(LIST).text


@pytest.mark.usefixtures("published")
def test_an_old_translation_is_on_the_list_and_settled_in_its_file(
    trainer: FlaskClient,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    published: Path,
) -> None:
    monkeypatch.setitem(app.config, "COURSES", published)

    page = trainer.get(LIST).text

    assert "Translation older than its source" in page
    place = "/trainer/review/small-course/translation-the-well"
    assert "<textarea" not in trainer.get(place).text
    data = {"outcome": "still-right", "reason": "So it is."}
    assert trainer.post(place, data=data).status_code in {404, 422}


def dependent(client: FlaskClient) -> str:
    """Read how many certificates the list says depend on its one matter."""
    cell = client.get(LIST).text.partition('data-label="Valid certificates">')[2]
    return cell.partition("<")[0]


@pytest.mark.usefixtures("published")
def test_valid_certificates_are_counted_and_few_are_not_counted_out(
    trainer: FlaskClient, session: Session
) -> None:
    note(trainer)
    assert dependent(trainer) == "0"
    for _ in range(4):
        complete_small_course(session, enrolled_user(session), now=now())
    assert dependent(trainer) == "fewer than 5"
    for _ in range(3):
        complete_small_course(session, enrolled_user(session), now=now())
    assert dependent(trainer) == "7"

    ended, withdrawn = session.scalars(
        select(Certificate).order_by(Certificate.id).limit(2)
    )
    ended.issued_on, ended.valid_until = date(2020, 1, 1), date(2022, 1, 1)
    session.add(
        CertificateEvent(
            certificate_id=withdrawn.id,
            kind="suspended",
            at=now(),
            reason="error",
            note="",
        )
    )
    session.commit()
    assert dependent(trainer) == "5"


@pytest.mark.usefixtures("published")
def test_the_pages_run_the_same_statements_for_few_and_for_many(
    trainer: FlaskClient, session: Session, statements: list[str]
) -> None:
    counts = []
    for day in ("2026-10-01", "2026-10-02"):
        note(trainer, changed_on=day)
        complete_small_course(session, enrolled_user(session), now=now())
        for address in (LIST, SOURCES):
            trainer.get(address)
            statements.clear()
            trainer.get(address)
            counts.append(len(statements))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 7


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("role", ["learner", "manager", "observer"])
def test_other_roles_find_no_such_page(
    client: FlaskClient, session: Session, role: str
) -> None:
    person = make_user(session)
    make_membership(session, person, role, make_institution(session))
    sign_in(client, session, person)

    for address in (LIST, SOURCES, CHANGE, "/trainer/review/small-course/x"):
        assert client.get(address).status_code == 404
    assert note(client) == 404
    assert count(session, SourceChange) == 0


def test_what_is_not_on_the_list_is_not_there(trainer: FlaskClient) -> None:
    for place in ("small-course/source-1", "no-course/module-x", "small-course/x"):
        assert trainer.get(f"/trainer/review/{place}").status_code == 404
        assert trainer.post(f"/trainer/review/{place}").status_code == 404
