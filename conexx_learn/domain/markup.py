"""Markdown to safe HTML: the only place that makes HTML of text.

The order of the walls: `wall_problem` refuses what would take Markdown too long, raw
HTML is taken out of the source, Markdown renders the rest, bleach and then nh3 let
through only what is listed here. Rendering is done at publication and in previews.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element  # No XML is read here.

import bleach
import markdown
import nh3
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from conexx_learn.domain.markup_allowed import (
    ATTRIBUTES,
    BLOCK_TAGS,
    INLINE_TAGS,
    LINK_REL,
    MARKED_TAGS,
    SCHEMES,
    is_allowed,
)
from conexx_learn.domain.markup_plain import is_plain
from conexx_learn.domain.markup_source import (
    SLOT,
    Fence,
    cleared_inline,
    cleared_source,
)
from conexx_learn.domain.markup_terms import TermNames, link_terms
from conexx_learn.domain.markup_tree import Dressing, Size, dress, words
from conexx_learn.domain.markup_wall import (
    MOST_BYTES,
    MarkupRefusedError,
    inline_problem,
    lines_problem,
    wall_problem,
)

__all__ = [
    "SANITISER_VERSION",
    "MarkupRefusedError",
    "RenderedDocument",
    "clean_marked",
    "render_block",
    "render_document",
    "render_inline",
    "wall_problem",
]

SANITISER_VERSION = "3"
"""Raised with every change of what comes out; stored copies of another are remade."""

PREFIX = "u-"

Address = Callable[[str], str]

TermLinks = tuple[TermNames, Address]
"""The names of the glossary, and a term's id to its address."""

_SLOT = re.compile(rf"<p>{SLOT}([0-9]+){SLOT}</p>")


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A module, ready to be stored and shown.

    Attributes:
        segments: HTML, each piece whole in itself, and between the pieces the index,
            from 0, of the self-check that stands there.
        headings: Id (with its prefix) and plain text of each heading, in order.
        removed: Line and text of each piece of raw HTML that was taken away.
    """

    segments: list[str | int]
    headings: list[tuple[str, str]]
    removed: list[tuple[int, str]]


def render_document(
    text: str,
    *,
    media_url: Address | None = None,
    link_url: Address | None = None,
    locale: str = "es",
    prefix: str = PREFIX,
    media_size: Callable[[str], Size | None] | None = None,
    terms: TermLinks | None = None,
) -> RenderedDocument:
    """Render a module: headings with ids, footnotes, self-checks cut out.

    Args:
        text: Markdown, at most 64 KiB.
        media_url: Name of a file in `media/`, without that folder, to its address;
            without it, or where it gives "", an image is its alternative text.
        link_url: Relative link as written to its address; "" makes it plain text.
        locale: Language of the words that rendering adds: `es` or `en`.
        prefix: Of every id.
        media_size: Name of a file in `media/` to its width and height in pixels.
        terms: What of the glossary is linked where it is first used.

    Raises:
        MarkupRefusedError: The text would take too long; says which line.
    """
    source = cleared_source(_short(text))
    _refuse(lines_problem(source.lines))
    dressing = Dressing(locale, prefix, media_url, media_size, link_url)
    machine = _document_machine(dressing, terms)
    html = machine.convert(_spaced(source.lines))
    html = _with_code(html, source.fences)
    headings = [
        (dressing.anchor(token["id"]), unescape(token["name"]))
        for token in _flat(machine.toc_tokens)
    ]
    return RenderedDocument(
        _segments(html, source.fences, prefix), headings, source.removed
    )


def render_block(
    text: str,
    *,
    media_url: Address | None = None,
    link_url: Address | None = None,
    locale: str = "es",
) -> str:
    """Render a prompt, an explanation, a narrative: blocks, without ids or footnotes.

    Raises:
        MarkupRefusedError: The text would take too long.
    """
    source = cleared_source(_short(text))
    _refuse(lines_problem(source.lines))
    first = source.lines[0]
    if len(source.lines) == 1 and is_plain(first):
        return f"<p>{first}</p>"
    machine = _machine(Dressing(locale, PREFIX, media_url, None, link_url))
    html = machine.convert(_spaced(source.lines))
    return _clean(_with_code(html, source.fences), BLOCK_TAGS, PREFIX)


def render_inline(
    text: str,
    *,
    media_url: Address | None = None,
    link_url: Address | None = None,
    locale: str = "es",
) -> str:
    """Render an option: one run of text, fit for a label; never a block.

    Raises:
        MarkupRefusedError: The text would take too long, or has more than 8 KiB.
    """
    line = cleared_inline(_short(text))
    _refuse(inline_problem(line))
    if is_plain(line):
        return line
    machine = _inline_machine(Dressing(locale, PREFIX, media_url, None, link_url))
    html = machine.convert(line)
    return _clean(html, INLINE_TAGS, PREFIX).strip()


def clean_marked(html: str) -> str:
    """Clean a run of text in which changes are marked: inline tags, `ins`, `del`.

    Whoever marks works on what was cleaned already, so the last wall is enough.
    """
    return nh3.clean(
        html,
        tags=set(MARKED_TAGS),
        attributes={"a": {"href"}, "abbr": {"title"}},
        url_schemes=SCHEMES,
        link_rel=LINK_REL,
    )


def _short(text: str) -> str:
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise MarkupRefusedError(line=1, reason=f"more than {MOST_BYTES // 1024} KiB")
    return text


def _refuse(problem: tuple[int, str] | None) -> None:
    if problem:
        raise MarkupRefusedError(line=problem[0], reason=problem[1])


def _spaced(lines: list[str]) -> str:
    """Join lines with an empty one around each slot and heading.

    Markdown reads a heading anywhere; but when many of them follow one another in one
    block, it takes quadratic time to part them.
    """
    return "\n".join(
        f"\n{line}\n" if line.startswith((SLOT, "#")) else line for line in lines
    )


def _flat(tokens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """List the nested headings in the order of the text."""
    return [found for token in tokens for found in (token, *_flat(token["children"]))]


class _TreeStep(Treeprocessor):  # type: ignore[misc]  # Markdown has no types.
    """A change of our own to the tree that Markdown made."""

    def __init__(self, change: Callable[[Element], None]) -> None:
        super().__init__()
        self._change = change

    def run(self, root: Element) -> None:
        self._change(root)


class _IdList(AttrListTreeprocessor):  # type: ignore[misc]  # Markdown has no types.
    """Attribute lists that can say an id and nothing else: `{: #map }`."""

    BASE_RE = r"\{:[ ]*(#[A-Za-z][A-Za-z0-9_-]{0,79})[ ]*\}"
    HEADER_RE = re.compile(rf"[ ]+{BASE_RE}[ ]*$")
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")
    INLINE_RE = re.compile(rf"^{BASE_RE}")


def _machine(dressing: Dressing, *extensions: Extension) -> Any:  # noqa: ANN401  # Markdown has no types.
    """Make a renderer that reads no HTML; one for each text, for none is shared."""
    machine = markdown.Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            DefListExtension(),
            AdmonitionExtension(),
            AbbrExtension(),
            *extensions,
        ],
    )
    machine.preprocessors.deregister("html_block")
    machine.inlinePatterns.deregister("html")
    # A rule under a line is a rule: headings are written with `#` alone.
    machine.parser.blockprocessors.deregister("setextheader")
    # A list begins with the number that was written.
    machine.parser.blockprocessors["olist"].LAZY_OL = False
    # After everything that Markdown does to the tree.
    dressed = _TreeStep(lambda root: dress(root, dressing))
    machine.treeprocessors.register(dressed, "dress", 4)
    return machine


def _document_machine(dressing: Dressing, terms: TermLinks | None) -> Any:  # noqa: ANN401  # Markdown has no types.
    footnotes = FootnoteExtension(
        UNIQUE_IDS=True, BACKLINK_TITLE=words(dressing.locale)["back_title"]
    )
    headings = TocExtension(
        marker="",
        slugify=lambda text, separator: dressing.prefix + slugify(text, separator),
    )
    machine = _machine(dressing, footnotes, headings)
    machine.treeprocessors.register(_IdList(machine), "id_list", 8)
    if terms:
        linked = _TreeStep(lambda root: link_terms(root, *terms))
        machine.treeprocessors.register(linked, "terms", 5)
    return machine


def _inline_machine(dressing: Dressing) -> Any:  # noqa: ANN401  # Markdown has no types.
    machine = _machine(dressing)
    machine.parser.blockprocessors = Registry()
    paragraph = ParagraphProcessor(machine.parser)
    machine.parser.blockprocessors.register(paragraph, "paragraph", 10)
    return machine


def _with_code(html: str, fences: list[Fence]) -> str:
    """Put the code of fenced blocks where their slots are; self-checks stay slots."""

    def filled(slot: re.Match[str]) -> str:
        fence = fences[int(slot[1])]
        if fence.is_self_check:
            return slot[0]
        return f'<pre tabindex="0"><code>{escape(fence.text)}\n</code></pre>'

    return _SLOT.sub(filled, html)


def _segments(html: str, fences: list[Fence], prefix: str) -> list[str | int]:
    """Cut a document at its self-checks and clean each piece by itself."""
    self_checks = [place for place, fence in enumerate(fences) if fence.is_self_check]
    numbers = {place: number for number, place in enumerate(self_checks)}
    segments: list[str | int] = []
    for index, piece in enumerate(_SLOT.split(html)):
        if index % 2:
            segments.append(numbers[int(piece)])
        elif cleaned := _clean(piece, BLOCK_TAGS, prefix).strip():
            segments.append(cleaned)
    return segments


def _clean(html: str, tags: frozenset[str], prefix: str) -> str:
    """Let through only what is listed: bleach first, nh3 as the last word."""

    def allowed(tag: str, name: str, value: str) -> bool:
        return is_allowed(tag, name, value, prefix=prefix)

    cleaner = bleach.Cleaner(
        tags=tags, attributes=allowed, protocols=SCHEMES, strip=True
    )
    return nh3.clean(
        cleaner.clean(html),
        tags=set(tags),
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: (
            value if is_allowed(tag, name, value, prefix=prefix) else None
        ),
        url_schemes=SCHEMES,
        link_rel=LINK_REL,
    )
