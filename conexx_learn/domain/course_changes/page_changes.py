"""Texts of the whole course: its page, its rubric, what frames the questions."""

from collections.abc import Callable, Mapping

from conexx_learn.domain.course import Course
from conexx_learn.domain.course_changes.module_changes import TextDifference
from conexx_learn.domain.course_changes.question_changes import quizzes_of
from conexx_learn.domain.course_changes.renderings import compared_block
from conexx_learn.domain.course_changes.text_changes import text_change
from conexx_learn.domain.quiz import Quiz

Texts = dict[tuple[str, str], str]
"""File and language to Markdown."""


def page_changes(before: Course | None, after: Course) -> tuple[TextDifference, ...]:
    """Compare the public page of the course in every language."""
    return _differences(_pages, before, after)


def rubric_changes(before: Course | None, after: Course) -> tuple[TextDifference, ...]:
    """Compare the rubric in every language."""
    return _differences(_rubrics, before, after)


def quiz_text_changes(
    before: Course | None, after: Course
) -> tuple[TextDifference, ...]:
    """Compare what stands around the questions: introductions, cases, sections."""
    return _differences(_quizzes, before, after)


def _differences(
    texts_of: Callable[[Course], Texts], before: Course | None, after: Course
) -> tuple[TextDifference, ...]:
    old, new = texts_of(before) if before else {}, texts_of(after)
    found = [
        _difference(path, lang, old.get((path, lang), ""), new.get((path, lang), ""))
        for path, lang in dict.fromkeys([*new, *old])
        if old.get((path, lang)) != new.get((path, lang))
    ]
    return tuple(one for one in found if one.text)


def _difference(path: str, lang: str, before: str, after: str) -> TextDifference:
    return TextDifference(
        lang=lang,
        path=path,
        title="",
        is_renamed=False,
        text=text_change(compared_block(before, lang), compared_block(after, lang)),
    )


def _pages(course: Course) -> Texts:
    return _by_file(
        "course", {lang: text.body_md for lang, text in course.texts.items()}
    )


def _rubrics(course: Course) -> Texts:
    return _by_file("rubric", course.rubric_md)


def _by_file(name: str, texts: Mapping[str, str]) -> Texts:
    return {(f"{name}.{lang}.md", lang): text for lang, text in sorted(texts.items())}


def _quizzes(course: Course) -> Texts:
    return {
        (quiz.path, quiz.lang): _frame(quiz)
        for quizzes in quizzes_of(course).values()
        for quiz in quizzes.values()
    }


def _frame(quiz: Quiz) -> str:
    parts = [quiz.intro_md]
    for section in quiz.sections:
        parts += [section.title, section.text_md]
    return "\n\n".join(part for part in parts if part)
