"""The courses that the demonstration announces, from the file that ships."""

from functools import cache
from pathlib import Path

from conexx_learn.domain.planned_courses import PlannedCourse, read_planned_courses

PLANNED_COURSES = Path(__file__).parents[1] / "standards" / "planned_courses.toml"


@cache
def planned_courses() -> tuple[PlannedCourse, ...]:
    """Return the planned courses, in the order of their file."""
    return read_planned_courses(PLANNED_COURSES.read_text(encoding="utf-8"))
