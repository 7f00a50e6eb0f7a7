"""A file of a course as learners will see it, while somebody is still writing it.

The same renderer and sanitiser as at publication. What cannot be read yet is left out
and named, so that one mistake does not hide the rest of a page.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

from conexx_learn.domain.course import ModuleText
from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.source_files import SourceFile, normalised
from conexx_learn.domain.course_source.text_files import TextFile, read_text
from conexx_learn.domain.image_sizes import Size
from conexx_learn.domain.markup import MarkupRefusedError, render_block, render_inline
from conexx_learn.domain.markup_source import Fence, cleared_source
from conexx_learn.domain.markup_terms import TermNames
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.publication import (
    Targets,
    course_address,
    quiz_document_by,
    render_module,
)
from conexx_learn.domain.quiz import Question, Quiz, Section, SectionKind
from conexx_learn.domain.quiz_source import (
    check_translation,
    inherit,
    parse_self_check,
    read_quiz,
)

MOST_QUESTIONS = 120
"""Questions of a quiz that a preview shows; the rest is written as the first ones."""

QUIZ_KINDS = frozenset({FileKind.QUIZ, FileKind.FINAL})
TEXT_KINDS = frozenset(
    {FileKind.MODULE, FileKind.COURSE_TEXT, FileKind.RUBRIC, FileKind.IGNORED}
)

_GLOSSARIES_KEPT = 4
_TEXTS_KEPT = 2048
_AFTER_ALL = 2**31

Document = dict[str, Any]
Picture = tuple[str, Size | None]
"""Address of an image, and its size in pixels."""

Media = tuple[tuple[str, Picture], ...]


@dataclass(frozen=True, slots=True)
class PreviewOrder:
    """What is to be shown, and what of its course it needs.

    Attributes:
        course: Slug.
        path: Of the file, inside the course folder.
        text: What it holds, line ends made LF.
        source: The quiz in the source language, for one that translates it; else "".
        media: Name of a file in `media/` to its address and its size in pixels.
        terms: Names of the glossary in the file's language, each with its term's id.
    """

    course: str
    path: str
    text: str
    source: str = ""
    media: Mapping[str, Picture] = field(default_factory=dict)
    terms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file as learners will see it.

    Attributes:
        title: Of the module, the course or the quiz; may be empty.
        lead: What stands below the title of a course.
        lang: Of the text.
        segments: HTML, and between its pieces the index of a document.
        documents: Self-checks, or the one quiz; None where it has errors.
        is_refused: The renderer refuses the text; its problem says where.
    """

    title: str = ""
    lead: str = ""
    lang: str = "es"
    segments: tuple[str | int, ...] = ()
    documents: tuple[Document | None, ...] = ()
    is_refused: bool = False


def shown_file(order: PreviewOrder) -> ShownFile | None:
    """Render a file as learners will see it; None for one that they never see.

    Total for any text: what the renderer refuses is said, not raised.
    """
    name = file_name(order.path)
    try:
        if name.kind in QUIZ_KINDS:
            return _shown_quiz(order)
        if name.kind in TEXT_KINDS:
            return _shown_text(order)
    except MarkupRefusedError:
        return ShownFile(lang=name.lang or "es", is_refused=True)
    return None


def sound_questions(quiz: Quiz, problems: Collection[Problem]) -> frozenset[str]:
    """Name the questions of a quiz in which no error was found.

    Args:
        quiz: As far as it could be read.
        problems: Of its file.
    """
    errors = [one.line for one in problems if one.severity is Severity.ERROR]
    starts = sorted(
        [section.line for section in quiz.sections]
        + [question.line for question in quiz.questions]
    )
    ends = dict(pairwise([*starts, _AFTER_ALL]))
    return frozenset(
        question.id
        for question in quiz.questions
        if not any(question.line <= line < ends[question.line] for line in errors)
    )


def quiz_alone(quiz: Quiz, question: Question) -> Quiz:
    """Make a quiz of one question, so that it can be tried by itself."""
    asked = replace(question, draft=False, retired=False, void=None)
    section = Section(SectionKind.PLAIN, questions=(asked,))
    return replace(quiz, sections=(section,))


def _shown_text(order: PreviewOrder) -> ShownFile:
    name = file_name(order.path)
    file = SourceFile(name, normalised(order.text.encode()))
    read = read_text(file, allowed=(), obligatory=())
    # A text of a form is UTF-8 by now.
    assert isinstance(read, TextFile)  # noqa: S101
    lang = name.lang or "es"
    targets = _targets(order)
    if name.kind is not FileKind.MODULE:
        html = render_block(
            read.body_md,
            media_url=targets.media_url,
            link_url=targets.link_url,
            locale=lang,
        )
        return ShownFile(read.value("title"), read.value("summary"), lang, (html,))
    made = render_module(_module_text(read, lang), targets, _names(order.terms))
    checks = tuple(
        _self_check(fence, order, lang) for fence in _self_check_fences(read.body_md)
    )
    return ShownFile(made.title, "", lang, tuple(made.segments), checks)


@lru_cache(maxsize=_GLOSSARIES_KEPT)
def _names(terms: tuple[tuple[str, str], ...]) -> TermNames | None:
    """Make the names ready to be found; a glossary seldom changes between letters."""
    return TermNames(dict(terms)) if terms else None


def _module_text(read: TextFile, lang: str) -> ModuleText:
    return ModuleText(
        lang=lang,
        title=read.value("title"),
        body_md=read.body_md,
        sources=(),
        self_checks=(),
        path=read.file.path,
        byte_count=len(read.file.data),
    )


def _self_check_fences(body: str) -> list[Fence]:
    """List the fences that the renderer leaves a place for, in the same order."""
    return [fence for fence in cleared_source(body).fences if fence.is_self_check]


def _self_check(fence: Fence, order: PreviewOrder, lang: str) -> Document | None:
    quiz, _ = parse_self_check(
        fence.text, path=order.path, first_line=fence.line, lang=lang
    )
    return _document(quiz, order) if quiz else None


def _shown_quiz(order: PreviewOrder) -> ShownFile:
    name = file_name(order.path)
    is_final = name.kind is FileKind.FINAL
    data = order.text.encode()
    quiz = read_quiz(data, path=order.path, is_final=is_final).quiz
    if quiz is None:
        return ShownFile(lang=name.lang, documents=(None,))
    if order.source:
        quiz = _completed(quiz, order, is_final=is_final)
    quiz = _shortened(quiz)
    document = _document(quiz, order)
    return ShownFile(quiz.title, "", name.lang, (), (document,))


def _document(quiz: Quiz, order: PreviewOrder) -> Document:
    """Render the texts of a quiz; after one more letter most are as they were."""
    media = tuple(sorted(order.media.items()))
    return quiz_document_by(
        quiz,
        block=partial(_block, media=media, lang=quiz.lang),
        inline=partial(_inline, media=media, lang=quiz.lang),
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _block(text: str, *, media: Media, lang: str) -> str:
    return render_block(text, media_url=_media_url(dict(media)), locale=lang)


@lru_cache(maxsize=_TEXTS_KEPT)
def _inline(text: str, *, media: Media, lang: str) -> str:
    return render_inline(text, media_url=_media_url(dict(media)), locale=lang)


def _completed(quiz: Quiz, order: PreviewOrder, *, is_final: bool) -> Quiz:
    """Let a translation inherit what it omits, as the check of the course does."""
    data = order.source.encode()
    source = read_quiz(data, path=quiz.path, is_final=is_final)
    if source.quiz is None or source.has_errors:
        return quiz
    problems = check_translation(source.quiz, data, quiz)
    is_sound = not any(one.severity is Severity.ERROR for one in problems)
    return inherit(source.quiz, quiz) if is_sound else quiz


def _shortened(quiz: Quiz) -> Quiz:
    left, sections = MOST_QUESTIONS, []
    for section in quiz.sections:
        kept = section.questions[:left]
        left -= len(kept)
        sections.append(replace(section, questions=kept))
    return replace(quiz, sections=tuple(sections))


def _media_url(media: Mapping[str, Picture]) -> Callable[[str], str]:
    def address(name: str) -> str:
        found = media.get(name.removeprefix("media/"))
        return found[0] if found else ""

    return address


def _targets(order: PreviewOrder) -> Targets:
    def media_size(name: str) -> Size | None:
        found = order.media.get(name.removeprefix("media/"))
        return found[1] if found else None

    return Targets(
        _media_url(order.media),
        lambda target: course_address(order.course, target),
        media_size,
    )
