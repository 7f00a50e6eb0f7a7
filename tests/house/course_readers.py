"""The courses of the product, and what a test asks of their texts."""

import re
from collections.abc import Iterator
from functools import cache

from conexx_learn.adapters.course_repository import course_folders
from conexx_learn.domain.course import Course, Module, ModuleText
from conexx_learn.domain.quiz import Mode, Question, Quiz, SectionKind
from conexx_learn.services.course_checking import PROJECT_COURSES, read_courses
from tests.factories import NOW

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
FENCE = re.compile(r"^```quiz\n.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^##+ +(.+?)(?: +\{:.*\})?$", re.MULTILINE)
BOX = re.compile(r'^!!! \w+ "(.+)"$', re.MULTILINE)
SOURCES = re.compile(r"^## (?:Fuentes|Sources)$", re.MULTILINE)
BOLD_SIGNS = re.compile(r"\*\*|__")
SELF_CHECK = "[self-check]"


@cache
def courses() -> dict[str, Course | None]:
    """Read every course; None where one cannot be published."""
    found = read_courses(PROJECT_COURSES, today=NOW.date())
    return {checked.slug: checked.course for checked in found.courses}


def course_of(slug: str) -> Course:
    """Return a course that is sound."""
    course = courses()[slug]
    assert course is not None, f"First mend what flask courses check says of {slug}"
    return course


def catalogue() -> list[str]:
    """List the courses of the curriculum; the first steps stand outside it."""
    slugs = (folder.name for folder in course_folders(PROJECT_COURSES))
    return [slug for slug in slugs if slug != "first-steps"]


def quizzes(course: Course) -> Iterator[Quiz]:
    """List the quizzes of the modules and the final, in every language."""
    for module in course.modules:
        yield from module.quizzes.values()
    yield from course.finals.values()


def all_quizzes(course: Course, lang: str) -> Iterator[Quiz]:
    """List the quizzes of a course in a language, and the self-checks of its texts."""
    for module in course.modules:
        yield from module.texts[lang].self_checks
    yield from (quiz for quiz in quizzes(course) if quiz.lang == lang)


def graded(course: Course) -> Iterator[tuple[Quiz, Module | None, Question]]:
    """List the questions that count; the final has no module."""
    for module in course.modules:
        for quiz in module.quizzes.values():
            if quiz.settings.mode is Mode.GRADED:
                yield from ((quiz, module, asked) for asked in quiz.questions)
    for final in course.finals.values():
        yield from ((final, None, asked) for asked in final.questions)


def asked_in(final: Quiz) -> int:
    """Count the questions of an attempt at a final."""
    return sum(section.draw or len(section.questions) for section in final.sections)


def cases(final: Quiz) -> int:
    """Count the cases of a final."""
    return sum(section.kind is SectionKind.CASE for section in final.sections)


def module_texts(course: Course) -> Iterator[tuple[Module, ModuleText]]:
    """List the modules of a course in each language."""
    for module in course.modules:
        yield from ((module, text) for text in module.texts.values())


def taught(text: ModuleText) -> str:
    """Return a module without its self-checks and its sources."""
    return FENCE.sub("", SOURCES.split(text.body_md)[0])


def parts(text: ModuleText) -> dict[str, str]:
    """Return the sections of a module, title to text with its self-checks marked."""
    body = FENCE.sub(SELF_CHECK, text.body_md)
    _, *found = re.split(r"^## +(.+)$", body, flags=re.MULTILINE)
    return dict(zip(found[::2], found[1::2], strict=True))


def titles(text: ModuleText) -> set[str]:
    """Name what a question may send back to: the sections and boxes of a module.

    A long title may be named by what stands before its colon.
    """
    body = FENCE.sub("", text.body_md)
    names: list[str] = HEADING.findall(body) + BOX.findall(body)
    bare = {BOLD_SIGNS.sub("", name) for name in names}
    return bare | {name.partition(":")[0] for name in bare}
