"""The picture of a certificate: whatever a title holds, it stays a picture."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from conexx_learn.domain.badge_pictures import badge_picture
from conexx_learn.domain.certificates import Claims
from tests.sample_claims import CLAIMS, make_claims

JWS = "aaa.bbb-_b.ccc"
ADDRESS = "https://learn.example.org/verify/00B7-9SWW-BZJX"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(claims: Claims) -> ET.Element:
    picture = badge_picture(claims, jws=JWS, verify_url=ADDRESS)
    return ET.fromstring(picture)  # noqa: S314 (our own)


def lines(claims: Claims) -> list[str]:
    return [str(element.text) for element in drawn(claims).iter(f"{SVG}text")]


HOSTILE = (
    '"><script>alert(1)</script>',
    "]]>&lt;!-- <a href='javascript:1'>",
    "NUL \x00, bell \x07, \ufffe, half \ud800 a sign",
    "&amp;&bomb;",
    "",
    "x" * 5000,
    "palabra " * 400,
    "السلامة 漢字 🎓",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_and_nothing_else(title: str) -> None:
    issuer = replace(CLAIMS.issuer, name=title)

    root = drawn(make_claims(titles={"es": title}, issuer=issuer, lang="es"))

    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    known = {"svg", "credential", "title", "desc", "rect", "path", "text", "g"}
    assert tags <= known
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith(("on", "href"))}


def test_a_long_title_is_set_smaller_and_at_last_cut() -> None:
    short, long = lines(CLAIMS), lines(make_claims(titles={"es": "palabra " * 60}))

    assert " ".join(short[1:-3]) == CLAIMS.titles["es"]
    assert len(long) - len(short) <= 3
    assert any(line.endswith("…") for line in long)


def test_it_names_course_issuer_number_and_end_but_never_the_holder() -> None:
    said = " ".join(lines(CLAIMS))

    for text in (CLAIMS.issuer.name, "00B7-9SWW-BZJX", "2028-10-07"):
        assert text in said
    picture = badge_picture(CLAIMS, jws=JWS, verify_url=ADDRESS)
    assert CLAIMS.holder not in picture
    assert CLAIMS.institution not in picture


def test_a_demonstration_says_so_across_it_and_in_its_description() -> None:
    real, demo = drawn(CLAIMS), drawn(make_claims(demo=True))

    words = "Demostración, sin validez"
    assert words not in ET.tostring(real, encoding="unicode")
    assert words in str(demo.findtext(f"{SVG}desc"))
    assert words in lines(make_claims(demo=True))


def test_a_language_without_words_is_labelled_in_english() -> None:
    claims = make_claims(lang="eu", titles={"eu": "Ur garbia"})

    assert lines(claims)[0] == "Certificate of training"
    assert drawn(claims).get("lang") == "eu"
