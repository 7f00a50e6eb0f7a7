"""The first use of a glossary's word in a module leads to its explanation."""

import re
import sys

import pytest

from conexx_learn.domain.markup import render_document
from conexx_learn.domain.markup_terms import TermNames

NAMES = TermNames(
    {
        "marco lógico": "logframe",
        "indicador": "indicator",
        "evaluación": "evaluation",
        "evaluación de impacto ambiental": "impact-assessment",
        "costos elegibles": "eligible-costs",
        "TIR": "return",
        "co-applicant": "co-applicant",
        "applicant": "applicant",
        "study": "study",
    }
)
LINK = re.compile(r'<a href="/terms/([^"]*)"[^>]*>([^<]*)</a>')


def html_of(text: str) -> str:
    document = render_document(
        text, terms=(NAMES, lambda term: f"/terms/{term}"), locale="es"
    )
    return "|".join(str(segment) for segment in document.segments)


def links(text: str) -> list[tuple[str, str]]:
    return LINK.findall(html_of(text))


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        pytest.param("Un indicador mide.", ["indicador"], id="as it is written"),
        pytest.param("Indicador: mide.", ["Indicador"], id="with a capital"),
        pytest.param("Los indicadores miden.", ["indicadores"], id="several"),
        pytest.param("Un costo elegible.", ["costo elegible"], id="one of several"),
        pytest.param("Las evaluaciones.", ["evaluaciones"], id="without its accent"),
        pytest.param("Two studies.", ["studies"], id="several in English"),
        pytest.param("El Marco Lógico.", ["Marco Lógico"], id="capitals everywhere"),
        pytest.param("El marco\nlógico y", ["marco\nlógico"], id="over a line end"),
        pytest.param("La TIR y la tir.", ["TIR"], id="an acronym as it is"),
        pytest.param("La Tir.", [], id="an acronym otherwise"),
        pytest.param("MARCO LÓGICO", [], id="capitals throughout"),
        pytest.param("Un marco logico.", [], id="without the accent"),
        pytest.param("subindicador, indicadoras", [], id="inside another word"),
        pytest.param("marco, lógico", [], id="a sign between the words"),
        pytest.param("A co-applicant.", ["co-applicant"], id="with a hyphen"),
        pytest.param(
            "Una evaluación de impacto ambiental.",
            ["evaluación de impacto ambiental"],
            id="the longer of two",
        ),
        pytest.param("\\*indicador\\*", ["indicador"], id="beside escaped signs"),
        pytest.param("> - un indicador", ["indicador"], id="in a list in a quotation"),
        pytest.param("| a |\n|---|\n| indicador |", ["indicador"], id="in a cell"),
    ],
)
def test_a_name_is_found(text: str, linked: list[str]) -> None:
    assert [words for _, words in links(text)] == linked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## Un indicador", id="a heading"),
        pytest.param("[el indicador](/a)", id="a link"),
        pytest.param("`indicador`", id="code"),
        pytest.param("El curso *Medir un indicador*", id="a title in italics"),
        pytest.param("```\nindicador\n```", id="fenced code"),
        pytest.param("    indicador", id="indented code"),
        pytest.param("| indicador |\n|---|\n| a |", id="the head of a table"),
        pytest.param("**Un indicador**\n\n| a |\n|---|\n| b |", id="a caption"),
        pytest.param('!!! note "Un indicador"\n    a', id="the name of an aside"),
        pytest.param("a[^1]\n\n[^1]: Un indicador", id="a footnote"),
        pytest.param("![Un indicador](media/a.png)", id="a picture's text"),
        pytest.param("```quiz\n## q-one | Q\n\n¿Indicador?\n```", id="a self-check"),
        pytest.param("<https://indicador.example/indicador>", id="an address"),
    ],
)
def test_what_names_or_quotes_is_left_alone(text: str) -> None:
    assert links(text) == []
    assert links(f"{text}\n\nUn indicador.") == [("indicator", "indicador")]


def test_only_the_first_use_is_linked_in_the_whole_module() -> None:
    text = "Un indicador.\n\n```quiz\n## q-one | Q\n```\n\n- Otro **indicador**, TIR.\n"

    assert links(text) == [("indicator", "indicador"), ("return", "TIR")]


def test_the_rest_of_the_text_stays_as_it_was() -> None:
    text = "Un indicador & *otro* indicador: la TIR, <i>y</i> fin.\n\nLa TIR."
    plain = "".join(map(str, render_document(text).segments))

    assert LINK.sub(r"\2", html_of(text)) == plain


def test_a_module_is_linked_in_steps_that_grow_with_its_length() -> None:
    """Calls are counted, not seconds: a busy machine changes nothing."""

    def calls(count: int) -> int:
        text = "evaluación de impacto ambiental de marco " * count
        counted = 0

        def count_call(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count_call)
        try:
            found = list(NAMES.uses(text))
        finally:
            sys.setprofile(None)
        assert len(found) == count
        return counted

    assert 800 < calls(8000) < 11 * calls(800)
