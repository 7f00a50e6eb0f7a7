"""What holds for any quiz file, hostile ones included."""

import random
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conexx_learn.domain.guessing import blind_expectation, order_expectation
from conexx_learn.domain.partial_credit import earned_fraction
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import QUIZ_JSON, Scoring
from conexx_learn.domain.quiz_source import (
    duplicate_ids,
    format_quiz,
    inherit,
    lint_quiz,
    parse_quiz,
    parse_self_check,
    read_quiz,
)
from conexx_learn.domain.sentences.quiz_problems import QUIZ_PROBLEMS
from tests.quiz_texts import COMPLETE_EXAMPLE, HEAD, sound_quiz

PATH = "01-a.quiz.en.md"
KIB = 1024
FULL = 256 * KIB

UNHURRIED = settings(deadline=None)
MANY = settings(deadline=None, max_examples=300)

PIECES = [
    *("---", "quiz: abc", "title: T", "points: 2", "points: x", "Nota: x", "pool: p-1"),
    *("# Pool: p-1", "# Case: c-1 | C", "# Section: s-1", "# Pol: x", "#", "##"),
    *("## abc | T", "## abd | U", "## T", "### Hint", "### Explicación", "### X"),
    *("- (x) A", "- ( ) B", "- (50%) C", "- [x] A", "- [ ] B", "- [+50%] C", "- [!] D"),
    *("- [1] A", "- [2] B", "- [->] A -> B", "- [->] -> C", "- [=] 5", "- [=] 3,5"),
    *("- [~] a*", "- [~] *", "- [z] A", "-(x) A", "- (x )", "  > Why", "> Why"),
    *("  more", "\tmore", "    # deep", "  - (x) in", "text", "", "", "", "  "),
    *(
        "```",
        "~~~",
        "<!--",
        "-->",
        "a <!-- b --> c",
        "  ```",
        "\u2022 (X) A",
        "\u00a0x",
    ),
]
FILES = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("\n".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(
        lambda lines: HEAD + "\n".join(lines)
    ),
)


def sentences_of(problem: Problem) -> list[str]:
    variant = problem.facts.get("variant")
    key = f"{problem.code}.{variant}" if variant else problem.code
    if problem.code == "E008":
        return []
    texts = [text for pair in QUIZ_PROBLEMS[key].values() for text in pair]
    return [text.format(**problem.facts) for text in texts]


@UNHURRIED
@given(st.binary(max_size=2000))
def test_any_bytes_give_a_quiz_or_errors(data: bytes) -> None:
    quiz, problems = parse_quiz(data, path=PATH)

    assert (quiz is None) == any(p.code.startswith("E") for p in problems)
    format_quiz(data, path=PATH)


@MANY
@given(FILES)
def test_any_lines_give_a_quiz_or_errors_with_their_sentences(text: str) -> None:
    reading = read_quiz(text.encode(), path=PATH)

    assert reading.quiz is not None
    last_line = text.count("\n") + 1
    assert all(1 <= problem.line <= last_line for problem in reading.problems)
    found = lint_quiz(reading.quiz, competencies=set(), modules=set(), images=set())
    found += duplicate_ids([reading.quiz, reading.quiz])
    for problem in (*reading.problems, *found):
        sentences_of(problem)


@MANY
@given(FILES)
def test_formatting_is_stable_whatever_the_lines(text: str) -> None:
    once = format_quiz(text.encode(), path=PATH)

    assert format_quiz(once.encode(), path=PATH) == once
    before, _ = parse_quiz(text.encode(), path=PATH)
    after, problems = parse_quiz(once.encode(), path=PATH)
    if before is not None:
        assert after is not None, problems
        assert [q.revision for q in before.questions] == [
            q.revision for q in after.questions
        ]


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False))
def test_the_example_with_lines_lost_or_doubled_is_still_read(
    lot: random.Random,
) -> None:
    lines = COMPLETE_EXAMPLE.split("\n")
    for _ in range(4):
        place = lot.randrange(len(lines))
        lines[place : place + 1] = [lines[place]] * lot.choice((0, 2))
    text = "\n".join(lines)

    once = format_quiz(text.encode(), path=PATH)

    assert format_quiz(once.encode(), path=PATH) == once


@UNHURRIED
@given(st.text(max_size=300))
def test_any_self_check_gives_a_quiz_or_errors(text: str) -> None:
    quiz, problems = parse_self_check(text, path="a.es.md", first_line=7, lang="es")

    assert (quiz is None) == any(p.code.startswith("E") for p in problems)
    assert all(problem.line >= 7 for problem in problems)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(piece, id=repr(piece)[:24])
        for piece in (
            *("[", "- (", "#", "# \n", "```\n", "```a\n", "~~~~\n```\n", "<!--", "-->"),
            *("<!-- -->", "`<!--", "- [x] a\n", "- [1] a\n", "## a | b\n", "## abc\n"),
            *("a: b\n", "points: 1\n", "  > a\n", "\t\t\n", "> ", "- [->] a -> b\n"),
            *("- [=] 1 000\n", "- [~] *a\n", "![", "![a](b)\n", "**", "\u00a0", "\r"),
            *("# Pol: x\n", "### Hnt\n", "---\n", "x " * 100 + "\n", "|"),
        )
    ],
)
def test_hostile_files_come_to_an_end(piece: str) -> None:
    body = HEAD + "\n## abc | T\n\nWhich?\n\n"
    for start in ("", body, body + "- (x) a\n- ( ) b\n"):
        data = (start + piece * FULL).encode()[: 24 * KIB]

        reading = read_quiz(data.decode("utf-8", "ignore").encode(), path=PATH)

        assert reading.quiz is not None


@pytest.mark.parametrize("piece", ["[", "- (", "#", "```a\n", "~~~\n```\n"], ids=repr)
def test_the_largest_hostile_files_come_to_an_end(piece: str) -> None:
    data = (piece * FULL).encode()[:FULL]

    assert read_quiz(data, path=PATH).problems


def test_hostile_prompts_are_linted_in_time() -> None:
    for piece in ("![", "`", "**a", "[a](", "```a\n", "NOT", "__ "):
        text = f"{HEAD}\n## abc | T\n\nx {piece * (64 * KIB // len(piece))}"
        quiz = read_quiz(text.encode(), path=PATH).quiz

        assert quiz is not None
        lint_quiz(quiz, competencies=set(), modules=set(), images=set())


@pytest.mark.parametrize(
    "scoring", [Scoring.PAIRS, Scoring.POSITION, Scoring.EXACT], ids=str
)
@pytest.mark.parametrize("count", [3, 4, 5])
def test_the_counted_order_is_the_mean_of_all_orders(
    scoring: Scoring, count: int
) -> None:
    steps = "".join(f"- [{n}] Step {n}\n" for n in range(1, count + 1))
    text = f"{HEAD}\n## abc | T\nscoring: {scoring}\n\nOrder.\n\n{steps}"
    question = sound_quiz(text).questions[0]
    keys = [answer.key for answer in question.answers]

    earned = [earned_fraction(question, list(keys)) for keys in permutations(keys)]

    assert order_expectation(scoring, count) == sum(earned, Fraction(0)) / len(earned)


@UNHURRIED
@given(
    st.lists(st.sampled_from(["x", " ", "!"]), min_size=3, max_size=8),
    st.sampled_from(["balanced", "penalty", "decisions", "strict-part", "exact"]),
)
def test_the_counted_ticks_are_the_mean_of_all_ticks(
    marks: list[str], scoring: str
) -> None:
    options = "".join(f"- [{mark}] Option {n}\n" for n, mark in enumerate(marks))
    attributes = f"scoring: {scoring}\nvoid-reason: Why\n"
    text = f"{HEAD}\n## abc | T\n{attributes}\nTick.\n\n{options}"
    quiz, _ = parse_quiz(text.encode(), path=PATH)
    if quiz is None:
        return
    question = quiz.questions[0]
    keys = [answer.key for answer in question.answers]
    sets = [
        [key for place, key in enumerate(keys) if mask >> place & 1]
        for mask in range(1, 1 << len(keys))
    ]

    earned = [earned_fraction(question, ticked) for ticked in sets]

    assert blind_expectation(question) == sum(earned, Fraction(0)) / len(earned)


def test_a_quiz_survives_json_and_its_own_inheritance() -> None:
    quiz = sound_quiz(COMPLETE_EXAMPLE, path="final.quiz.en.md")

    assert QUIZ_JSON.validate_json(QUIZ_JSON.dump_json(quiz)) == quiz
    assert inherit(quiz, quiz) == quiz
