"""What responses earn, and the grade they make."""

from decimal import Decimal
from fractions import Fraction

import pytest

from conexx_learn.domain.grading import (
    Grade,
    Response,
    ResponseShapeError,
    chosen_answers,
    counting_grade,
    earned_fraction,
    grade_attempt,
    is_answered,
    read_response,
)
from conexx_learn.domain.partial_credit import multiple_credit
from conexx_learn.domain.quiz import (
    Answer,
    AttemptGrade,
    Question,
    QuestionType,
    Scoring,
    Void,
)
from tests.sample_questions import (
    make_match,
    make_multiple,
    make_number,
    make_order,
    make_question,
    make_single,
    make_words,
)

FORMULAS = [
    Scoring.BALANCED,
    Scoring.PENALTY,
    Scoring.DECISIONS,
    Scoring.STRICT_PART,
    Scoring.EXACT,
]
# Right and wrong options, right and wrong ones ticked; then what each formula gives.
TABLE = """
2 2 2 0 | 1 1 1 1 1
2 2 1 0 | 1/2 1/2 3/4 1/2 0
2 2 2 1 | 1/2 1/2 3/4 0 0
2 2 2 2 | 0 0 1/2 0 0
2 3 2 1 | 1/2 1/2 4/5 0 0
1 4 1 1 | 0 0 4/5 0 0
3 1 3 1 | 0 2/3 3/4 0 0
3 1 2 0 | 2/3 2/3 3/4 2/3 0
4 3 3 2 | 1/12 1/4 4/7 0 0
4 3 4 1 | 2/3 3/4 6/7 0 0
2 2 0 0 | 0 0 0 0 0
2 2 1 1 | 0 0 1/2 0 0
"""
ROWS = [
    pytest.param(
        [int(count) for count in counts.split()],
        scoring,
        Fraction(expected),
        id=f"{counts.strip()} {scoring.value}",
    )
    for counts, results in (row.split("|") for row in TABLE.strip().splitlines())
    for scoring, expected in zip(FORMULAS, results.split(), strict=True)
]


@pytest.mark.parametrize(("counts", "scoring", "expected"), ROWS)
def test_multiple_choice_follows_the_published_table(
    counts: list[int], scoring: Scoring, expected: Fraction
) -> None:
    rights, wrongs, right_ticked, wrong_ticked = counts
    question = make_multiple(rights, wrongs, scoring)
    keys = [answer.key for answer in question.answers]
    response = keys[:right_ticked] + keys[rights : rights + wrong_ticked]

    assert earned_fraction(question, response) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"), [("a", 1), ("b", Fraction(1, 2)), ("c", 0), (None, 0)]
)
def test_single_choice_earns_the_weight_of_the_option(
    chosen: str | None, expected: Fraction
) -> None:
    assert earned_fraction(make_single(), chosen) == expected


@pytest.mark.parametrize(
    ("scoring", "response", "expected"),
    [
        pytest.param(Scoring.PAIRS, "acbd", Fraction(4, 6), id="one pair swapped"),
        pytest.param(Scoring.PAIRS, "dcba", 0, id="reversed is nothing, not less"),
        pytest.param(Scoring.POSITION, "acbd", Fraction(1, 2), id="two in place"),
        pytest.param(Scoring.EXACT, "acbd", 0, id="not exact"),
        pytest.param(Scoring.EXACT, "abcd", 1, id="exact"),
    ],
)
def test_order_earns_by_its_formula(
    scoring: Scoring, response: str, expected: Fraction
) -> None:
    question = make_order([1, 2, 3, 4], scoring)

    assert earned_fraction(question, list(response)) == expected


def test_order_follows_the_numbers_and_not_the_source() -> None:
    question = make_order([3, 1, 2])

    assert earned_fraction(question, ["b", "c", "a"]) == 1


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        pytest.param({"a": "a", "b": "b", "c": "c"}, 1, id="every pair"),
        pytest.param({"a": "c", "b": "b", "c": "a"}, 1, id="equal rights are equal"),
        pytest.param({"a": "a", "b": "d"}, Fraction(1, 3), id="a distractor chosen"),
        pytest.param({}, 0, id="nothing"),
    ],
)
def test_match_earns_its_share_of_right_pairs(
    response: dict[str, str], expected: Fraction
) -> None:
    question = make_match(
        [("Output", "Product"), ("Impact", "Change"), ("Good", "Product"), ("", "Bank")]
    )

    assert earned_fraction(question, response) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("1,700,000", 1, id="exact"),
        pytest.param("EUR 1.700.000", 1, id="grouped with points"),
        pytest.param("1615000", Fraction(1, 2), id="the bound of 5 % is inside"),
        pytest.param("1614999.99", 0, id="beyond the bound"),
        pytest.param("300000", 0, id="known mistake"),
        pytest.param("much", 0, id="unreadable earns nothing"),
        pytest.param("1e999999", 0, id="a huge exponent"),
    ],
)
def test_number_earns_the_best_accepting_entry(typed: str, expected: Fraction) -> None:
    question = make_number(
        ("1700000", "1700000", 100),
        ("1615000", "1785000", 50),
        ("300000", "300000", 0),
        unit="EUR",
    )

    assert earned_fraction(question, typed) == expected


@pytest.mark.parametrize("typed", ["1.250", "1,250"])
@pytest.mark.parametrize("value", ["1.25", "1250"])
def test_the_better_of_two_readings_counts(typed: str, value: str) -> None:
    assert earned_fraction(make_number((value, value, 100)), typed) == 1


def test_words_earn_the_best_matching_phrase() -> None:
    question = make_words(("logframe*", 50), ("logframe matrix", 100))

    assert earned_fraction(question, "Logframe-matrix") == 1
    assert [a.key for a in chosen_answers(question, "logframe table")] == ["a"]


def test_a_voided_option_counts_as_right_ticked_or_not() -> None:
    plain = make_multiple(2, 2)
    answers = [
        *plain.answers[:2],
        Answer("c", "[!]", void=True),
        *plain.answers[3:],
    ]
    question = make_question(QuestionType.MULTIPLE, answers, scoring=Scoring.BALANCED)

    assert earned_fraction(question, ["a", "b"]) == 1
    assert earned_fraction(question, ["a", "b", "c"]) == 1


def test_choosing_a_voided_single_option_is_right() -> None:
    answers = [Answer("a", "(x)", right=True), Answer("b", "(!)", void=True)]

    assert earned_fraction(make_question(QuestionType.SINGLE, answers), "b") == 1


def test_when_every_right_option_is_voided_only_wrong_ticks_cost() -> None:
    assert multiple_credit(
        Scoring.BALANCED, rights=0, wrongs=2, right_ticked=0, wrong_ticked=1
    ) == Fraction(1, 2)


def test_explicit_weights_add_up_between_nothing_and_all() -> None:
    weights = {"a": Fraction(1, 2), "b": Fraction(1, 2), "c": Fraction(-1)}
    answers = [
        Answer(key, "[+]", weight=weight, right=weight > 0)
        for key, weight in weights.items()
    ]
    question = make_question(QuestionType.MULTIPLE, answers, scoring=Scoring.WEIGHTS)

    assert earned_fraction(question, ["a"]) == Fraction(1, 2)
    assert earned_fraction(question, ["a", "b"]) == 1
    assert earned_fraction(question, ["a", "c"]) == 0


def test_a_question_voided_in_full_gives_everybody_its_points() -> None:
    assert earned_fraction(make_single(void=Void.FULL), None) == 1


def test_a_dropped_question_leaves_numerator_and_denominator() -> None:
    questions = [make_single(id_="one"), make_single(id_="two", void=Void.DROP)]

    outcome = grade_attempt(questions, {"one": "b"}, pass_percent=Fraction(50))

    assert outcome.grade == Grade(Fraction(1, 2), Fraction(1), Fraction(50))
    assert outcome.grade.passed is True
    assert outcome.dropped == ("two",)


def test_an_open_question_waits_for_its_grader() -> None:
    question = make_question(QuestionType.OPEN, [], grading="trainer")

    waiting = grade_attempt([question], {"q-1": "text"}, pass_percent=None)
    given = grade_attempt(
        [question], {"q-1": "text"}, pass_percent=None, awarded={"q-1": Fraction(3, 4)}
    )

    assert (waiting.ungraded, waiting.marked) == (("q-1",), ())
    assert given.grade.percent == 75
    assert waiting.grade.passed is None


@pytest.mark.parametrize(
    ("earned", "shown", "passed"),
    [
        pytest.param("6997/10000", "69.9", False, id="a fail is rounded down"),
        pytest.param("7/10", "70.0", True, id="exactly reached"),
        pytest.param("70349/100000", "70.3", True, id="rounded to the nearest"),
        pytest.param("7035/10000", "70.4", True, id="a half is rounded up"),
    ],
)
def test_a_fail_never_reads_as_a_pass(earned: str, shown: str, passed: bool) -> None:
    grade = Grade(Fraction(earned), Fraction(1), Fraction(70))

    assert (grade.shown, grade.passed) == (Decimal(shown), passed)


def test_two_of_three_does_not_reach_sixty_seven_percent() -> None:
    assert Grade(Fraction(2), Fraction(3), Fraction(67)).passed is False


def test_nothing_that_counts_is_no_pass_and_no_error() -> None:
    grade = Grade(Fraction(0), Fraction(0), Fraction(70))

    assert grade.percent == 0
    assert grade.passed is False


@pytest.mark.parametrize(
    ("policy", "percent"),
    [
        (AttemptGrade.HIGHEST, 90),
        (AttemptGrade.FIRST, 30),
        (AttemptGrade.LAST, 60),
        (AttemptGrade.AVERAGE, 60),
    ],
)
def test_of_several_attempts_the_policy_chooses(
    policy: AttemptGrade, percent: int
) -> None:
    grades = [Grade(Fraction(n), Fraction(10), Fraction(60)) for n in (3, 9, 6)]

    counting = counting_grade(grades, policy)

    assert counting is not None
    assert counting.percent == percent
    assert counting_grade([], policy) is None


EVERY_TYPE = {
    "single": make_single(),
    "multiple": make_multiple(2, 2),
    "order": make_order([1, 2, 3]),
    "match": make_match([("A", "B"), ("C", "D"), ("", "E")]),
    "number": make_number(("1", "1", 100)),
    "words": make_words(("one", 100)),
}


@pytest.mark.parametrize(
    ("type_", "raw", "response"),
    [
        ("single", "a", "a"),
        ("multiple", ["c", "a"], ["c", "a"]),
        ("order", ["b", "a", "c"], ["b", "a", "c"]),
        ("match", {"a": "c"}, {"a": "c"}),
        ("number", " 1 ", " 1 "),
        ("words", "x" * 2_000, "x" * 2_000),
        ("single", "", None),
        ("multiple", [], None),
        ("match", {}, None),
        ("words", "  ", None),
    ],
)
def test_a_response_is_read_in_its_own_shape(
    type_: str, raw: object, response: Response
) -> None:
    question = EVERY_TYPE[type_]

    assert read_response(question, raw) == response
    assert is_answered(question, response) is (response is not None)


@pytest.mark.parametrize("question", EVERY_TYPE.values(), ids=EVERY_TYPE)
@pytest.mark.parametrize(
    "raw",
    [1, 1.5, float("nan"), True, {"z": "a"}, ["z"], [["a"]], [None], b"a"],
    ids=repr,
)
def test_another_shape_is_refused(question: Question, raw: object) -> None:
    with pytest.raises(ResponseShapeError):
        read_response(question, raw)


@pytest.mark.parametrize(
    ("type_", "raw"),
    [
        pytest.param("single", "z", id="unknown key"),
        pytest.param("single", "A", id="capital"),
        pytest.param("multiple", ["a", "a"], id="twice"),
        pytest.param("multiple", ["a"] * 100_000, id="very many"),
        pytest.param("order", ["a", "b"], id="a step is missing"),
        pytest.param("match", {"c": "a"}, id="a distractor has no left side"),
        pytest.param("match", {"a": "z"}, id="unknown right"),
        pytest.param("match", {"a": None}, id="null for a right key"),
        pytest.param("words", "x" * 1_000_000, id="a megabyte"),
        pytest.param("words", "a\0b", id="NUL"),
        pytest.param("words", "\ud800", id="half a surrogate"),
    ],
)
def test_a_misshapen_response_is_refused_with_its_question(
    type_: str, raw: object
) -> None:
    with pytest.raises(ResponseShapeError) as caught:
        read_response(EVERY_TYPE[type_], raw)

    assert caught.value.question_id == "q-1"
