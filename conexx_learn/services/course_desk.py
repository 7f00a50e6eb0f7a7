"""What who writes a course sees of it: the check, and each problem in its text."""

import os
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from conexx_learn.domain.course_source.versions import content_hash
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.quiz import Quiz
from conexx_learn.domain.repairs import VoidMark, course_marks
from conexx_learn.services.course_checking import (
    CheckedCourse,
    check_files,
    course_quizzes,
    known_competencies,
    prerequisites_in,
    read_each_course,
    without_shared_ids,
)
from conexx_learn.services.draft_reading import Draft

LINES_BEFORE = 2
LINES_AFTER = 9
"""Lines of text that are shown around the one with the problem: a question follows."""

LONGEST_LINE = 400
"""Characters of a line that are shown."""

MOST_PROBLEMS = 200
"""Problems that are shown of one course; the first ones are mended first."""

_REMEMBERED = 8
_REMEMBERED_DRAFTS = 16


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course folder after the check.

    Attributes:
        slug: Name of the folder.
        folder: Where it lies; None while it was never published.
        title: In the course's own language; the slug while it cannot be read.
        version: Such as `1.0`; empty while it cannot be read.
        content_hash: Of everything in it; empty with errors.
        problems: In the order of files and lines.
        marks: What its quizzes void; empty with errors.
    """

    slug: str
    folder: Path | None
    title: str
    version: str
    content_hash: str
    problems: tuple[Problem, ...]
    marks: tuple[VoidMark, ...] = ()

    @property
    def lying(self) -> Path:
        """Return where its folder lies.

        Raises:
            NotFoundError: It was never published, so that there is none.
        """
        if self.folder is None:
            raise NotFoundError
        return self.folder

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
    """Check every course of some folders of courses; missing folders are left out.

    Of two courses with one name the one in the first folder counts.
    """
    found: dict[str, CourseDraft] = {}
    for home in homes:
        if home.is_dir():
            found = {**_desk(home, _fingerprint(home), today).drafts, **found}
    return [found[slug] for slug in sorted(found)]


def course_draft(slug: str, homes: Sequence[Path], *, today: date) -> CourseDraft:
    """Check one course.

    Raises:
        NotFoundError: None of the folders holds such a course.
    """
    for draft in course_drafts(homes, today=today):
        if draft.slug == slug:
            return draft
    raise NotFoundError


def check_draft(
    files: Mapping[str, bytes], *, slug: str, homes: Sequence[Path], today: date
) -> CheckedCourse:
    """Check the files of a draft as `flask courses check` would check its folder."""
    checked = check_files(files, slug=slug, homes=homes, today=today)
    quizzes: dict[str, tuple[Quiz, ...]] = {}
    for home in homes:
        if home.is_dir():
            quizzes = {**_desk(home, _fingerprint(home), today).quizzes, **quizzes}
    others = [one for name, its in quizzes.items() if name != slug for one in its]
    return without_shared_ids(checked, others)


def desk_of(draft: Draft, *, homes: Sequence[Path], today: date) -> CourseDraft:
    """Check a course as its authors see it, with what was changed in the browser."""
    if draft.refusal:
        return _draft(draft.folder, CheckedCourse(draft.slug, None, draft.refusal))
    around = tuple(_fingerprint(home) for home in homes if home.is_dir())
    told = _Told(content_hash(draft.files), draft.files)
    return _checked_draft(told, draft.slug, draft.folder, tuple(homes), around, today)


@dataclass(frozen=True, slots=True)
class _Told:
    """The files of a draft, which are the same where their fingerprint is."""

    digest: str
    files: Mapping[str, bytes] = field(compare=False, repr=False)


@lru_cache(maxsize=_REMEMBERED_DRAFTS)
def _checked_draft(
    told: _Told,
    slug: str,
    folder: Path | None,
    homes: tuple[Path, ...],
    _around: tuple[str, ...],
    today: date,
) -> CourseDraft:
    """Check a draft; while neither it nor what lies around it changes, only once."""
    return _draft(folder, check_draft(told.files, slug=slug, homes=homes, today=today))


def offered_competencies(homes: Sequence[Path], *, lang: str) -> list[tuple[str, str]]:
    """List code and title of the competencies that certificates may speak of."""
    known = known_competencies(homes)
    return [(one.code, one.title.get(lang, one.code)) for one in known.values()]


def offered_courses(homes: Sequence[Path]) -> list[str]:
    """List the slugs of the courses that lie in some folders."""
    return sorted(
        {slug for home in homes if home.is_dir() for slug in prerequisites_in(home)}
    )


def placed_problems(
    draft: CourseDraft, files: Mapping[str, bytes]
) -> list[PlacedProblem]:
    """Put each problem of a course beside the text that it is about."""
    return [
        PlacedProblem(problem, _excerpt(files.get(problem.path), problem.line))
        for problem in draft.problems[:MOST_PROBLEMS]
    ]


@dataclass(frozen=True, slots=True)
class _Desk:
    """The courses of a folder, and what of their quizzes others must not repeat."""

    drafts: dict[str, CourseDraft]
    quizzes: dict[str, tuple[Quiz, ...]]


@lru_cache(maxsize=_REMEMBERED)
def _desk(home: Path, _fingerprint: str, today: date) -> _Desk:
    """Check a folder of courses; while its files do not change, only once a day."""
    checked = read_each_course(home, today=today)
    return _Desk(
        {folder.name: _draft(folder, one) for folder, one in checked.items()},
        {folder.name: course_quizzes(one) for folder, one in checked.items()},
    )


def _draft(folder: Path | None, checked: CheckedCourse) -> CourseDraft:
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
    """Say by names, sizes and times whether anything in a folder was touched.

    What is hidden is no part of a course: a folder in git has thousands of files there,
    some of which come and go while one looks.
    """
    digest = sha256()
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in sorted(Path(place, name) for name in (*folders, *names)):
            with suppress(FileNotFoundError):
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
