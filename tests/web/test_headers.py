"""What every answer carries: policies, cache rules, a name for the log."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.factory import create_app
from tests.factories import make_user, sign_in

ANSWERS = [
    pytest.param("/", 200, id="a page"),
    pytest.param("/courses/small-course/the-well", 200, id="a module"),
    pytest.param("/no-such-page", 404, id="an error"),
    pytest.param("/me", 303, id="a redirect"),
    pytest.param("/healthz", 200, id="operations"),
    pytest.param("/courses/small-course/offline.es.html", 200, id="a download"),
    pytest.param("/static/site.css", 200, id="a static file"),
]


def address(app: Flask, path: str) -> str:
    """Return the hashed address of a static file, any other as it is."""
    name = path.removeprefix("/static/")
    static = app.jinja_env.globals["static"]
    return static(name) if name != path else path  # type: ignore[operator] # a function


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_the_policies(
    client: FlaskClient, small_course: str, path: str, status: int
) -> None:
    with client.get(address(client.application, path)) as response:
        assert response.status_code == status
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    if response.headers["Content-Type"].startswith("text/"):
        assert "utf-8" in response.headers["Content-Type"]


@pytest.mark.parametrize(("path", "status"), ANSWERS[:5])
def test_nothing_from_elsewhere_runs_or_frames_a_page(
    client: FlaskClient, small_course: str, path: str, status: int
) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]

    for rule in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ):
        assert rule in policy
    assert "unsafe" not in policy


def test_every_answer_has_a_name_of_its_own(client: FlaskClient) -> None:
    names = {client.get("/healthz").headers["X-Request-Id"] for _ in range(3)}

    assert len(names) == 3


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/me", "private, no-cache"),
        ("/courses", "private, no-cache"),
        ("/account", "no-store"),
    ],
)
def test_pages_of_an_account_are_kept_by_nobody_else(
    session: Session, client: FlaskClient, path: str, rule: str
) -> None:
    sign_in(client, session, make_user(session))

    response = client.get(path)

    assert response.headers["Cache-Control"] == rule
    assert "Cookie" in response.headers["Vary"]


def test_static_files_are_kept_for_a_year(client: FlaskClient) -> None:
    path = address(client.application, "/static/site.css")

    with client.get(path) as response:
        rule = response.headers["Cache-Control"]

    assert "max-age=31" in rule
    assert "immutable" in rule


def test_nothing_is_allowed_to_other_origins(client: FlaskClient) -> None:
    response = client.get("/", headers={"Origin": "https://evil.example"})

    assert not [name for name, _ in response.headers if "Allow-Origin" in name]


def test_without_tls_no_https_is_promised(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers


@pytest.mark.parametrize("path", ["/healthz", "/no-such", "/static/site.css"])
def test_behind_tls_every_answer_promises_https_for_a_year(
    config: Config, path: str
) -> None:
    app = create_app(
        replace(config, public_url="https://learn.example.org", demo=False)
    )

    with app.test_client().get(
        address(app, path), base_url="https://learn.example.org"
    ) as response:
        promise = response.headers["Strict-Transport-Security"]

    assert promise == "max-age=31536000; includeSubDomains"


def test_behind_tls_the_cookie_is_bound_to_the_host(config: Config) -> None:
    app = create_app(
        replace(config, public_url="https://learn.example.org", demo=False)
    )

    with app.app_context():
        response = app.test_client().get(
            "/sign-in", base_url="https://learn.example.org"
        )

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for rule in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert rule in cookie
