"""What trainers copy to begin with is sound as it is."""

import pytest

from conexx_learn.domain.course_source.file_names import file_name
from conexx_learn.domain.markup import render_document
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.question_patterns import (
    ASIDES,
    NewFile,
    aside_pattern,
    begun_file,
    question_pattern,
    self_check_pattern,
    table_pattern,
)
from conexx_learn.domain.quiz import QuestionType
from conexx_learn.domain.quiz_source import parse_quiz, parse_self_check

LANGUAGES = pytest.mark.parametrize("lang", ["es", "en"])


def errors(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems if one.severity is Severity.ERROR]


@LANGUAGES
@pytest.mark.parametrize("kind", list(QuestionType))
def test_a_question_of_each_type_is_read_as_that_type(
    kind: QuestionType, lang: str
) -> None:
    text = question_pattern(kind, lang=lang, question_id="water-1")
    quiz, problems = parse_self_check(text, path="a.es.md", first_line=1, lang=lang)

    assert errors(problems) == []
    assert quiz
    assert [(one.id, one.type) for one in quiz.questions] == [("water-1", kind)]


@LANGUAGES
def test_a_self_check_has_its_place_in_a_module(lang: str) -> None:
    text = self_check_pattern(QuestionType.SINGLE, lang=lang, question_id="water-1")
    document = render_document(f"a\n\n{text}\nb\n")

    assert [piece for piece in document.segments if isinstance(piece, int)] == [0]


@LANGUAGES
@pytest.mark.parametrize("kind", ASIDES)
def test_an_aside_becomes_an_aside(kind: str, lang: str) -> None:
    (html,) = render_document(aside_pattern(kind, lang=lang), locale=lang).segments

    assert 'role="note"' in str(html)


@LANGUAGES
@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (2, 3), (12, 12)])
def test_a_table_has_so_many_cells(lang: str, columns: int, rows: int) -> None:
    text = table_pattern(lang=lang, columns=columns, rows=rows)
    (html,) = render_document(text).segments

    assert str(html).count('scope="col"') == columns
    assert str(html).count("</tr>") == rows + 1


@LANGUAGES
def test_a_new_quiz_has_no_errors(lang: str) -> None:
    name = file_name(f"01-water.quiz.{lang}.md")
    text = begun_file(name, NewFile("water-projects"))
    assert text
    quiz, problems = parse_quiz(text.encode(), path=name.path)

    assert errors(problems) == []
    assert quiz
    assert quiz.id == "water-projects-water"
