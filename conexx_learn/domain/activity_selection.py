"""Which of a course's people are looked at, and which choices tell of nobody alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from conexx_learn.domain.course_activity import LearnerTrace
from conexx_learn.domain.few_people import shown_among, shown_parts

PERIODS = (52, 26, 12, 4)
"""Weeks back from today, the longest first; each holds the next."""

FILTERS = ("version_id", "institution_id", "weeks")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which people are looked at; None takes all.

    Attributes:
        version_id: Of the version that they read.
        institution_id: Where they belong.
        weeks: Within how many weeks, from today back, they enrolled.
    """

    version_id: int | None = None
    institution_id: int | None = None
    weeks: int | None = None

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything is left out."""
        return self != Selection()

    def wider(self) -> list["Selection"]:
        """List the selections that lack one of the filters, or several."""
        given = [name for name in FILTERS if getattr(self, name) is not None]
        return [
            replace(self, **dict.fromkeys(dropped))
            for count in range(1, len(given) + 1)
            for dropped in combinations(given, count)
        ]

    def of(self, traces: Iterable[LearnerTrace], today: date) -> list[LearnerTrace]:
        """Return those of some people who fit."""
        return [trace for trace in traces if self._fits(trace, today)]

    def _fits(self, trace: LearnerTrace, today: date) -> bool:
        return (
            self.version_id in (None, trace.version_id)
            and (
                self.institution_id is None
                or self.institution_id in trace.institution_ids
            )
            and (self.weeks is None or _joined_within(trace, today, self.weeks))
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What a page offers to choose from.

    Attributes:
        version_ids: In the given order.
        institution_ids: By key.
        weeks: The longest first.
    """

    version_ids: tuple[int, ...]
    institution_ids: tuple[int, ...]
    weeks: tuple[int, ...]

    def hold(self, asked: Selection) -> bool:
        """Say whether all that is asked for is offered."""
        return (
            asked.version_id in (None, *self.version_ids)
            and asked.institution_id in (None, *self.institution_ids)
            and asked.weeks in (None, *self.weeks)
        )


def choices(
    traces: Sequence[LearnerTrace], version_ids: Sequence[int], *, today: date
) -> Choices:
    """Work out what may be chosen.

    A choice is left out where it holds too few people, and where the others, taken
    from the whole, would leave too few.

    Args:
        traces: Everybody on the course who is seen.
        version_ids: Of the course, in the order in which they are offered.
        today: From which the periods are counted.
    """
    places = sorted({place for trace in traces for place in trace.institution_ids})
    of_places = [sum(one in t.institution_ids for t in traces) for one in places]
    homeless = sum(not trace.institution_ids for trace in traces)
    of_periods = [
        sum(_joined_within(trace, today, weeks) for trace in traces)
        for weeks in PERIODS
    ]
    return Choices(
        version_ids=_offered(
            version_ids,
            shown_parts([sum(t.version_id == v for t in traces) for v in version_ids]),
        ),
        institution_ids=_offered(places, shown_parts([*of_places, homeless])[:-1]),
        weeks=_offered(PERIODS, shown_among(len(traces), of_periods)),
    )


def _offered(options: Sequence[int], shown: Sequence[int | None]) -> tuple[int, ...]:
    return tuple(option for option, count in zip(options, shown, strict=True) if count)


def _joined_within(trace: LearnerTrace, today: date, weeks: int) -> bool:
    return trace.started_at.date() > today - timedelta(weeks=weeks)
