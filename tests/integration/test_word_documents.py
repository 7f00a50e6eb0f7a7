"""Ten pages of Word become modules: every word is there, and what is lost is told."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from conexx_learn.domain.course_source import read_course, skeleton
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.question_exchange.plain_text import plain_of
from conexx_learn.domain.word_import.arrival import Choices, WordArrival
from conexx_learn.services.word_import import word_arrival
from tests import word_documents as documents
from tests.word_documents import Made

DOCUMENTS = (
    documents.call_guide,
    documents.manual,
    documents.old_document,
    documents.with_questions,
    documents.decorated,
)
FEWEST_WORDS = 2500
"""Ten pages of a report with lists, tables and pictures."""


@cache
def arrival(make: Callable[[], Made]) -> WordArrival:
    return word_arrival(make().data, name="Guía 2026.docx", language="es")


def bodies(arrived: WordArrival) -> str:
    nothing = Choices(questions=())
    return "\n\n".join(
        f"{module.title}\n\n{arrived.body(module, nothing)}"
        for module in arrived.modules
    )


def shown_words(markdown: str) -> Counter[str]:
    """Count words as a reader sees them, without the signs of lists and tables."""
    lines = [
        re.sub(r"^\s*(?:#+|[-*]|\d+\.|\[\^\d+\]:)\s", "", line)
        for line in markdown.split("\n")
    ]
    text = " ".join(plain_of(line.replace("|", " ")) for line in lines)
    return Counter(re.sub(r"\[\^\d+\]", " ", text).split())


def problems(arrived: WordArrival, choices: Choices) -> list[Problem]:
    """Put the modules into a new course and check all of it."""
    texts = skeleton("curso-nuevo", source_language="es")
    files = {path: text.encode() for path, text in texts.items()}
    first = next(path for path in files if path.startswith("01-"))
    del files[first]
    final = "final.quiz.es.md"
    slug = arrived.modules[0].slug
    files[final] = files[final].replace(
        b"modulo: primer-modulo", f"modulo: {slug}".encode()
    )
    tables = "".join(
        f'\n[[modules]]\nslug = "{one.slug}"\nminutes = {one.minutes}\n'
        f'quiz_minutes = {one.quiz_minutes}\noutcomes = ["lo-1"]\n'
        for one in arrived.outlines(choices)
    )
    minutes = (
        sum(one.minutes + one.quiz_minutes for one in arrived.outlines(choices)) + 5
    )
    settings = files["course.toml"].decode().partition("[[modules]]")[0]
    settings = settings.replace(
        "hours = 0.25", f"hours = {max(1, round(minutes / 15)) / 4}"
    )
    files["course.toml"] = (settings + tables).encode()
    files |= arrived.chosen(choices)
    _course, found = read_course(
        files,
        slug="curso-nuevo",
        competencies={},
        neighbours={},
        today=date(2026, 11, 21),
    )
    return [one for one in found if one.severity is Severity.ERROR]


@pytest.mark.parametrize("make", DOCUMENTS)
def test_every_word_of_the_body_arrives_as_often_as_it_was_written(
    make: Callable[[], Made],
) -> None:
    made = make()
    assert len(made.words) > FEWEST_WORDS
    written = Counter(" ".join(made.words).split())
    title = ["Guía", "de", "la", "convocatoria", "de", "agua", "y", "saneamiento"]
    if make is documents.call_guide:
        written -= Counter(title)

    missing = written - shown_words(bodies(arrival(make)))

    assert not missing


@pytest.mark.parametrize("make", DOCUMENTS)
@pytest.mark.parametrize("choices", [Choices(), Choices(questions=())])
def test_the_folder_passes_the_check_of_a_course(
    make: Callable[[], Made], choices: Choices
) -> None:
    assert problems(arrival(make), choices) == []


def test_a_guide_keeps_headings_tables_footnotes_and_links() -> None:
    arrived = arrival(documents.call_guide)
    text = bodies(arrived)
    counts = documents.call_guide().counts

    assert len(arrived.modules) == counts["modules"]
    assert len(re.findall(r"^##+ ", text, re.MULTILINE)) == counts["headings"]
    assert len(re.findall(r"^\|(?: --- \|)+$", text, re.MULTILINE)) == counts["tables"]
    assert len(re.findall(r"^\[\^1\]: ", text, re.MULTILINE)) == counts["footnotes"]
    assert text.count("](https://example.org/bases)") == counts["links"]
    assert [one.code for one in arrived.remarks] == ["title-left"]


def test_footnotes_are_numbered_from_one_in_each_module() -> None:
    arrived = arrival(documents.call_guide)

    second = arrived.body(arrived.modules[1])

    assert "hábiles [^1] y no se amplía" in second
    assert "[^1]: Nota 2: véase el artículo 6 de las bases." in second


def test_a_manual_keeps_nested_lists_and_asks_what_pictures_show() -> None:
    arrived = arrival(documents.manual)
    text = bodies(arrived)

    assert len(re.findall(r"^- Paso mayor", text, re.MULTILINE)) == 12
    assert len(re.findall(r"^ {4}- Detalle", text, re.MULTILINE)) == 24
    assert len(re.findall(r"^\d\. Acción", text, re.MULTILINE)) == 20
    assert len(arrived.pictures) == 6
    assert [one.words for one in arrived.pictures if not one.wants_words] == [
        "Diagrama de las tres etapas de una compra"
    ]
    assert "generada automáticamente" not in text


def test_a_person_says_what_a_picture_shows() -> None:
    arrived = arrival(documents.manual)
    name = arrived.pictures_without_text[1].name

    files = arrived.chosen(Choices(words={name: "Un [recibo] * firmado"}))

    assert f"![Un recibo firmado](media/{name})" in b"".join(files.values()).decode(
        "utf-8", "replace"
    )
    assert sum(path.startswith("media/") for path in files) == 6


def test_an_old_document_gets_titles_and_lists_from_what_was_typed() -> None:
    arrived = arrival(documents.old_document)
    text = bodies(arrived)
    counts = documents.old_document().counts

    assert [one.title for one in arrived.modules][:1] == [
        "TEMA 1. LA RENDICIÓN DE CUENTAS"
    ]
    assert len(arrived.modules) == counts["modules"]
    assert (
        len(re.findall(r"^## Qué se archiva", text, re.MULTILINE)) == counts["headings"]
    )
    assert len(re.findall(r"^- Documento", text, re.MULTILINE)) == counts["dots"]
    assert len(re.findall(r"^\d\. Copia", text, re.MULTILINE)) == counts["numbers"]
    assert "titles-guessed" in [one.code for one in arrived.remarks]


def test_questions_are_offered_and_the_silent_one_is_told() -> None:
    arrived = arrival(documents.with_questions)
    counts = documents.with_questions().counts

    assert len(arrived.questions) == counts["questions"]
    assert sum(1 for one in arrived.questions if one.question) == counts["answered"]
    silent = [one for one in arrived.questions if one.remark]
    assert [(one.title, one.remark and one.remark.code) for one in silent] == [
        ("¿Cuál de estas es una actividad?", "answer-unknown")
    ]
    assert not arrived.remarks


def test_letters_that_word_counts_itself_are_options_too() -> None:
    data = documents.numbered_by_word()

    arrived = word_arrival(data, name="prueba.docx", language="es")

    first, second = (one.text for one in arrived.questions)
    assert "- (x) Factura\n- ( ) Rumor" in first
    assert "- ( ) Factura\n- (x) Rumor" in second
    kept = arrived.body(arrived.modules[0], Choices(questions=()))
    assert "1. ¿Qué se archiva?\n    1. **Factura**" in kept


def test_right_answers_are_those_that_were_marked() -> None:
    texts = [one.text for one in arrival(documents.with_questions).questions]

    assert "- (x) El cambio 1 en la población" in texts[0]
    assert texts[0].count("(x)") == 1
    assert "- (x) Antes de empezar la obra 1\n- ( ) Al terminar" in texts[1]
    assert "- (x) Firma la coordinación" in texts[2]
    assert "### Explicación\nLo dice el manual de la entidad." in texts[2]
    assert "- [x] Actas firmadas\n- [ ] Rumores\n- [x] Fotografías" in texts[3]
    assert "- ( ) Verdadero\n- (x) Falso" in texts[16]


def test_a_question_that_nobody_wants_stays_in_the_text() -> None:
    arrived = arrival(documents.with_questions)

    files = arrived.chosen(Choices(questions=["q1"]))

    module = files["01-unidad-1-indicadores.es.md"].decode()
    assert "¿Qué mide el indicador 1?" not in module
    assert "¿Quién firma el informe 1?" in module
    quiz = files["01-unidad-1-indicadores.quiz.es.md"].decode()
    assert quiz.count("\n## ") == 1
    assert "02-unidad-2-indicadores.quiz.es.md" not in files


def test_a_heading_that_had_only_questions_goes_with_them() -> None:
    arrived = arrival(documents.with_questions)

    assert "## Preguntas" not in arrived.body(arrived.modules[0])
    assert "## Preguntas" in arrived.body(arrived.modules[0], Choices(questions=()))
    # The last question of the fourth module cannot come, and keeps its heading.
    assert "## Preguntas" in arrived.body(arrived.modules[3])


def test_what_a_course_cannot_hold_is_told_with_its_place() -> None:
    arrived = arrival(documents.decorated)

    told = {one.code: (one.count, one.place) for one in arrived.remarks}

    assert told == {
        "text-box": (3, "Aviso 1 en un recuadro"),
        "deletion-accepted": (1, "El plazo es de sesenta días"),
        "insertion-accepted": (1, "El plazo es de sesenta días"),
        "formula-typed": (1, "La razón es"),
        "colour-lost": (1, "Este texto es rojo"),
        "underline-lost": (1, "Este texto es rojo"),
        "page-break-lost": (1, ""),
        "landscape-lost": (1, ""),
        "comment-lost": (1, "Revisar con finanzas"),
        "header-lost": (1, "Municipio de Villa Esperanza"),
        "cells-joined": (
            1,
            "Presupuesto conjunto Celda 10 Celda 11 Celda 12 Celda 20 Ce…",
        ),
    }
    assert "treinta" not in bodies(arrived)
