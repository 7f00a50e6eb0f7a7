"""Two languages: switching keeps the place, the attempt and the answers."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from tests.factories import make_user, sign_in
from tests.learning import begin_attempt


def lang_of(client: FlaskClient, path: str = "/", **headers: str) -> str:
    html = client.get(path, headers=headers).get_data(as_text=True)
    return html.split('<html lang="')[1].split('"')[0]


def test_spanish_is_the_default(client: FlaskClient) -> None:
    assert lang_of(client) == "es"


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("es-MX", "es"),
        ("fr,en;q=0.5", "en"),
        ("fr", "es"),
        (";;q=x", "es"),
        ("*", "es"),
    ],
)
def test_the_browser_is_heard_where_nothing_better_is_known(
    client: FlaskClient, accepted: str, lang: str
) -> None:
    assert lang_of(client, **{"Accept-Language": accepted}) == lang


def test_the_account_outweighs_the_browser(
    session: Session, client: FlaskClient
) -> None:
    sign_in(client, session, make_user(session, locale="es"))

    assert lang_of(client, **{"Accept-Language": "en"}) == "es"


def test_a_choice_in_the_address_is_kept_in_a_cookie(client: FlaskClient) -> None:
    assert lang_of(client, "/courses?lang=en") == "en"
    assert lang_of(client, "/verify") == "en"
    assert lang_of(client, "/verify?lang=es") == "es"
    assert lang_of(client, "/") == "es"


@pytest.mark.parametrize("wish", ["fr", "", "EN", "es-MX", "%00", "<script>"])
def test_a_language_that_is_not_ours_changes_nothing(
    client: FlaskClient, wish: str
) -> None:
    assert lang_of(client, f"/?lang={wish}") == "es"
    assert client.get_cookie("lang") is None


@pytest.mark.parametrize(
    "path",
    [
        "/courses?q=agua&access=open",
        "/courses/small-course",
        "/courses/small-course/the-well",
        "/courses/small-course/the-well/quiz",
        "/courses/small-course/final",
        "/me",
        "/me/certificates",
        "/verify/0000-0000-0000",
        "/no-such-page",
    ],
)
def test_switching_keeps_the_place(signed_in: FlaskClient, path: str) -> None:
    html = signed_in.get(f"{path}{'&' if '?' in path else '?'}lang=en").get_data(
        as_text=True
    )
    place = path.replace("&", "&amp;")
    mark = "&amp;" if "?" in path else "?"

    assert f'href="{place}{mark}lang=es"' in html


def test_switching_keeps_the_attempt_and_its_answers(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    address = f"/attempts/{attempt_id}"
    body = {
        "number": 1,
        "responses": {"well-single": "c", "well-words": "tank", "well-several": ["a"]},
    }
    signed_in.post(f"{address}/responses", json=body)

    def state(lang: str) -> tuple[list[str], list[str]]:
        html = signed_in.get(f"{address}?lang={lang}").get_data(as_text=True)
        checked = re.findall(r'name="([\w-]+)" value="(\w)" checked', html)
        return sorted(map(str, checked)), re.findall(r'data-question="([\w-]+)"', html)

    english, spanish = state("en"), state("es")

    assert english == spanish
    assert len(english[0]) == 2
    html = signed_in.get(f"{address}?lang=es").get_data(as_text=True)
    assert "¿De dónde sale el agua del municipio?" in html
    assert 'value="tank"' in html


def test_numbers_are_written_as_in_latin_america(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    body = {"number": 1, "responses": {"well-number": "1700000,5"}}
    signed_in.post(f"/attempts/{attempt_id}/responses", json=body)

    html = signed_in.get(f"/attempts/{attempt_id}?lang=es").get_data(as_text=True)

    assert "1,700,000.5" in html


def test_errors_speak_the_readers_language(client: FlaskClient) -> None:
    spanish = client.get("/nada?lang=es").get_data(as_text=True)
    english = client.get("/nothing?lang=en").get_data(as_text=True)

    assert "No encontramos lo que busca." in spanish
    assert "We cannot find what you are looking for." in english
