"""The check of course folders, and the other verbs on them: format, new, carry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.course import Competency, Course
from conexx_learn.domain.course_source import (
    GLOSSARY_FILES,
    format_files,
    read_competencies,
    read_course,
    read_glossary,
    skeleton,
)
from conexx_learn.domain.course_source.settings_check import check_settings
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.quiz import Quiz
from conexx_learn.domain.quiz_source import duplicate_ids

PROJECT_COURSES = Path(__file__).parents[2] / "courses"
"""The courses that the product ships."""

Neighbours = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CheckedCourse:
    """One course folder after the check.

    Attributes:
        slug: Name of the folder.
        course: The course, or None when any problem is an error.
        problems: By path, relative to the course folder.
    """

    slug: str
    course: Course | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CheckedFolder:
    """A folder after the check: one course, or several.

    Attributes:
        courses: By slug.
        competencies: Code to competency, as found beside the courses.
        problems: Everything, with paths relative to the folder that was given.
    """

    courses: tuple[CheckedCourse, ...]
    competencies: dict[str, Competency]
    problems: tuple[Problem, ...]


def check_folder(path: Path, *, today: date) -> list[Problem]:
    """Check a course or a folder of courses; paths are relative to `path`.

    Raises:
        ContentError: There is no course there, or a folder holds a link or too much.
    """
    return list(read_courses(path, today=today).problems)


def read_courses(path: Path, *, today: date) -> CheckedFolder:
    """Read and check a course or a folder of courses, for whoever needs the courses.

    Raises:
        ContentError: There is no course there, or a folder holds a link or too much.
    """
    folder = path.resolve()
    if not folder.is_dir():
        raise _refusal(path.name, "E005", "no-course", entry=str(path))
    is_single = repository.is_course_folder(folder)
    home = folder.parent if is_single else folder
    folders = [folder] if is_single else repository.course_folders(folder)
    if not folders:
        raise _refusal(path.name, "E005", "no-course", entry=str(path))
    competencies, problems = _competencies(home, prefix="../" if is_single else "")
    if not is_single:
        problems += read_glossary(repository.read_files(home, GLOSSARY_FILES))[1]
    neighbours = prerequisites_in(home)
    beside = [inner for inner in repository.course_folders(home) if inner != folder]
    checked = {
        inner: _checked(inner, competencies, neighbours, today=today)
        for inner in dict.fromkeys([*beside, *folders])
    }
    repeated = _repeated_ids(checked.values())
    courses = tuple(_with_repeated(checked[inner], repeated) for inner in folders)
    for course in courses:
        problems += _placed(course.problems, "" if is_single else f"{course.slug}/")
    return CheckedFolder(courses, competencies, tuple(sorted(problems)))


def read_each_course(home: Path, *, today: date) -> dict[Path, CheckedCourse]:
    """Read and check every course of a folder of courses by itself, each once.

    A folder that cannot be read is told as its own problem and hides no other. The
    paths of problems are relative to each course.
    """
    competencies, beside = _competencies(home, prefix="../")
    neighbours = prerequisites_in(home)
    checked = {
        folder: _checked_or_refused(folder, competencies, neighbours, today=today)
        for folder in repository.course_folders(home)
    }
    repeated = _repeated_ids(checked.values())
    return {
        folder: _with_more(_with_repeated(course, repeated), beside)
        for folder, course in checked.items()
    }


def check_files(
    files: Mapping[str, bytes], *, slug: str, homes: Iterable[Path], today: date
) -> CheckedCourse:
    """Check the files of one course as if they lay in a folder beside the others.

    What two courses share is not looked for; `without_shared_ids` does.

    Args:
        files: Path inside the folder to content.
        slug: Of the course.
        homes: Folders of courses, for competencies and prerequisites.
        today: For the dates of review.
    """
    there = [home for home in homes if home.is_dir()]
    known = {
        name: wanted
        for home in there
        for name, wanted in prerequisites_in(home).items()
    }
    course, problems = read_course(
        files,
        slug=slug,
        competencies=known_competencies(there),
        neighbours={name: wanted for name, wanted in known.items() if name != slug},
        today=today,
    )
    return CheckedCourse(slug, course, tuple(problems))


def known_competencies(homes: Iterable[Path]) -> dict[str, Competency]:
    """Return code to competency: the first list that lies there, else the project's."""
    lists = [home for home in homes if (home / repository.COMPETENCIES_FILE).is_file()]
    return _competencies(lists[0] if lists else PROJECT_COURSES, prefix="")[0]


def course_quizzes(checked: CheckedCourse) -> tuple[Quiz, ...]:
    """List the quizzes of a sound course, their paths beginning with its slug."""
    if checked.course is None:
        return ()
    return tuple(
        replace(quiz, path=f"{checked.slug}/{quiz.path}")
        for quiz in _quizzes(checked.course)
    )


def without_shared_ids(checked: CheckedCourse, others: Iterable[Quiz]) -> CheckedCourse:
    """Withhold a course of which another one uses the ids of questions."""
    repeated = duplicate_ids([*others, *course_quizzes(checked)])
    return _with_repeated(checked, repeated)


def _checked_or_refused(
    folder: Path,
    competencies: Mapping[str, Competency],
    neighbours: Neighbours,
    *,
    today: date,
) -> CheckedCourse:
    try:
        return _checked(folder, competencies, neighbours, today=today)
    except ContentError as error:
        return CheckedCourse(folder.name, None, tuple(error.problems))


def _with_more(checked: CheckedCourse, problems: Iterable[Problem]) -> CheckedCourse:
    told = tuple(sorted([*problems, *checked.problems]))
    return replace(checked, problems=told)


def _checked(
    folder: Path,
    competencies: Mapping[str, Competency],
    neighbours: Neighbours,
    *,
    today: date,
) -> CheckedCourse:
    others = {
        slug: wanted for slug, wanted in neighbours.items() if slug != folder.name
    }
    course, problems = read_course(
        repository.read_folder(folder),
        slug=folder.name,
        competencies=competencies,
        neighbours=others,
        today=today,
    )
    return CheckedCourse(folder.name, course, tuple(problems))


def _competencies(
    home: Path, *, prefix: str
) -> tuple[dict[str, Competency], list[Problem]]:
    """Read the list beside the courses, else the project's own."""
    data = repository.read_file(home / repository.COMPETENCIES_FILE)
    if data is not None:
        competencies, problems = read_competencies(data)
        return competencies, list(_placed(problems, prefix))
    project = repository.read_file(PROJECT_COURSES / repository.COMPETENCIES_FILE)
    return (read_competencies(project)[0] if project else {}), []


def prerequisites_in(home: Path) -> Neighbours:
    """Collect the prerequisites of every course in sight, those beside it first."""
    places = [place for place in (PROJECT_COURSES, home) if place.is_dir()]
    folders = [
        folder for place in places for folder in repository.course_folders(place)
    ]
    return {folder.name: _prerequisites(folder) for folder in folders}


def _prerequisites(folder: Path) -> tuple[str, ...]:
    data = repository.read_file(folder / repository.SETTINGS_FILE)
    source = check_settings(data).source
    stated = source.document.get("prerequisites") if source else None
    values = stated if isinstance(stated, list) else []
    return tuple(value for value in values if isinstance(value, str))


def _placed(problems: Iterable[Problem], prefix: str) -> Iterator[Problem]:
    return (replace(problem, path=f"{prefix}{problem.path}") for problem in problems)


def _repeated_ids(courses: Iterable[CheckedCourse]) -> list[Problem]:
    """Report ids that two sound courses share; one course's own are told already."""
    return duplicate_ids([quiz for one in courses for quiz in course_quizzes(one)])


def _with_repeated(
    checked: CheckedCourse, repeated: Iterable[Problem]
) -> CheckedCourse:
    """Withhold a course whose ids another course uses."""
    prefix = f"{checked.slug}/"
    own = [problem for problem in repeated if problem.path.startswith(prefix)]
    if not own:
        return checked
    told = [replace(item, path=item.path.removeprefix(prefix)) for item in own]
    return CheckedCourse(checked.slug, None, (*checked.problems, *told))


def _quizzes(course: Course) -> Iterator[Quiz]:
    language = course.source_language
    for quizzes in (course.finals, *(module.quizzes for module in course.modules)):
        if language in quizzes:
            yield quizzes[language]
    for module in course.modules:
        yield from module.texts[language].self_checks


def format_folder(path: Path) -> list[str]:
    """Write a course, or every course of a folder, in canonical form.

    Returns:
        The paths that changed, relative to `path`.

    Raises:
        ContentError: There is no such folder, or it holds a link or too much.
    """
    if repository.is_course_folder(path):
        return _format_course(path)
    changed: list[str] = []
    if not path.is_dir():
        raise _refusal(path.name, "E005", "no-course", entry=str(path))
    for folder in repository.course_folders(path):
        changed += [f"{folder.name}/{name}" for name in _format_course(folder)]
    return changed


def _format_course(folder: Path) -> list[str]:
    files = repository.read_folder(folder)
    texts = format_files(files)
    changed = {
        name: text for name, text in texts.items() if text.encode() != files[name]
    }
    repository.write_files(folder, changed)
    return sorted(changed)


def new_course(slug: str, *, source_language: str, into: Path) -> Path:
    """Write the skeleton of a course into a new folder and return it.

    Raises:
        ContentError: The slug is no slug, or the folder exists.
    """
    if not is_slug(slug):
        raise _refusal(slug, "E007", "folder", name=slug, meant="")
    folder = into / slug
    if folder.exists():
        raise _refusal(slug, "E007", "taken", entry=str(folder))
    texts = skeleton(slug, source_language=source_language)
    repository.write_folder(
        folder, {name: text.encode() for name, text in texts.items()}
    )
    return folder


def export_course_folder(folder: Path, target: Path) -> int:
    """Write a course folder as a ZIP file, the same bytes each time.

    Returns:
        How many files it holds.

    Raises:
        ContentError: There is no such course.
    """
    files = repository.read_folder(folder)
    repository.write_course_archive(target, slug=folder.name, files=files)
    return len(files)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did.

    Attributes:
        slug: Of the course.
        folder: Where it lies now.
        changed: False when exactly this was there before.
        problems: Warnings of the check.
    """

    slug: str
    folder: Path
    changed: bool
    problems: tuple[Problem, ...]


def import_course(
    file: Path, *, into: Path, today: date, overwrite: bool = False
) -> Import:
    """Take in a course from a ZIP file or a folder: the whole of it, or nothing.

    Args:
        file: ZIP file or course folder.
        into: Folder of courses.
        today: For the check.
        overwrite: Whether another content may be replaced.

    Raises:
        ContentError: There is no such file, the archive is unsafe, the course has
            errors, or another content lies there already; the problems say which.
    """
    slug, files = brought_course(file)
    if not is_slug(slug):
        raise _refusal(file.name, "E007", "folder", name=slug, meant="")
    folder = into / slug
    before = repository.read_folder(folder) if folder.is_dir() else None
    problems = _import_problems(slug, files, into, today)
    if before == files:
        return Import(slug, folder, changed=False, problems=problems)
    if before is not None and not overwrite:
        raise _refusal(file.name, "E007", "exists", entry=str(folder))
    repository.write_folder(folder, files)
    return Import(slug, folder, changed=True, problems=problems)


def brought_course(file: Path) -> tuple[str, dict[str, bytes]]:
    """Read slug and files of a course from a ZIP file or a folder.

    Raises:
        ContentError: There is no such file, or it is unsafe.
    """
    if file.is_dir():
        return file.resolve().name, repository.read_folder(file)
    return repository.read_course_archive(file)


def _import_problems(
    slug: str, files: Mapping[str, bytes], into: Path, today: date
) -> tuple[Problem, ...]:
    competencies, _ = _competencies(into, prefix="")
    neighbours = {
        name: wanted for name, wanted in prerequisites_in(into).items() if name != slug
    }
    _, problems = read_course(
        files,
        slug=slug,
        competencies=competencies,
        neighbours=neighbours,
        today=today,
    )
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError("content-refused", problems=tuple(problems))
    return tuple(problems)


def _refusal(path: str, code: str, variant: str, **facts: str) -> ContentError:
    problem = Problem(path, 1, 1, code, {"variant": variant, **facts})
    return ContentError("content-refused", problems=(problem,))
