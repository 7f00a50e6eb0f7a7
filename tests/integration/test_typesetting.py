"""The paper and the code sheets: archival, embedded, repeatable, literal."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from conexx_learn.adapters.code_sheets import CodeSlip, typeset_codes
from conexx_learn.adapters.typesetting import (
    PAPER,
    certificate_pdf,
    country_names,
    uncovered_characters,
)
from conexx_learn.domain.certificates import CompetencyClaim, PlanClaim
from conexx_learn.domain.errors import GlyphMissingError
from conexx_learn.domain.identifiers import grouped
from tests.sample_claims import make_claims

URL = "https://learn.example.org/verify/7K3M-9QXT-2R8A"
LONG_NAME = (
    "Juan Nepomuceno María Bernarda de los Dolores Altagracia Etxeberría-Goikoetxea y "
    "Fernández de Córdoba Villaseñor-Ñúñez Sepúlveda de la Santísima Trinidad "
    "Güemes-Pacheco Zaldívar y Ruiz de Apodaca Ibáñ"
)
HOSTILE = '#panic() #read("/etc/passwd") $x^2$ <l> @r \\ [[ *b* _i_'
LETTERS = "ñ Ñ ç ğ ł ș ț ő ß Ω Ж g\u0303 Ấ ק ש"
SLIP = CodeSlip(
    purpose="invitation",
    name="Ana Xicoténcatl Ruiz",
    username="ana.xicotencatl",
    link="https://learn.example.org/join/7K3M9QXT",
    code="7K3M9QXT",
    expires_on=date(2026, 12, 3),
)


def printed(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def fonts(pdf: bytes) -> Iterator[DictionaryObject]:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index] # pypdf types a page's entries as bare objects
            for descendant in font.get_object()["/DescendantFonts"]:
                yield descendant.get_object()


def page_count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Ana Ruiz", id="short"),
        pytest.param(LONG_NAME, id="two hundred characters"),
        pytest.param("X" * 200, id="one word of two hundred"),
        pytest.param(HOSTILE, id="markup"),
        pytest.param("Любовь Ελένη", id="Cyrillic and Greek"),
        pytest.param("محمد الأمين", id="Arabic"),
    ],
)
def test_any_name_gives_one_page_and_the_same_bytes(name: str) -> None:
    pdf = certificate_pdf(make_claims(holder=name), verify_url=URL)

    assert page_count(pdf) == 1
    assert pdf == certificate_pdf(make_claims(holder=name), verify_url=URL)


def test_another_thread_makes_the_same_bytes() -> None:
    claims = make_claims()
    with ThreadPoolExecutor(3) as pool:
        made = pool.map(lambda _: certificate_pdf(claims, verify_url=URL), range(6))

        assert set(made) == {certificate_pdf(claims, verify_url=URL)}


def test_every_font_is_embedded() -> None:
    pdf = certificate_pdf(make_claims(holder=LETTERS), verify_url=URL)
    embedded = list(fonts(pdf))

    assert len(embedded) >= 3
    for font in embedded:
        descriptor = font["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)  # type: ignore[call-overload] # a dictionary of the file


def test_the_paper_is_archival_accessible_and_in_the_holders_language() -> None:
    pdf = certificate_pdf(make_claims(), verify_url=URL)
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]

    assert str(root["/Lang"]).startswith("es")  # type: ignore[index] # pypdf types the root as a bare object
    assert b"pdfaid:part>3<" in pdf
    assert b"pdfuaid:part>1<" in pdf


def test_markup_in_texts_is_printed_as_it_stands() -> None:
    claims = make_claims(holder=HOSTILE, institution=HOSTILE)

    assert HOSTILE in printed(certificate_pdf(claims, verify_url=URL))


def test_letters_of_many_languages_are_printed() -> None:
    claims = make_claims(holder=LETTERS, titles={"es": LETTERS, "en": LETTERS})

    assert "ğ ł ș ț ő ß Ω Ж" in printed(certificate_pdf(claims, verify_url=URL))


@pytest.mark.parametrize(
    ("lang", "second", "words"),
    [
        pytest.param(
            "es",
            "en",
            ["Constancia de capacitación", "7.5 horas", "7 de octubre de 2028"],
            id="Spanish",
        ),
        pytest.param(
            "en",
            "es",
            ["Certificate of training", "7.5 hours", "7 October 2028", "Belgium"],
            id="English",
        ),
        pytest.param("es", None, ["Vigente hasta", "Bélgica"], id="Spanish alone"),
    ],
)
def test_the_paper_speaks_the_holders_language(
    lang: str, second: str | None, words: list[str]
) -> None:
    claims = make_claims(lang=lang, second_lang=second)
    text = printed(certificate_pdf(claims, verify_url=URL))

    for word in [*words, grouped(claims.number)]:
        assert word in text
    assert "sin validez" not in text


def test_a_demonstration_says_so_across_its_face() -> None:
    pdf = certificate_pdf(make_claims(demo=True), verify_url=URL)
    text = printed(pdf)

    assert text.count("Demostración, sin validez") >= 2
    assert text.count("Demonstration, not valid") >= 2
    metadata = PdfReader(io.BytesIO(pdf)).metadata
    assert metadata is not None
    assert str(metadata.title).startswith("Demostración, sin validez")


def test_the_score_is_printed_only_if_the_holder_agrees() -> None:
    claims = make_claims(score=87)

    assert "87" not in printed(certificate_pdf(claims, verify_url=URL))
    shown = certificate_pdf(claims, verify_url=URL, show_score=True)
    assert "87 %" in printed(shown)


def test_a_missing_character_is_named() -> None:
    with pytest.raises(GlyphMissingError) as caught:
        certificate_pdf(make_claims(holder="Ana 漢"), verify_url=URL)

    assert caught.value.character == "漢"
    assert caught.value.status == 409


def test_a_missing_character_leaves_the_next_paper_unharmed() -> None:
    with pytest.raises(GlyphMissingError):
        certificate_pdf(make_claims(holder="漢"), verify_url=URL)

    assert certificate_pdf(make_claims(), verify_url=URL).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("Ana María Ñúñez", (), id="none"),
        pytest.param("", (), id="nothing"),
        pytest.param("漢 Ana 字漢", ("漢", "字"), id="two"),
        pytest.param("\U0001f468\u200d\U0001f469", ("👨", "👩"), id="joined"),
    ],
)
def test_characters_that_cannot_be_printed_are_known_before_issue(
    text: str, missing: tuple[str, ...]
) -> None:
    assert uncovered_characters(text) == missing


def test_the_signed_form_is_attached() -> None:
    pdf = certificate_pdf(make_claims(), verify_url=URL, credential_json='{"a": 1}')
    attached = PdfReader(io.BytesIO(pdf)).attachments

    assert attached["credential.json"] == [b'{"a": 1}']


def test_a_country_is_named_in_each_language() -> None:
    assert country_names("BE", ("es", "en")) == {"es": "Bélgica", "en": "Belgium"}


def test_a_sheet_holds_four_slips_to_a_page() -> None:
    assert page_count(typeset_codes([SLIP] * 4, lang="es")) == 1
    assert page_count(typeset_codes([SLIP] * 5, lang="es")) == 2


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        pytest.param(
            "es", ["hasta el 3 de diciembre de 2026", "Usuario"], id="Spanish"
        ),
        pytest.param("en", ["until 3 December 2026", "Username"], id="English"),
    ],
)
def test_a_slip_says_who_what_and_until_when(lang: str, words: list[str]) -> None:
    text = printed(typeset_codes([SLIP], lang=lang, place="Ayuntamiento de Xaltepec"))

    for word in [*words, "7K3M-9QXT", "ana.xicotencatl", "Ayuntamiento de Xaltepec"]:
        assert word in text


def test_a_page_of_slips_fits_on_a4_and_on_carta() -> None:
    page = PdfReader(io.BytesIO(typeset_codes([SLIP], lang="es"))).pages[0]

    assert page.mediabox.width <= 595.3
    assert page.mediabox.height <= 792


def test_a_sheet_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        typeset_codes([], lang="es")


def test_templates_take_data_as_values_only() -> None:
    for template in PAPER.glob("*.typ"):
        source = template.read_text(encoding="utf-8")
        assert "eval(" not in source
        assert "#import" not in source


def test_the_attachment_is_the_credential_and_says_what_it_is() -> None:
    pdf = certificate_pdf(make_claims(), verify_url=URL, credential_json="{}")
    root = catalogue(pdf)
    facts = part(part(root["/AF"])[0])

    assert facts["/AFRelationship"] == "/Supplement"
    assert facts["/UF"] == "credential.json"
    assert "Open Badges 3.0" in facts["/Desc"]
    assert part(part(facts["/EF"])["/F"])["/Subtype"] == "/application/vc"
    assert part(root["/MarkInfo"])["/Marked"]
    assert part(root["/ViewerPreferences"])["/DisplayDocTitle"]


def test_address_and_number_stand_uncompressed_before_all_other_words() -> None:
    claims = make_claims(titles={"es": "7K3M-9QXT-2R8A, folio falso"})
    pdf = certificate_pdf(claims, verify_url=URL)
    address, number = URL.encode(), grouped(claims.number).encode()

    assert b"<pdf:Keywords>" + address + b", " + number + b", " in pdf


def test_the_line_of_the_plan_is_printed_in_both_languages() -> None:
    plan = PlanClaim(
        "Ayuntamiento de Xaltepec", "Plan 2027", {"es": "Requisito 3", "en": "Line 3"}
    )
    text = printed(certificate_pdf(make_claims(plan=plan), verify_url=URL))

    assert "Ayuntamiento de Xaltepec. Plan 2027. Requisito 3 Line 3" in text
    assert "Requisito del plan" not in printed(
        certificate_pdf(make_claims(), verify_url=URL)
    )


def test_texts_at_the_limits_of_a_course_stay_on_one_page() -> None:
    claims = make_claims(
        holder=LONG_NAME,
        titles={"es": "Gestión " * 18, "en": "Management " * 13},
        outcomes={"es": ("formula y defiende " * 10,) * 8},
        competencies=tuple(
            CompetencyClaim(f"K{n}", {"es": "Diseño " * 14, "en": "Design " * 14}, 3)
            for n in range(5)
        ),
        supervision={"es": "palabra " * 62, "en": "word " * 100},
    )

    assert page_count(certificate_pdf(claims, verify_url=URL)) == 1


def test_what_no_page_holds_goes_on_to_the_next() -> None:
    claims = make_claims(outcomes={"es": ("formula y defiende " * 40,) * 20})
    pdf = certificate_pdf(claims, verify_url=URL)

    assert page_count(pdf) > 1
    assert printed(pdf).count("formula y defiende") == 800


def catalogue(pdf: bytes) -> Any:
    return part(PdfReader(io.BytesIO(pdf)).trailer["/Root"])


def part(held: PdfObject) -> Any:
    """Follow a reference of the file; what it leads to has no type."""
    return held.get_object()
