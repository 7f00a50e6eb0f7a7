"""Which files of a course are translated, into which languages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from conexx_learn.domain.course_source.file_names import FileKind, FileName, file_name
from conexx_learn.domain.course_source.settings_check import (
    SETTINGS_FILE,
    SettingsCheck,
    check_settings,
)
from conexx_learn.domain.translation_desk.documents import QUIZZES, TRANSLATED
from conexx_learn.domain.translation_desk.stated_sources import in_language

DEFAULT_LANGUAGE = "es"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file of the source language.

    Attributes:
        name: What it is.
        minutes: That its reader is told it takes; 0 where nothing says so.
        paths: Language to the path of its translation, present or not.
    """

    name: FileName
    minutes: int
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CourseLanguages:
    """The languages of a course and what is translated.

    Attributes:
        source_language: The one that the others translate.
        languages: The others, by tag.
        texts: The files of the source language: the course, its modules, the final.
    """

    source_language: str
    languages: tuple[str, ...]
    texts: tuple[SourceText, ...]


def course_languages(files: Mapping[str, bytes]) -> CourseLanguages:
    """Sort the files of a course by what they translate."""
    check = check_settings(files.get(SETTINGS_FILE))
    source_language = check.text_of("source_language") or DEFAULT_LANGUAGE
    names = [name for path in files if (name := file_name(path)).kind in TRANSLATED]
    languages = tuple(sorted({name.lang for name in names} - {source_language}))
    sources = sorted(
        (name for name in names if name.lang == source_language), key=_place
    )
    texts = (
        SourceText(name, _minutes(name, check), _paths(name, languages))
        for name in sources
    )
    return CourseLanguages(source_language, languages, tuple(texts))


def _paths(name: FileName, languages: Collection[str]) -> dict[str, str]:
    return {language: in_language(name.path, language) for language in languages}


def _place(name: FileName) -> tuple[int, int, str]:
    order = [FileKind.COURSE_TEXT, FileKind.MODULE, FileKind.QUIZ]
    is_numbered = name.kind in order[1:]
    first = 0 if name.kind is FileKind.COURSE_TEXT else 1 if is_numbered else 2
    return first, name.number, f"{name.kind in QUIZZES}{name.path}"


def _minutes(name: FileName, check: SettingsCheck) -> int:
    table = check.table
    if table is None:
        return 0
    if name.kind is FileKind.FINAL:
        return table.final_minutes or 0
    for module in table.modules:
        if module.slug == name.slug:
            is_quiz = name.kind is FileKind.QUIZ
            return module.quiz_minutes if is_quiz else module.minutes
    return 0
