"""The quizzes of a course: of its modules, its final, and the checks inside texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from conexx_learn.domain.course import Competency
from conexx_learn.domain.course_source.file_names import FileKind, FileName
from conexx_learn.domain.course_source.folder import CourseFolder
from conexx_learn.domain.course_source.markdown_lines import Fence
from conexx_learn.domain.course_source.source_files import SourceFile
from conexx_learn.domain.course_source.text_files import TextFile
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import Quiz, QuizSettings
from conexx_learn.domain.quiz_source import (
    check_translation,
    duplicate_ids,
    inherit,
    lint_quiz,
    parse_quiz,
    parse_self_check,
)

SELF_CHECK = "quiz"
"""The info string of a fence that holds a self-check."""


_FILES_KEPT = 128
_FENCES_KEPT = 512
"""Texts whose reading is remembered: who writes one file checks the others again."""

Parsed = tuple[Quiz | None, tuple[Problem, ...]]


@dataclass(slots=True)
class CourseQuizzes:
    """Every quiz of a course that could be read.

    Attributes:
        files: Path to quiz.
        self_checks: Path of a module's text to the self-checks in it, in order.
        problems: Everything wrong with any of them.
    """

    files: dict[str, Quiz] = field(default_factory=dict)
    self_checks: dict[str, tuple[Quiz, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of(self, files: Mapping[str, SourceFile]) -> dict[str, Quiz]:
        """Map language to quiz for the files of one module or of the final."""
        return {
            lang: self.files[file.path]
            for lang, file in files.items()
            if file.path in self.files
        }


def read_quizzes(
    folder: CourseFolder, *, competencies: Mapping[str, Competency]
) -> CourseQuizzes:
    """Parse, compare and lint every quiz of a course."""
    quizzes = CourseQuizzes()
    for group in _quiz_groups(folder):
        _read_group(quizzes, folder, group)
    for module in folder.modules.values():
        for text in module.texts.values():
            _read_self_checks(quizzes, text)
        _compare_self_checks(quizzes, folder.source_language, module.texts)
    _lint(quizzes, folder, competencies)
    quizzes.problems += duplicate_ids(_in_source_language(quizzes, folder))
    return quizzes


def _quiz_groups(folder: CourseFolder) -> Iterator[dict[str, SourceFile]]:
    yield folder.finals
    for module in folder.modules.values():
        yield module.quizzes


def _read_group(
    quizzes: CourseQuizzes, folder: CourseFolder, files: Mapping[str, SourceFile]
) -> None:
    table = folder.check.table
    default_pass = Fraction(table.pass_mark) if table and table.pass_mark else None
    for file in files.values():
        quiz, problems = _parsed(file, default_pass)
        quizzes.problems += problems
        if quiz:
            quizzes.files[file.path] = quiz
    _compare(quizzes, folder.source_language, files)


@lru_cache(maxsize=_FILES_KEPT)
def _parsed(file: SourceFile, default_pass: Fraction | None) -> Parsed:
    quiz, problems = parse_quiz(
        file.data,
        path=file.path,
        is_final=file.name.kind is FileKind.FINAL,
        default_pass=default_pass,
    )
    return quiz, tuple(problems)


@lru_cache(maxsize=_FENCES_KEPT)
def _parsed_check(fence: Fence, name: FileName) -> Parsed:
    quiz, problems = parse_self_check(
        "\n".join(fence.lines),
        path=name.path,
        first_line=fence.first_line,
        lang=name.lang,
    )
    return quiz, tuple(problems)


def _compare(
    quizzes: CourseQuizzes, source_language: str, files: Mapping[str, SourceFile]
) -> None:
    """Check each translation against its source, and let it inherit what it omits."""
    source_file = files.get(source_language)
    source = quizzes.files.get(source_file.path) if source_file else None
    if source_file is None or source is None:
        return
    for language, file in files.items():
        translation = quizzes.files.get(file.path)
        if translation is None or language == source_language:
            continue
        problems = check_translation(source, source_file.data, translation)
        quizzes.problems += problems
        if not any(problem.code.startswith("E") for problem in problems):
            quizzes.files[file.path] = inherit(source, translation)


def _read_self_checks(quizzes: CourseQuizzes, text: TextFile) -> None:
    found: list[Quiz] = []
    for fence in text.prose.fences:
        if not fence.closed:
            facts = {"sign": "```"}
            place = (text.file.path, fence.first_line - 1, 1)
            quizzes.problems.append(Problem(*place, "E105", facts))
        if fence.info != SELF_CHECK or not fence.closed:
            continue
        quiz, problems = _parsed_check(fence, text.file.name)
        quizzes.problems += problems
        if quiz:
            found.append(quiz)
    quizzes.self_checks[text.file.path] = tuple(found)


def _compare_self_checks(
    quizzes: CourseQuizzes, source_language: str, texts: Mapping[str, TextFile]
) -> None:
    """Hold the self-checks of a translated module against those of its source.

    The module's own `translates` says how old the translation is; here it counts as
    new, so that only ids, markers and numbers are compared.
    """
    source = texts.get(source_language)
    if source is None or not _all_read(quizzes, source):
        return
    source_quiz = _joined(quizzes, source, translates=None)
    stated = f"{source.file.path}@{source.file.source_hash}"
    for language, text in texts.items():
        if language != source_language and _all_read(quizzes, text):
            translation = _joined(quizzes, text, translates=stated)
            quizzes.problems += check_translation(
                source_quiz, source.file.data, translation
            )


def _all_read(quizzes: CourseQuizzes, text: TextFile) -> bool:
    fences = [fence for fence in text.prose.fences if fence.info == SELF_CHECK]
    return len(fences) == len(quizzes.self_checks.get(text.file.path, ()))


def _joined(quizzes: CourseQuizzes, text: TextFile, *, translates: str | None) -> Quiz:
    checks = quizzes.self_checks[text.file.path]
    return Quiz(
        id="",
        title="",
        lang=text.file.name.lang,
        settings=QuizSettings(),
        sections=tuple(section for quiz in checks for section in quiz.sections),
        translates=translates,
        path=text.file.path,
    )


def _lint(
    quizzes: CourseQuizzes,
    folder: CourseFolder,
    competencies: Mapping[str, Competency],
) -> None:
    images = frozenset(file.path for file in folder.media)
    checks = (quiz for group in quizzes.self_checks.values() for quiz in group)
    for quiz in (*quizzes.files.values(), *checks):
        quizzes.problems += lint_quiz(
            quiz,
            competencies=frozenset(competencies),
            modules=frozenset(folder.modules),
            images=images,
        )


def _in_source_language(quizzes: CourseQuizzes, folder: CourseFolder) -> list[Quiz]:
    """List the quizzes whose ids must be unique: translations repeat them."""
    lang = folder.source_language
    files = [
        quiz for group in _quiz_groups(folder) for quiz in _picked(quizzes, group, lang)
    ]
    for module in folder.modules.values():
        text = module.texts.get(lang)
        files += quizzes.self_checks.get(text.file.path, ()) if text else ()
    return files


def _picked(
    quizzes: CourseQuizzes, files: Mapping[str, SourceFile], lang: str
) -> list[Quiz]:
    quiz = quizzes.of(files).get(lang)
    return [quiz] if quiz else []
