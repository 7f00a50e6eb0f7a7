"""What holds for every question and every response."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.drawing import draw_form, to_shown, to_source
from conexx_learn.domain.grading import (
    Response,
    ResponseShapeError,
    earned_fraction,
    read_response,
)
from conexx_learn.domain.quiz import Question, QuestionType, Scoring
from conexx_learn.domain.typed_numbers import UnreadableNumberError, read_number
from conexx_learn.domain.typed_words import phrase_matches
from tests.sample_questions import (
    make_match,
    make_multiple,
    make_order,
    make_quiz,
    make_section,
    make_single,
)

FORMULAS = st.sampled_from(
    [
        Scoring.BALANCED,
        Scoring.PENALTY,
        Scoring.DECISIONS,
        Scoring.STRICT_PART,
        Scoring.EXACT,
    ]
)
multiples = st.builds(make_multiple, st.integers(1, 6), st.integers(1, 6), FORMULAS)
orders = st.builds(
    make_order,
    st.integers(3, 8).flatmap(lambda count: st.permutations(range(1, count + 1))),
    st.sampled_from([Scoring.PAIRS, Scoring.POSITION, Scoring.EXACT]),
)
matches = st.builds(
    make_match,
    st.lists(
        st.tuples(st.text("ABC", min_size=1), st.text("xy", min_size=1)),
        min_size=2,
        max_size=8,
    ),
)
singles = st.builds(make_single, st.just((100, 25, 0)))
questions = multiples | orders | matches | singles


def right_response(question: Question) -> Response:
    if question.type is QuestionType.MULTIPLE:
        return [answer.key for answer in question.answers if answer.right]
    if question.type is QuestionType.ORDER:
        steps = sorted(question.answers, key=lambda answer: answer.position or 0)
        return [answer.key for answer in steps]
    if question.type is QuestionType.MATCH:
        return {answer.key: answer.key for answer in question.answers}
    return next(answer.key for answer in question.answers if answer.right)


@st.composite
def responses(draw: st.DrawFn, question: Question) -> Response:
    keys = [answer.key for answer in question.answers]
    if question.type is QuestionType.MULTIPLE:
        return draw(st.lists(st.sampled_from(keys), unique=True))
    if question.type is QuestionType.ORDER:
        return draw(st.permutations(keys))
    if question.type is QuestionType.MATCH:
        return draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(keys)))
    return draw(st.sampled_from(keys))


@given(questions.flatmap(lambda q: st.tuples(st.just(q), responses(q))))
def test_a_response_earns_from_nothing_to_everything(
    pair: tuple[Question, Response],
) -> None:
    assert 0 <= earned_fraction(*pair) <= 1


@given(questions)
def test_the_right_response_earns_everything(question: Question) -> None:
    assert earned_fraction(question, right_response(question)) == Fraction(1)


@given(st.integers(1, 12), st.integers(1, 12))
def test_ticking_everything_earns_nothing_under_balanced(
    rights: int, wrongs: int
) -> None:
    question = make_multiple(rights, wrongs)

    assert earned_fraction(question, [a.key for a in question.answers]) == 0


@given(
    questions.flatmap(lambda q: st.tuples(st.just(q), responses(q))),
    st.text(max_size=8),
)
def test_shuffling_never_changes_what_a_response_earns(
    pair: tuple[Question, Response], seed: str
) -> None:
    question, response = pair
    form = draw_form(make_quiz(make_section(question)), seed=seed, seen={})
    form_question = form.questions[0]
    response = _as_shown_once(form_question.keys, question, response)

    shown = to_shown(form_question, response)
    back = read_response(question, to_source(form_question, shown))

    assert (back or None) == (response or None)
    assert earned_fraction(question, back) == earned_fraction(question, response)


def _as_shown_once(
    keys: tuple[str, ...], question: Question, response: Response
) -> Response:
    """Choose, of rows with equal right sides, the one that a form shows."""
    if not isinstance(response, dict):
        return response
    texts = {answer.key: answer.right_md for answer in question.answers}
    shown = {texts[key]: key for key in keys}
    return {left: shown[texts[right]] for left, right in response.items()}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner)
    ),
    max_leaves=6,
)


@given(questions, json_values)
def test_whatever_is_sent_is_read_or_refused(question: Question, raw: object) -> None:
    form = draw_form(make_quiz(make_section(question)), seed="s", seen={})
    try:
        response = read_response(question, to_source(form.questions[0], raw))
    except ResponseShapeError:
        return

    assert 0 <= earned_fraction(question, response) <= 1


@given(st.text(), st.text(max_size=5))
def test_whatever_is_typed_is_a_number_or_unreadable(typed: str, unit: str) -> None:
    try:
        readings = read_number(typed, unit)
    except UnreadableNumberError:
        return

    assert 1 <= len(readings) <= 2
    assert all(reading.is_finite() for reading in readings)


@given(st.text(min_size=1).filter(lambda text: "*" not in text and "\\" not in text))
def test_a_phrase_matches_itself(phrase: str) -> None:
    assert phrase_matches(phrase, phrase)


def test_a_seed_of_any_text_draws(subtests: pytest.Subtests) -> None:
    quiz = make_quiz(make_section(make_order([1, 2, 3])))
    for seed in ("", "ñ", "a" * 10_000):
        with subtests.test(seed=seed[:5]):
            assert draw_form(quiz, seed=seed, seen={}).questions
