"""The copy to read without internet: one file, complete, and nothing that runs."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_user, sign_in
from tests.page_checks import check_page
from tests.published import publish_sample


def copy(client: FlaskClient, lang: str = "en", slug: str = "small-course") -> str:
    response = client.get(f"/courses/{slug}/offline.{lang}.html")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="{slug}.{lang}.html"'
    )
    return response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", ("The water comes from the <strong>well</strong>", "Who pays for it")),
        ("es", ("El agua sale del <strong>pozo</strong>", "Quién la paga")),
    ],
)
def test_the_copy_holds_every_module_in_its_language(
    client: FlaskClient, small_course: str, lang: str, texts: tuple[str, ...]
) -> None:
    html = copy(client, lang)

    assert f'<html lang="{lang}"' in html
    for text in texts:
        assert text in html


def test_the_copy_needs_no_other_file(client: FlaskClient, small_course: str) -> None:
    html = copy(client)

    assert re.findall(r'src="(?!data:)', html) == []
    assert 'src="data:image/svg+xml;base64,' in html
    assert "<link" not in html
    assert "url(" not in html


def test_nothing_in_the_copy_runs(client: FlaskClient, small_course: str) -> None:
    html = copy(client)

    assert "<script" not in html
    assert re.search(r"\son\w+=", html) is None
    response = client.get("/courses/small-course/offline.en.html")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    check_page(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))


def test_the_copy_holds_no_quiz_and_no_key(
    client: FlaskClient, small_course: str
) -> None:
    html = copy(client) + copy(client, "es")

    for hidden in ("Where does the water come", "Hint-", "Pista-", "Key-", "Clave-"):
        assert hidden not in html
    assert "<form" not in html


def test_links_between_modules_work_in_the_copy(
    client: FlaskClient, small_course: str
) -> None:
    html = copy(client)

    targets = re.findall(r'href="([^"]*)"', html)
    anchors = {target[1:] for target in targets if target.startswith("#")}
    assert "module-2" in anchors
    assert all(f'id="{anchor}"' in html for anchor in anchors)
    assert not [target for target in targets if target.startswith("/")]


def test_the_size_told_is_about_the_size_sent(
    client: FlaskClient, small_course: str
) -> None:
    page = client.get(f"{small_course}?lang=en").get_data(as_text=True)

    assert "Download the course to read offline (1\N{NO-BREAK SPACE}kB)" in page


@pytest.mark.parametrize("lang", ["fr", "xx", "es%00", "..", "e" * 300])
def test_a_language_that_there_is_not_is_not_found(
    client: FlaskClient, small_course: str, lang: str
) -> None:
    path = f"/courses/small-course/offline.{lang}.html"

    assert client.get(path).status_code == 404


def test_a_course_for_members_is_given_to_members_only(
    session: Session, client: FlaskClient
) -> None:
    publish_sample(session, "members-course")
    path = "/courses/members-course/offline.es.html"
    assert client.get(path).status_code == 303

    sign_in(client, session, make_user(session))

    assert "Texto-interno" in copy(client, "es", "members-course")
