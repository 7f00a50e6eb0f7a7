"""Where a document is split: each heading of the first level begins a module."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from conexx_learn.domain.question_exchange.html_tree import Element
from conexx_learn.domain.word_import.page import HEADINGS, words_of

FEWEST_WORDS = 60
"""Of what stands before the first heading, for it to be a module of its own."""

LONGEST_TITLE = 120
_FIRST_NAMES = {"es": "Introducción", "en": "Introduction"}


@dataclass(slots=True)
class Part:
    """The blocks of one module.

    Attributes:
        title: Plain text.
        blocks: Without the heading that gave the title.
    """

    title: str
    blocks: list[Element] = field(default_factory=list)

    @property
    def word_count(self) -> int:
        """Count the words of all blocks."""
        return sum(len(words_of(block).split()) for block in self.blocks)


def parts_of(blocks: Sequence[Element], *, name: str, lang: str) -> list[Part]:
    """Split blocks into the parts that become modules.

    Args:
        blocks: Of the whole document.
        name: Title of the only module of a document without any.
        lang: Of the words that are put in.
    """
    title = _title(blocks) or name
    parts = [Part("")]
    for block in blocks:
        if block.tag == "title":
            continue
        if block.tag == "h1" and _words(block):
            parts.append(Part(_words(block)))
        else:
            parts[-1].blocks.append(block)
    first, *others = parts
    if not others:
        first.title = title
        return [Part(title, [*_raised(first.blocks)])] if first.blocks else []
    if first.word_count >= FEWEST_WORDS:
        first.title = _FIRST_NAMES.get(lang, _FIRST_NAMES["en"])
        return [first, *others]
    others[0].blocks[:0] = first.blocks
    return others


def _title(blocks: Sequence[Element]) -> str:
    return next((_words(one) for one in blocks if one.tag == "title"), "")


def _words(block: Element) -> str:
    return " ".join(words_of(block).split())[:LONGEST_TITLE].strip()


def _raised(blocks: Sequence[Element]) -> Iterator[Element]:
    """Let the highest heading of a document without modules be one below a title."""
    levels = [int(block.tag[1]) for block in blocks if block.tag in HEADINGS]
    lift = max(0, min(levels, default=2) - 2)
    for block in blocks:
        if block.tag in HEADINGS:
            level = max(2, int(block.tag[1]) - lift)
            yield Element(f"h{level}", {}, block.children)
        else:
            yield block
