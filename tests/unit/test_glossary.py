"""The glossary: its files, its entries, and what a search finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.course_source import read_glossary
from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.glossary import (
    Glossary,
    by_letter,
    entries,
    linked_names,
    matching,
    term_address,
)
from conexx_learn.domain.sentences import problem_sentence

SPANISH = """\
---
unlinked: acción; meta
---

## acción {: #action }

El **proyecto** que paga una [subvención](#grant).

## índice de pérdidas (IP, índice de agua no facturada) {: #loss-index }

Agua que se pierde.

Se mide cada mes.

## meta (valor objetivo) {: #target }

Valor esperado.

## subvención {: #grant }

Aporte de dinero.
"""
ENGLISH = f"""\
---
translates: glossary.es.md@{source_hash(SPANISH.encode())}
---

## action

The project that a grant pays for.

## grant

A contribution of money.

## loss index

Water that is lost.

## target

The value that is expected.
"""
FILES = {"glossary.es.md": SPANISH.encode(), "glossary.en.md": ENGLISH.encode()}


def read(spanish: str = SPANISH, english: str | None = None) -> Glossary:
    glossary, problems = read_glossary(files(spanish, english))
    assert problems == []
    return glossary


def files(spanish: str, english: str | None = None) -> dict[str, bytes]:
    found = {"glossary.es.md": spanish.encode()}
    return found if english is None else found | {"glossary.en.md": english.encode()}


def test_a_glossary_is_read_in_the_order_of_its_file() -> None:
    terms = read(SPANISH, ENGLISH)["es"]

    assert [term.id for term in terms] == ["action", "loss-index", "target", "grant"]
    assert terms[1].name == "índice de pérdidas"
    assert terms[1].other_names == ("IP", "índice de agua no facturada")
    assert terms[1].text_md == "Agua que se pierde.\n\nSe mide cada mes."


def test_names_with_another_meaning_are_not_linked() -> None:
    assert linked_names(read(), "es") == {
        "índice de pérdidas": "loss-index",
        "IP": "loss-index",
        "índice de agua no facturada": "loss-index",
        "valor objetivo": "target",
        "subvención": "grant",
    }
    assert linked_names(read(), "en") == {}


def test_the_key_may_be_written_in_spanish() -> None:
    spanish = SPANISH.replace("unlinked:", "Sin enlace:")

    assert linked_names(read(spanish), "es") == linked_names(read(), "es")


@pytest.mark.parametrize(
    ("spanish", "english", "code", "path", "line"),
    [
        pytest.param(
            SPANISH.replace("## meta (valor", "## subvención (valor"),
            ENGLISH,
            "E113",
            "glossary.es.md",
            19,
            id="a name of two terms",
        ),
        pytest.param(
            SPANISH.replace("#target", "#action"),
            None,
            "E113",
            "glossary.es.md",
            15,
            id="an id of two terms",
        ),
        pytest.param(
            SPANISH,
            ENGLISH.replace("## target\n\nThe value that is expected.\n", ""),
            "E401",
            "glossary.en.md",
            1,
            id="a term without a translation",
        ),
        pytest.param(
            SPANISH,
            f"{ENGLISH}\n## town\n\nA place.\n",
            "E401",
            "glossary.en.md",
            21,
            id="a term of the translation alone",
        ),
        pytest.param(
            SPANISH.replace("Valor esperado.", "Valor que se espera."),
            ENGLISH,
            "W006",
            "glossary.en.md",
            2,
            id="a translation older than its source",
        ),
        pytest.param(
            SPANISH.replace("Valor esperado.", ""),
            None,
            "E003",
            "glossary.es.md",
            15,
            id="a term without a text",
        ),
        pytest.param(
            SPANISH.replace("\n## acción", "\nAntes.\n\n## acción"),
            None,
            "E003",
            "glossary.es.md",
            5,
            id="a text without a term",
        ),
        pytest.param(
            "---\nunlinked: x\n---\n", None, "E003", "glossary.es.md", 4, id="no terms"
        ),
        pytest.param(
            SPANISH.replace("meta (valor objetivo)", "meta (valor"),
            None,
            "E004",
            "glossary.es.md",
            15,
            id="a bracket that stays open",
        ),
        pytest.param(
            SPANISH.replace("#target", "#Target"),
            None,
            "E004",
            "glossary.es.md",
            15,
            id="an id that is none",
        ),
        pytest.param(
            SPANISH.replace("Valor esperado.", "### Nota\n\nValor."),
            None,
            "E011",
            "glossary.es.md",
            17,
            id="a heading that is no term",
        ),
        pytest.param(
            SPANISH.replace("(#grant)", "(#grants)"),
            None,
            "E013",
            "glossary.es.md",
            7,
            id="a link to no term",
        ),
        pytest.param(
            SPANISH.replace("unlinked: acción", "unlinked: accion"),
            None,
            "E013",
            "glossary.es.md",
            2,
            id="an unlinked name that is none",
        ),
        pytest.param(
            SPANISH.replace("unlinked", "unliked"),
            None,
            "E002",
            "glossary.es.md",
            2,
            id="a key that is none",
        ),
        pytest.param(
            SPANISH.replace("Valor", "<b>Valor</b>"),
            None,
            "W001",
            "glossary.es.md",
            17,
            id="raw HTML",
        ),
        pytest.param(
            f"## nada\n\n{'x' * 300_000}\n",
            None,
            "E008",
            "glossary.es.md",
            1,
            id="too much",
        ),
    ],
)
def test_what_stands_in_the_way_is_told_with_its_line(
    spanish: str, english: str | None, code: str, path: str, line: int
) -> None:
    problems = read_glossary(files(spanish, english))[1]

    assert (path, line, code) in [(p.path, p.line, p.code) for p in problems]
    for problem in problems:
        assert problem_sentence(problem, "es") != problem_sentence(problem, "en")


def test_a_file_of_another_name_is_told() -> None:
    problems = read_glossary({"glossary.spanish.md": b"## uno\n\nUno.\n"})[1]

    assert [problem.code for problem in problems] == ["E007"]


def test_a_faulty_term_is_left_out_and_the_others_stay() -> None:
    spanish = SPANISH.replace("Valor esperado.", "")
    glossary, _ = read_glossary(files(spanish))

    assert [term.id for term in glossary["es"]] == ["action", "loss-index", "grant"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    glossary, problems = read_glossary({"glossary.es.md": data})

    assert glossary.get("es") or problems


def test_entries_are_in_the_order_of_their_letters_without_accents() -> None:
    found = entries(read(SPANISH, ENGLISH), "es")

    assert [entry.name for entry in found] == [
        "acción",
        "índice de pérdidas",
        "meta",
        "subvención",
    ]
    assert [letter for letter, _ in by_letter(found)] == ["A", "I", "M", "S"]


def test_an_entry_says_how_the_other_language_calls_it() -> None:
    entry = entries(read(SPANISH, ENGLISH), "es")[1]

    assert entry.translations == (("en", "loss index"),)
    assert entry.html == "<p>Agua que se pierde.</p>\n<p>Se mide cada mes.</p>"


def test_a_link_in_an_explanation_leads_to_the_other_term() -> None:
    action, _, _, grant = entries(read(), "es")

    assert f'href="#{grant.anchor}"' in action.html
    assert term_address(grant.id) == f"/glossary#{grant.anchor}"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("ACCION", ["action"], id="without accents or capitals"),
        pytest.param("acción", ["action"], id="with an accent"),
        pytest.param("loss", ["loss-index"], id="the other language"),
        pytest.param("agua facturada", ["loss-index"], id="every word"),
        pytest.param("subven", ["grant", "action"], id="names before explanations"),
        pytest.param("volcán", [], id="nothing"),
    ],
)
def test_a_search_finds_names_and_explanations(query: str, ids: list[str]) -> None:
    found = matching(entries(read(SPANISH, ENGLISH), "es"), query)

    assert [entry.id for entry in found] == ids
