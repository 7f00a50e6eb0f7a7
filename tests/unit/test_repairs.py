"""What voids change in a recorded result, worked by hand."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from conexx_learn.domain.grading import Grade, Response
from conexx_learn.domain.quiz import Question, Scoring, Void
from conexx_learn.domain.repairs import (
    ScoreChange,
    VoidMark,
    applies,
    applying_marks,
    frame,
    score_change,
    void_marks,
    voided,
)
from tests.sample_questions import (
    make_multiple,
    make_quiz,
    make_section,
    make_single,
)

PASS = Fraction(60)


def mark_of(question: Question) -> VoidMark:
    """Return the mark of one question of a new version."""
    quiz = make_quiz(make_section(question))
    (mark,) = void_marks([{"es": quiz}], "es")
    return mark


def void_options(question: Question, *keys: str) -> Question:
    answers = (
        replace(a, void=True, right=False, weight=None) if a.key in keys else a
        for a in question.answers
    )
    return replace(question, answers=tuple(answers))


def change_of(
    older: Sequence[Question],
    newer: Sequence[Question],
    responses: dict[str, Response],
    recorded: tuple[int, int],
    *,
    now: Fraction | None = None,
) -> ScoreChange | None:
    """Repair an attempt that asked the older questions."""
    first = Grade(Fraction(recorded[0]), Fraction(recorded[1]), PASS)
    counts = Grade(now * recorded[1], Fraction(recorded[1]), PASS) if now else first
    known = {"es": {question.id: question for question in older}}
    marks = void_marks([{"es": make_quiz(make_section(*newer))}], "es")
    return score_change(
        first,
        counts,
        asked=[question.id for question in older],
        known=known,
        responses=responses,
        marks=applying_marks(marks, known),
    )


ONE, TWO = make_single(id_="q-1"), make_single(id_="q-2")
FULL = replace(ONE, void=Void.FULL, void_reason="Because.")
DROP = replace(ONE, void=Void.DROP, void_reason="Because.")


def test_full_points_for_who_had_it_wrong() -> None:
    change = change_of([ONE, TWO], [FULL, TWO], {"q-1": "c", "q-2": "a"}, (1, 2))

    assert change is not None
    assert change.before.score == Fraction(1, 2)
    assert change.after.score == 1
    assert change.passes


def test_full_points_change_nothing_for_who_had_it_right() -> None:
    responses: dict[str, Response] = {"q-1": "a", "q-2": "a"}
    assert change_of([ONE, TWO], [FULL, TWO], responses, (2, 2)) is None


def test_a_dropped_question_leaves_the_sum_above_and_below() -> None:
    change = change_of([ONE, TWO], [DROP, TWO], {"q-1": "c", "q-2": "a"}, (1, 2))

    assert change is not None
    assert change.after.earned == change.after.possible == 1


def test_a_dropped_question_never_lowers() -> None:
    assert change_of([ONE, TWO], [DROP, TWO], {"q-1": "a", "q-2": "c"}, (1, 2)) is None


def test_what_an_earlier_repair_gave_is_not_taken_back() -> None:
    responses: dict[str, Response] = {"q-1": "c", "q-2": "c"}
    higher = Fraction(3, 4)
    change = change_of([ONE, TWO], [FULL, TWO], responses, (0, 2), now=higher)
    assert change is None


def test_a_voided_option_counts_for_who_chose_it_alone() -> None:
    newer = void_options(ONE, "c")

    chose = change_of([ONE], [newer], {"q-1": "c"}, (0, 1))
    assert chose is not None
    assert chose.after.score == 1
    assert change_of([ONE], [newer], {"q-1": "b"}, (0, 1)) is None


def test_a_voided_tick_leaves_both_counts() -> None:
    """Right a, b; wrong c, d. Ticked a, c: half less half; without c, half."""
    older = make_multiple(2, 2, Scoring.BALANCED)
    change = change_of([older], [void_options(older, "c")], {"q-1": ["a", "c"]}, (0, 1))

    assert change is not None
    assert change.after.score == Fraction(1, 2)


def test_who_answers_nothing_gets_nothing_of_a_voided_option() -> None:
    assert change_of([ONE], [void_options(ONE, "c")], {}, (0, 1)) is None


@pytest.mark.parametrize(
    "newer",
    [
        pytest.param(replace(FULL, points=Fraction(2)), id="points"),
        pytest.param(replace(FULL, answers=ONE.answers[:2]), id="number of options"),
        pytest.param(
            replace(FULL, answers=make_single((0, 50, 100)).answers), id="key"
        ),
    ],
)
def test_more_than_a_void_makes_another_question(newer: Question) -> None:
    assert not applies(mark_of(newer), ONE)


def test_other_words_leave_it_the_same_question() -> None:
    newer = replace(FULL, prompt_md="Said better", title="Other")
    assert applies(mark_of(newer), ONE)


def test_an_option_that_moved_is_another_one() -> None:
    a, b, c = make_single((100, 0, 0)).answers
    older = make_single((100, 0, 0))
    moved = replace(
        older,
        answers=(a, replace(b, text_md=c.text_md), replace(c, text_md=b.text_md)),
    )

    assert applies(mark_of(void_options(older, "c")), older)
    assert not applies(mark_of(void_options(moved, "c")), older)


def test_a_void_that_is_there_already_is_the_same_frame() -> None:
    once = void_options(ONE, "b")
    twice = void_options(ONE, "b", "c")

    assert frame(once, ("b", "c")) == frame(twice, ()) == frame(ONE, ("b", "c"))


def test_the_reason_comes_in_the_readers_language_or_in_any() -> None:
    mark = replace(mark_of(FULL), reasons={"es": "Porque sí."})

    assert voided(ONE, mark, "en").void_reason == "Porque sí."
    assert voided(ONE, mark, "en").void is Void.FULL
