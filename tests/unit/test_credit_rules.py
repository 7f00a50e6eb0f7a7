"""What is told of partial credit is what the marking does."""

from fractions import Fraction

import pytest

from conexx_learn.domain.credit_rules import (
    CreditRule,
    credit_rules,
    worked_example,
)
from conexx_learn.domain.grading import earned_fraction
from conexx_learn.domain.quiz import QuestionType, Quiz
from conexx_learn.domain.quiz_source import parse_quiz
from conexx_learn.domain.responses import Response

HEAD = "---\nquiz: sample-quiz\ntitle: Sample\nlang: en\n---\n"
MULTIPLE = """
## several | Several
scoring: {scoring}

Which?

- [x] One
- [x] Two
- [ ] Three
- [ ] Four
"""
WEIGHTS = """
## several | Several

Which?

- [+50%] One
- [+50%] Two
- [-50%] Three
- [-50%] Four
"""
ORDER = """
## order | Order
scoring: {scoring}

Put in order.

- [1] One
- [2] Two
- [3] Three
- [4] Four
"""
MATCH = """
## match | Match

Match.

- [->] A -> 1
- [->] B -> 2
- [->] C -> 3
- [->] D -> 4
"""
NEARLY = """
## nearly | Nearly

Which?

- (x) One
- (50%) Two
- ( ) Three
"""
PLAIN = """
## plain | Plain

Which?

- (x) One
- ( ) Two
- ( ) Three
"""
SWAPPED: Response = ["b", "a", "c", "d"]
BOTH_AND_A_WRONG_ONE: Response = ["a", "b", "c"]
THREE_OF_FOUR: Response = {"a": "a", "b": "b", "c": "c", "d": "a"}

KINDS = [
    pytest.param(MULTIPLE, "balanced", BOTH_AND_A_WRONG_ONE, "2", id="balanced"),
    pytest.param(MULTIPLE, "penalty", BOTH_AND_A_WRONG_ONE, "2", id="penalty"),
    pytest.param(MULTIPLE, "decisions", BOTH_AND_A_WRONG_ONE, "3", id="decisions"),
    pytest.param(MULTIPLE, "strict-part", BOTH_AND_A_WRONG_ONE, "0", id="strict"),
    pytest.param(MULTIPLE, "exact", BOTH_AND_A_WRONG_ONE, "0", id="exact"),
    pytest.param(WEIGHTS, "weights", BOTH_AND_A_WRONG_ONE, "2", id="weights"),
    pytest.param(ORDER, "pairs", SWAPPED, "4", id="order by pairs"),
    pytest.param(ORDER, "position", SWAPPED, "2", id="order by place"),
    pytest.param(ORDER, "exact", SWAPPED, "0", id="order, all or nothing"),
    pytest.param(MATCH, "match", THREE_OF_FOUR, "3", id="match"),
    pytest.param(NEARLY, "nearly", "b", "1", id="an answer that is nearly right"),
]


def quiz_of(text: str, scoring: str = "") -> Quiz:
    source = HEAD + text.replace("{scoring}", scoring)
    quiz, problems = parse_quiz(source.encode(), path="sample.quiz.en.md")
    assert quiz is not None, problems
    return quiz


@pytest.mark.parametrize(("text", "scoring", "response", "earned"), KINDS)
def test_the_worked_example_is_what_such_a_question_gives(
    text: str, scoring: str, response: Response, earned: str
) -> None:
    quiz = quiz_of(text, scoring)
    (rule,) = credit_rules(quiz)
    example = worked_example(rule)

    assert example.earned == Fraction(earned)
    marked = earned_fraction(quiz.questions[0], response)
    assert marked * example.points == example.earned


def test_every_rule_has_its_example() -> None:
    for rule in CreditRule:
        example = worked_example(rule)
        assert 0 <= example.earned < example.points
        assert example.earned.denominator == 1


def test_the_rule_of_most_questions_comes_first() -> None:
    text = PLAIN + MATCH + NEARLY + NEARLY.replace("nearly |", "nearly-two |")

    assert credit_rules(quiz_of(text)) == [CreditRule.NEARLY, CreditRule.MATCH]


def test_all_or_none_needs_no_rule() -> None:
    quiz = quiz_of(PLAIN)

    assert credit_rules(quiz) == []
    assert quiz.questions[0].type is QuestionType.SINGLE
