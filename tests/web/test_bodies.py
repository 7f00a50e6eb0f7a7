"""Bodies that no browser of ours sends: refused, never our fault."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from tests.learning import begin_attempt

MEBIBYTE = 1024 * 1024
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
PART = '--b\r\nContent-Disposition: form-data; name="f{}"\r\n\r\n1\r\n'

BODIES = [
    pytest.param(b"a=" + b"x" * (2 * MEBIBYTE), FORM, 413, id="over two MiB"),
    pytest.param(
        b"&".join(b"f%d=1" % n for n in range(200_000)), FORM, 413, id="endless fields"
    ),
    pytest.param(
        "".join(PART.format(n) for n in range(1001)).encode() + b"--b--\r\n",
        PARTS,
        413,
        id="over a thousand parts",
    ),
    pytest.param(b"\xff\xfe=\xff", FORM, 422, id="not UTF-8"),
    pytest.param(b"full_name=%ff%fe", FORM, 422, id="escaped, not UTF-8"),
    pytest.param(b"full_name=a%00b", FORM, 422, id="NUL"),
    pytest.param(b"full_name=%ED%A0%80", FORM, 422, id="half a sign"),
    pytest.param(b"--b\r\nContent-Disp", PARTS, 422, id="a part cut off"),
    pytest.param(b"no boundary at all", PARTS, 422, id="no part"),
    pytest.param(b"x", "multipart/form-data", 422, id="no boundary told"),
    pytest.param(b"{", "application/json", 422, id="json for a form"),
    pytest.param(b"x", "text/html; charset=klingon", 422, id="an unknown charset"),
]


@pytest.mark.parametrize(("data", "kind", "status"), BODIES)
def test_a_form_that_cannot_be_read_is_refused(
    signed_in: FlaskClient, data: bytes, kind: str, status: int
) -> None:
    response = signed_in.post("/me/certificates/name", data=data, content_type=kind)

    assert response.status_code in {status, 400, 413}


@pytest.mark.parametrize(("data", "kind", "status"), BODIES)
def test_an_attempt_survives_such_a_form(
    session: Session,
    signed_in: FlaskClient,
    ana: User,
    data: bytes,
    kind: str,
    status: int,
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())

    response = signed_in.post(
        f"/attempts/{attempt_id}/draft", data=data, content_type=kind
    )

    assert response.status_code < 500
    assert signed_in.get(f"/attempts/{attempt_id}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe",
        "q=" + "x" * 20_000,
        "q=%ED%A0%80",
        "access=%00&competency=%00",
        "&".join(f"a{n}=1" for n in range(2000)),
        "lang=%00&lang=en",
    ],
    ids=lambda query: query[:12],
)
@pytest.mark.parametrize(
    "path", ["/courses", "/courses/small-course/the-well", "/verify", "/sign-in", "/"]
)
def test_an_address_that_nobody_types_is_answered(
    signed_in: FlaskClient, path: str, query: str
) -> None:
    assert signed_in.get(f"{path}?{query}").status_code < 500


@pytest.mark.parametrize("cookie", ["x", "a.b.c", "\x7f", "e30.aa.bb", "." * 3000])
def test_a_cookie_that_is_not_ours_is_nobodys(app: Flask, cookie: str) -> None:
    browser = app.test_client(use_cookies=False)

    response = browser.get(
        "/me", headers={"Cookie": f"session={cookie}; lang={cookie}"}
    )

    assert response.status_code == 303
