"""HTML to Markdown: what Markdown can say is kept, the rest is told.

The tree comes from `html_tree`; nothing here reads a tag. Depth is bounded there, so
that walking it is safe.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from conexx_learn.domain.question_exchange.html_tree import (
    EMBEDDED,
    UNDRESSED,
    Element,
    html_tree,
)
from conexx_learn.domain.question_exchange.plain_text import (
    escaped_inside,
    line_start,
)
from conexx_learn.domain.quiz_source.markers import read_answer_line

Node = Element | str
Note = Callable[[str, str], None]
"""Code of a remark, and what it is about."""

Picture = Callable[[str, str], str]
"""Address and alternative text of a picture to its Markdown; empty where it is lost."""

Address = Callable[[str], str]
"""Address of a link to the one it has here; empty where there is none."""

MOST_LEVELS = 6
"""Lists inside lists; deeper ones are read as lists of this level."""

_BLOCKS = frozenset(
    [
        *("root", "p", "div", "center", "section", "article", "header", "footer"),
        *("main", "nav", "aside", "address", "figure", "figcaption", "fieldset"),
        *("legend", "details", "summary", "blockquote", "pre", "hr", "table"),
        *("ul", "ol", "li", "dl", "dt", "dd", "caption", "thead", "tbody", "tfoot"),
        *("tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"),
    ]
)
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt"])
_SLANTED = frozenset(["i", "em", "cite", "dfn", "var"])
_CODE = frozenset(["code", "kbd", "samp", "tt"])
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_START = re.compile(r"[0-9]{1,3}")
_DIGITS = re.compile(r"[0-9+-]+")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s()<>\\\"'`\[\]*]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text needs to know of the file that it stands in."""

    picture: Picture
    address: Address
    note: Note


def html_to_markdown(html: str, around: Surroundings) -> str:
    """Write HTML as blocks of Markdown."""
    return "\n\n".join(MarkdownWriter(around).blocks(html_tree(html).children, 0))


def html_to_line(html: str, around: Surroundings) -> str:
    """Write HTML as one line of Markdown, for an option."""
    root = html_tree(html)
    if any(one in _STRUCTURES for one in _tags(root)):
        around.note("structure-flattened", "")
    return line_start(" ".join(MarkdownWriter(around).inline([root]).split()))


_STRUCTURES = frozenset(["ul", "ol", "table", "pre", "blockquote", "dl"])


def _tags(element: Element) -> Iterable[str]:
    for child in element.children:
        if isinstance(child, Element):
            yield child.tag
            yield from _tags(child)


def _holds_block(node: Node) -> bool:
    if isinstance(node, str):
        return False
    return node.tag in _BLOCKS or any(_holds_block(child) for child in node.children)


@dataclass(slots=True)
class MarkdownWriter:
    """Writes Markdown, and tells what it cannot write."""

    around: Surroundings

    def blocks(self, nodes: Sequence[Node], level: int) -> list[str]:
        """Write nodes as blocks; what stands between blocks are paragraphs."""
        done: list[str] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, str) or not _holds_block(node):
                run.append(node)
                continue
            done += self._paragraph(run)
            run = []
            done += self._block(node, level)
        return done + self._paragraph(run)

    def _block(self, element: Element, level: int) -> list[str]:
        match element.tag:
            case "hr":
                return ["* * *"]
            case "pre":
                return self._code_block(element)
            case "ul" | "ol":
                return self._list(element, min(level + 1, MOST_LEVELS))
            case "table":
                return self._table(element, level)
            case "blockquote":
                inner = "\n\n".join(self.blocks(element.children, level))
                return [_prefixed(inner)] if inner else []
            case tag if tag in _BOLD and not any(map(_holds_block, element.children)):
                return [_dressed("**", text) for text in self._paragraph([element])]
            case _:
                return self.blocks(element.children, level)

    def _paragraph(self, nodes: Sequence[Node]) -> list[str]:
        lines = [" ".join(line.split()) for line in self.inline(nodes).split("\n")]
        shown = [line_start(line) for line in lines if line]
        return ["  \n".join(shown)] if shown else []

    def _code_block(self, element: Element) -> list[str]:
        text = _text(element).strip("\n")
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return [f"{fence}\n{text}\n{fence}"] if text.strip() else []

    def _list(self, element: Element, level: int) -> list[str]:
        start = element.attributes.get("start", "")
        number = int(start) if _START.fullmatch(start) else 1
        entries: list[str] = []
        for child in element.children:
            if isinstance(child, str) and not child.strip():
                continue
            nodes: list[Node] = [child]
            if isinstance(child, Element) and child.tag == "li":
                nodes = child.children
            blocks = self.blocks(nodes, level)
            if blocks:
                mark = f"{number}." if element.tag == "ol" else "-"
                entries.append(_entry(mark, blocks))
                number += 1
        return ["\n".join(entries)] if entries else []

    def _table(self, element: Element, level: int) -> list[str]:
        rows = [row for row in _rows(element) if row]
        if all(len(row) == 1 for row in rows):
            return [
                block for row in rows for block in self.blocks(row[0].children, level)
            ]
        if any(
            {"colspan", "rowspan"} & {*cell.attributes} for row in rows for cell in row
        ):
            self.around.note("cells-joined", "")
        width = max(map(len, rows))
        lines = [self._row(row, width) for row in rows]
        return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]

    def _row(self, row: Sequence[Element], width: int) -> str:
        cells = [" ".join(self.inline(cell.children).split()) for cell in row]
        cells = [cell.replace("|", "\\|") for cell in cells] + [""] * (width - len(row))
        return "| " + " | ".join(cells) + " |"

    def inline(self, nodes: Sequence[Node]) -> str:
        """Write nodes as running text; a line end is a break that was asked for."""
        done = ""
        for node in nodes:
            piece = self._piece(node)
            if done.endswith("]") and piece.startswith(("(", "[")):
                piece = f"\\{piece}"
            if done.endswith("*") and piece.startswith("*"):
                done, piece = _joined(done, piece)
            done += piece
        return done

    def _piece(self, node: Node) -> str:
        if isinstance(node, str):
            # Dots stand for the neighbours: whatever touches them is shielded.
            return escaped_inside(f".{_SPACES.sub(' ', node)}.")[1:-1]
        tag = node.tag
        if tag in EMBEDDED:
            self.around.note("embedded-lost", tag)
            return ""
        if tag == "br":
            return "\n"
        if tag == "img":
            attributes = node.attributes
            return self.around.picture(
                attributes.get("src", ""), attributes.get("alt", "")
            )
        if tag in _CODE:
            return _code(" ".join(_text(node).split()))
        return self._dressed_piece(node)

    def _dressed_piece(self, node: Element) -> str:
        tag = node.tag
        if tag in UNDRESSED:
            return self._undressed(node)
        inner = self.inline(node.children)
        if tag == "a":
            return self._link(inner, node.attributes.get("href", ""))
        if tag == "q":
            return f"“{inner}”"
        if tag in _BOLD or tag in _SLANTED:
            return _dressed("**" if tag in _BOLD else "*", inner)
        # Blocks that have to be one line are parted by spaces.
        return f" {inner} " if tag in _BLOCKS else inner

    def _undressed(self, node: Element) -> str:
        text = _text(node).strip()
        if node.tag in ("sup", "sub") and _DIGITS.fullmatch(text):
            return text.translate(_RAISED if node.tag == "sup" else _LOWERED)
        self.around.note("dress-lost", node.tag)
        return self.inline(node.children)

    def _link(self, label: str, href: str) -> str:
        if not label.strip():
            return label
        target = self.around.address(href) if href else ""
        if not target or "\n" in label or "](" in label:
            return label
        shown = label.strip().replace("[", "\\[").replace("]", "\\]")
        return _spaced(label, f"[{shown}]({_UNSAFE_IN_ADDRESS.sub(_quoted, target)})")


def _joined(before: str, after: str) -> tuple[str, str]:
    """Let bold end where it would begin again; part other signs that would touch."""
    is_bold = before.endswith("**") and after.startswith("**")
    if is_bold and not before.endswith(("***", "\\**")) and after[2:3] != "*":
        return before[:-2], after[2:]
    return before, f"&#8203;{after}"


def _quoted(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _text(node: Node) -> str:
    if isinstance(node, str):
        return node
    if node.tag == "br":
        return "\n"
    return "".join(_text(child) for child in node.children)


def _spaced(before: str, now: str) -> str:
    """Keep the spaces that stood at the ends of a text outside of what replaces it."""
    lead = before[: len(before) - len(before.lstrip())]
    return lead + now + before[len(before.rstrip()) :]


def _dressed(signs: str, inner: str) -> str:
    text = inner.strip()
    if not text or "\n" in text or text.startswith("*") or text.endswith("*"):
        return inner
    return _spaced(inner, f"{signs}{text}{signs}")


def _code(text: str) -> str:
    if not text:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    return f"{ticks} {text} {ticks}" if "`" in text else f"{ticks}{text}{ticks}"


def _prefixed(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _entry(mark: str, blocks: Sequence[str]) -> str:
    """Write an entry of a list: everything below its first line hangs under it."""
    first, *rest = blocks
    if read_answer_line(f"{mark} {first}"):
        first = f"\\{first}"
    joined = first
    for block in rest:
        is_list = block.startswith("- ") or block[:1].isdigit()
        joined += ("\n" if is_list else "\n\n") + block
    lines = joined.split("\n")
    below = [f"    {line}" if line.strip() else "" for line in lines[1:]]
    return "\n".join([f"{mark} {lines[0]}", *below])


def _rows(element: Element) -> Iterable[list[Element]]:
    for child in element.children:
        if isinstance(child, str):
            continue
        if child.tag == "tr":
            yield [
                cell
                for cell in child.children
                if isinstance(cell, Element) and cell.tag in ("td", "th")
            ]
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
