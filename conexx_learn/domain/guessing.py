"""What somebody earns who knows nothing and answers by lot.

Every valid answer is equally likely: one option of a single choice, any set of ticks
but the empty one, any order of steps, any right side for each left. Whoever types a
number or words blindly earns nothing.
"""

import random
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb, factorial

from conexx_learn.domain.partial_credit import earned_fraction, right_side
from conexx_learn.domain.quiz import (
    Answer,
    Question,
    QuestionType,
    Quiz,
    Scoring,
    Section,
    SectionKind,
    Void,
)

MOST_ENUMERATED = 12
"""Options of weighted multiple choice whose sets of ticks are all tried."""

SAMPLES = 4096
"""Sets of ticks tried of a longer one."""

_NOTHING = Fraction(0)


def blind_expectation(question: Question) -> Fraction:
    """Say what share of its points a blind guess earns on average, 0 to 1."""
    if question.void is Void.FULL:
        return Fraction(1)
    if not question.answers:
        return _NOTHING
    if question.type in (QuestionType.SINGLE, QuestionType.TRUEFALSE):
        earned = [earned_fraction(question, answer.key) for answer in question.answers]
        return _mean(earned)
    if question.type is QuestionType.MULTIPLE:
        return _multiple(question)
    if question.type is QuestionType.ORDER:
        scoring = question.scoring or Scoring.PAIRS
        return order_expectation(scoring, len(question.answers))
    if question.type is QuestionType.MATCH:
        return Fraction(1, len({right_side(answer) for answer in question.answers}))
    return _NOTHING


def quiz_expectation(quiz: Quiz) -> Fraction:
    """Say what share of a quiz a blind guess earns on average, 0 to 1.

    A question of a pool weighs as often as an attempt draws it.
    """
    earned = possible = _NOTHING
    for section in quiz.sections:
        asked = [q for q in section.questions if q.is_asked and q.void is not Void.DROP]
        chance = _chance(section, len(asked))
        for question in asked:
            points = chance * question.points
            possible += points
            earned += points * blind_expectation(question)
    return earned / possible if possible else _NOTHING


@lru_cache(maxsize=256)
def order_expectation(scoring: Scoring, count: int) -> Fraction:
    """Say what a random order of `count` steps earns on average.

    By pairs it is the mean of max(0, 1 - 2k/pairs) over the numbers k of inversions,
    which the triangle of Mahon counts; no permutation is tried.

    Example:
        >>> order_expectation(Scoring.POSITION, 4)
        Fraction(1, 4)
    """
    if scoring is Scoring.EXACT:
        return Fraction(1, factorial(count))
    if scoring is Scoring.POSITION:
        return Fraction(1, count)
    pairs = comb(count, 2)
    if not pairs:
        return _NOTHING
    counts = [1]
    for length in range(2, count + 1):
        longer = [0] * (len(counts) + length - 1)
        for inversions, ways in enumerate(counts):
            for shift in range(length):
                longer[inversions + shift] += ways
        counts = longer
    total = sum(
        ways * max(pairs - 2 * inversions, 0) for inversions, ways in enumerate(counts)
    )
    return Fraction(total, pairs * factorial(count))


def _chance(section: Section, count: int) -> Fraction:
    """Say how likely an attempt asks one question of a section."""
    if section.kind is not SectionKind.POOL or not section.draw or not count:
        return Fraction(1)
    return min(Fraction(section.draw, count), Fraction(1))


def _mean(shares: list[Fraction]) -> Fraction:
    return sum(shares, _NOTHING) / len(shares)


def _multiple(question: Question) -> Fraction:
    if question.scoring is Scoring.WEIGHTS:
        return _mean(
            [earned_fraction(question, keys) for keys in _sets_of_ticks(question)]
        )
    rights = [a.key for a in question.answers if a.right and not a.void]
    wrongs = [a.key for a in question.answers if not a.right and not a.void]
    voids = [a.key for a in question.answers if a.void]
    total = _NOTHING
    sizes = product(*(range(len(keys) + 1) for keys in (rights, wrongs, voids)))
    for right_count, wrong_count, void_count in sizes:
        ticked = [*rights[:right_count], *wrongs[:wrong_count], *voids[:void_count]]
        ways = (
            comb(len(rights), right_count)
            * comb(len(wrongs), wrong_count)
            * comb(len(voids), void_count)
        )
        if ticked:
            total += ways * earned_fraction(question, ticked)
    return total / ((1 << len(question.answers)) - 1)


def _sets_of_ticks(question: Question) -> Iterator[list[str]]:
    """List the sets of ticks, or a fixed sample of them when they are too many."""
    answers = question.answers
    if len(answers) <= MOST_ENUMERATED:
        masks = range(1, 2 ** len(answers))
        return (_ticked(answers, mask) for mask in masks)
    lot = random.Random(question.id)  # noqa: S311  # A fixed sample, no secret.
    masks_drawn = (lot.randrange(1, 2 ** len(answers)) for _ in range(SAMPLES))
    return (_ticked(answers, mask) for mask in masks_drawn)


def _ticked(answers: tuple[Answer, ...], mask: int) -> list[str]:
    return [answer.key for place, answer in enumerate(answers) if mask >> place & 1]
