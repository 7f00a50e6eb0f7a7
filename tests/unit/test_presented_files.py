"""What somebody shows is known by what stands in it, never by its name."""

import base64
import json

import pytest

from conexx_learn.domain.identifiers import certificate_number, grouped
from conexx_learn.domain.presented_files import (
    MOST_BYTES,
    PresentedForm,
    UnreadableError,
    read_presented,
)

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
ID = f"https://learn.example.org/credentials/{UUID}"
ONE, OTHER = (grouped(certificate_number(token)) for token in (7, 8))


def part(content: object) -> str:
    data = json.dumps(content).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def jws(payload: object) -> str:
    return f"{part({'alg': 'RS256'})}.{part(payload)}.c2lnbmF0dXJl"


SVG = '<svg xmlns:openbadges="x"><openbadges:credential {}</svg>'


@pytest.mark.parametrize(
    ("content", "form"),
    [
        pytest.param(json.dumps({"id": ID}), PresentedForm.JSON, id="JSON"),
        pytest.param(jws({"jti": ID}), PresentedForm.JWT, id="JWT"),
        pytest.param(f"\n {jws({'jti': ID})} \r\n", PresentedForm.JWT, id="pasted"),
        pytest.param(
            SVG.format(f'verify="{jws({"jti": ID})}"/>'), PresentedForm.SVG, id="SVG"
        ),
        pytest.param(
            SVG.format(f"a=\"b\" verify = '{jws({'jti': ID})}'>"),
            PresentedForm.SVG,
            id="SVG of somebody else",
        ),
        pytest.param(
            SVG.format(f"><![CDATA[ {json.dumps({'id': ID})}]]>"),
            PresentedForm.SVG,
            id="SVG with JSON",
        ),
    ],
)
def test_each_form_names_its_credential(content: str, form: PresentedForm) -> None:
    shown = read_presented(content.encode())

    assert (shown.form, shown.uuid) == (form, UUID)


@pytest.mark.parametrize(
    "named",
    [
        None,
        7,
        "",
        UUID,
        f"javascript://x/credentials/{UUID}",
        f"https://x/credentials/{UUID}/..",
        f"https://x/credentials/{'-' * 36}",
        f"https://{'x' * 5000}/credentials/{UUID}",
        {"a": ID},
    ],
)
def test_what_is_no_id_of_ours_names_nothing(named: object) -> None:
    assert read_presented(json.dumps({"id": named}).encode()).uuid is None


@pytest.mark.parametrize(
    ("inside", "numbers"),
    [
        pytest.param(f"(https://x.example/verify/{ONE})", [ONE], id="link"),
        pytest.param(f"/verify/{ONE} /verify/{ONE}", [ONE], id="twice the same"),
        pytest.param(f"/verify/{ONE} /v/{OTHER}", [ONE, OTHER], id="two numbers"),
        pytest.param("/verify/AAAA-AAAA-AAAA", [], id="a mistyped number"),
        pytest.param(f"/verify/{ONE}-AAAA", [], id="more than a number"),
        pytest.param("", [], id="nothing"),
        pytest.param("/verify/" * 100_000, [], id="a hundred thousand beginnings"),
    ],
)
def test_a_paper_names_its_numbers(inside: str, numbers: list[str]) -> None:
    shown = read_presented(f"%PDF-1.7\n{inside}\n%%EOF".encode())

    assert [grouped(number) for number in shown.numbers] == numbers


BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]><svg>&c;</svg>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \r\n\t", "empty", id="spaces"),
        pytest.param(b"x" * (MOST_BYTES + 1), "too-large", id="too large"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "unknown-form", id="a photograph"),
        pytest.param(b"hello", "unknown-form", id="a word"),
        pytest.param(b"PK\x03\x04", "unknown-form", id="an archive"),
        pytest.param(BOMB.encode(), "no-credential", id="a bomb of entities"),
        pytest.param(b"<svg>" * 200_000, "no-credential", id="deep markup"),
        pytest.param(b"<openbadges:credential " * 40_000, "no-credential", id="begins"),
        pytest.param(
            b"<openbadges:credential " + b'verify="' * 100_000,
            "no-credential",
            id="never ends",
        ),
        pytest.param(SVG.format('verify="a.b"/>').encode(), "no-credential", id="two"),
        pytest.param(b"a.a.a", "no-credential", id="no base 64"),
        pytest.param(b"YQ.YQ.YQ", "not-json", id="no JSON inside"),
        pytest.param(b"YQ." + b"YQ" * 500_000 + b".YQ", "too-large", id="1 MB inside"),
        pytest.param(b"{" * 100_000, "too-deep", id="deep JSON"),
        pytest.param(b'{"id": "\xff"}', "not-text", id="not UTF-8"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError, match=f"^{code}$"):
        read_presented(content)
