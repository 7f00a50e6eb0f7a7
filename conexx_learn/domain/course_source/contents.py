"""Checks that look from one file of a course to another: links, images, languages."""

from collections.abc import Iterator

from conexx_learn.domain.course_source.folder import CourseFolder, ModuleFiles
from conexx_learn.domain.course_source.headings import anchors
from conexx_learn.domain.course_source.media import media_problem
from conexx_learn.domain.course_source.references import (
    Surroundings,
    images_of,
    reference_problems,
)
from conexx_learn.domain.course_source.rubric import rubric_difference, rubric_problems
from conexx_learn.domain.course_source.settings_check import SETTINGS_FILE
from conexx_learn.domain.course_source.text_files import TextFile
from conexx_learn.domain.course_source.translations import (
    missing_translations,
    translation_problems,
)
from conexx_learn.domain.problems import Problem

_MOST_IMAGE_BYTES = 120 * 1000


def content_problems(folder: CourseFolder) -> Iterator[Problem]:
    """Report everything that more than one file of the course has a part in."""
    for text in _all_texts(folder):
        around = surroundings(folder, text.file.name.lang)
        yield from reference_problems(text.prose, path=text.file.path, around=around)
    yield from _weight_problems(folder)
    yield from _translation_problems(folder)
    yield from _rubric_problems(folder)
    for file in folder.media:
        problem = media_problem(file)
        if problem:
            yield problem
    if not folder.finals:
        yield Problem(SETTINGS_FILE, 1, 1, "W008", {"language": folder.source_language})


def surroundings(folder: CourseFolder, lang: str) -> Surroundings:
    """Tell what a text in a language may refer to.

    A module that is not yet translated is shown in the source language, so its
    anchors count.
    """
    targets = {
        slug: anchors(text.prose)
        for slug, module in folder.modules.items()
        if (text := module.texts.get(lang) or module.texts.get(folder.source_language))
    }
    if folder.finals:
        targets["final"] = frozenset()
    quizzes = frozenset(slug for slug, m in folder.modules.items() if m.quizzes)
    media = frozenset(file.path for file in folder.media)
    return Surroundings(targets, quizzes, media)


def _all_texts(folder: CourseFolder) -> Iterator[TextFile]:
    yield from folder.texts.values()
    for module in folder.modules.values():
        yield from module.texts.values()
    yield from folder.rubrics.values()


def _weight_problems(folder: CourseFolder) -> Iterator[Problem]:
    sizes = {file.path: len(file.data) for file in folder.media}
    for module in folder.modules.values():
        for text in module.texts.values():
            weight = sum(sizes.get(path, 0) for path in images_of(text.prose))
            if weight > _MOST_IMAGE_BYTES:
                facts = {"size": str(weight // 1000)}
                yield Problem(text.file.path, 1, 1, "W007", facts)


def _translation_problems(folder: CourseFolder) -> Iterator[Problem]:
    groups = [folder.texts, *(module.texts for module in folder.modules.values())]
    for texts in groups:
        source = texts.get(folder.source_language)
        for language, text in texts.items():
            if source and language != folder.source_language:
                yield from translation_problems(text, source)
    yield from missing_translations(
        folder.languages,
        source_language=folder.source_language,
        present=_present(folder),
    )


def _rubric_problems(folder: CourseFolder) -> Iterator[Problem]:
    source = folder.rubrics.get(folder.source_language)
    for language, rubric in folder.rubrics.items():
        yield from rubric_problems(rubric.prose, path=rubric.file.path)
        if source and language != folder.source_language:
            yield from rubric_difference(
                rubric.prose,
                source.prose,
                path=rubric.file.path,
                source_path=source.file.path,
            )


def _present(folder: CourseFolder) -> dict[str, dict[str, str]]:
    present = {
        "course": {lang: text.file.path for lang, text in folder.texts.items()},
        "final": {lang: file.path for lang, file in folder.finals.items()},
        "rubric": {lang: text.file.path for lang, text in folder.rubrics.items()},
    }
    for slug, module in folder.modules.items():
        present |= _module_paths(slug, module)
    return present


def _module_paths(slug: str, module: ModuleFiles) -> dict[str, dict[str, str]]:
    texts = {lang: text.file.path for lang, text in module.texts.items()}
    quizzes = {lang: file.path for lang, file in module.quizzes.items()}
    return {f"{slug} text": texts, f"{slug} quiz": quizzes}
