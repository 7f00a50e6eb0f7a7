"""The order in which courses are recommended: the short welcome, then by competency."""

from collections.abc import Iterable

from conexx_learn.domain.catalogue import CourseCard


def recommended(courses: Iterable[CourseCard]) -> list[CourseCard]:
    """Order courses: what grants nothing, then K1, K2 … K10; equals by title."""
    return sorted(courses, key=_rank)


def _rank(course: CourseCard) -> tuple[int, str]:
    digits = "".join(filter(str.isdigit, course.grants[0])) if course.grants else ""
    return int(digits or 0), course.title.casefold()
