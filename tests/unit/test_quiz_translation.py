"""Translations compared with their source and completed from it."""

from fractions import Fraction

import pytest

from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import Mode
from conexx_learn.domain.quiz_source import check_translation, inherit
from conexx_learn.domain.sentences.quiz_problems import QUIZ_PROBLEMS
from tests.quiz_texts import sound_quiz

SOURCE = """---
cuestionario: quiz-a
titulo: Prueba
idioma: es
modo: calificado
aprobado: 75%
---

# Seccion: uno | Primera
puntos: 2

## abc | Pregunta
competencia: K1
modulo: mapa

¿Cuál?

- (x) Correcta opción
- (50%) Regular opción
- ( ) Mala opción

## abd | Cantidad
unidad: años

¿Cuánto?

- [=] 5

## abe | Palabra

¿Cómo se llama?

- [~] folio
- [~] número
"""

TRANSLATION = """---
quiz: quiz-a
title: Test
lang: en
translates: 01-a.quiz.es.md@{hash}
---

# Section: uno | First

## abc | Question

Which?

- (x) Right option
- (50%) Fair option
- ( ) Bad option

## abd | Amount
unit: years

How much?

- [=] 5

## abe | Word

What is its name?

- [~] number
"""


def differences(translation: str, source: str = SOURCE) -> list[Problem]:
    text = translation.replace("{hash}", source_hash(SOURCE.encode()))
    here = sound_quiz(source, path="01-a.quiz.es.md")
    there = sound_quiz(text, path="01-a.quiz.en.md")
    return check_translation(here, source.encode(), there)


def test_a_faithful_translation_has_no_problems() -> None:
    assert differences(TRANSLATION) == []


def test_a_translation_inherits_what_it_omits() -> None:
    source = sound_quiz(SOURCE, path="01-a.quiz.es.md")
    text = TRANSLATION.replace("{hash}", source_hash(SOURCE.encode()))
    merged = inherit(source, sound_quiz(text, path="01-a.quiz.en.md"))

    assert (merged.id, merged.lang, merged.title) == ("quiz-a", "en", "Test")
    assert merged.settings.mode is Mode.GRADED
    assert merged.settings.pass_percent == 75
    assert merged.sections[0].title == "First"
    first, amount, word = merged.questions
    assert first.points == 2
    assert first.module == "mapa"
    assert first.competencies == ("K1",)
    assert first.answers[1].text_md == "Fair option"
    assert first.answers[1].weight == Fraction(1, 2)
    assert amount.unit == "years"
    assert [answer.phrase for answer in word.answers] == ["number"]
    here = [question.scoring_revision for question in source.questions]
    assert [question.scoring_revision for question in merged.questions] == here
    assert first.revision != source.questions[0].revision


@pytest.mark.parametrize(
    ("code", "found", "instead", "line"),
    [
        pytest.param(
            "E103", "translates: 01-a.quiz.es.md@{hash}\n", "", 1, id="unsaid"
        ),
        pytest.param("E104", "01-a.quiz.es", "02-b.quiz.es", 5, id="other file"),
        pytest.param("E401", "## abd", "## abf", 1, id="id missing"),
        pytest.param("E401", "## abd", "## abf", 18, id="id surplus"),
        pytest.param(
            "E402",
            "- (x) Right option\n- (50%) Fair option\n",
            "- (50%) Fair option\n- (x) Right option\n",
            14,
            id="order",
        ),
        pytest.param("E402", "- ( ) Bad option\n", "", 10, id="number"),
        pytest.param("E403", "(50%)", "(40%)", 15, id="weight"),
        pytest.param("E403", "- [=] 5", "- [=] 6", 23, id="amount"),
        pytest.param(
            "E403", "| Question\n", "| Question\npoints: 3\n", 11, id="points"
        ),
        pytest.param("E403", "lang: en\n", "lang: en\npass: 80%\n", 5, id="setting"),
        pytest.param("E403", "quiz: quiz-a", "quiz: quiz-b", 2, id="quiz id"),
        pytest.param("W402", "Bad option", "Mala opción", 16, id="untranslated"),
    ],
)
def test_every_difference_has_its_code_at_its_line(
    code: str, found: str, instead: str, line: int
) -> None:
    problems = differences(TRANSLATION.replace(found, instead))

    assert (code, line) in [(problem.code, problem.line) for problem in problems]
    assert {problem.code for problem in problems} == {code}
    for problem in problems:
        key = problem.code
        if "variant" in problem.facts:
            key += "." + problem.facts["variant"]
        for message, hint in QUIZ_PROBLEMS[key].values():
            assert message.format(**problem.facts)
            assert hint.format(**problem.facts)


def test_a_changed_source_makes_its_translation_stale() -> None:
    changed = SOURCE.replace("¿Cuál?", "¿Cuál es?")

    problems = differences(TRANSLATION, changed)

    assert [(p.code, p.line) for p in problems] == [("W401", 5)]
    assert source_hash(changed.encode()) in problems[0].facts["expected"]


def test_a_stale_translation_lists_the_questions_that_differ() -> None:
    changed = SOURCE.replace("- [=] 5", "- [=] 7")

    stale = [p for p in differences(TRANSLATION, changed) if p.code == "W401"]

    assert [problem.facts["ids"] for problem in stale] == ["abd"]


def test_the_hash_of_a_source_ignores_bom_and_crlf() -> None:
    windows = b"\xef\xbb\xbf" + SOURCE.encode().replace(b"\n", b"\r\n")

    assert source_hash(windows) == source_hash(SOURCE.encode())


def test_names_and_figures_may_be_the_same_in_both_languages() -> None:
    source = SOURCE.replace("Mala opción", "Global Europe 2021")
    text = TRANSLATION.replace("Bad option", "Global Europe 2021")

    assert [p.code for p in differences(text, source)] == ["W401"]
