"""Courses go out as a ZIP and come in after a look: all of it, or nothing."""

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from conexx_learn.adapters import course_archive
from conexx_learn.adapters import course_repository as repository
from conexx_learn.adapters.clock import now
from conexx_learn.adapters.course_archive import write_archive
from conexx_learn.models.accounts import User
from conexx_learn.models.drafts import CourseAuthor, Draft, DraftBlob, DraftSave
from conexx_learn.queries.course_authors import authors_of
from conexx_learn.services.course_parcels import KEPT
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import bring_files
from conexx_learn.services.upkeep import sweep_traces
from tests.factories import (
    NOW,
    SAMPLES,
    make_institution,
    make_membership,
    make_user,
    sign_in,
)
from tests.published import publish_sample
from tests.sample_folders import make_files

SLUG = "small-course"
PAGE = "course.es.md"
IMPORT = f"/trainer/courses/{SLUG}/import"
NEW = "/trainer/courses/import"
GIFT = b"::agua-1::De donde viene el agua?{=Del rio ~Del banco ~De la oficina}\n"

Sent = list[tuple[str, bytes]]


@pytest.fixture
def homes(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let the courses of the installation be a copy of the sample ones."""
    shipped, home = tmp_path / "shipped", tmp_path / "home"
    shutil.copytree(SAMPLES, shipped)
    monkeypatch.setitem(app.config, "COURSES", shipped)
    monkeypatch.setitem(app.config, "COURSE_HOME", home)
    return [home, shipped]


@pytest.fixture
def iker(session: Session) -> User:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    return person


@pytest.fixture
def trainer(
    client: FlaskClient, session: Session, homes: list[Path], iker: User
) -> FlaskClient:
    sign_in(client, session, iker)
    session.commit()
    return client


def send(
    client: FlaskClient, sent: Sent, to: str = IMPORT, lang: str = "en", **fields: str
) -> Any:
    data: MultiDict[str, Any] = MultiDict(fields)
    for name, content in sent:
        data.add("files", (io.BytesIO(content), name))
    return client.post(
        f"{to}?lang={lang}", data=data, content_type="multipart/form-data"
    )


def bring(client: FlaskClient, to: str = IMPORT, **fields: str) -> Any:
    """Press the button of the report, as the page gives it."""
    page = client.get(f"{to}/report?lang=en").text
    named = r'<input[^>]*name="(seen_\w+)"[^>]*value="([^"]*)"'
    seen = dict(re.findall(named, page))
    assert set(seen) == {"seen_parcel", "seen_revision"}, page
    return client.post(f"{to}/report?lang=en", data={**seen, **fields})


def sample() -> dict[str, bytes]:
    return repository.read_folder(SAMPLES / SLUG)


def archive(files: dict[str, bytes], slug: str = SLUG) -> bytes:
    return repository.write_named_archive(slug, files)


def drafted(session: Session, homes: list[Path], slug: str = SLUG) -> dict[str, bytes]:
    return dict(draft_of(session, slug=slug, homes=homes).files)


def test_a_draft_is_downloaded_as_its_authors_see_it(
    trainer: FlaskClient, session: Session, homes: list[Path], iker: User
) -> None:
    by = DraftAct(SLUG, homes, iker.id, NOW)
    bring_files(session, by, {PAGE: b"\xef\xbb\xbfnuevo\r\n"})
    session.commit()

    answer = trainer.get(f"/trainer/courses/{SLUG}/export.zip")

    assert answer.data == archive({**sample(), PAGE: b"\xef\xbb\xbfnuevo\r\n"})
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="small-course.zip"'
    )


def test_a_published_version_is_downloaded_with_its_media(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    publish_sample(session)
    (homes[1] / SLUG / PAGE).write_text("something else")

    answer = trainer.get(f"/trainer/courses/{SLUG}/export.zip?version=1.0")

    with zipfile.ZipFile(io.BytesIO(answer.data)) as found:
        files = {name: found.read(name) for name in found.namelist()}
    assert files == {f"{SLUG}/{path}": body for path, body in sample().items()}
    assert "small-course-1.0.zip" in answer.headers["Content-Disposition"]
    assert "version=1.0" in trainer.get(IMPORT).text


@pytest.mark.parametrize(
    "address",
    [
        f"/trainer/courses/{SLUG}/export.zip?version=9.9",
        f"/trainer/courses/{SLUG}/export.zip?version=1",
        f"/trainer/courses/{SLUG}/export.zip?version=1.0%0d%0aX: y",
        "/trainer/courses/no-such-course/export.zip",
        "/trainer/courses/no-such-course/import",
        f"{IMPORT}/report",
        f"{NEW}/report",
    ],
)
def test_what_is_not_there_is_missing(
    trainer: FlaskClient, session: Session, address: str
) -> None:
    publish_sample(session)
    assert trainer.get(address).status_code == 404


def test_what_comes_is_looked_at_first_and_brought_as_a_whole(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    files = {PAGE: sample()[PAGE] + b"\nMas.\n", "media/new.svg": b"<svg/>"}

    answer = send(trainer, [("course.zip", archive(files))])
    assert answer.status_code == 303
    assert drafted(session, homes) == sample(), "nothing is brought by sending"

    page = trainer.get(f"{answer.location}?lang=en").text
    assert re.search(r"Changed files \(1\).*course\.es\.md", page, re.DOTALL)
    assert re.search(r"New files \(1\).*media/new\.svg", page, re.DOTALL)
    assert "Files that go" not in page

    assert bring(trainer).location == f"/trainer/courses/{SLUG}"
    assert drafted(session, homes) == {**sample(), **files}
    assert trainer.get(f"{IMPORT}/report").status_code == 404, "it is forgotten"


def test_what_is_there_already_changes_nothing_and_says_so(
    trainer: FlaskClient, session: Session
) -> None:
    exported = trainer.get(f"/trainer/courses/{SLUG}/export.zip").data
    send(trainer, [("course.zip", exported)], replaces_all="y")

    page = trainer.get(f"{IMPORT}/report?lang=en").text

    assert "Nothing: everything is there already." in page
    assert "Bring the files" not in page
    assert session.scalar(select(func.count(DraftSave.id))) == 0


def test_files_that_are_not_sent_go_only_where_that_was_chosen(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    kept = {"course.toml": sample()["course.toml"]}
    send(trainer, [("course.zip", archive(kept))], replaces_all="y")
    page = trainer.get(f"{IMPORT}/report?lang=en").text
    assert f"Files that go ({len(sample()) - 1})" in page

    bring(trainer)

    assert drafted(session, homes) == kept


def test_a_course_with_errors_can_be_brought_and_says_them(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    send(trainer, [(PAGE, b"no front matter")])

    page = trainer.get(f"{IMPORT}/report?lang=en").text
    assert "would keep the course from being published" in page
    assert re.search(r"Line 1</b><span><code>course\.es\.md</code> · E\d+ · ", page)

    bring(trainer)
    assert drafted(session, homes)[PAGE] == b"no front matter"


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_page_speaks_both_languages(trainer: FlaskClient, lang: str) -> None:
    words = {
        "es": ("Traer archivos a small-course", "Qué cambiarían los archivos"),
        "en": ("Bring files into small-course", "What the files would change"),
    }[lang]
    assert words[0] in trainer.get(f"{IMPORT}?lang={lang}").text
    send(trainer, [(PAGE, b"x")], lang=lang)
    assert words[1] in trainer.get(f"{IMPORT}/report?lang={lang}").text


def test_a_folder_is_sent_with_the_paths_of_the_browser(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    sent = [
        ("my course/01-the-well.es.md", b"new"),
        ("my course/media/map.svg", b"<svg/>"),
        ("my course/.git/HEAD", b"ref"),
        ("my course/.DS_Store", b"x"),
    ]
    data: MultiDict[str, Any] = MultiDict()
    for name, content in sent:
        data.add("folder", (io.BytesIO(content), name))
    trainer.post(IMPORT, data=data, content_type="multipart/form-data")
    bring(trainer)

    found = drafted(session, homes)
    assert found["01-the-well.es.md"] == b"new"
    assert found["media/map.svg"] == b"<svg/>"
    assert not [path for path in found if path.startswith(".") or "my course" in path]


def test_single_images_go_into_the_media_folder(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    send(trainer, [("map.svg", b"<svg/>"), ("media/two.svg", b"<svg/>")])
    bring(trainer)

    assert {"media/map.svg", "media/two.svg"} <= set(drafted(session, homes))


def test_a_folder_of_more_than_a_thousand_files_is_taken(trainer: FlaskClient) -> None:
    sent = [(f"media/image-{number}.svg", b"<svg/>") for number in range(1200)]

    assert send(trainer, sent).status_code == 303


def test_names_with_accents_come_and_are_told_by_the_check(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    send(trainer, [("media/mapa de la región.svg", b"<svg/>")])

    page = trainer.get(f"{IMPORT}/report?lang=en").text
    assert "media/mapa de la región.svg" in page
    assert "no name of a course file" in page or "region" in page
    bring(trainer)
    assert "media/mapa de la región.svg" in drafted(session, homes)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        pytest.param([("../../etc/x.md", b"1")], "../../etc/x.md", id="parent"),
        pytest.param([("/etc/x.md", b"1")], "/etc/x.md", id="absolute"),
        pytest.param([("C:/x.md", b"1")], "C:/x.md", id="drive"),
        pytest.param(
            [("\N{RIGHT-TO-LEFT OVERRIDE}dm.eslaf.md", b"1")],
            "?dm.eslaf.md",
            id="turned",
        ),
        pytest.param([("a.md", b"1"), ("A.md", b"2")], "A.md", id="twice"),
        pytest.param([("a.md", b"1"), ("b.zip", b"2")], "b.zip", id="mixed"),
        pytest.param([("text.docx", b"PK\x03\x04")], "text.docx", id="word"),
        pytest.param([("c.zip", b"PK\x03\x04nothing")], "c.zip", id="damaged"),
        pytest.param(
            [("c.zip", write_archive({"../evil.md": b"1"}))],
            "../evil.md",
            id="zip-slip",
        ),
        pytest.param(
            [("c.zip", write_archive({"a/inner.zip": b"1"}))],
            "a/inner.zip",
            id="nested",
        ),
        pytest.param(
            [("c.zip", write_archive({"a/bomb.md": bytes(3_000_000)}))],
            "a/bomb.md",
            id="ratio",
        ),
        pytest.param(
            [("01-the-well.es.md", b"a" * 70_000)], "01-the-well.es.md", id="too-large"
        ),
    ],
)
def test_what_is_unsafe_is_refused_with_the_name_of_the_file(
    trainer: FlaskClient, session: Session, sent: Sent, told: str
) -> None:
    answer = send(trainer, sent)

    assert answer.status_code == 422
    assert "Nothing of it was used" in answer.text
    assert told in answer.text
    assert session.scalar(select(func.count()).select_from(DraftBlob)) == 0


def test_the_wall_of_bytes_counts_what_is_unpacked(
    trainer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_archive, "MOST_BYTES", 100)
    files = {"a.md": b"0123456789" * 6, "b.md": b"abcdefghij" * 6}

    answer = send(trainer, [("c.zip", archive(files))])

    assert answer.status_code == 422
    assert "small-course/b.md" in answer.text


def test_nothing_chosen_is_said(trainer: FlaskClient) -> None:
    answer = send(trainer, [("", b"")])
    assert answer.status_code == 422
    assert "Choose a ZIP, files or a folder." in answer.text


def test_questions_become_the_quiz_of_a_module(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    send(trainer, [("bank.gift", GIFT)], stem="01-the-well", lang_="x")
    page = trainer.get(f"{IMPORT}/report?lang=en").text
    assert "01-the-well.quiz.es.md" in page

    bring(trainer)

    text = drafted(session, homes)["01-the-well.quiz.es.md"].decode()
    assert "De donde viene el agua?" in text


def test_questions_never_remove_the_rest_of_a_course(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    send(trainer, [("bank.gift", GIFT)], stem="final", replaces_all="y")
    bring(trainer)

    assert set(sample()) <= set(drafted(session, homes))


def test_a_damaged_file_of_questions_says_where(trainer: FlaskClient) -> None:
    answer = send(trainer, [("bank.xml", b"<quiz>\n<question")])

    assert answer.status_code == 422
    assert "Line 2" in answer.text


def test_what_changed_meanwhile_is_shown_again(
    trainer: FlaskClient, session: Session, homes: list[Path], iker: User
) -> None:
    send(trainer, [(PAGE, b"mine")])
    page = trainer.get(f"{IMPORT}/report").text
    seen = dict(re.findall(r'name="(seen_\w+)"[^>]*value="([^"]*)"', page))
    bring_files(session, DraftAct(SLUG, homes, iker.id, NOW), {PAGE: b"theirs"})
    session.commit()

    answer = trainer.post(f"{IMPORT}/report?lang=en", data=seen)

    assert answer.status_code == 409
    assert "Something changed meanwhile" in answer.text
    assert drafted(session, homes)[PAGE] == b"theirs"


def test_a_second_parcel_is_not_brought_by_the_page_of_the_first(
    trainer: FlaskClient, session: Session, homes: list[Path]
) -> None:
    send(trainer, [(PAGE, b"first")])
    page = trainer.get(f"{IMPORT}/report").text
    seen = dict(re.findall(r'name="(seen_\w+)"[^>]*value="([^"]*)"', page))
    send(trainer, [(PAGE, b"second")])

    assert trainer.post(f"{IMPORT}/report", data=seen).status_code == 409
    assert drafted(session, homes) == sample()
    assert session.scalar(select(func.count()).select_from(DraftBlob)) == 1


def test_a_new_course_begins_with_a_zip_and_is_its_senders(
    trainer: FlaskClient, session: Session, homes: list[Path], iker: User
) -> None:
    files = make_files()
    send(trainer, [("x.zip", archive(files, "water-for-all"))], to=NEW)
    page = trainer.get(f"{NEW}/report?lang=en").text
    assert 'value="water-for-all"' in page

    answer = bring(trainer, NEW, slug="water-for-all")

    assert answer.location == "/trainer/courses/water-for-all"
    assert "Agua para todas" in trainer.get(answer.location).text
    assert drafted(session, homes, "water-for-all") == files
    assert [one.user_id for one in authors_of(session, "water-for-all")] == [iker.id]


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        (SLUG, "There is a course called “small-course” already"),
        ("Agua!", "lower-case letters, digits and hyphens"),
        ("", "lower-case letters, digits and hyphens"),
        ("import", "lower-case letters, digits and hyphens"),
    ],
)
def test_a_name_that_cannot_be_is_refused_beside_its_field(
    trainer: FlaskClient, session: Session, slug: str, told: str
) -> None:
    send(trainer, [("x.zip", archive(make_files(), "water-for-all"))], to=NEW)

    answer = bring(trainer, NEW, slug=slug)

    assert answer.status_code == 422
    assert told in answer.text
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_questions_are_no_course(trainer: FlaskClient) -> None:
    answer = send(trainer, [("bank.gift", GIFT)], to=NEW)

    assert answer.status_code == 422
    assert "bank.gift" in answer.text


def test_what_is_discarded_is_gone(trainer: FlaskClient, session: Session) -> None:
    send(trainer, [(PAGE, b"mine")])

    assert trainer.post(f"{IMPORT}/discard").location == IMPORT
    assert session.scalar(select(func.count()).select_from(DraftBlob)) == 0


def test_a_parcel_is_forgotten_after_a_day(
    trainer: FlaskClient, session: Session
) -> None:
    send(trainer, [(PAGE, b"mine")])

    sweep_traces(now=now())
    assert trainer.get(f"{IMPORT}/report").status_code == 200
    sweep_traces(now=now() + 2 * KEPT)
    assert session.scalar(select(func.count()).select_from(DraftBlob)) == 0


def test_nobody_else_sees_what_somebody_sent(
    trainer: FlaskClient, session: Session
) -> None:
    send(trainer, [(PAGE, b"mine")])
    other = make_user(session, "Nerea Ruiz")
    make_membership(session, other, "trainer")
    sign_in(trainer, session, other)
    session.commit()

    assert trainer.get(f"{IMPORT}/report").status_code == 404
    assert trainer.get(IMPORT).status_code == 200


@pytest.mark.parametrize("kind", ["learner", "other-trainer", "town-trainer"])
def test_a_course_of_somebody_else_is_not_there(
    client: FlaskClient, session: Session, homes: list[Path], iker: User, kind: str
) -> None:
    session.add(CourseAuthor(slug=SLUG, user_id=iker.id, since=NOW))
    stranger = make_user(session, "Nerea Ruiz")
    if kind == "other-trainer":
        make_membership(session, stranger, "trainer")
    if kind == "town-trainer":
        make_membership(session, stranger, "trainer", make_institution(session))
    sign_in(client, session, stranger)
    session.commit()

    for address in (IMPORT, f"{IMPORT}/report", f"/trainer/courses/{SLUG}/export.zip"):
        assert client.get(address).status_code in {403, 404}, address
    assert send(client, [(PAGE, b"x")]).status_code in {403, 404}
    assert client.post(f"{IMPORT}/report").status_code in {403, 404}
    assert client.post(f"{IMPORT}/discard").status_code in {403, 404}


def test_a_report_asks_the_same_whatever_is_sent(
    trainer: FlaskClient, statements: list[str]
) -> None:
    counts = []
    for many in (1, 60):
        files = {f"media/image-{number}.svg": b"<svg/>" for number in range(many)}
        send(trainer, [("c.zip", archive(files))])
        statements.clear()
        trainer.get(f"{IMPORT}/report")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_course_and_the_list_lead_here(trainer: FlaskClient) -> None:
    assert IMPORT in trainer.get(f"/trainer/courses/{SLUG}").text
    assert NEW in trainer.get("/trainer/courses").text
