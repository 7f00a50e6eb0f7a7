"""Only our own hosts are answered, and no link is made of a header."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conexx_learn.config import Config
from conexx_learn.factory import create_app


@pytest.fixture(scope="module")
def public_app(config: Config) -> Flask:
    return create_app(
        replace(config, public_url="https://learn.example.org", demo=False)
    )


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "localhost:9999", "[::1]", "[::1]:8000"]
)
def test_this_machine_answers_under_its_names(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "",
        "a b",
        "x" * 300,
        "127.0.0.2",
        "[::1]x",
        "[::2]",
    ],
)
def test_any_other_host_is_refused(client: FlaskClient, host: str) -> None:
    response = client.get("/healthz", headers={"Host": host})

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("host", "status"),
    [("learn.example.org", 200), ("localhost", 400), ("[::1]", 400)],
)
def test_a_public_site_answers_under_its_own_name_only(
    public_app: Flask, host: str, status: int
) -> None:
    response = public_app.test_client().get("/healthz", headers={"Host": host})

    assert response.status_code == status


def test_forwarded_headers_are_not_believed_without_a_proxy(
    client: FlaskClient,
) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}

    html = client.get("/verify/0000-0000-0000", headers=headers).get_data(as_text=True)

    assert "evil.example" not in html


def test_the_certificates_address_comes_from_the_settings(
    client: FlaskClient,
) -> None:
    response = client.get("/me", headers={"Host": "localhost:9999"})

    assert response.location == "/sign-in?next=/me"
