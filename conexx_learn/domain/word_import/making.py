"""How a page becomes an arrival: split, searched for questions, written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from conexx_learn.domain.course_source.file_names import RESERVED
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.pictures import Picture
from conexx_learn.domain.question_exchange.html_tree import Element
from conexx_learn.domain.quiz import Question
from conexx_learn.domain.quiz_source.headings import proposed_id
from conexx_learn.domain.refusals import refusal
from conexx_learn.domain.word_import.arrival import (
    CALL,
    UNSAFE,
    ArrivedModule,
    ArrivedPicture,
    ArrivedQuestion,
    WordArrival,
)
from conexx_learn.domain.word_import.modules import (
    LONGEST_TITLE,
    Part,
    parts_of,
)
from conexx_learn.domain.word_import.page import Page, words_of
from conexx_learn.domain.word_import.questions import FoundQuestion, parted
from conexx_learn.domain.word_import.quiz_making import (
    MadeQuestion,
    made_of,
    shown_question,
)
from conexx_learn.domain.word_import.remarks import ArrivalNotes
from conexx_learn.domain.word_import.titles import has_headings, with_titles
from conexx_learn.domain.word_import.word_lists import rejoined, typed_lists
from conexx_learn.domain.word_import.writing import Words

MOST_MODULES = 99
MOST_BODY = 56 * 1024
"""Bytes of a module's text; what is longer goes on in another. The format allows 64."""
LONGEST_SLUG = 50


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an arrival is going.

    Attributes:
        name: Of the document, as a file has it.
        language: Of the text, and of the words put in.
        first_number: Of the first module.
        taken_slugs: Of modules that the course has already.
    """

    name: str
    language: str
    first_number: int = 1
    taken_slugs: frozenset[str] = frozenset()


def arrival_of(
    page: Page,
    setting: Setting,
    *,
    pictures: Mapping[str, Picture],
    lost_pictures: Mapping[str, str],
) -> WordArrival:
    """Make an arrival of an even page.

    Args:
        page: Of the document.
        setting: Where it is going.
        pictures: Address in the page to picture.
        lost_pictures: Address in the page to why it cannot be shown, as a code.

    Raises:
        ContentError: There is nothing to bring, or a piece is too large.
    """
    return _Making(page, setting, pictures, lost_pictures).arrival()


@dataclass(slots=True)
class _Making:
    """Collects what an arrival is made of."""

    page: Page
    setting: Setting
    sources: Mapping[str, Picture]
    lost: Mapping[str, str]
    pictures: dict[str, ArrivedPicture] = field(default_factory=dict)
    questions: list[ArrivedQuestion] = field(default_factory=list)
    slugs: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def arrival(self) -> WordArrival:
        blocks = self.page.blocks
        stem = stem_of(self.setting.name)
        if not has_headings(blocks):
            titled = [*with_titles(blocks)]
            found = sum(1 for one in titled if one.tag in {"h1", "h2"})
            if found:
                self.page.notes.add("titles-guessed", count=found)
            blocks = titled
        parts = parts_of(blocks, name=stem, lang=self.setting.language)
        self._tell_title(parts)
        self.slugs = {*self.setting.taken_slugs, *RESERVED}
        modules = [one for part in parts for one in self._modules(part)]
        if not modules:
            raise refusal(self.setting.name, "E009", "office-empty")
        return WordArrival(
            self.setting.language,
            self._numbered(modules),
            self._footnotes(),
            tuple(self.pictures.values()),
            tuple(self.questions),
            self.page.notes.remarks,
        )

    def _tell_title(self, parts: Sequence[Part]) -> None:
        """Say that a title of the whole document is in none of its modules."""
        for block in self.page.blocks:
            words = " ".join(words_of(block).split()) if block.tag == "title" else ""
            if words and words[:LONGEST_TITLE] not in {part.title for part in parts}:
                self.page.notes.add("title-left", words, what=words)

    def _numbered(self, modules: Sequence[ArrivedModule]) -> tuple[ArrivedModule, ...]:
        first = self.setting.first_number
        if first + len(modules) - 1 > MOST_MODULES:
            limit = str(MOST_MODULES)
            raise refusal(self.setting.name, "E008", "office-modules", limit=limit)
        return tuple(
            replace(module, number=number)
            for number, module in enumerate(modules, start=first)
        )

    def _modules(self, part: Part) -> Iterator[ArrivedModule]:
        """Write a part; one that is too long goes on in further modules."""
        slug = self._slug(part.title)
        pieces: list[tuple[str, str]] = []
        size = count = 0
        for key, text in self._pieces(part, slug):
            length = len(text.encode()) + 2
            if length > MOST_BODY:
                self._refuse_block(text)
            if size + length > MOST_BODY:
                count += 1
                yield self._module(part.title, slug, count, pieces)
                pieces, size = [], 0
            pieces.append((key, text))
            size += length
        if pieces:
            if count:
                self.page.notes.add("module-parted", part.title)
                count += 1
            yield self._module(part.title, slug, count, pieces)

    def _module(
        self, title: str, slug: str, count: int, pieces: Sequence[tuple[str, str]]
    ) -> ArrivedModule:
        shown = f"{title} ({count})" if count > 1 else title
        own = self._slug(f"{slug}-{count}") if count > 1 else slug
        return ArrivedModule(0, own, shown, tuple(pieces))

    def _refuse_block(self, text: str) -> None:
        facts = {"limit": str(MOST_BODY // 1024), "place": " ".join(text.split())[:60]}
        raise refusal(self.setting.name, "E008", "office-block", **facts)

    def _slug(self, title: str) -> str:
        base = proposed_id(title)[:LONGEST_SLUG].strip("-")
        base = base if is_slug(base) else f"modulo-{base}".strip("-")
        slug, number = base, 2
        while slug in self.slugs:
            slug, number = f"{base}-{number}", number + 1
        self.slugs.add(slug)
        return slug

    def _pieces(self, part: Part, slug: str) -> Iterator[tuple[str, str]]:
        words = Words(self._picture, self.page.notes)
        waiting: list[Element] = []
        for one in parted(part.blocks):
            if isinstance(one, Element):
                waiting.append(one)
                continue
            yield from _written(waiting, words)
            waiting = []
            yield from self._question(one, words, slug)
        yield from _written(waiting, words)

    def _question(
        self, found: FoundQuestion, words: Words, slug: str
    ) -> Iterator[tuple[str, str]]:
        # What is lost of a question is told once, by the text that would replace it.
        quiet = Words(self._picture, ArrivalNotes())
        made = made_of(found, quiet, self.setting.language)
        key = f"q{len(self.questions) + 1}"
        question = self._named(made, slug)
        text = shown_question(question, self.setting.language) if question else ""
        self.questions.append(
            ArrivedQuestion(key, slug, made.title, text, made.remark, question)
        )
        kept = quiet if made.question is not None else words
        plain = [text for _key, text in _written(list(found.blocks), kept)]
        yield key, "\n\n".join(plain)

    def _named(self, made: MadeQuestion, slug: str) -> Question | None:
        """Give a question an id that no other of the course has."""
        if made.question is None:
            return None
        base = proposed_id(f"{slug[:24]}-{made.title}")[:54].strip("-")
        id_, number = base, 2
        while id_ in self.ids:
            id_, number = f"{base}-{number}", number + 1
        self.ids.add(id_)
        parts = replace(
            made.question.parts,
            explanation=CALL.sub("", made.question.parts.explanation),
        )
        prompt = CALL.sub("", made.question.prompt_md)
        return replace(made.question, id=id_, prompt_md=prompt, parts=parts)

    def _picture(self, source: str, words: str) -> str:
        shown = " ".join(UNSAFE.sub(" ", words).split())[:500]
        known = self.sources.get(source)
        if known is None:
            code = self.lost.get(source, "picture-outside")
            self.page.notes.add(code, shown, what=source.rpartition("/")[2] or "—")
            return ""
        if source not in self.pictures:
            self.pictures[source] = self._arrived(known, shown)
        one = self.pictures[source]
        return f"![{'' if one.is_guessed else shown}](media/{one.name})"

    def _arrived(self, known: Picture, words: str) -> ArrivedPicture:
        stem = proposed_id(stem_of(self.setting.name))[:40].strip("-")
        name = f"{stem}-{len(self.pictures) + 1}.{known.ending}"
        size = (known.width, known.height)
        return ArrivedPicture(name, known.data, words, _is_guessed(words), size)

    def _footnotes(self) -> dict[str, str]:
        words = Words(self._picture, self.page.notes)
        return {
            key: "\n\n".join(words.blocks(blocks)).replace("\n", "\n    ")
            for key, blocks in self.page.footnotes.items()
        }


def _written(blocks: Sequence[Element], words: Words) -> Iterator[tuple[str, str]]:
    for block in typed_lists([*rejoined(blocks)]):
        for text in words.blocks([block]):
            yield "", text


_GUESSED = re.compile(
    r"descripci[óo]n generada autom|automatically generated|generated automatically"
    r"|^(?:imagen|image|picture|gr[áa]fico|captura(?: de pantalla)?)\s*\d*$"
    r"|\.(?:png|jpe?g|gif|bmp|tiff?|webp|emf|wmf)$",
    re.IGNORECASE,
)


def _is_guessed(words: str) -> bool:
    """Say whether an alternative text is one that no person wrote."""
    return bool(_GUESSED.search(words[:500]))


def stem_of(name: str) -> str:
    """Take folder and ending off the name of a document.

    Example:
        >>> stem_of("Mis documentos/Guía de convocatoria.docx")
        'Guía de convocatoria'
    """
    base = name.replace("\\", "/").rpartition("/")[2]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", base)
    plain = "".join(sign if sign.isprintable() else " " for sign in stem)
    return " ".join(plain.replace("_", " ").split())[:100] or "Documento"
