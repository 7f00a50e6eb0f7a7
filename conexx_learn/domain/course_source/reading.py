"""The check of a whole course folder, and the course that comes out of a sound one."""

from collections.abc import Iterator, Mapping
from datetime import date

from conexx_learn.domain.course import Competency, Course
from conexx_learn.domain.course_source.assembly import assemble
from conexx_learn.domain.course_source.contents import content_problems
from conexx_learn.domain.course_source.course_quizzes import read_quizzes
from conexx_learn.domain.course_source.folder import (
    CourseFolder,
    read_folder,
    structure_problems,
)
from conexx_learn.domain.course_source.source_files import file_problems
from conexx_learn.domain.course_source.whole_course import whole_course_problems
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.problems import Problem, Severity


def read_course(
    files: Mapping[str, bytes],
    *,
    slug: str,
    competencies: Mapping[str, Competency],
    neighbours: Mapping[str, tuple[str, ...]],
    today: date,
) -> tuple[Course | None, list[Problem]]:
    """Read a course folder; total for any bytes.

    Args:
        files: Path inside the folder, with forward slashes, to content.
        slug: Name of the folder.
        competencies: Code to competency, as in `competencies.toml`.
        neighbours: Slug of every other course to its prerequisites.
        today: For the dates of review.

    Returns:
        The course, or None when any problem is an error; and every problem of every
        file, by path, line and column. Paths are relative to the course folder.
    """
    folder = read_folder(files)
    quizzes = read_quizzes(folder, competencies=competencies)
    problems = [
        *_slug_problems(slug),
        *_file_problems(files, folder),
        *quizzes.problems,
        *whole_course_problems(
            folder.check,
            slug=slug,
            competencies=competencies,
            neighbours=neighbours,
            today=today,
        ),
    ]
    table = folder.check.table
    course = None
    if table and not any(problem.severity is Severity.ERROR for problem in problems):
        course = assemble(files, folder, quizzes, table, slug=slug)
    return course, sorted(problems)


def _file_problems(
    files: Mapping[str, bytes], folder: CourseFolder
) -> Iterator[Problem]:
    yield from file_problems(files, source_language=folder.source_language)
    yield from folder.problems
    yield from structure_problems(folder, files)
    yield from content_problems(folder)


def _slug_problems(slug: str) -> list[Problem]:
    if is_slug(slug):
        return []
    facts = {"name": slug[:80], "meant": "", "variant": "folder"}
    return [Problem("course.toml", 1, 1, "E007", facts)]
