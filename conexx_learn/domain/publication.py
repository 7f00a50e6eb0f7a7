"""A checked course made ready to be read: safe HTML once, and quizzes as documents."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from conexx_learn.domain.course import Course, Module, ModuleText
from conexx_learn.domain.drawing import draw_form
from conexx_learn.domain.folder import task_title
from conexx_learn.domain.glossary import term_address
from conexx_learn.domain.image_sizes import Size, image_size
from conexx_learn.domain.markup import render_block, render_document, render_inline
from conexx_learn.domain.markup_terms import TermNames
from conexx_learn.domain.quiz import QUIZ_JSON, Question, Quiz
from conexx_learn.domain.search import folded

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class RenderedModule:
    """A module in one language, as it is stored and shown."""

    title: str
    segments: list[Any]
    headings: list[Any]
    self_checks: list[dict[str, Any]]
    task_title: str
    byte_count: int


@dataclass(frozen=True, slots=True)
class RenderedCourse:
    """Everything of a course that takes time to make, made.

    Attributes:
        bodies: Language to the HTML of the public page.
        search_texts: Language to what a search looks in.
        modules: `(slug, language)` to the module.
        quizzes: `(module slug or None, language)` to the quiz document.
        question_counts: Module slug or None to the questions of one attempt.
        media: File name to hash, kind and content.
        byte_count: What reading the course takes, in its source language.
    """

    bodies: dict[str, str]
    search_texts: dict[str, str]
    modules: dict[tuple[str, str], RenderedModule]
    quizzes: dict[tuple[str | None, str], dict[str, Any]]
    question_counts: dict[str | None, int]
    media: dict[str, tuple[str, str, bytes]]
    byte_count: int


def render_course(
    course: Course, terms: Mapping[str, TermNames] | None = None
) -> RenderedCourse:
    """Make everything that publication stores; takes a while, touches nothing.

    Args:
        course: Free of errors.
        terms: Language to the names of the glossary, which its modules link.
    """
    media = {
        file.name: (sha256(file.content).hexdigest(), file.mime, file.content)
        for file in course.media
    }

    def media_url(name: str) -> str:
        found = media.get(name.removeprefix("media/"))
        return f"/media/{found[0]}.{EXTENSIONS[found[1]]}" if found else ""

    sizes = {file.name: image_size(file.content, file.mime) for file in course.media}

    def link_url(target: str) -> str:
        return course_address(course.slug, target)

    targets = Targets(media_url, link_url, sizes.get)
    modules = {
        (module.slug, lang): render_module(text, targets, (terms or {}).get(lang))
        for module in course.modules
        for lang, text in module.texts.items()
    }
    quizzes = dict(_quizzes(course))
    text_bytes = sum(
        rendered.byte_count
        for (_, lang), rendered in modules.items()
        if lang == course.source_language
    )
    return RenderedCourse(
        bodies={
            lang: render_block(
                text.body_md, media_url=media_url, link_url=link_url, locale=lang
            )
            for lang, text in course.texts.items()
        },
        search_texts={lang: _search_text(course, lang) for lang in course.texts},
        modules=modules,
        quizzes={
            place: quiz_document(quiz, media_url) for place, quiz in quizzes.items()
        },
        question_counts={
            slug: len(draw_form(quiz, seed="count", seen={}).questions)
            for (slug, lang), quiz in quizzes.items()
            if lang == course.source_language
        },
        media=media,
        byte_count=text_bytes + sum(len(content) for _, _, content in media.values()),
    )


EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
}
"""Kind of a media file to the ending of its address."""


def course_address(slug: str, target: str) -> str:
    """Return the address that a link in a module leads to.

    A module is named by its file or its slug, with or without an anchor; everything
    else stays as it is.

    Example:
        >>> course_address("eu", "02-am-i-eligible.es.md#roles")
        '/courses/eu/am-i-eligible#u-roles'
    """
    name, _, anchor = target.partition("#")
    if not name.endswith(".md") or "/" in name:
        return target
    stem = name.split(".", 1)[0]
    number, _, rest = stem.partition("-")
    module = rest if number.isdigit() else stem
    return f"/courses/{slug}/{module}" + (f"#u-{anchor}" if anchor else "")


def _quizzes(course: Course) -> Iterable[tuple[tuple[str | None, str], Quiz]]:
    for module in course.modules:
        for lang, quiz in module.quizzes.items():
            yield (module.slug, lang), quiz
    for lang, quiz in course.finals.items():
        yield (None, lang), quiz


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the images and links of a course lead to, and how large an image is."""

    media_url: Address
    link_url: Address
    media_size: Callable[[str], Size | None]


def render_module(
    text: ModuleText, targets: Targets, names: TermNames | None
) -> RenderedModule:
    """Render the text of a module in one language, as its readers will see it.

    Args:
        text: Of the module.
        targets: Where its images and links lead to.
        names: The glossary of its language, which the module links; None for none.

    Raises:
        MarkupRefusedError: The text would take too long; says which line.
    """
    document = render_document(
        text.body_md,
        media_url=targets.media_url,
        link_url=targets.link_url,
        media_size=targets.media_size,
        locale=text.lang,
        terms=(names, term_address) if names else None,
    )
    return RenderedModule(
        title=text.title,
        segments=list(document.segments),
        headings=[list(pair) for pair in document.headings],
        self_checks=[
            quiz_document(quiz, targets.media_url) for quiz in text.self_checks
        ],
        task_title=task_title(text.body_md),
        byte_count=text.byte_count,
    )


def quiz_document(quiz: Quiz, media_url: Address | None = None) -> dict[str, Any]:
    """Return the canonical model as JSON values, with the safe HTML of its texts.

    Returns:
        `quiz`, the model; `blocks` and `inlines`, Markdown to HTML.
    """
    return quiz_document_by(
        quiz,
        block=partial(render_block, media_url=media_url, locale=quiz.lang),
        inline=partial(render_inline, media_url=media_url, locale=quiz.lang),
    )


def quiz_document_by(
    quiz: Quiz, *, block: Callable[[str], str], inline: Callable[[str], str]
) -> dict[str, Any]:
    """Return the same, its texts rendered by whoever may remember some of them."""
    blocks, inlines = {quiz.intro_md}, set[str]()
    for section in quiz.sections:
        blocks.add(section.text_md)
        for question in section.questions:
            blocks |= _blocks(question)
            inlines |= _inlines(question)
    return {
        "quiz": QUIZ_JSON.dump_python(quiz, mode="json"),
        "blocks": {text: block(text) for text in blocks if text},
        "inlines": {text: inline(text) for text in inlines if text},
    }


def _blocks(question: Question) -> set[str]:
    parts = question.parts
    return {
        question.prompt_md,
        parts.explanation,
        parts.hint,
        parts.right,
        parts.partly,
        parts.wrong,
        *(answer.feedback_md for answer in question.answers),
    }


def _inlines(question: Question) -> set[str]:
    return {
        text
        for answer in question.answers
        for text in (answer.text_md, answer.left_md, answer.right_md)
    }


def _search_text(course: Course, lang: str) -> str:
    text = course.texts[lang]
    titles = [_title(module, lang) for module in course.modules]
    return folded(
        " ".join([text.title, text.summary, *text.outcomes.values(), *titles])
    )


def _title(module: Module, lang: str) -> str:
    text = module.texts.get(lang) or next(iter(module.texts.values()))
    return text.title
