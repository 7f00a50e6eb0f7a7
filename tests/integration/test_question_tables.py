"""A table of questions, in .xlsx or CSV, becomes questions; a bad row is named."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.problems import Severity
from conexx_learn.domain.quiz_source import read_quiz
from conexx_learn.domain.sentences.word_arrivals import question_sentence
from conexx_learn.services.question_tables import (
    TableArrival,
    question_table,
    table_quiz,
    table_template,
)

HEADINGS = (
    "Pregunta",
    "Opción A",
    "Opción B",
    "Opción C",
    "Respuesta correcta",
    "Puntos",
)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def told(arrived: TableArrival) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in arrived.remarks]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_template_that_is_offered_comes_back_whole(language: str) -> None:
    arrived = question_table(table_template(language), name="t.xlsx", language=language)

    assert len(arrived.questions) == 4
    assert not arrived.remarks


def test_a_row_is_right_by_letter_by_number_and_by_its_text() -> None:
    data = workbook(
        HEADINGS,
        ("¿Uno?", "sí", "quizá", None, "b", 2),
        ("¿Dos?", "sí", "quizá", "tal vez", 3, None),
        ("¿Tres?", "Antes", "Después", None, "después", 0.5),
        ("¿Cuatro?", "x1", "x2", "x3", "a y c", 1),
    )

    texts = [
        one.text for one in question_table(data, name="t.xlsx", language="es").questions
    ]

    assert "- ( ) sí\n- (x) quizá" in texts[0]
    assert "puntos: 2" in texts[0]
    assert "- (x) tal vez" in texts[1]
    assert "- (x) Después" in texts[2]
    assert "- [x] x1\n- [ ] x2\n- [x] x3" in texts[3]


def test_a_bad_row_is_named_and_the_others_come() -> None:
    data = workbook(
        HEADINGS,
        ("¿Uno?", "sí", "no sé", None, "z", 1),
        (None, "sí", "no sé", None, "a", 1),
        ("¿Tres?", "sí", "no sé", None, None, 1),
        ("¿Cuatro?", "igual", "igual", None, "a", 1),
        ("¿Cinco?", "sí", "no sé", None, "a", 1),
    )

    arrived = question_table(data, name="t.xlsx", language="es")

    assert [one.row for one in arrived.questions] == [6]
    assert told(arrived) == [
        (2, "row-right-unknown"),
        (3, "row-prompt"),
        (4, "row-right"),
        (5, "option-repeated"),
    ]
    for remark in arrived.remarks:
        assert question_sentence(remark, "es") != question_sentence(remark, "en")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_says_the_same_whatever_parts_its_cells(
    sign: str, encoding: str
) -> None:
    rows = (
        ("Question", "Option 1", "Option 2", "Correct"),
        ("¿Qué?", "sí", "jamás", "1"),
    )
    text = "".join(sign.join(row) + "\r\n" for row in rows)

    arrived = question_table(text.encode(encoding), name="t.csv", language="en")

    assert "- (x) sí\n- ( ) jamás" in arrived.questions[0].text


def test_a_formula_is_what_it_last_showed_and_never_runs() -> None:
    data = workbook(
        HEADINGS,
        ("=1+1", "sí", "no sé", None, "a", 1),
        ("¿B?", "'=2+2", "5", None, "a", 1),
    )

    arrived = question_table(data, name="t.xlsx", language="es")

    assert told(arrived) == [(2, "row-prompt")]
    assert "- (x) =2+2" in arrived.questions[0].text


def test_text_does_not_become_markdown_by_accident() -> None:
    data = workbook(
        HEADINGS, ("# ¿*Qué* es [x] <b>?", "1. uno", "- (x) dos", None, "a", 1)
    )

    (question,) = question_table(data, name="t.xlsx", language="es").questions

    assert "\\# ¿\\*Qué\\* es [x] &lt;b>?" in question.text
    assert "- (x) 1\\. uno" in question.text


def test_a_table_without_the_heading_of_questions_is_told_so() -> None:
    arrived = question_table(workbook(("Nombre", "Edad")), name="t.xlsx", language="es")

    assert told(arrived) == [(1, "table-headings")]


def test_questions_go_behind_those_of_a_quiz_and_keep_it_sound() -> None:
    data = workbook(
        HEADINGS,
        ("¿Uno?", "a1", "b1", None, "a", 1),
        ("¿Uno?", "a2", "b2", None, "a", 1),
    )
    arrived = question_table(data, name="Banco de agua.xlsx", language="es")
    path = "01-agua.quiz.es.md"

    first = table_quiz(arrived, [2], path=path, title="Agua", before=None)
    second = table_quiz(arrived, [2, 3], path=path, title="Agua", before=first)

    reading = read_quiz(second, path=path)
    assert [one for one in reading.problems if one.severity is Severity.ERROR] == []
    assert reading.quiz is not None
    assert [one.id for one in reading.quiz.questions] == [
        "agua-uno",
        "agua-uno-2",
        "agua-uno-3",
    ]


@pytest.mark.parametrize(
    ("data", "name", "variant"),
    [
        (b"%PDF-1.7", "t.xlsx", "office-kind"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "t.xls", "office-locked"),
        (workbook(HEADINGS), "t.xlsm", "office-macros"),
        (workbook(HEADINGS)[:-300], "t.xlsx", "office-damaged"),
        (b"a" * 8_000_001, "t.csv", "office-size"),
    ],
)
def test_a_file_that_is_not_taken_says_what_to_do(
    data: bytes, name: str, variant: str
) -> None:
    with pytest.raises(ContentError) as caught:
        question_table(data, name=name, language="es")

    assert caught.value.problems[0].facts["variant"] == variant


def test_any_text_gives_an_answer() -> None:
    for data in (
        b"",
        b"\0",
        b'"',
        b"Pregunta\n",
        b'Pregunta;Correcta\n"x',
        b"\xff\xfe\x00",
    ):
        assert question_table(data, name="t.csv", language="es").remarks
