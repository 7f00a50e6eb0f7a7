"""What the pages of an arrival show: modules, questions, pictures, what was lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from conexx_learn.domain.course_editing.outline import outline
from conexx_learn.domain.markup import MarkupRefusedError, render_document
from conexx_learn.domain.sentences.word_arrivals import (
    arrival_sentence,
    question_sentence,
)
from conexx_learn.domain.word_import.arrival import Choices, WordArrival
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.question_tables import TableArrival
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.problem_words import as_sentence
from conexx_learn.web.trainer.workspace_rows import head_value

LONGEST_WORDS = 300
Address = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Picked:
    """What a person chose on the page.

    Attributes:
        choices: As the arrival takes them.
        decorative: Names of pictures that only decorate.
        unsaid: Names of pictures of which nothing is said yet.
    """

    choices: Choices
    decorative: frozenset[str]
    unsaid: tuple[str, ...] = ()


def picked(arrival: WordArrival, form: MultiDict[str, str] | None) -> Picked:
    """Read the form; without one, what is offered first."""
    if form is None:
        words = {one.name: one.words for one in arrival.pictures if not one.is_guessed}
        return Picked(Choices(None, words), frozenset())
    decorative = frozenset(
        one.name for one in arrival.pictures if form.get(f"decorative-{one.name}")
    )
    said = {
        one.name: " ".join(form.get(f"words-{one.name}", "").split())[:LONGEST_WORDS]
        for one in arrival.pictures
    }
    words = {name: "" if name in decorative else text for name, text in said.items()}
    unsaid = tuple(
        name for name, text in words.items() if not text and name not in decorative
    )
    keys = form.getlist("questions")
    return Picked(Choices(frozenset(keys), words), decorative, unsaid)


@dataclass(frozen=True, slots=True)
class ModulePreview:
    """A module as it would be read.

    Attributes:
        number: Of its file.
        title: Plain text.
        minutes: To read it.
        quiz_minutes: Of the quiz that it gets; 0 for none.
        segments: Clean HTML.
    """

    number: int
    title: str
    minutes: int
    quiz_minutes: int
    segments: tuple[str, ...]


def module_previews(
    arrival: WordArrival, chosen: Picked, address: Address
) -> list[ModulePreview]:
    """Render the modules as their readers will see them."""
    pictures = {one.name: address(one.data) for one in arrival.pictures}
    outlines = arrival.outlines(chosen.choices)
    return [
        ModulePreview(
            module.number,
            module.title,
            about.minutes,
            about.quiz_minutes,
            _segments(
                arrival.body(module, chosen.choices),
                pictures,
                arrival.language,
                # Several modules on one page: the ids of each are its own.
                f"u-{module.number}-",
            ),
        )
        for module, about in zip(arrival.modules, outlines, strict=True)
    ]


def _segments(
    text: str, pictures: Mapping[str, str], locale: str, prefix: str
) -> tuple[str, ...]:
    try:
        document = render_document(
            text,
            media_url=lambda name: pictures.get(name, ""),
            link_url=lambda target: target,
            locale=locale,
            prefix=prefix,
        )
    except MarkupRefusedError:
        return ()
    return tuple(one for one in document.segments if isinstance(one, str))


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question that is offered.

    Attributes:
        key: Of its tick box; empty where it cannot come.
        title: Its first words.
        module: Title of its module.
        text: As the quiz file has it.
        why: Why it cannot come; a sentence.
        is_chosen: Ticked.
    """

    key: str
    title: str
    module: str
    text: str
    why: str
    is_chosen: bool


def question_rows(arrival: WordArrival, chosen: Picked) -> list[QuestionRow]:
    """List the questions in their order."""
    titles = {key: one.title for one in arrival.modules for key, _text in one.pieces}
    keys = chosen.choices.questions
    return [
        QuestionRow(
            one.key if one.question else "",
            one.title,
            titles.get(one.key, ""),
            one.text,
            as_sentence(question_sentence(one.remark, page_language()))
            if one.remark
            else "",
            one.question is not None and (keys is None or one.key in keys),
        )
        for one in arrival.questions
    ]


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture, and what is said of it.

    Attributes:
        name: In `media/`.
        address: Where it is to be seen.
        words: Alternative text, or a draft of it.
        is_decorative: Nothing need be said of it.
        is_unsaid: Something has to be.
        is_guess: The words were written by a program.
        size: Width and height in pixels.
    """

    name: str
    address: str
    words: str
    is_decorative: bool
    is_unsaid: bool
    is_guess: bool
    size: tuple[int, int]


def picture_rows(
    arrival: WordArrival, chosen: Picked, address: Address
) -> list[PictureRow]:
    """List the pictures in the order of their use."""
    said = chosen.choices.words
    return [
        PictureRow(
            one.name,
            address(one.data),
            said.get(one.name, one.words),
            one.name in chosen.decorative,
            one.name in chosen.unsaid,
            one.is_guessed and said.get(one.name, one.words) == one.words,
            one.size,
        )
        for one in arrival.pictures
    ]


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """Something that is not as it was.

    Attributes:
        place: The first words where it was; or the row of a table.
        message: A sentence.
        count: How often.
    """

    place: str
    message: str
    count: int = 1


def remark_rows(arrival: WordArrival) -> list[RemarkRow]:
    """List what did not survive."""
    lang = page_language()
    return [
        RemarkRow(one.place, as_sentence(arrival_sentence(one, lang)), one.count)
        for one in arrival.remarks
    ]


def table_rows(table: TableArrival) -> list[RemarkRow]:
    """List what is wrong with a table, by its rows."""
    lang = page_language()
    return [
        RemarkRow(
            _("Row %(number)s", number=one.line),
            as_sentence(question_sentence(one, lang)),
        )
        for one in table.remarks
    ]


@dataclass(frozen=True, slots=True)
class QuizTarget:
    """A quiz that questions may go into.

    Attributes:
        path: Of its file.
        title: Of its module, or of the final quiz.
        is_there: It has questions already.
    """

    path: str
    title: str
    is_there: bool


def quiz_targets(draft: Draft, lang: str) -> list[QuizTarget]:
    """List the quizzes of a course in a language, the final one last."""
    targets = [
        QuizTarget(
            f"{module.stem}.quiz.{lang}.md",
            head_value(draft.files[module.texts[lang]], "title") or module.slug,
            f"{module.stem}.quiz.{lang}.md" in draft.files,
        )
        for module in outline(draft.files)
        if lang in module.texts
    ]
    final = f"final.quiz.{lang}.md"
    if final in draft.files:
        targets.append(QuizTarget(final, _("Final quiz"), is_there=True))
    return targets
