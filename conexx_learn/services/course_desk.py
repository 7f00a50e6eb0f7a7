"""What who writes a course sees of it: the check, and each problem in its text."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.errors import ContentError, NotFoundError
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.repairs import VoidMark, course_marks
from conexx_learn.services.course_checking import CheckedCourse, read_each_course

LINES_BEFORE = 2
LINES_AFTER = 9
"""Lines of text that are shown around the one with the problem: a question follows."""

LONGEST_LINE = 400
"""Characters of a line that are shown."""

MOST_PROBLEMS = 200
"""Problems that are shown of one course; the first ones are mended first."""

_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course folder after the check.

    Attributes:
        slug: Name of the folder.
        folder: Where it lies.
        title: In the course's own language; the slug while it cannot be read.
        version: Such as `1.0`; empty while it cannot be read.
        content_hash: Of everything in it; empty with errors.
        problems: In the order of files and lines.
        marks: What its quizzes void; empty with errors.
    """

    slug: str
    folder: Path
    title: str
    version: str
    content_hash: str
    problems: tuple[Problem, ...]
    marks: tuple[VoidMark, ...] = ()

    @property
    def error_count(self) -> int:
        """Count the problems that block publication."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warning_count(self) -> int:
        """Count the problems that do not."""
        return len(self.problems) - self.error_count


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a course file as it is shown.

    Attributes:
        number: From 1.
        text: Without signs that could hide or turn text.
        is_marked: The line with the problem.
    """

    number: int
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem with the lines around it; no lines where its file cannot be read."""

    problem: Problem
    lines: tuple[SourceLine, ...]


def course_drafts(homes: Sequence[Path], *, today: date) -> list[CourseDraft]:
    """Check every course of some folders of courses; missing folders are left out."""
    return [
        draft
        for home in homes
        if home.is_dir()
        for draft in _drafts(home, _fingerprint(home), today).values()
    ]


def course_draft(slug: str, homes: Sequence[Path], *, today: date) -> CourseDraft:
    """Check one course.

    Raises:
        NotFoundError: None of the folders holds such a course.
    """
    for draft in course_drafts(homes, today=today):
        if draft.slug == slug:
            return draft
    raise NotFoundError


def placed_problems(draft: CourseDraft) -> list[PlacedProblem]:
    """Put each problem of a course beside the text that it is about."""
    try:
        files = repository.read_folder(draft.folder)
    except ContentError:
        files = {}
    return [
        PlacedProblem(problem, _excerpt(files.get(problem.path), problem.line))
        for problem in draft.problems[:MOST_PROBLEMS]
    ]


@lru_cache(maxsize=_REMEMBERED)
def _drafts(home: Path, _fingerprint: str, today: date) -> dict[str, CourseDraft]:
    """Check a folder of courses; while its files do not change, only once a day."""
    checked = read_each_course(home, today=today)
    return {folder.name: _draft(folder, one) for folder, one in checked.items()}


def _draft(folder: Path, checked: CheckedCourse) -> CourseDraft:
    slug, course = checked.slug, checked.course
    if course is None:
        return CourseDraft(slug, folder, slug, "", "", checked.problems)
    return CourseDraft(
        slug,
        folder,
        course.texts[course.source_language].title,
        f"{course.version[0]}.{course.version[1]}",
        course.content_hash,
        checked.problems,
        course_marks(course),
    )


def _fingerprint(folder: Path) -> str:
    """Say by names, sizes and times whether anything in a folder was touched."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        facts = path.lstat()
        digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _excerpt(content: bytes | None, line: int) -> tuple[SourceLine, ...]:
    if content is None:
        return ()
    lines = content.decode("utf-8", errors="replace").splitlines()
    first = max(1, line - LINES_BEFORE)
    shown = lines[first - 1 : line + LINES_AFTER]
    return tuple(
        SourceLine(number, _visible(text), number == line)
        for number, text in enumerate(shown, start=first)
    )


def _visible(text: str) -> str:
    """Show control and direction signs as a mark: a course must not hide its text."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in _HIDDEN else sign
        for sign in text[:LONGEST_LINE].expandtabs(4)
    )


_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
