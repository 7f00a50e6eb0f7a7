"""Shares of the points as Moodle writes them: a fixed list of percentages.

A share that is not on the list becomes the nearest one; the shares of several right
options are chosen together, because they have to add up to the whole.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from conexx_learn.domain.quiz import Answer, Question, Scoring

WHOLE = Fraction(1)
NOTHING = Fraction(0)

GRID = tuple(
    Fraction(share)
    for share in (
        *("1", "9/10", "5/6", "4/5", "3/4", "7/10", "2/3", "3/5", "1/2", "2/5"),
        *("1/3", "3/10", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9", "1/10", "1/20"),
        "0",
    )
)
"""What Moodle accepts, from everything to nothing."""

MOST_RIGHTS = 20
"""Right options that can share the points: each has at least a twentieth."""

_TENTH, _TWENTIETH = Fraction(1, 10), Fraction(1, 20)
_NEAR = Fraction(1, 20000)
"""How far a percentage with two decimals may be from the share that was meant."""

_Choices = dict[Fraction, tuple[Fraction, tuple[Fraction, ...]]]
"""Sum of some shares to how far they are from what was meant, and the shares."""

_PERCENT = re.compile(r"[+-]?\d{1,3}(?:\.\d{0,20})?", re.ASCII)
_CLOSE_SHARES = 3
_DECIMALS = 5
_MILLION = 10**6
_HIGHEST = 100


@lru_cache(maxsize=1024)
def share_of(percent: str) -> Fraction | None:
    """Read a percentage such as `33.33333` as the share that was meant.

    Example:
        >>> share_of("33.33333"), share_of("-50"), share_of("x")
        (Fraction(1, 3), Fraction(-1, 2), None)
    """
    plain = percent.strip()
    if not _PERCENT.fullmatch(plain):
        return None
    share = Fraction(Decimal(plain)) / _HIGHEST
    if abs(share) > WHOLE + _NEAR:
        return None
    meant = nearest(share)
    return meant if abs(meant - share) <= _NEAR else share


def percent_of(share: Fraction) -> str:
    """Write a share as Moodle does.

    Example:
        >>> percent_of(Fraction(1, 3)), percent_of(Fraction(-1, 8))
        ('33.33333', '-12.5')
    """
    percent = round(share * _HIGHEST * 10**_DECIMALS)
    written = f"{Decimal(percent).scaleb(-_DECIMALS):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def nearest(share: Fraction) -> Fraction:
    """Return the share of the list that is nearest; of two the lower one."""
    found = min(GRID, key=lambda one: (abs(one - abs(share)), one))
    return -found if share < 0 else found


def listed_share(share: Fraction) -> tuple[Fraction, bool]:
    """Choose the share of the list for one of an answer alone.

    What does not earn everything does not begin to do so by rounding.

    Returns:
        The share, and whether it is what was said.
    """
    meant = _meant(share)
    chosen = nearest(meant)
    if chosen == WHOLE and meant < WHOLE:
        chosen = GRID[1]
    return chosen, abs(chosen - share) <= _NEAR


def written_shares(question: Question) -> tuple[list[Fraction], bool]:
    """Say what each option of a `multiple` question gives or takes in Moodle.

    Returns:
        One share an option, and whether they are exactly what the question says.
    """
    counted = [answer for answer in question.answers if not answer.void]
    rights = sum(answer.right for answer in counted)
    if question.scoring is Scoring.WEIGHTS:
        return _stated_shares(question.answers)
    wrong = wrong_share(question.scoring, rights, len(counted) - rights)
    even = even_shares(rights)
    is_exact = nearest(wrong) == wrong and {*even} <= {Fraction(1, max(rights, 1))}
    shares = iter(even)
    return [
        NOTHING if answer.void else next(shares) if answer.right else nearest(wrong)
        for answer in question.answers
    ], is_exact


def wrong_share(scoring: Scoring | None, rights: int, wrongs: int) -> Fraction:
    """Say what a wrong tick takes by a formula that shares can say.

    By `balanced` ticking everything gives nothing; by `penalty` a wrong tick takes as
    much as a right one gives.
    """
    divisor = rights if scoring is Scoring.PENALTY else min(rights, wrongs)
    return Fraction(-1, divisor) if divisor else NOTHING


def _stated_shares(answers: Sequence[Answer]) -> tuple[list[Fraction], bool]:
    stated = [
        NOTHING if answer.void or answer.weight is None else answer.weight
        for answer in answers
    ]
    meant = [_meant(share) for share in stated]
    rights = [share for share in meant if share > 0]
    chosen = iter(listed_shares(tuple(rights)))
    shares = [next(chosen) if share > 0 else nearest(share) for share in meant]
    # A quiz file has six decimals, so that a third is never quite a third there.
    return shares, all(
        abs(one - other) <= _NEAR for one, other in zip(shares, stated, strict=True)
    )


def _meant(share: Fraction) -> Fraction:
    """Return the share of the list that a written one stands for, else itself."""
    found = nearest(share)
    return found if abs(found - share) <= _NEAR else share


def even_shares(count: int) -> list[Fraction]:
    """Part the points evenly, as far as the list allows; they add up to all of them.

    Example:
        >>> even_shares(4)[0], [str(share) for share in even_shares(11)][-3:]
        (Fraction(1, 4), ['1/10', '1/20', '1/20'])
    """
    if count == 0:
        return []
    if Fraction(1, count) in GRID:
        return [Fraction(1, count)] * count
    tenths = max(MOST_RIGHTS - count, 0)
    return [_TENTH] * tenths + [_TWENTIETH] * (count - tenths)


@lru_cache(maxsize=256)
def listed_shares(shares: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Choose shares of the list near the given ones that add up to everything.

    Args:
        shares: More than 0 each, at most `MOST_RIGHTS` of them.
    """
    simple = tuple(nearest(share) or _TWENTIETH for share in shares)
    if sum(simple) == WHOLE or not shares:
        return simple
    return _best_sum(shares) or tuple(even_shares(len(shares)))


def _best_sum(shares: tuple[Fraction, ...]) -> tuple[Fraction, ...] | None:
    """Find the closest choice among the near shares; None where none adds up."""
    best: _Choices = {NOTHING: (NOTHING, ())}
    for share in shares:
        listed = [one for one in GRID if one > 0]
        near = sorted(listed, key=lambda one: abs(one - share))[:_CLOSE_SHARES]
        reached: _Choices = {}
        for total, (distance, chosen) in best.items():
            for one in near:
                candidate = (distance + abs(one - share), (*chosen, one))
                known = reached.get(total + one)
                if total + one <= WHOLE and (known is None or candidate < known):
                    reached[total + one] = candidate
        best = reached
    return best[WHOLE][1] if WHOLE in best else None


def whole_percents(shares: Sequence[Fraction]) -> list[str]:
    """Write positive shares in percent with six decimals so that they are exactly 100.

    Example:
        >>> whole_percents([Fraction(1, 3)] * 3)
        ['33.333334', '33.333333', '33.333333']
    """
    total = sum(shares)
    units = [share * _HIGHEST * _MILLION / total for share in shares]
    floors = [int(unit) for unit in units]
    missing = _HIGHEST * _MILLION - sum(floors)
    return [
        percent_text(Fraction(floor + (place < missing), _MILLION))
        for place, floor in enumerate(floors)
    ]


def percent_text(percent: Fraction) -> str:
    """Write a percentage with at most six decimals, and no needless zeros."""
    written = f"{Decimal(round(percent * _MILLION)).scaleb(-6):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
