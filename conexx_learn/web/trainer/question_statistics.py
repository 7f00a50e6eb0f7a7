"""How the questions of a course prove: a picture, its table, and that as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from flask import Blueprint, Response, render_template

from conexx_learn.adapters.spreadsheets import Table, csv_parts
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.item_statistics import CONFIDENT_FROM, LEAST_LEARNERS
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.item_answers import CourseStatistics, course_statistics
from conexx_learn.queries.repairs import course_id_of
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.language import gettext as _
from conexx_learn.web.trainer.question_chart import QuestionBar, question_bars
from conexx_learn.web.trainer.question_rows import QuestionRow, rows_of

question_statistics = Blueprint("question_statistics", __name__, url_prefix="/trainer")


@dataclass(frozen=True, slots=True)
class QuizGroup:
    """The questions of one quiz.

    Attributes:
        anchor: Of its heading.
        title: Of the quiz.
        is_asked: Whether the newest version marks them as they are here.
        minutes: Median length of an attempt; None where there was none, and of
            questions that are marked otherwise now.
        rows: Its questions, one row for each language.
        bars: The same as a picture.
    """

    anchor: str
    title: str
    is_asked: bool
    minutes: int | None
    rows: list[QuestionRow]
    bars: list[QuestionBar]


@question_statistics.get("/courses/<course>/statistics")
@requires(Role.TRAINER)
def show(course: str) -> str:
    """Show the statistics; three statements, however many attempts there are."""
    found = _found(course)
    return render_template(
        "trainer/statistics.html",
        course=course,
        groups=list(_groups(found)),
        least=LEAST_LEARNERS,
        confident_from=CONFIDENT_FROM,
    )


@question_statistics.get("/courses/<course>/statistics.csv")
@requires(Role.TRAINER)
def table(course: str) -> Response:
    """Give the table as a file for spreadsheets."""
    sheet = Table(
        title=_("Statistics of the questions"),
        headings=[
            _("Quiz"),
            _("Question"),
            _("Name of the question"),
            _("Language"),
            _("Attempts"),
            _("Learners"),
            _("Facility, %"),
            _("Tells apart, from -100 to 100"),
            _("Seconds, median"),
            _("Unanswered"),
            _("Chosen options"),
            _("Remarks"),
        ],
        rows=[_cells(row) for row in rows_of(_found(course))],
    )
    answer = Response(csv_parts(sheet), mimetype="text/csv")
    name = f"{course}-questions.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found(course: str) -> CourseStatistics:
    course_id = course_id_of(reading(), slug=course)
    if course_id is None:
        raise NotFoundError
    return course_statistics(reading(), course_id=course_id)


def _groups(found: CourseStatistics) -> Iterator[QuizGroup]:
    rows = groupby(rows_of(found), key=lambda row: (row.is_asked, row.quiz))
    for number, ((is_asked, title), some) in enumerate(rows, start=1):
        listed = list(some)
        length = found.durations.get(listed[0].quiz_id) if is_asked else None
        yield QuizGroup(
            anchor=f"quiz-{number}",
            title=title,
            is_asked=is_asked,
            minutes=_minutes(length) if length is not None else None,
            rows=listed,
            bars=question_bars(listed),
        )


def _minutes(length: timedelta) -> int:
    """Round up: an attempt of some seconds took a minute, not none."""
    return max(1, -(-int(length.total_seconds()) // 60))


def _cells(row: QuestionRow) -> list[str]:
    """Write a row for a spreadsheet; few learners leave their cells empty."""
    place = [row.quiz, row.question_id, row.title, row.lang]
    if not row.is_shown:
        return [
            *place,
            *[""] * 7,
            _("fewer than %(least)s learners", least=LEAST_LEARNERS),
        ]
    return [
        *place,
        str(row.sittings),
        str(row.learners),
        str(row.facility),
        "" if row.discrimination is None else str(row.discrimination),
        "" if row.seconds is None else str(row.seconds),
        str(row.unanswered),
        "; ".join(f"{option.key}: {option.picks}" for option in row.options),
        "; ".join(_remarks(row)),
    ]


def _remarks(row: QuestionRow) -> Iterator[str]:
    if not row.is_asked:
        yield _("marked otherwise now")
    if not row.is_confident:
        yield _("few answers: an impression only")
    if row.has_gap:
        yield _("30 points or more between languages")
    for option in row.unpicked:
        yield _("nobody chooses %(key)s", key=option.key)
