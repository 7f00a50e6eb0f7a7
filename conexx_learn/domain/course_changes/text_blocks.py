"""Safe HTML cut into what a reader compares: paragraphs, headings, items, rows.

A block is a run of pieces: words, spaces, and inline tags that are written anew here
with nothing but what a comparison needs. Ids are left out, for two versions of a text
on one page would give each of them twice; an image is told by its alternative text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple


class BlockKind(StrEnum):
    """What a block is to the eye."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    SELF_CHECK = "self-check"
    SOURCE = "source"


class Piece(NamedTuple):
    """A word, a sign, a space, or an inline tag written as HTML."""

    text: str
    is_tag: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of text.

    Attributes:
        kind: What it is to the eye.
        pieces: In order; tags are balanced.
        targets: Where its links lead and which images it shows, in order.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    targets: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """List the words, for a first guess whether two blocks are one reworded."""
        return [p.text for p in self.pieces if not p.is_tag and p.text.strip()]


KINDS = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.ITEM),
    **dict.fromkeys(("tr", "caption"), BlockKind.ROW),
    "pre": BlockKind.CODE,
}
BREAKING = frozenset(
    {"p", "hr", "pre", "blockquote", "div", "section", "ul", "ol", "dl", "table"}
    | {"thead", "tbody"}
    | KINDS.keys()
)
CELLS = frozenset({"td", "th"})
KEPT_TAGS = frozenset({"abbr", "code", "em", "strong", "sup"})
FOLLOWED = ("http://", "https://", "mailto:")
CELL_BORDER = (Piece(" "), Piece("|"), Piece(" "))
REFERENCE = Piece("<sup>", is_tag=True)
"""Opens the number of a footnote."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def text_pieces(text: str) -> list[Piece]:
    """Cut plain text into words, signs and single spaces."""
    return [Piece(" " if one.isspace() else one) for one in _WORDS.findall(text)]


def text_blocks(html: str) -> list[Block]:
    """Cut safe HTML into blocks, in reading order.

    Args:
        html: As `domain.markup` made it.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


@dataclass(slots=True)
class _Draft:
    """The block that is being read."""

    pieces: list[Piece] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects blocks while the parser goes through the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._draft = _Draft()
        self._links: list[str] = []
        self._is_way_back = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in BREAKING:
            self.end_block()
            self._open.append(tag)
        elif tag in CELLS:
            self._border()
        elif tag == "img":
            self._image(values)
        elif tag == "br":
            self._draft.pieces.append(Piece(" "))
        elif tag == "a":
            self._link(values)
        elif tag in KEPT_TAGS:
            self._draft.pieces.append(Piece(_opening(tag, values), is_tag=True))

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKING:
            self.end_block()
            self._close(tag)
        elif tag == "a" and self._links:
            self._is_way_back = False
            if closing := self._links.pop():
                self._draft.pieces.append(Piece(closing, is_tag=True))
        elif tag in KEPT_TAGS:
            self._draft.pieces.append(Piece(f"</{tag}>", is_tag=True))

    def handle_data(self, data: str) -> None:
        if self._is_way_back:
            return
        if "pre" in self._open:
            lines = data.splitlines(keepends=True)
            self._draft.pieces += [Piece(line) for line in lines]
        else:
            self._draft.pieces += text_pieces(data)

    def end_block(self) -> None:
        """Keep what was read since the last border, if it says anything."""
        pieces = tuple(_trimmed(self._draft.pieces))
        if _says_anything(pieces):
            targets = tuple(self._draft.targets)
            self.blocks.append(Block(self._kind(), pieces, targets))
        self._draft = _Draft()

    def _kind(self) -> BlockKind:
        kinds = (KINDS[tag] for tag in reversed(self._open) if tag in KINDS)
        return next(kinds, BlockKind.PARAGRAPH)

    def _close(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def _border(self) -> None:
        if _says_anything(self._draft.pieces):
            self._draft.pieces += CELL_BORDER

    def _image(self, values: dict[str, str]) -> None:
        self._draft.targets.append(values.get("src", "").lstrip("/"))
        self._draft.pieces += text_pieces(f"[{values.get('alt', '')}]")

    def _link(self, values: dict[str, str]) -> None:
        """Keep a link that leads out; one inside the text is only its words."""
        href = values.get("href", "")
        is_reference = self._draft.pieces[-1:] == [REFERENCE]
        # The little link under a footnote that leads back up says nothing new.
        self._is_way_back = (
            href.startswith("#") and "aria-label" in values and not is_reference
        )
        if href and not href.startswith("#"):
            self._draft.targets.append(href)
        if href.startswith(FOLLOWED):
            tag = f'<a href="{escape(href)}">'
            self._draft.pieces.append(Piece(tag, is_tag=True))
        self._links.append("</a>" if href.startswith(FOLLOWED) else "")


def _opening(tag: str, values: dict[str, str]) -> str:
    title = values.get("title", "")
    return f'<{tag} title="{escape(title)}">' if tag == "abbr" and title else f"<{tag}>"


def _says_anything(pieces: Iterable[Piece]) -> bool:
    return any(not piece.is_tag and piece.text.strip() for piece in pieces)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Drop spaces at both ends and doubled ones between."""
    kept: list[Piece] = []
    for piece in pieces:
        is_space = piece.text == " " and not piece.is_tag
        if not (is_space and (not kept or kept[-1].text == " ")):
            kept.append(piece)
    return kept[:-1] if kept and kept[-1].text == " " else kept
