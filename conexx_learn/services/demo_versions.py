"""Versions of courses as they were: a pilot that was replaced, a course withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.publication import render_course
from conexx_learn.models.base import Base
from conexx_learn.models.catalogue import (
    Course,
    CourseMedia,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
    ModuleText,
    Quiz,
    QuizText,
)
from conexx_learn.services.course_checking import check_files
from conexx_learn.services.course_offers import withdraw_course
from conexx_learn.services.demo_office import C1, C6, C7, C10
from conexx_learn.services.demo_scene import Cast
from conexx_learn.services.publishing import publish_course

Row = TypeVar("Row", bound=Base)

PILOT = (0, 9)


@dataclass(frozen=True, slots=True)
class Pilot:
    """How long a course took in its pilot, with shares that are easily told.

    Attributes:
        minutes: Of each module.
        final_minutes: Of the final quiz.
    """

    minutes: tuple[int, ...]
    final_minutes: int

    @property
    def quarter_hours(self) -> int:
        """Return the workload; four to the hour."""
        return (sum(self.minutes) + self.final_minutes) // MINUTES_PER_QUARTER


MINUTES_PER_QUARTER = 15
PILOTS = {
    # The first two are a quarter, the first five four fifths.
    C1: Pilot((50, 50, 75, 75, 70, 80), 35),
    # The first is a half, a tenth, a fifth.
    C6: Pilot((240, 120, 120), 45),
    C7: Pilot((60, 180, 180, 180), 45),
    C10: Pilot((240, 480, 480), 45),
}
Pilots = Mapping[str, CourseVersion | None]
"""Course to its pilot version; None where the course is another one by now."""

FORMER = "instruments-2014-2020"
"""A course that plans still ask for, and that nobody can begin any more."""

FORMER_FOLDER = Path(repository.__file__).parent / "former" / FORMER


def publish_former_course(cast: Cast) -> None:
    """Publish the course of the former period."""
    moment = cast.days_ago(900)
    found = check_files(
        repository.read_folder(FORMER_FOLDER),
        slug=FORMER,
        homes=(),
        today=moment.date(),
    )
    if found.course is None:
        raise AssertionError("a course that ships is sound")
    publish_course(
        cast.session,
        found.course,
        render_course(found.course),
        competencies={},
        change_note={},
        now=moment,
    )


def withdraw_former_course(cast: Cast) -> None:
    """Take it out of the catalogue."""
    withdraw_course(
        cast.session,
        slug=FORMER,
        reason="El periodo 2014-2020 terminó.",
        user_id=None,
        now=cast.days_ago(30),
    )


def publish_pilots(cast: Cast) -> Pilots:
    """Let the courses that people here began early have had their pilots."""
    return {
        course: _publish_pilot(cast, course, pilot) for course, pilot in PILOTS.items()
    }


def _publish_pilot(cast: Cast, course: str, piloted: Pilot) -> CourseVersion | None:
    """Copy a course into the pilot version that came before it.

    Its texts and quizzes are those of the live version, so that whoever moves to that
    one keeps all that they did; only its minutes are other ones.

    Returns:
        None where the course has other modules than the pilot had.
    """
    live = cast.session.scalar(
        select(CourseVersion)
        .join(LiveVersion, LiveVersion.course_version_id == CourseVersion.id)
        .join(Course, Course.id == LiveVersion.course_id)
        .where(Course.slug == course)
    )
    if live is None:
        return None
    modules = cast.session.scalars(
        select(Module)
        .where(Module.course_version_id == live.id)
        .order_by(Module.number)
    ).all()
    if len(modules) != len(piloted.minutes):
        return None
    pilot = _copy(
        cast.session,
        live,
        major=PILOT[0],
        minor=PILOT[1],
        content_hash=sha256(f"pilot {live.content_hash}".encode()).hexdigest(),
        published_at=cast.days_ago(400),
        quarter_hours=piloted.quarter_hours,
        final_minutes=piloted.final_minutes,
    )
    _copy_all(cast.session, CourseText, live.id, pilot.id)
    _copy_all(cast.session, CourseMedia, live.id, pilot.id)
    _copy_quiz(cast.session, live.id, None, pilot.id, None)
    for module, minutes in zip(modules, piloted.minutes, strict=True):
        copied = _copy(
            cast.session,
            module,
            course_version_id=pilot.id,
            minutes=minutes,
            quiz_minutes=0,
            task_minutes=0,
        )
        for text in cast.session.scalars(
            select(ModuleText).where(ModuleText.module_id == module.id)
        ):
            _copy(cast.session, text, module_id=copied.id)
        _copy_quiz(cast.session, live.id, module.id, pilot.id, copied.id)
    return pilot


def _copy_quiz(
    session: Session,
    live_id: int,
    module_id: int | None,
    pilot_id: int,
    pilot_module_id: int | None,
) -> None:
    """Copy the quiz of a module, or (None) the final, with its questions."""
    quiz = session.scalar(
        select(Quiz).where(
            Quiz.course_version_id == live_id,
            Quiz.module_id.is_(None)
            if module_id is None
            else Quiz.module_id == module_id,
        )
    )
    if quiz is None:
        return
    copied = _copy(session, quiz, course_version_id=pilot_id, module_id=pilot_module_id)
    for text in session.scalars(select(QuizText).where(QuizText.quiz_id == quiz.id)):
        _copy(session, text, quiz_id=copied.id)


def _copy_all(
    session: Session,
    table: type[CourseText | CourseMedia],
    live_id: int,
    pilot_id: int,
) -> None:
    for row in session.scalars(select(table).where(table.course_version_id == live_id)):
        _copy(session, row, course_version_id=pilot_id)


def _copy(session: Session, row: Row, **other: object) -> Row:
    """Store a row again with some values changed; a key that it counts is its own."""
    values = {
        column.key: other[column.key]
        if column.key in other
        else getattr(row, column.key)
        for column in row.__table__.columns
        if column.key != "id"
    }
    copied = type(row)(**values)
    session.add(copied)
    session.flush()
    return copied
