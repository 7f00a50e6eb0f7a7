"""Advice about quizzes, references, and ids that occur twice."""

from fractions import Fraction

import pytest

from conexx_learn.domain.guessing import (
    blind_expectation,
    order_expectation,
    quiz_expectation,
)
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import Quiz, Scoring
from conexx_learn.domain.quiz_source import duplicate_ids, lint_quiz
from conexx_learn.domain.sentences.quiz_problems import QUIZ_PROBLEMS
from tests.quiz_texts import COMPLETE_EXAMPLE, MODULE_QUIZ, SINGLE, sound_quiz

HEAD = "---\nquiz: quiz-a\ntitle: A\n---\n\n"
GRADED = "---\nquiz: quiz-a\ntitle: A\nmode: graded\npass: 70%\n---\n\n"
Q = "## abc | T\n\nWhich?\n\n"
WORDS = "## other | O\n\nName it.\n\n- [~] folio\n\n### Explanation\nWhy.\n\n"
PATIENT = "".join(WORDS.replace("other", f"other-{n}") for n in range(3))
EXPLAINED = "\n### Explanation\nWhy.\n"


def found(text: str, **known: set[str] | None) -> list[Problem]:
    everything: dict[str, set[str] | None] = {
        "competencies": None,
        "modules": None,
        "images": None,
        **known,
    }
    return lint_quiz(
        sound_quiz(text),
        competencies=everything["competencies"],
        modules=everything["modules"],
        images=everything["images"],
    )


@pytest.mark.parametrize(
    ("code", "text", "line"),
    [
        pytest.param(
            "W310",
            HEAD + Q + "- (x) One\n- ( ) Two\n- ( ) All of the above.\n",
            12,
            id="all of the above",
        ),
        pytest.param(
            "W310",
            HEAD + Q + "- (x) Uno\n- ( ) Dos\n- ( ) Ninguna de las anteriores\n",
            12,
            id="ninguna de las anteriores",
        ),
        pytest.param(
            "W311", HEAD + Q + f"- (x) {'word ' * 10}\n- ( ) Two\n", 10, id="long"
        ),
        pytest.param(
            "W312", HEAD + Q + "- [x] One\n- [ ] Two\n- [ ] Three\n", 6, id="only one"
        ),
        pytest.param(
            "W313",
            HEAD + "# Pool: abe\ndraw: 1\n\n" + SINGLE + SINGLE.replace("abc", "abd"),
            6,
            id="one spare",
        ),
        pytest.param(
            "W314",
            GRADED + Q.replace("| T", "| T\ncompetency: K1") + "- (x) One\n- ( ) Two\n"
            "  > No.\n",
            8,
            id="no explanation",
        ),
        pytest.param(
            "W314",
            GRADED
            + Q.replace("| T", "| T\ncompetency: K1")
            + "- (x) One\n- ( ) Two\n"
            + EXPLAINED,
            8,
            id="no feedback",
        ),
        pytest.param("W315", HEAD + SINGLE, 1, id="easily guessed"),
        pytest.param("W501", GRADED + WORDS, 8, id="no competency"),
        pytest.param(
            "W502",
            HEAD
            + Q.replace("Which?", "Look:\n![](media/a.png)")
            + "- (x) A\n- ( ) B\n",
            9,
            id="no alternative text",
        ),
        pytest.param(
            "W503",
            HEAD + Q.replace("Which?", "Which is NOT true?") + "- (x) A\n- ( ) B\n",
            8,
            id="shouting",
        ),
    ],
)
def test_every_warning_has_its_code_at_its_line(
    code: str, text: str, line: int
) -> None:
    problems = found(text)

    assert (code, line) in [(problem.code, problem.line) for problem in problems]
    for problem in problems:
        for message, hint in QUIZ_PROBLEMS[problem.code].values():
            assert message.format(**problem.facts)
            assert hint.format(**problem.facts)


@pytest.mark.parametrize(
    ("code", "text", "line"),
    [
        pytest.param(
            "E501", Q.replace("| T", "| T\ncompetency: K1, K99"), 7, id="competency"
        ),
        pytest.param("E502", Q.replace("| T", "| T\nmodule: 09-none"), 7, id="module"),
        pytest.param(
            "E502",
            Q.replace("Which?", "Which?\n\n![A map](media/none.png)"),
            10,
            id="image",
        ),
    ],
)
def test_references_are_checked_where_the_caller_knows_them(
    code: str, text: str, line: int
) -> None:
    text = HEAD + text + "- (x) A\n- ( ) B\n\n### Explanation\nWhy.\n\n" + PATIENT

    known = found(text, competencies={"K1"}, modules={"map"}, images={"media/a.png"})

    assert [(problem.code, problem.line) for problem in known] == [(code, line)]
    assert found(text) == []


def test_images_are_found_with_or_without_their_folder() -> None:
    text = HEAD + PATIENT + Q.replace("Which?", "![Map](media/a.png)")
    text += "- [~] folio\n"

    assert found(text, images={"a.png"}) == found(text, images={"media/a.png"}) == []


@pytest.mark.parametrize(
    "prompt",
    [
        pytest.param("Which is **NOT** true?", id="bold"),
        pytest.param("Type `NO` now", id="code"),
        pytest.param("NOTA: which?", id="part of a word"),
        pytest.param("Which is not true?", id="small letters"),
    ],
)
def test_capitals_are_told_apart(prompt: str) -> None:
    text = HEAD + Q.replace("Which?", prompt) + "- [~] folio\n"

    assert found(text) == []


def test_a_good_quiz_is_clean() -> None:
    text = MODULE_QUIZ + "\n" + WORDS.replace("| O", "| O\ncompetency: K1")

    assert found(text, competencies={"K1"}, modules=set(), images=set()) == []


def test_an_explanation_is_enough_in_practice() -> None:
    assert found(HEAD + Q + "- (x) A\n- ( ) B\n" + EXPLAINED + PATIENT) == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param("- (x) A\n- (50%) B\n- ( ) C\n", Fraction(1, 2), id="single"),
        pytest.param("- [x] A\n- [ ] B\n- [ ] C\n", Fraction(1, 7), id="multiple"),
        pytest.param(
            "- [+50%] A\n- [+50%] B\n- [-50%] C\n", Fraction(5, 14), id="weights"
        ),
        pytest.param("- [1] A\n- [2] B\n- [3] C\n", Fraction(5, 18), id="order"),
        pytest.param(
            "- [->] A -> B\n- [->] C -> D\n- [->] E -> B\n", Fraction(1, 2), id="match"
        ),
        pytest.param("- [=] 5\n", Fraction(0), id="number"),
        pytest.param("- [~] folio\n", Fraction(0), id="words"),
    ],
)
def test_a_blind_guess_earns_the_mean_of_all_answers(
    answers: str, expected: Fraction
) -> None:
    question = sound_quiz(HEAD + Q + answers).questions[0]

    assert blind_expectation(question) == expected


def test_orders_of_any_length_are_counted_not_tried() -> None:
    assert order_expectation(Scoring.EXACT, 4) == Fraction(1, 24)
    assert order_expectation(Scoring.POSITION, 26) == Fraction(1, 26)
    assert 0 < order_expectation(Scoring.PAIRS, 26) < Fraction(1, 10)


def test_many_weighted_options_are_sampled_alike_each_time() -> None:
    options = "".join(f"- [+{n}%] Right {n}\n" for n in (50, 30, 20))
    options += "".join(f"- [-20%] Wrong {n}\n" for n in range(12))
    question = sound_quiz(HEAD + Q + options).questions[0]

    assert blind_expectation(question) == blind_expectation(question)
    assert 0 < blind_expectation(question) < 1


def test_a_quiz_weighs_its_questions_as_often_as_it_asks_them() -> None:
    pool = "# Pool: abe\ndraw: 1\n\n" + SINGLE + SINGLE.replace("abc", "abd")
    text = HEAD + WORDS.replace("| O", "| O\npoints: 2") + pool

    assert quiz_expectation(sound_quiz(text)) == Fraction(1, 6)


def quiz_at(path: str, quiz_id: str, *ids: str) -> Quiz:
    body = "".join(SINGLE.replace("abc", id_) for id_ in ids)
    text = f"---\nquiz: {quiz_id}\ntitle: A\n---\n\n{body}"
    return sound_quiz(text, path=path)


def test_an_id_used_in_two_quizzes_names_both_places() -> None:
    first = quiz_at("one/01-a.quiz.es.md", "quiz-a", "abc", "abd")
    other = quiz_at("two/01-a.quiz.es.md", "quiz-b", "abd")

    problems = duplicate_ids([first, other])

    assert [(p.code, p.path, p.line) for p in problems] == [
        ("E113", "two/01-a.quiz.es.md", 6)
    ]
    facts = problems[0].facts
    assert (facts["other_path"], facts["other_line"]) == ("one/01-a.quiz.es.md", "13")


def test_translations_share_their_ids_and_quiz_ids_are_unique_too() -> None:
    spanish = quiz_at("01-a.quiz.es.md", "quiz-a", "abc")
    english = quiz_at("01-a.quiz.en.md", "quiz-a", "abc")
    other = quiz_at("02-b.quiz.es.md", "quiz-a", "abd")

    assert duplicate_ids([spanish, english]) == []
    assert [p.path for p in duplicate_ids([spanish, english, other])] == [
        "02-b.quiz.es.md"
    ]


def test_the_complete_example_may_share_nothing_with_itself() -> None:
    quiz = sound_quiz(COMPLETE_EXAMPLE, path="final.quiz.en.md")

    assert duplicate_ids([quiz]) == []
