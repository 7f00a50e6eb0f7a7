"""Images and PDF files that trainers add: made safe, described, put into place."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session

from conexx_learn.services.draft_reading import draft_of
from tests.factories import make_membership, make_user, sign_in

SLUG = "small-course"
AT = f"/trainer/courses/{SLUG}/media"
MODULE = "01-the-well.es.md"


@pytest.fixture
def home(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    samples = Path(__file__).parents[1] / "sample_courses"
    shutil.copytree(samples / SLUG, tmp_path / SLUG)
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    monkeypatch.setitem(app.config, "COURSE_HOME", tmp_path / "published")
    return tmp_path


@pytest.fixture
def desk(client: FlaskClient, session: Session, home: Path) -> FlaskClient:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    session.commit()
    return client


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    image = Image.new("RGB", size, "teal")
    target = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    image.save(target, kind, exif=exif)
    return target.getvalue()


def send(
    desk: FlaskClient, content: bytes, name: str, **fields: str
) -> tuple[int, str]:
    data = {"text": "El pozo visto de lejos", "file": (BytesIO(content), name)}
    answer = desk.post(f"{AT}?lang=en", data=data | fields)
    # What is large lies in a file of the test client until somebody closes it.
    answer.request.input_stream.close()
    return answer.status_code, answer.text


def files(session: Session, home: Path) -> dict[str, bytes]:
    return dict(draft_of(session, slug=SLUG, homes=(home,)).files)


def test_a_photograph_loses_what_the_camera_wrote(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    status, _page = send(desk, photo(), "Pozo de Ñandú (1).JPG")

    assert status == 303
    kept = files(session, home)["media/pozo-de-nandu-1.jpg"]
    assert kept.startswith(b"\xff\xd8\xff")
    assert b"Secret camera" not in kept


def test_an_image_goes_to_the_end_of_a_text(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    send(desk, photo("PNG"), "pozo.png", into=MODULE)

    text = files(session, home)[MODULE].decode()
    assert text.endswith("\n\n![El pozo visto de lejos](media/pozo.png)\n")


def test_the_same_name_twice_keeps_both(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    send(desk, photo("PNG"), "pozo.png")
    send(desk, photo("PNG", (10, 10)), "pozo.png")
    send(desk, photo("PNG"), "pozo.png")

    names = {path for path in files(session, home) if "pozo" in path}
    assert names == {"media/pozo.png", "media/pozo-2.png"}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "page.png"),
        (b"MZ\x90\x00", "tool.exe"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "map.svg"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><svg>&b;</svg>", "map.svg"),
        (b"not a pdf", "plan.pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "broken.png"),
        (b"x", "no-ending"),
        (b"", "empty.png"),
        (b"%PDF-1.7" + b"x" * (5 * 1000 * 1000), "large.pdf"),
    ],
)
def test_what_is_not_safe_to_show_is_refused_and_the_words_kept(
    desk: FlaskClient, session: Session, home: Path, content: bytes, name: str
) -> None:
    before = files(session, home)

    status, page = send(desk, content, name)

    assert status == 422
    assert "El pozo visto de lejos" in page
    assert files(session, home) == before


def test_an_image_needs_words_or_the_tick(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    status, page = send(desk, photo(), "pozo.jpg", text=" ")
    assert status == 422
    assert "Say what the image shows" in page

    status, _page = send(desk, photo(), "pozo.jpg", text="", decorative="1")
    assert status == 303


def test_brackets_in_the_words_stay_outside_the_link(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    send(desk, photo("PNG"), "a-well.png", text="a](javascript:x) [b", into=MODULE)

    assert b"![a(javascript:x) b](media/a-well.png)" in files(session, home)[MODULE]


def test_a_file_of_a_draft_cannot_run(desk: FlaskClient) -> None:
    send(desk, photo("PNG"), "pozo.png")

    answer = desk.get(f"{AT}/pozo.png")

    assert answer.mimetype == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["nothing.png", "..%2fcourse.toml", "course.toml"])
def test_only_media_are_given(desk: FlaskClient, name: str) -> None:
    assert desk.get(f"{AT}/{name}").status_code == 404


def test_a_file_goes_and_comes_back(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    send(desk, photo("PNG"), "pozo.png")

    assert desk.post(f"{AT}/pozo.png/removal").status_code == 303
    assert "media/pozo.png" not in files(session, home)
    page = desk.get(f"/trainer/courses/{SLUG}").text
    step = page.partition('name="step" value="')[2].partition('"')[0]
    desk.post(f"/trainer/courses/{SLUG}/undo", data={"step": step})
    assert "media/pozo.png" in files(session, home)


def test_the_files_of_a_draft_are_not_for_learners(
    client: FlaskClient, session: Session, home: Path
) -> None:
    sign_in(client, session, make_user(session))
    session.commit()

    assert client.get(AT).status_code == 404
    assert client.post(AT, data={}).status_code == 404
    assert client.post(f"{AT}/map.svg/removal").status_code == 404
