"""What learners do as the page and its file show it: filters, rows and pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import request

from conexx_learn.domain.activity_figures import CourseFigures
from conexx_learn.domain.activity_selection import PERIODS, Choices, Selection
from conexx_learn.domain.course_activity import WEEK, ModuleTimes, first_week
from conexx_learn.domain.few_people import Stretch
from conexx_learn.domain.identifiers import read_key
from conexx_learn.queries.course_activity import CourseTraces, TaughtCourse
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day, number
from conexx_learn.web.language import gettext as _

CHART_WIDTH, CHART_HEIGHT = 1000, 100
NOT_SHOWN = "\N{EM DASH}"
Cell = str | int | None
"""Text, a figure, or one that is not shown."""


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A menu of the form: its name, label, and (value, words, whether chosen)."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class WeekBar:
    """Some weeks of the picture.

    Attributes:
        words: Which weeks.
        count: Who enrolled in them.
        left, width: Place on the width of `CHART_WIDTH`.
        top, height: Place on the height; as high as the mean of these weeks.
    """

    words: str
    count: int
    left: int
    width: int
    top: int
    height: int


def asked_selection() -> Selection:
    """Read the filters of the address; what makes no sense is as if it were absent."""
    weeks = read_key(request.args.get("weeks", ""))
    return Selection(
        version_id=read_key(request.args.get("version", "")),
        institution_id=read_key(request.args.get("institution", "")),
        weeks=weeks if weeks in PERIODS else None,
    )


def address(endpoint: str, course: str, asked: Selection, page: int = 1) -> str:
    """Return the address of a page of the course with the same filters."""
    return url_for(
        endpoint,
        course=course,
        version=asked.version_id,
        institution=asked.institution_id,
        weeks=asked.weeks,
        page=page if page > 1 else None,
    )


def filter_choices(
    course: TaughtCourse, people: CourseTraces, offered: Choices, asked: Selection
) -> list[FilterChoice]:
    """Make the menus; one with a single choice is left out."""
    menus = [
        FilterChoice(
            "version",
            _("Version"),
            _options(
                _("All versions"),
                [(one, course.versions[one]) for one in offered.version_ids],
                asked.version_id,
            ),
        ),
        FilterChoice(
            "institution",
            _("Institution"),
            _options(
                _("All institutions"),
                sorted(
                    (
                        (one, people.institutions[one])
                        for one in offered.institution_ids
                    ),
                    key=lambda option: option[1],
                ),
                asked.institution_id,
            ),
        ),
        FilterChoice(
            "weeks",
            _("Enrolled"),
            _options(
                _("At any time"),
                [
                    (one, _("In the last %(count)s weeks", count=one))
                    for one in offered.weeks
                ],
                asked.weeks,
            ),
        ),
    ]
    return [menu for menu in menus if len(menu.options) > 1]


def _options(
    everything: str, options: Sequence[tuple[int, str]], chosen: int | None
) -> tuple[tuple[str, str, bool], ...]:
    return (
        ("", everything, chosen is None),
        *((str(value), words, value == chosen) for value, words in options),
    )


def shown(cell: Cell) -> str:
    """Write a cell for the page: a figure, text, or the sign for what is not shown."""
    if cell is None:
        return NOT_SHOWN
    return cell if isinstance(cell, str) else number(cell)


def plain(cell: Cell) -> str:
    """Write the same for a spreadsheet: figures without separators."""
    return NOT_SHOWN if cell is None else str(cell)


def standing_rows(figures: CourseFigures) -> list[tuple[str, Cell]]:
    """List the figures about the whole course: words and figure."""
    return [
        (_("People enrolled"), figures.learners),
        (_("Active in the last 7 days"), figures.active_week),
        (_("Active in the last 28 days"), figures.active_lately),
        (_("On the way"), figures.under_way),
        (_("Stopped"), figures.stopped),
        (_("Completed the course"), figures.completed),
        (_("Certificates"), figures.certificates),
    ]


def module_rows(course: TaughtCourse, figures: CourseFigures) -> list[list[Cell]]:
    """List where they stop: before the first module, each module, the final quiz."""
    return [
        [_("Before the first module"), "", "", figures.stopped_first],
        *(
            [
                known.title,
                one.completed,
                one.passed if known.has_graded_quiz else "",
                one.stopped,
            ]
            for known, one in zip(course.modules, figures.modules, strict=True)
        ),
        [_("Final quiz"), "", figures.passed_final, ""],
    ]


def time_rows(course: TaughtCourse, figures: CourseFigures) -> list[list[Cell]]:
    """List how long the modules took: learners, and minutes by quartile."""
    return [
        [known.title, *_time_cells(one.times)]
        for known, one in zip(course.modules, figures.modules, strict=True)
    ]


def _time_cells(times: ModuleTimes | None) -> list[Cell]:
    if times is None:
        return [None] * 4
    return [times.learners, times.lower, times.median, times.upper]


def week_bars(weeks: Sequence[Stretch], today: date) -> list[WeekBar]:
    """Draw the enrolments by week; what came before the first week is a row only."""
    drawn = list(_spans(weeks))
    highest = max((count / cells for _, cells, count in drawn if cells), default=0) or 1
    bars = []
    for one, (first, cells, count) in zip(weeks, drawn, strict=True):
        height = round(count / cells / highest * CHART_HEIGHT) if cells else 0
        step = CHART_WIDTH // 12
        bars.append(
            WeekBar(
                words=_week_words(one, today),
                count=one.count,
                left=first * step + 4,
                width=max(0, cells * step - 8),
                top=CHART_HEIGHT - height,
                height=height,
            )
        )
    return bars


def _spans(weeks: Sequence[Stretch]) -> Iterator[tuple[int, int, int]]:
    """Yield first week, number of weeks and people; cell 0 lies before the weeks."""
    for one in weeks:
        first = max(one.first, 1)
        cells = one.last - first + 1
        yield first - 1, max(cells, 0), one.count if cells > 0 else 0


def _week_words(one: Stretch, today: date) -> str:
    monday = first_week(today)
    ends = day(min(today, monday + one.last * WEEK - timedelta(days=1)))
    if one.first == 0:
        return _("until %(day)s", day=ends)
    begins = day(monday + (one.first - 1) * WEEK)
    return _("%(first)s to %(last)s", first=begins, last=ends)
