"""What the learners of a course do: figures of all, and the names of who stopped."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from conexx_learn.adapters.clock import now, today
from conexx_learn.adapters.spreadsheets import Table, csv_parts
from conexx_learn.domain.activity_figures import CourseFigures, course_figures
from conexx_learn.domain.activity_selection import Choices, Selection, choices
from conexx_learn.domain.course_teams import may_follow
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.few_people import FEWEST_PEOPLE
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.question_health import MOST_SHOWN, worst_first
from conexx_learn.queries.course_activity import (
    AppealCounts,
    CourseTraces,
    TaughtCourse,
    appeal_counts,
    course_traces,
    taught_course,
)
from conexx_learn.queries.course_authors import authors_of
from conexx_learn.queries.stopped_learners import stopped_learners
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor, requires
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.trainer.activity_page import (
    Cell,
    address,
    asked_selection,
    filter_choices,
    module_rows,
    plain,
    shown,
    standing_rows,
    time_rows,
    week_bars,
)
from conexx_learn.web.trainer.question_rows import QuestionRow, question_rows

course_activity = Blueprint("course_activity", __name__, url_prefix="/trainer/courses")
MOST_PAGES = 400


@dataclass(frozen=True, slots=True)
class Activity:
    """All that a page of figures shows.

    Attributes:
        course: Which.
        people: Everybody on it who is seen.
        offered: What may be chosen.
        asked: What is chosen.
        figures: None where too few people fit.
        questions: The worst, at most `MOST_SHOWN`.
        appeals: How many questions were reported.
    """

    course: TaughtCourse
    people: CourseTraces
    offered: Choices
    asked: Selection
    figures: CourseFigures | None
    questions: list[QuestionRow]
    appeals: AppealCounts


@course_activity.get("/<course>/learners")
@requires(Role.TRAINER)
def show(course: str) -> str:
    """Show the figures; eight statements at most, however many learners there are."""
    found = _activity(course)
    figures = found.figures
    return render_template(
        "trainer/learners.html",
        course=found.course,
        asked=found.asked,
        has_learners=bool(found.people.traces),
        menus=filter_choices(found.course, found.people, found.offered, found.asked),
        figures=figures,
        standing=[(words, shown(cell)) for words, cell in standing_rows(figures)]
        if figures
        else [],
        modules=_written(module_rows(found.course, figures)) if figures else [],
        times=_written(time_rows(found.course, figures)) if figures else [],
        bars=week_bars(figures.weeks, today()) if figures else [],
        questions=found.questions,
        appeals=found.appeals,
        fewest=FEWEST_PEOPLE,
        file=address("course_activity.table", course, found.asked),
        named=address("course_activity.stopped", course, found.asked),
    )


@course_activity.get("/<course>/learners.csv")
@requires(Role.TRAINER)
def table(course: str) -> Response:
    """Give the same figures as a file for spreadsheets."""
    found = _activity(course)
    sheet = Table(
        title=_("What learners do"),
        headings=[_("Part"), _("Of what"), _("Figure"), _("Value")],
        # Read while there is a request: the words need its language.
        rows=list(_cells(found)),
    )
    answer = Response(csv_parts(sheet), mimetype="text/csv")
    name = f"{found.course.slug}-learners.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@course_activity.get("/<course>/learners/stopped")
@requires(Role.TRAINER)
def stopped(course: str) -> str:
    """Name who has stopped, where they are not too few; five statements at most."""
    known = _course(course)
    asked = asked_selection()
    page = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    found = stopped_learners(
        reading(),
        course_id=known.id,
        actor=actor(),
        selection=asked,
        page=page,
        now=now(),
    )
    return render_template(
        "trainer/stopped.html",
        course=known,
        titles={module.slug: module.title for module in known.modules},
        found=found,
        fewest=FEWEST_PEOPLE,
        back=address("course_activity.show", course, asked),
        previous=address("course_activity.stopped", course, asked, page - 1)
        if page > 1
        else "",
        following=address("course_activity.stopped", course, asked, page + 1)
        if found.has_next
        else "",
    )


def _activity(slug: str) -> Activity:
    course = _course(slug)
    people = course_traces(reading(), course_id=course.id, actor=actor(), today=today())
    asked, versions = asked_selection(), list(course.versions)
    return Activity(
        course=course,
        people=people,
        offered=choices(people.traces, versions, today=today()),
        asked=asked,
        figures=course_figures(
            people.traces,
            selection=asked,
            version_ids=versions,
            modules=[module.slug for module in course.modules],
            now=now(),
        ),
        questions=_worst(course.id),
        appeals=appeal_counts(
            reading(), course_id=course.id, actor=actor(), today=today()
        ),
    )


def _course(slug: str) -> TaughtCourse:
    """Return a published course whose learners who asks may follow.

    Raises:
        NotFoundError: There is none, or it is not theirs.
    """
    authors = [one.user_id for one in authors_of(reading(), slug)]
    if not may_follow(actor(), authors=authors):
        raise NotFoundError
    return taught_course(reading(), slug=slug, lang=page_language())


def _worst(course_id: int) -> list[QuestionRow]:
    rows = [
        row
        for row in question_rows(reading(), course_id=course_id)
        if row.is_asked and row.is_shown
    ]
    rows.sort(key=lambda row: worst_first(row.facility, row.discrimination))
    return rows[:MOST_SHOWN]


def _cells(found: Activity) -> Iterator[list[str]]:
    """Write the page as lines, each with the part of the page that it stands in."""
    if found.figures is not None:
        for words, figure in standing_rows(found.figures):
            yield [_("All learners"), "", words, plain(figure)]
        for bar in week_bars(found.figures.weeks, today()):
            yield [
                _("Enrolments by week"),
                bar.words,
                _("People enrolled"),
                str(bar.count),
            ]
        stops = (_("Completed"), _("Passed the quiz"), _("Stopped after it"))
        for title, *cells in module_rows(found.course, found.figures):
            yield from _lines(_("Where they stop"), plain(title), stops, cells)
        times = (_("Learners"), _("A quarter"), _("Half"), _("Three quarters"))
        for title, *cells in time_rows(found.course, found.figures):
            yield from _lines(_("Minutes a module takes"), plain(title), times, cells)
    for row in found.questions:
        names = (_("Facility, %"), _("Tells apart, from -100 to 100"))
        proved: list[Cell] = [row.facility, row.discrimination]
        yield from _lines(_("Questions to look at first"), row.title, names, proved)
    waiting: list[Cell] = [found.appeals.open, found.appeals.answered]
    yield from _lines(
        _("Reported questions"), "", (_("Wait for an answer"), _("Answered")), waiting
    )


def _lines(
    part: str, title: str, names: tuple[str, ...], cells: list[Cell]
) -> Iterator[list[str]]:
    for name, cell in zip(names, cells, strict=True):
        if cell != "":
            yield [part, title, name, plain(cell)]


def _written(rows: list[list[Cell]]) -> list[list[str]]:
    return [[shown(cell) for cell in row] for row in rows]
