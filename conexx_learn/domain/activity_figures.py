"""The figures of a course's people as they may be shown: none tells of too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from conexx_learn.domain.activity_selection import Selection, choices
from conexx_learn.domain.course_activity import (
    FINAL,
    LATELY,
    WITHIN_WEEK,
    LearnerTrace,
    ModuleTimes,
    active_since,
    module_times,
    stopped_after,
    weekly_enrolments,
)
from conexx_learn.domain.few_people import (
    FEWEST_PEOPLE,
    Stretch,
    differs_by_few,
    shown_among,
    shown_parts,
    stretches,
    tells_of_few,
)

Figure = int | None
"""A count, or None where it is not shown."""


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """What is shown of one module.

    Attributes:
        slug: Which.
        completed: Who marked it as read.
        passed: Who passed its quiz.
        stopped: Who completed it last and then stopped.
        times: How long it took; None where too few are known.
    """

    slug: str
    completed: Figure
    passed: Figure
    stopped: Figure
    times: ModuleTimes | None


@dataclass(frozen=True, slots=True)
class CourseFigures:
    """What is shown of the people of a course.

    Attributes:
        learners: All of them, at least `FEWEST_PEOPLE`.
        active_week, active_lately: Who did something within 7 and within 28 days.
        completed, stopped, under_way: Where they are; everybody is in one of these.
        certificates: Whose enrolment led to a certificate.
        passed_final: Who passed the final quiz.
        stopped_first: Who stopped before completing any of the modules.
        modules: One for each, in order.
        weeks: Enrolments: cell 0 is what came before the weeks shown; empty where the
            people are only some.
    """

    learners: int
    active_week: Figure
    active_lately: Figure
    completed: Figure
    stopped: Figure
    under_way: Figure
    certificates: Figure
    passed_final: Figure
    stopped_first: Figure
    modules: tuple[ModuleFigures, ...]
    weeks: tuple[Stretch, ...]

    @property
    def lacks_any(self) -> bool:
        """Say whether anything is left out, so that the page explains it."""
        figures = [
            self.active_week,
            self.active_lately,
            self.completed,
            self.stopped,
            self.under_way,
            self.certificates,
            self.passed_final,
            self.stopped_first,
        ]
        for one in self.modules:
            figures += [one.completed, one.passed, one.stopped]
        return None in figures


@dataclass(frozen=True, slots=True)
class _Counts:
    """All counts of some people, before any is left out."""

    learners: int
    active: tuple[int, int]
    standing: tuple[int, int, int]
    certificates: int
    passed_final: int
    read: tuple[int, ...]
    passed: tuple[int, ...]
    stopped: tuple[int, ...]

    @property
    def listed(self) -> tuple[int, ...]:
        """Return every figure, in one order."""
        return (
            self.learners,
            *self.active,
            *self.standing,
            self.certificates,
            self.passed_final,
            *self.read,
            *self.passed,
            *self.stopped,
        )


def course_figures(
    traces: Sequence[LearnerTrace],
    *,
    selection: Selection,
    version_ids: Sequence[int],
    modules: Sequence[str],
    now: datetime,
) -> CourseFigures | None:
    """Work out what may be shown of some of a course's people.

    Args:
        traces: Everybody on the course who is seen.
        selection: Which of them.
        version_ids: Of the course, the newest first.
        modules: Slugs of the live version, in order.
        now: This moment.

    Returns:
        None where they are too few, or so many that too few are left outside.
    """
    today = now.date()
    if not choices(traces, version_ids, today=today).hold(selection):
        return None
    here = selection.of(traces, today)
    counts = _counts(here, modules, now)
    wider = [
        _counts(one.of(traces, today), modules, now).listed for one in selection.wider()
    ]
    if len(here) < FEWEST_PEOPLE or _is_near(counts.listed[0], 0, wider):
        return None
    weeks = () if selection.is_narrowed else _weeks(here, now)
    return _shown(here, counts, wider, modules, weeks)


def _counts(
    traces: Sequence[LearnerTrace], modules: Sequence[str], now: datetime
) -> _Counts:
    stopped = stopped_after(traces, modules, now=now)
    completed = sum(trace.ended_at is not None for trace in traces)
    under_way = len(traces) - completed - sum(stopped)
    return _Counts(
        learners=len(traces),
        active=(
            active_since(traces, now - LATELY),
            active_since(traces, now - WITHIN_WEEK),
        ),
        standing=(completed, sum(stopped), under_way),
        certificates=sum(trace.has_certificate for trace in traces),
        passed_final=sum(FINAL in trace.passed for trace in traces),
        read=tuple(
            sum(any(slug == one for slug, _ in trace.completed) for trace in traces)
            for one in modules
        ),
        passed=tuple(sum(one in trace.passed for trace in traces) for one in modules),
        stopped=tuple(stopped),
    )


def _is_near(figure: int, place: int, wider: Sequence[tuple[int, ...]]) -> bool:
    return differs_by_few(figure, [one[place] for one in wider])


def _shown(
    here: Sequence[LearnerTrace],
    counts: _Counts,
    wider: Sequence[tuple[int, ...]],
    modules: Sequence[str],
    weeks: tuple[Stretch, ...],
) -> CourseFigures:
    """Leave out what tells of too few: alone, beside others, or without a filter."""
    whole, size = counts.learners, len(modules)
    read = shown_among(whole, counts.read)
    listed = [
        whole,
        *shown_among(whole, counts.active),
        *shown_parts(counts.standing),
        *shown_among(whole, [counts.certificates]),
        *shown_among(whole, [counts.passed_final]),
        *read,
        *(
            None if pair is None or tells_of_few(abs(pair - other)) else pair
            for pair, other in zip(
                shown_among(whole, counts.passed), counts.read, strict=True
            )
        ),
        *_stops(counts),
    ]
    kept = _without_near(listed, counts.listed, wider, size)
    rest = kept[8:]
    return CourseFigures(
        learners=whole,
        active_lately=kept[1],
        active_week=kept[2],
        completed=kept[3],
        stopped=kept[4],
        under_way=kept[5],
        certificates=_beside(kept[6], counts.certificates, counts.standing[0]),
        passed_final=_beside(kept[7], counts.passed_final, counts.standing[0]),
        stopped_first=rest[2 * size],
        modules=tuple(
            ModuleFigures(
                slug=slug,
                completed=rest[number],
                passed=rest[size + number],
                stopped=rest[2 * size + 1 + number],
                times=module_times(here, slug),
            )
            for number, slug in enumerate(modules)
        ),
        weeks=weeks,
    )


def _without_near(
    listed: Sequence[Figure],
    exact: Sequence[int],
    wider: Sequence[tuple[int, ...]],
    size: int,
) -> list[Figure]:
    """Leave out what a page without the filter would make tell of too few.

    Of the parts of a whole all go with one: it could be worked out from the others.
    """
    kept = list(listed)
    for place in range(len(exact)):
        if not _is_near(exact[place], place, wider):
            continue
        kept[place] = None
        for parts in (range(3, 6), range(8 + 2 * size, len(exact))):
            if place in parts:
                kept[parts.start : parts.stop] = [None] * len(parts)
    return kept


def _stops(counts: _Counts) -> list[Figure]:
    """Show the parts of those who stopped only where their sum is shown."""
    if shown_parts(counts.standing)[1] is None:
        return [None] * len(counts.stopped)
    return shown_parts(counts.stopped)


def _beside(figure: Figure, exact: int, other: int) -> Figure:
    """Leave out what lies too near to who completed the course."""
    return None if tells_of_few(abs(exact - other)) else figure


def _weeks(here: Sequence[LearnerTrace], now: datetime) -> tuple[Stretch, ...]:
    earlier, weeks = weekly_enrolments(here, today=now.date())
    return tuple(stretches([earlier, *weeks]))
