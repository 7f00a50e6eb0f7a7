"""Item statistics against sums that were worked by hand."""

from collections.abc import Iterator
from fractions import Fraction
from math import isclose, sqrt

import pytest

from conexx_learn.domain.item_statistics import (
    CONFIDENT_FROM,
    LEAST_LEARNERS,
    GivenAnswer,
    ItemKey,
    ItemResponse,
    ItemStatistics,
    item_statistics,
    rest_share,
    wide_gaps,
)

KEY = ItemKey("q-1", "revision", "es")


def response(
    share: Fraction | int, rest: float | None = None, *picks: str, lang: str = "es"
) -> ItemResponse:
    answer = GivenAnswer(Fraction(share), picks)
    key = ItemKey("q-1", "revision", lang)
    return ItemResponse(key, answer, float(share), rest)


def statistics(*responses: ItemResponse) -> ItemStatistics:
    return item_statistics(responses)[KEY]


def test_facility_is_the_mean_share_exactly() -> None:
    found = statistics(response(1), response(Fraction(1, 3)), response(0))

    assert found.facility == Fraction(4, 9)
    assert found.learners == 3


def test_discrimination_is_the_correlation_with_the_rest() -> None:
    """Shares 1 1 0 0 against rests 0.9 0.7 0.5 0.3.

    Means 0.5 and 0.6. Products of the deviations: 0.15 + 0.05 + 0.05 + 0.15 = 0.4.
    Squares: 4 · 0.25 = 1, and 0.09 + 0.01 + 0.01 + 0.09 = 0.2. r = 0.4 / √0.2.
    """
    found = statistics(
        response(1, 0.9), response(1, 0.7), response(0, 0.5), response(0, 0.3)
    )

    assert found.discrimination is not None
    assert isclose(found.discrimination, 0.4 / sqrt(0.2), rel_tol=1e-9)


def test_a_question_that_the_weak_get_right_has_a_negative_one() -> None:
    found = statistics(response(0, 1.0), response(1, 0.0))

    assert found.discrimination == pytest.approx(-1)


@pytest.mark.parametrize(
    "responses",
    [
        pytest.param([response(1, 0.2), response(1, 0.9)], id="all right"),
        pytest.param([response(0, 0.5), response(1, 0.5)], id="the same rest"),
        pytest.param([response(0), response(1)], id="nothing else was asked"),
        pytest.param([response(1, 0.5)], id="one learner"),
    ],
)
def test_without_variation_there_is_none(responses: list[ItemResponse]) -> None:
    assert statistics(*responses).discrimination is None


def test_a_share_that_floats_cannot_hold_makes_no_variation() -> None:
    third = Fraction(1, 3)

    found = statistics(*(response(third, number / 1000) for number in range(1000)))

    assert found.discrimination is None


def test_options_that_nobody_picks_are_named() -> None:
    found = statistics(response(1, None, "a"), response(0, None, "c", "a"))

    assert found.picks == {"a": 2, "c": 1}
    assert found.unpicked("abcd") == ("b", "d")


def test_who_left_it_out_is_counted_and_earned_nothing() -> None:
    nothing = GivenAnswer(Fraction(0), is_answered=False)
    blank = ItemResponse(KEY, nothing, 0.0, 0.5)

    found = statistics(blank, response(1, 0.5))

    assert (found.unanswered, found.facility) == (1, Fraction(1, 2))


@pytest.mark.parametrize(
    ("learners", "is_shown", "is_confident"),
    [
        pytest.param(LEAST_LEARNERS - 1, False, False, id="too few to show"),
        pytest.param(LEAST_LEARNERS, True, False, id="just enough to show"),
        pytest.param(CONFIDENT_FROM - 1, True, False, id="an impression"),
        pytest.param(CONFIDENT_FROM, True, True, id="trusted"),
    ],
)
def test_few_learners_are_hidden_and_some_are_an_impression(
    learners: int, is_shown: bool, is_confident: bool
) -> None:
    found = statistics(*(response(1) for _ in range(learners)))

    assert (found.is_shown, found.is_confident) == (is_shown, is_confident)


def of_two_languages(
    right_es: int, right_en: int, each: int = 10
) -> list[ItemStatistics]:
    def answers() -> Iterator[ItemResponse]:
        for lang, right in (("es", right_es), ("en", right_en)):
            for number in range(each):
                yield response(int(number < right), lang=lang)

    return list(item_statistics(answers()).values())


def test_a_difference_of_30_points_between_languages_is_told() -> None:
    assert list(wide_gaps(of_two_languages(7, 4))) == [("q-1", "revision")]
    assert list(wide_gaps(of_two_languages(9, 6))) == [("q-1", "revision")]
    assert list(wide_gaps(of_two_languages(7, 5))) == []


def test_languages_with_few_learners_are_not_compared() -> None:
    assert list(wide_gaps(of_two_languages(4, 0, each=LEAST_LEARNERS - 1))) == []


def test_the_rest_leaves_the_question_out() -> None:
    assert rest_share(3, 5, (1, 1)) == 0.5
    assert rest_share(1, 1, (1, 1)) is None


def timed(*seconds: float | None) -> ItemStatistics:
    answer = GivenAnswer(Fraction(1), ("a",))
    return statistics(*(ItemResponse(KEY, answer, 1.0, None, one) for one in seconds))


def test_the_time_is_the_median_of_what_was_measured() -> None:
    """One who went for lunch moves nothing."""
    assert timed(20, 25, 30, 40, 4_000, None).seconds == 30


def test_the_time_of_few_is_hidden_though_more_answered() -> None:
    assert timed(20, 25, 30, 40, None, None).seconds is None
