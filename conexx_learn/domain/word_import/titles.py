"""Titles of a document without styles: short bold lines that stand alone."""

import re
from collections.abc import Iterator, Sequence

from conexx_learn.domain.question_exchange.html_tree import Element
from conexx_learn.domain.word_import.page import HEADINGS, words_of

Node = Element | str

MOST_WORDS = 14
MOST_SIGNS = 110

_BOLD = frozenset({"strong", "b", "u", "em", "i", "mark"})
_PART = re.compile(
    r"\s*(?:cap[ií]tulo|m[óo]dulo|unidad|tema|parte|chapter|module|unit|topic|part)"
    r"\s+(?:\d{1,2}|[ivxIVX]{1,5})\b",
    re.IGNORECASE,
)
_SENTENCE_END = (".", ",", ";", ":", "?", "!")


def has_headings(blocks: Sequence[Element]) -> bool:
    """Say whether a document was written with styles for its titles."""
    return any(block.tag in HEADINGS for block in blocks)


def with_titles(blocks: Sequence[Element]) -> Iterator[Element]:
    """Make headings of the bold lines of a document that has none.

    Lines in capitals, or that say *Módulo 1*, begin modules where there are two of
    them or more; the others are headings inside.
    """
    firsts = [block for block in blocks if _is_title(block) and _is_loud(block)]
    has_levels = len(firsts) > 1
    for block in blocks:
        if not _is_title(block):
            yield block
        elif has_levels and _is_loud(block):
            yield Element("h1", {}, [_plain(block)])
        else:
            yield Element("h2", {}, [_plain(block)])


def _plain(block: Element) -> str:
    return " ".join(words_of(block).split())


def _is_title(block: Element) -> bool:
    if block.tag != "p" or not is_wholly(block, frozenset({"strong", "b"})):
        return False
    words = _plain(block)
    return (
        0 < len(words) <= MOST_SIGNS
        and len(words.split()) <= MOST_WORDS
        and not words.endswith(_SENTENCE_END)
        and any(map(str.isalpha, words))
    )


def _is_loud(block: Element) -> bool:
    words = _plain(block)
    return bool(_PART.match(words)) or words == words.upper()


def is_wholly(node: Node, tags: frozenset[str]) -> bool:
    """Say whether all the words of a node stand inside of such elements."""
    if isinstance(node, str):
        return not node.strip()
    if node.tag in tags:
        return bool(words_of(node).strip())
    inner = [one for one in node.children if words_of(one).strip()]
    return bool(inner) and all(is_wholly(one, tags) for one in inner)
