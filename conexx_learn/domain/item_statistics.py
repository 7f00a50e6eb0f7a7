"""How questions prove: facility, discrimination, and what was picked, by language.

The numbers are those of Moodle's quiz statistics, so that trainers who know them find
what they know. *Facility*: the mean share of its points that a question gave.
*Discrimination*: the correlation of that share with the share of points earned in the
rest of the same attempt; leaving the question itself out corrects the correlation (in
the literature *corrected item-total* or *rest* correlation, with two outcomes a
corrected point-biserial). Moodle shows it times 100 as "discrimination index".

Each learner counts once for a question, with the first attempt that asked it: later
ones tell what was remembered. A question whose marking changed is another question.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from statistics import median

LEAST_LEARNERS = 5
"""Below this nothing is shown: the numbers would tell of single people."""

CONFIDENT_FROM = 30
"""Learners from whom on the numbers are more than an impression."""

WIDE_GAP = Fraction(30, 100)
"""Difference of facility between languages that asks for a look at the translation."""

TINY = 1e-12
"""Below this a sum of squares is nothing but rounding."""


@dataclass(frozen=True, slots=True)
class ItemKey:
    """A question as it is marked, in one language.

    Attributes:
        question_id: Which question.
        scoring_revision: Of it; statistics begin anew where it changes.
        lang: Of the learners who answered; empty where it is not known.
    """

    question_id: str
    scoring_revision: str
    lang: str


@dataclass(frozen=True, slots=True, eq=False)
class GivenAnswer:
    """What an answer earns and chose; those who answered alike share one.

    Attributes:
        share: Of the points of the question, 0 to 1.
        picks: Keys of the options that were chosen; empty where one types.
        is_answered: Whether there was an answer.
    """

    share: Fraction
    picks: tuple[str, ...] = ()
    is_answered: bool = True


@dataclass(frozen=True, slots=True)
class ItemResponse:
    """What one learner gave to one question, the first time.

    Attributes:
        key: The question.
        answer: What was given.
        share: Of the points of the question, 0 to 1, for the correlation.
        rest: Share earned of all other points of the attempt, 0 to 1; None where it
            asked nothing else.
        seconds: What the answer took; None where it was not measured.
    """

    key: ItemKey
    answer: GivenAnswer
    share: float
    rest: float | None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """How a question proved.

    Attributes:
        key: The question.
        learners: Who counted, each once.
        facility: Mean share, 0 to 1; the higher, the easier.
        discrimination: From minus 1 to 1; None where everybody earned the same.
        picks: Option key to how many chose it.
        unanswered: How many left it out.
        seconds: Median of what the answer took; None where it was measured of too few.
    """

    key: ItemKey
    learners: int
    facility: Fraction
    discrimination: float | None
    picks: Mapping[str, int]
    unanswered: int
    seconds: float | None = None

    @property
    def is_shown(self) -> bool:
        """Say whether enough learners answered for nobody to be recognised."""
        return self.learners >= LEAST_LEARNERS

    @property
    def is_confident(self) -> bool:
        """Say whether enough learners answered for the numbers to be trusted."""
        return self.learners >= CONFIDENT_FROM

    def unpicked(self, options: Iterable[str]) -> tuple[str, ...]:
        """List the options among these that nobody chose."""
        return tuple(key for key in options if not self.picks.get(key))


@dataclass(slots=True)
class _Sums:
    """What is remembered of a question while its responses go by: no response itself.

    Attributes:
        answers: Answer to how many gave it.
        paired: How many also have a rest.
        x, y, xx, yy, xy: Sums over those, of share and rest.
        seconds: What the answers took that were measured.
    """

    answers: Counter[GivenAnswer] = field(default_factory=Counter)
    paired: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0
    seconds: list[float] = field(default_factory=list)

    def add(self, response: ItemResponse) -> None:
        self.answers[response.answer] += 1
        if response.seconds is not None:
            self.seconds.append(response.seconds)
        share, rest = response.share, response.rest
        if rest is not None:
            self.paired += 1
            self.x += share
            self.y += rest
            self.xx += share * share
            self.yy += rest * rest
            self.xy += share * rest

    def statistics(self, key: ItemKey) -> ItemStatistics:
        learners = self.answers.total()
        picks: Counter[str] = Counter()
        for answer, count in self.answers.items():
            picks.update(dict.fromkeys(answer.picks, count))
        earned = (answer.share * count for answer, count in self.answers.items())
        return ItemStatistics(
            key=key,
            learners=learners,
            facility=sum(earned, Fraction(0)) / learners,
            discrimination=self._correlation(),
            picks=dict(picks),
            unanswered=sum(
                count
                for answer, count in self.answers.items()
                if not answer.is_answered
            ),
            seconds=(
                median(self.seconds) if len(self.seconds) >= LEAST_LEARNERS else None
            ),
        )

    def _correlation(self) -> float | None:
        """Compute Pearson's r; None where one of the two never varies."""
        n = self.paired
        spread = (n * self.xx - self.x**2, n * self.yy - self.y**2)
        if min(spread) <= TINY * max(n, 1) ** 2:
            return None
        r = (n * self.xy - self.x * self.y) / sqrt(spread[0] * spread[1])
        return min(1.0, max(-1.0, r))


def item_statistics(
    responses: Iterable[ItemResponse],
) -> dict[ItemKey, ItemStatistics]:
    """Compute the statistics of every question that was answered.

    Args:
        responses: At most one of each learner and question; read once, none is kept.
    """
    sums: dict[ItemKey, _Sums] = {}
    for response in responses:
        sums.setdefault(response.key, _Sums()).add(response)
    return {key: one.statistics(key) for key, one in sums.items()}


def rest_share(
    earned: float, possible: float, of_question: tuple[float, float]
) -> float | None:
    """Say what share of the other points of an attempt was earned.

    Args:
        earned: Points of the whole attempt.
        possible: Points of the whole attempt.
        of_question: Points earned and possible of the question that is left out.
    """
    left = possible - of_question[1]
    return (earned - of_question[0]) / left if left > TINY else None


def wide_gaps(statistics: Sequence[ItemStatistics]) -> Iterator[tuple[str, str]]:
    """Yield id and scoring revision of questions that prove unlike by language.

    Only languages in which enough learners answered are compared.
    """
    facilities: dict[tuple[str, str], list[Fraction]] = {}
    for one in statistics:
        if one.is_shown and one.key.lang:
            place = one.key.question_id, one.key.scoring_revision
            facilities.setdefault(place, []).append(one.facility)
    for place, found in facilities.items():
        if max(found) - min(found) >= WIDE_GAP:
            yield place
