"""Which questions an attempt asks, and in what order and by what keys it shows them."""

import json
from fractions import Fraction

import pytest

from conexx_learn.domain.drawing import (
    FORM_JSON,
    Form,
    FormQuestion,
    draw_form,
    is_of_the_above,
    shown_options,
    to_shown,
    to_source,
)
from conexx_learn.domain.grading import ResponseShapeError, read_response
from conexx_learn.domain.quiz import (
    Answer,
    Question,
    QuestionType,
    Section,
    SectionKind,
    Void,
)
from tests.sample_questions import (
    make_match,
    make_multiple,
    make_number,
    make_order,
    make_question,
    make_quiz,
    make_section,
    make_single,
)

SEEDS = [f"seed-{number}" for number in range(30)]


def pool_of(count: int, draw: int) -> Section:
    questions = [make_single(id_=f"q-{number}") for number in range(count)]
    return make_section(*questions, kind=SectionKind.POOL, id="pool", draw=draw)


def drawn_ids(form: Form) -> list[str]:
    return [question.question_id for question in form.questions]


def only(question: Question, seed: str, **settings: object) -> FormQuestion:
    quiz = make_quiz(make_section(question), **settings)
    return draw_form(quiz, seed=seed, seen={}).questions[0]


def test_the_same_seed_draws_the_same_form() -> None:
    quiz = make_quiz(pool_of(9, 4), shuffle_questions=True)

    assert draw_form(quiz, seed="s", seen={}) == draw_form(quiz, seed="s", seen={})
    assert len({tuple(drawn_ids(draw_form(quiz, seed=s, seen={}))) for s in SEEDS}) > 5


def test_a_form_survives_json() -> None:
    form = draw_form(make_quiz(pool_of(5, 3)), seed="s", seen={})
    stored = json.loads(json.dumps(FORM_JSON.dump_python(form, mode="json")))

    assert FORM_JSON.validate_python(stored) == form


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pool_prefers_the_unseen_and_then_the_long_ago(seed: str) -> None:
    quiz = make_quiz(pool_of(4, 2))
    seen = {"q-0": 2, "q-1": 1, "q-3": 2}

    assert drawn_ids(draw_form(quiz, seed=seed, seen=seen)) == ["q-1", "q-2"]


def test_drafts_and_dropped_questions_are_never_asked() -> None:
    quiz = make_quiz(
        make_section(
            make_single(id_="draft", draft=True),
            make_single(id_="retired", retired=True),
            make_single(id_="dropped", void=Void.DROP),
            make_single(id_="full", void=Void.FULL),
        )
    )

    assert drawn_ids(draw_form(quiz, seed="s", seen={})) == ["full"]


def test_questions_of_a_case_keep_their_order() -> None:
    questions = [make_single(id_=f"q-{number}") for number in range(8)]
    quiz = make_quiz(
        make_section(*questions, kind=SectionKind.CASE, id="case"),
        shuffle_questions=True,
    )

    assert drawn_ids(draw_form(quiz, seed="s", seen={})) == [q.id for q in questions]


@pytest.mark.parametrize("seed", SEEDS)
def test_whole_cases_are_drawn_from_their_pool(seed: str) -> None:
    cases = [
        make_section(
            make_single(id_=f"{name}-1"),
            make_single(id_=f"{name}-2"),
            kind=SectionKind.CASE,
            id=name,
            pool="cases",
        )
        for name in ("one", "two", "six")
    ]
    pool = make_section(kind=SectionKind.POOL, id="cases", draw=1)

    form = draw_form(make_quiz(pool, *cases), seed=seed, seen={"one-1": 1, "two-2": 1})

    assert drawn_ids(form) == ["six-1", "six-2"]


def test_options_are_shuffled_unless_the_trainer_says_no() -> None:
    free, fixed = make_multiple(3, 3), make_multiple(3, 3, shuffle=False)

    assert len({only(free, seed).keys for seed in SEEDS}) > 5
    assert {only(fixed, seed).keys for seed in SEEDS} == {tuple("abcdef")}
    assert {only(free, s, shuffle_options=False).keys for s in SEEDS} == {
        tuple("abcdef")
    }


def test_true_and_false_keep_their_order() -> None:
    question = make_question(QuestionType.TRUEFALSE, make_single((0, 100)).answers)

    assert {only(question, seed).keys for seed in SEEDS} == {("a", "b")}


@pytest.mark.parametrize(
    "text",
    ["All of the above.", "**Ninguna de las anteriores**", "todas las  anteriores"],
)
def test_an_option_about_the_others_keeps_its_place(text: str) -> None:
    question = make_question(
        QuestionType.SINGLE,
        [*make_single((100, 0, 0)).answers, Answer("d", "( )", text_md=text)],
    )

    assert is_of_the_above(text)
    assert {only(question, seed).keys[3] for seed in SEEDS} == {"d"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shuffle", [True, False])
def test_steps_are_never_shown_in_right_order(seed: str, shuffle: bool) -> None:
    question = make_order([1, 2, 3], shuffle=shuffle)
    form_question = only(question, seed, shuffle_options=shuffle)

    assert form_question.keys != ("a", "b", "c")
    assert to_source(form_question, list("abc")) == list(form_question.keys)


def test_right_sides_are_shuffled_and_each_text_shown_once() -> None:
    question = make_match(
        [("A", "same"), ("B", "other"), ("C", "same"), ("", "extra")], shuffle=False
    )
    forms = [only(question, seed) for seed in SEEDS]

    assert {form.lefts for form in forms} == {("a", "b", "c")}
    assert len({form.keys for form in forms}) > 3
    assert {tuple(sorted(form.keys)) for form in forms} == {("a", "b", "d")}


def test_both_sides_of_a_match_are_lettered_by_themselves() -> None:
    question = make_match([("A", "one"), ("B", "two"), ("", "three")])
    form_question = FormQuestion("q-1", "", keys=("c", "b", "a"), lefts=("b", "a"))

    options = shown_options(question, form_question)

    assert [(o.key, o.text_md) for o in options.options] == [
        ("a", "three"),
        ("b", "two"),
        ("c", "one"),
    ]
    assert [(o.key, o.text_md) for o in options.lefts] == [("a", "B"), ("b", "A")]
    assert to_source(form_question, {"a": "b", "b": "c"}) == {"b": "b", "a": "a"}
    assert to_shown(form_question, {"b": "b", "a": "a"}) == {"a": "b", "b": "c"}


def test_what_a_page_gets_tells_no_answer() -> None:
    question = make_order([2, 1, 3])
    form_question = only(question, "seed")

    options = shown_options(question, form_question)

    assert [option.key for option in options.options] == ["a", "b", "c"]
    assert set(options.__slots__) == {"options", "lefts"}
    assert set(options.options[0].__slots__) == {"key", "text_md"}


def test_typed_responses_pass_unchanged() -> None:
    question = make_number(("1", "1", 100))
    form_question = only(question, "seed")

    assert to_source(form_question, "a") == "a"
    assert to_shown(form_question, "a") == "a"
    assert to_shown(form_question, None) is None


@pytest.mark.parametrize(
    "raw", ["?", "g", 3, ["a", "a"], ["?"], [["a"]], {"a": "b"}, {"?": 1}], ids=repr
)
def test_a_shown_key_that_was_not_shown_is_refused(raw: object) -> None:
    question = make_multiple(3, 3)

    with pytest.raises(ResponseShapeError):
        read_response(question, to_source(only(question, "seed"), raw))


def test_every_question_of_a_pool_is_drawn_where_it_names_no_number() -> None:
    section = make_section(
        make_single(id_="one", points=Fraction(2)), kind=SectionKind.POOL, id="pool"
    )

    assert drawn_ids(draw_form(make_quiz(section), seed="s", seen={})) == ["one"]
