"""Somebody shows a file: identical, altered, another, or not issued here."""

import io
import json
import re
import textwrap
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from conexx_learn.adapters.clock import now
from conexx_learn.adapters.signing import compact_jws
from conexx_learn.domain.presented_files import MOST_BYTES, payload_of
from conexx_learn.models.certification import Certificate
from conexx_learn.services.certificate_erasure import forget_holder
from tests.issuer_keys import signing_pair
from tests.signed_certificates import SignedCertificate

OTHER_NUMBER = "0000-0000-0000"


def show(
    client: FlaskClient, content: bytes | str, number: str = "", lang: str = "en"
) -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    # In memory: the client would leave a large one open in a file of its own.
    boundary, body = encode_multipart(
        {"file": FileStorage(io.BytesIO(data), "anything.exe"), "number": number}
    )
    return client.post(
        f"/verify?lang={lang}",
        input_stream=io.BytesIO(body),
        content_type=f"multipart/form-data; boundary={boundary}",
    )


def edited(
    signed: SignedCertificate, change: Callable[[dict[str, Any]], object]
) -> str:
    document = json.loads(signed.document)
    change(document)
    return json.dumps(document)


def in_other_order(signed: SignedCertificate) -> str:
    return json.dumps(json.loads(signed.document), indent=4, sort_keys=True)


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(lambda s: s.document, id="JSON"),
        pytest.param(in_other_order, id="JSON written by another program"),
        pytest.param(lambda s: s.jws, id="JWT"),
        pytest.param(lambda s: f"  {s.jws}\n", id="JWT with spaces"),
        pytest.param(
            lambda s: "\r\n".join(textwrap.wrap(s.jws, 76)), id="JWT out of a mail"
        ),
    ],
)
def test_the_file_that_was_issued_is_known(
    client: FlaskClient, signed: SignedCertificate, file: Callable[..., str]
) -> None:
    answer = show(client, file(signed))

    assert answer.status_code == 200
    assert "<title>Valid" in answer.text
    assert "The file is exactly the one that we issued" in answer.text
    assert "Ana" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_picture_that_was_issued_is_known(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    picture = client.get(f"{signed.address}.svg").data

    assert "exactly the one that we issued" in show(client, picture).text


def test_a_pasted_text_is_compared_too(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    answer = client.post("/verify?lang=en", data={"text": signed.jws, "number": ""})

    assert "exactly the one that we issued" in answer.text


def test_an_identical_file_of_a_certificate_that_was_withdrawn_is_not_valid(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    row = session.scalars(select(Certificate)).one()
    row.claims = row.claims | {"valid_until": "2026-11-17"}
    session.commit()

    html = show(client, signed.document).text

    assert "<title>Altered" in html


@pytest.mark.parametrize(
    ("change", "member"),
    [
        pytest.param(
            lambda d: d["credentialSubject"]["identifier"][0].update(
                identityHash="Eva"
            ),
            "credentialSubject.identifier[1].identityHash",
            id="name",
        ),
        pytest.param(
            lambda d: d.update(validUntil="2099-01-01T00:00:00Z"),
            "validUntil",
            id="end",
        ),
        pytest.param(lambda d: d.update(extra="x"), "extra", id="one more"),
        pytest.param(
            lambda d: d.pop("credentialStatus"), "credentialStatus", id="less"
        ),
    ],
)
def test_an_altered_file_is_caught_and_only_names_are_told(
    client: FlaskClient,
    signed: SignedCertificate,
    change: Callable[[dict[str, Any]], object],
    member: str,
) -> None:
    html = show(client, edited(signed, change)).text

    assert "<title>Altered" in html
    assert f"<code>{member}</code>" in html
    assert "What the register says" in html
    assert "2099" not in html
    assert "Eva" not in html
    assert f'href="/verify/{signed.number}"' in html


def test_an_altered_proof_hides_no_altered_member(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    def change(document: dict[str, Any]) -> None:
        document["proof"] = [{f"x{n}": n for n in range(100)}]
        document["zzz"] = 1

    html = show(client, edited(signed, change)).text

    assert "<title>Altered" in html
    assert "<code>zzz</code>" in html


def test_another_signature_over_the_same_words_is_told_apart(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    payload = payload_of(signed.jws)
    assert isinstance(payload, dict)
    same_words = {**json.loads(json.dumps(payload, default=int))}
    forged = compact_jws(same_words, signing_pair().rsa)
    unproven = edited(signed, lambda document: document.pop("proof"))

    for file in (forged, unproven):
        html = show(client, file).text
        assert "<title>Another signature" in html
        assert "exactly the one" not in html


def test_an_altered_compact_form_is_caught(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    payload = payload_of(signed.jws)
    assert isinstance(payload, dict)
    changed = json.loads(json.dumps(payload, default=int)) | {"name": "Another course"}
    forged = compact_jws(changed, signing_pair().rsa)

    html = show(client, forged).text

    assert "<title>Altered" in html
    assert "<code>name</code>" in html


def handed_paper(client: FlaskClient, number: str) -> bytes:
    """Fetch the paper; its hash is noted as it leaves."""
    return bytes(client.get(f"/certificates/{number}.pdf").data)


def test_the_paper_that_was_handed_out_is_known(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    paper = handed_paper(client, signed.number)

    assert "exactly the one that we issued" in show(client, paper).text


def test_an_edited_paper_is_caught_and_the_true_data_shown(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    paper = handed_paper(client, signed.number)

    html = show(client, paper + b"%edited").text

    assert "<title>Another file" in html
    assert "This PDF is not the file that we issued" in html
    assert '<p class="claim">Ana</p>' in html


@pytest.mark.parametrize(
    ("inside", "typed", "word", "status"),
    [
        pytest.param("", "", "Which certificate?", 422, id="no number"),
        pytest.param("two", "", "Which certificate?", 422, id="two numbers"),
        pytest.param("two", "own", "Another file", 200, id="two, and one typed"),
        pytest.param("", "own", "Another file", 200, id="typed"),
        pytest.param("", OTHER_NUMBER, "Not issued here", 200, id="nobody's number"),
        pytest.param("", "nonsense", "Which certificate?", 422, id="mistyped"),
    ],
)
def test_a_paper_without_one_number_asks_for_it(
    client: FlaskClient,
    signed: SignedCertificate,
    inside: str,
    typed: str,
    word: str,
    status: int,
) -> None:
    links = f"/verify/{signed.number} /verify/{OTHER_NUMBER}" if inside else ""
    number = signed.number if typed == "own" else typed

    answer = show(client, f"%PDF-1.7 {links}", number)

    assert answer.status_code == status
    assert word in answer.text
    if status == 422:
        assert f'value="{number}"' in answer.text


def test_a_file_of_another_certificate_than_typed_is_told(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    html = show(client, signed.document, OTHER_NUMBER).text

    assert "<title>Another number" in html
    assert signed.number in html
    assert "<title>Valid" in show(client, signed.document, signed.number).text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('{"id": 7}', id="no id"),
        pytest.param(
            '{"id": "https://x/credentials/0f8fad5b-d9cb-469f-a165-70867728950e"}',
            id="nobody's",
        ),
        pytest.param("{}", id="empty"),
    ],
)
def test_what_was_not_issued_here_says_so(client: FlaskClient, content: str) -> None:
    answer = show(client, content)

    assert answer.status_code == 200
    assert "<title>Not issued here" in answer.text


def poison_graph() -> str:
    """Write a document on which canonical forms take exponential time."""
    nodes = [
        {"@id": f"_:b{n}", "p": [{"@id": f"_:b{m}"} for m in range(40) if m != n]}
        for n in range(40)
    ]
    return json.dumps({"@context": {"p": "urn:p"}, "@graph": nodes})


@pytest.mark.parametrize(
    ("content", "status"),
    [
        pytest.param(poison_graph(), 200, id="poison graph"),
        pytest.param("[" * 10_000, 422, id="no object"),
        pytest.param('{"a":' * 10_000, 422, id="depth 10 000"),
        pytest.param('{"id": 1, "id": 2}', 422, id="a member twice"),
        pytest.param('{"id": ' + "9" * 9000 + "}", 422, id="huge number"),
        pytest.param(b'{"id": "\xff\xfe"}', 422, id="not UTF-8"),
        pytest.param(b'{"id": "\x00"}', 422, id="NUL"),
        pytest.param("YQ." + "YQ" * 500_000 + ".YQ", 422, id="JWT of 1 MB"),
        pytest.param(b"\x00" * 1000, 422, id="nothing but NUL"),
        pytest.param("", 422, id="empty"),
        pytest.param(b"x" * (MOST_BYTES + 10), 422, id="a little too large"),
        pytest.param(
            '<!DOCTYPE a SYSTEM "file:///etc/passwd"><svg>&b;</svg>', 422, id="entity"
        ),
    ],
)
def test_a_hostile_file_is_answered_and_nothing_runs(
    client: FlaskClient, content: bytes | str, status: int
) -> None:
    answer = show(client, content)

    assert answer.status_code == status
    assert "root:" not in answer.text
    if status == 422:
        assert 'role="alert"' in answer.text


def test_fifty_megabytes_are_refused_at_the_door(client: FlaskClient) -> None:
    body = io.BytesIO(bytes(50 * 1024 * 1024))

    answer = client.post(
        "/verify", input_stream=body, content_type="multipart/form-data; boundary=x"
    )

    assert answer.status_code == 413
    assert body.tell() <= 2 * MOST_BYTES


def test_with_a_hidden_name_no_comparison_tells_it(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    paper = handed_paper(client, signed.number)
    session.execute(update(Certificate).values(hides_name=True))
    session.commit()

    for file in (
        signed.document,
        edited(signed, lambda document: document.update(name="x")),
        paper + b"%",
    ):
        html = show(client, file).text
        assert signed.number in html
        assert ">Ana<" not in html
        assert f"/certificates/{signed.number}.pdf" not in html


def test_with_a_hidden_name_a_guess_of_it_is_not_answered(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    """Whoever knows the address writes a document of their own, name by name."""
    session.execute(update(Certificate).values(hides_name=True))
    session.commit()
    subject = json.loads(signed.document)["credentialSubject"]

    def answer_to(name: str) -> str:
        subject["identifier"][0]["identityHash"] = name
        guess = {"id": signed_id(signed), "credentialSubject": subject}
        return _timeless(show(client, json.dumps(guess)).text)

    assert answer_to("Ana") == answer_to("Eva")


def signed_id(signed: SignedCertificate) -> str:
    return str(json.loads(signed.document)["id"])


def _timeless(html: str) -> str:
    """Leave out the moment of the check, and what is drawn for each page."""
    return re.sub(r"<time.*?</time>|[\w.-]{40,}", "", html)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_showing_files_is_slowed_and_costs_few_statements(
    client: FlaskClient, signed: SignedCertificate, statements: list[str], lang: str
) -> None:
    show(client, signed.document, lang=lang)
    statements.clear()

    show(client, signed.document, lang=lang)

    assert len(statements) == 3
    statuses = [show(client, "x").status_code for _ in range(30)]
    assert statuses[0] == 422
    assert statuses[-1] == 429


@pytest.mark.parametrize("form", ["document", "jws"])
def test_a_file_of_an_erased_holder_is_withdrawn_and_names_nobody(
    client: FlaskClient, session: Session, signed: SignedCertificate, form: str
) -> None:
    row = session.scalars(select(Certificate)).one()
    forget_holder(session, user_id=row.user_id, now=now())
    session.commit()

    answer = show(client, getattr(signed, form))

    assert answer.status_code == 200
    assert "<title>Withdrawn by the holder" in answer.text
    assert "It proves nothing" in answer.text
    assert "exactly the one" not in answer.text
    assert "Ana" not in answer.text
