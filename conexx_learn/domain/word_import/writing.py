"""Blocks of a document as the Markdown of a module."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from conexx_learn.domain.question_exchange.html_reading import (
    MarkdownWriter,
    Surroundings,
)
from conexx_learn.domain.question_exchange.html_tree import Element
from conexx_learn.domain.question_exchange.plain_text import line_start
from conexx_learn.domain.word_import.page import HEADINGS, words_of
from conexx_learn.domain.word_import.remarks import ArrivalNotes

Node = Element | str

_LINKABLE = ("http://", "https://", "mailto:")
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")
_DRESS = {
    "u": "underline-lost",
    "mark": "highlight-lost",
    "s": "strike-lost",
    "strike": "strike-lost",
    "del": "strike-lost",
}
_CODES = {"cells-joined": "cells-joined", "embedded-lost": "object-lost"}
_FIRST, _DEEPEST = 2, 6
_LONGEST_PLACE = 80


@dataclass(slots=True)
class Words:
    """Writes blocks, and notes what Markdown cannot say with the words beside it.

    Attributes:
        picture: Address and alternative text to Markdown; empty where it is lost.
        notes: Where losses are told.
    """

    picture: Callable[[str, str], str]
    notes: ArrivalNotes
    _place: str = ""
    _writer: "_ModuleWriter" = field(init=False)

    def __post_init__(self) -> None:
        around = Surroundings(self.picture, self._address, self._note)
        self._writer = _ModuleWriter(around)

    def blocks(self, nodes: Sequence[Node]) -> list[str]:
        """Write nodes as blocks of Markdown."""
        done: list[str] = []
        for node in nodes:
            self._place = " ".join(_first_texts(node))[:_LONGEST_PLACE]
            done += self._writer.blocks([node], 0)
        return done

    def line(self, nodes: Sequence[Node]) -> str:
        """Write nodes as one line."""
        self._place = "".join(map(words_of, nodes))[:_LONGEST_PLACE]
        return line_start(" ".join(self._writer.inline(nodes).split()))

    def _address(self, target: str) -> str:
        plain = _CONTROLS.sub("", target)
        if plain.lower().startswith(_LINKABLE):
            return plain
        self.notes.add("link-lost", self._place, what=plain)
        return ""

    def _note(self, code: str, what: str) -> None:
        known = _DRESS.get(what) if code == "dress-lost" else _CODES.get(code)
        self.notes.add(known or "dress-lost", self._place)


def _first_texts(node: Node) -> Iterator[str]:
    """Yield the first texts of a node, a few: enough to know the place by."""
    if isinstance(node, str):
        if node.strip():
            yield node.strip()
        return
    for child in node.children[:4]:
        yield from _first_texts(child)


class _ModuleWriter(MarkdownWriter):
    """Writes headings and footnotes too, and joins any number of pieces."""

    __slots__ = ("level",)

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.level = 1

    def _block(self, element: Element, level: int) -> list[str]:
        if element.tag in HEADINGS and not level:
            return self._heading(element)
        return super()._block(element, level)

    def _heading(self, element: Element) -> list[str]:
        """Write a heading; a jump of levels becomes one step."""
        bare = Element("p", {}, without_dress(element.children))
        text = " ".join(self.inline(bare.children).split()).rstrip("#").strip()
        if not text:
            return []
        asked = max(_FIRST, int(element.tag[1]))
        self.level = min(asked, self.level + 1, _DEEPEST)
        return [f"{'#' * self.level} {text}"]

    def inline(self, nodes: Sequence[Node]) -> str:
        """Write nodes as running text; each piece looks at the end of the last."""
        done: list[str] = []
        for node in nodes:
            piece = self._piece(node)
            if not piece:
                continue
            last = done[-1] if done else ""
            if (
                last.endswith("]")
                and piece.startswith(("(", "["))
                and (not piece.startswith("[^"))
            ):
                piece = f"\\{piece}"
            if last.endswith("*") and piece.startswith("*"):
                done[-1], piece = _met(last, piece)
            done.append(piece)
        return "".join(done)

    def _piece(self, node: Node) -> str:
        if isinstance(node, str):
            return super()._piece(node.replace("\xad", "")).replace("[^", "\\[^")
        if node.tag == "note":
            return f"[^{node.attributes.get('key', '')}]"
        if node.tag == "item":
            return f" {self.inline(node.children)} "
        return super()._piece(node)


def _met(before: str, after: str) -> tuple[str, str]:
    """Let bold end where it would begin again; part other signs that would touch."""
    is_bold = before.endswith("**") and after.startswith("**")
    if is_bold and not before.endswith(("***", "\\**")) and after[2:3] != "*":
        return before[:-2], after[2:]
    return before, f"&#8203;{after}"


def without_dress(nodes: Sequence[Node]) -> list[Node]:
    """Copy nodes without bold, italics, underlines and highlights."""
    done: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or node.tag in {"img", "br", "note"}:
            done.append(node)
        elif node.tag in {"strong", "b", "em", "i", "u", "mark", "span"}:
            done += without_dress(node.children)
        else:
            inner = without_dress(node.children)
            done.append(Element(node.tag, node.attributes, inner))
    return done
