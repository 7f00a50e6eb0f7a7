"""Errors: a page that says what to do, or its JSON twin, each with its number."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from conexx_learn.config import Config
from conexx_learn.domain.errors import ForbiddenError, LimitError
from conexx_learn.factory import create_app

RAISED = {
    "forbidden": (ForbiddenError(), 403),
    "too-many": (LimitError(retry_after=7), 429),
    "fault": (ZeroDivisionError("private detail"), 500),
    "away": (OperationalError("SELECT private", {}, Exception("private")), 503),
}


@pytest.fixture(scope="module")
def failing(config: Config) -> FlaskClient:
    """Give a browser at an application some of whose pages fail on purpose."""
    app = create_app(config)
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)

    def fail(kind: str) -> str:
        raise RAISED[kind][0]

    app.add_url_rule("/fail/<kind>", "fail", fail, methods=["GET", "POST"])
    return app.test_client()


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/no-such-page", "GET", 404),
        ("/courses", "POST", 405),
        ("/attempts/1/submission", "GET", 405),
    ],
)
@pytest.mark.parametrize("is_json", [False, True], ids=["page", "json"])
def test_an_error_of_http_is_ours_too(
    client: FlaskClient, path: str, method: str, status: int, is_json: bool
) -> None:
    response = client.open(path, method=method, json={} if is_json else None)

    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    name = response.headers["X-Request-Id"]
    if is_json:
        body = response.get_json()
        assert set(body) == {"error", "request_id"}
        assert body["request_id"] == name
    else:
        assert f"<code>{name}</code>" in response.get_data(as_text=True)


@pytest.mark.parametrize("kind", list(RAISED))
@pytest.mark.parametrize("is_json", [False, True], ids=["page", "json"])
def test_an_error_of_ours_tells_no_detail_and_has_a_number(
    failing: FlaskClient, kind: str, is_json: bool
) -> None:
    response = (
        failing.post(f"/fail/{kind}", json={})
        if is_json
        else failing.get(f"/fail/{kind}")
    )

    text = response.get_data(as_text=True)
    assert response.status_code == RAISED[kind][1]
    assert response.headers["X-Request-Id"] in text
    assert "private" not in text
    assert "Traceback" not in text
    assert response.is_json is is_json


def test_a_wait_is_told_in_seconds(failing: FlaskClient) -> None:
    assert failing.get("/fail/too-many").headers["Retry-After"] == "7"
    assert failing.get("/fail/away").headers["Retry-After"] == "5"


def test_a_fault_of_ours_is_logged_once(
    failing: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        failing.get("/fail/fault")

    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_wrong_method_says_which_is_right(client: FlaskClient) -> None:
    assert "GET" in client.post("/courses").headers["Allow"]


def test_a_form_without_its_token_is_refused_and_stores_nothing(
    app: Flask, client: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        page = client.post("/courses/small-course/enrolment")
        script = client.post("/attempts/1/responses", json={})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert (page.status_code, script.status_code) == (400, 400)
    assert script.is_json


def test_an_error_page_leads_back(client: FlaskClient) -> None:
    html = client.get("/no-such-page?lang=en").get_data(as_text=True)

    for place in ("/", "/courses", "/verify", "/help#report"):
        assert f'href="{place}"' in html
