"""What a document becomes: modules, pictures, questions, and what did not survive."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from conexx_learn.domain.question_exchange.quiz_writing import quiz_text
from conexx_learn.domain.question_exchange.remarks import Remark
from conexx_learn.domain.quiz import Question, Section, SectionKind
from conexx_learn.domain.quiz_source.headings import MOST_ID_SIGNS
from conexx_learn.domain.word_import.remarks import ArrivalRemark

WORDS_A_MINUTE = 200

_EMPTY = {
    "es": "Compruebe con este cuestionario lo que aprendió.",
    "en": "Check with this quiz what you have learned.",
}
CALL = re.compile(r"(?<!\\)\[\^([fe]\d{1,5})\]")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(media/([A-Za-z0-9._-]{1,100})\)")
UNSAFE = re.compile(r"[\[\]\\<>`*_]")


@dataclass(frozen=True, slots=True)
class ArrivedPicture:
    """A picture of a document.

    Attributes:
        name: In `media/`.
        data: Of the file.
        words: Alternative text as the document has it; may be empty.
        is_guessed: The words were written by a program, or are the name of a file.
        size: Width and height in pixels.
    """

    name: str
    data: bytes = field(repr=False)
    words: str = ""
    is_guessed: bool = False
    size: tuple[int, int] = (0, 0)

    @property
    def wants_words(self) -> bool:
        """Say whether a person has to say what it shows."""
        return self.is_guessed or not self.words


@dataclass(frozen=True, slots=True)
class ArrivedQuestion:
    """A question that was found, offered for the quiz of its module.

    Attributes:
        key: Stable for the same document: `q1`, `q2` …
        module: Slug of the module that it stands in.
        title: Its first words.
        text: As a quiz file has it; empty where it cannot come as a question.
        remark: Why it cannot.
        question: The value; None as above.
    """

    key: str
    module: str
    title: str
    text: str = ""
    remark: Remark | None = None
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class ArrivedModule:
    """A module as it would be.

    Attributes:
        number: Of its file.
        slug: Of its file and its address.
        title: Plain text.
        pieces: Blocks of Markdown; with the key of a question where that is one.
    """

    number: int
    slug: str
    title: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ModuleOutline:
    """What `course.toml` says of a module that arrives.

    Attributes:
        slug: Of the module.
        title: Plain text.
        minutes: To read it, at 200 words a minute.
        quiz_minutes: One a question; 0 without a quiz.
    """

    slug: str
    title: str
    minutes: int
    quiz_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided about an arrival.

    Attributes:
        questions: Keys of those that go into quizzes; None for all that can.
        words: Name of a picture to its alternative text; empty where it decorates.
    """

    questions: Collection[str] | None = None
    words: Mapping[str, str] = field(default_factory=dict)


ALL = Choices()


@dataclass(frozen=True, slots=True)
class WordArrival:
    """What became of a document.

    Attributes:
        language: Of its text.
        modules: In order.
        footnotes: Key to Markdown.
        pictures: In order of their first use.
        questions: In order.
        remarks: What did not survive, and what was changed.
    """

    language: str
    modules: tuple[ArrivedModule, ...] = ()
    footnotes: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[ArrivedPicture, ...] = ()
    questions: tuple[ArrivedQuestion, ...] = ()
    remarks: tuple[ArrivalRemark, ...] = ()

    @property
    def files(self) -> dict[str, bytes]:
        """Write the files of a course folder, with every question that can come."""
        return self.chosen(ALL)

    @property
    def pictures_without_text(self) -> tuple[ArrivedPicture, ...]:
        """List the pictures of which a person has to say what they show."""
        return tuple(one for one in self.pictures if one.wants_words)

    def chosen(self, choices: Choices) -> dict[str, bytes]:
        """Write the files of a course folder as a person decided.

        Returns:
            Path in the folder to content; nothing of `course.toml`.
        """
        files: dict[str, bytes] = {}
        for module in self.modules:
            stem = f"{module.number:02}-{module.slug}"
            text = _headed(module.title, self.body(module, choices))
            files[f"{stem}.{self.language}.md"] = text.encode()
            taken = self._taken(module, choices)
            if taken:
                quiz = self._quiz(module, taken)
                files[f"{stem}.quiz.{self.language}.md"] = quiz.encode()
        used = b"".join(files.values()).decode()
        for picture in self.pictures:
            if f"(media/{picture.name})" in used:
                files[f"media/{picture.name}"] = picture.data
        return files

    def body(self, module: ArrivedModule, choices: Choices = ALL) -> str:
        """Write the text of a module without its head."""
        taken = frozenset(one.key for one in self._taken(module, choices))
        pieces = _left(module.pieces, taken)
        body = "\n\n".join(pieces) or _EMPTY.get(self.language, _EMPTY["en"])
        return _described(_footed(body, self.footnotes), choices.words)

    def outlines(self, choices: Choices = ALL) -> tuple[ModuleOutline, ...]:
        """Say what `course.toml` needs of each module."""
        return tuple(
            ModuleOutline(
                module.slug,
                module.title,
                max(1, ceil(len(self.body(module, choices).split()) / WORDS_A_MINUTE)),
                len(self._taken(module, choices)),
            )
            for module in self.modules
        )

    def _taken(
        self, module: ArrivedModule, choices: Choices
    ) -> tuple[ArrivedQuestion, ...]:
        here = {key for key, _text in module.pieces if key}
        return tuple(
            one
            for one in self.questions
            if one.key in here
            and one.question is not None
            and (choices.questions is None or one.key in choices.questions)
        )

    def _quiz(self, module: ArrivedModule, taken: Sequence[ArrivedQuestion]) -> str:
        questions = tuple(one.question for one in taken if one.question is not None)
        section = Section(SectionKind.PLAIN, questions=questions)
        return quiz_text(
            id_=f"{module.slug[: MOST_ID_SIGNS - 5].rstrip('-')}-quiz",
            title=module.title,
            lang=self.language,
            sections=(section,),
        )


def _left(pieces: Sequence[tuple[str, str]], taken: frozenset[str]) -> list[str]:
    """Leave out questions that go elsewhere, and a heading that had only those."""
    kept: list[str] = []
    is_bare = False
    for key, text in pieces:
        is_heading = text.startswith("#")
        if is_heading and is_bare:
            kept.pop()
        if key in taken:
            is_bare = bool(kept) and kept[-1].startswith("#")
            continue
        kept.append(text)
        is_bare = False
    if is_bare:
        kept.pop()
    return kept


def _headed(title: str, body: str) -> str:
    return f"---\ntitle: {title}\n---\n\n{body}\n"


def _footed(body: str, footnotes: Mapping[str, str]) -> str:
    """Number the footnotes of a text from 1 and write them below it."""
    numbers: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        if found[1] not in footnotes:
            return ""
        return f"[^{numbers.setdefault(found[1], len(numbers) + 1)}]"

    called = CALL.sub(numbered, body)
    if not numbers:
        return called
    written = [
        f"[^{number}]: {CALL.sub('', footnotes[key])}"
        for key, number in numbers.items()
    ]
    return "\n\n".join([called, *written])


def _described(body: str, words: Mapping[str, str]) -> str:
    """Put in what a person says that pictures show."""

    def said(found: re.Match[str]) -> str:
        shown = words.get(found[2])
        if shown is None:
            return found[0]
        plain = " ".join(UNSAFE.sub(" ", shown).split())
        return f"![{plain}](media/{found[2]})"

    return _PICTURE.sub(said, body) if words else body
