"""A module's text cut at its sections, so that something may stand at their ends.

What is stored stays as it was made: the cut is found in it when it is read, between two
elements of the top level, and so each piece is as whole as what it was cut from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

# The cleaner writes every value in double quotes, and every other `<` as `&lt;`.
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^\">]|\"[^\"]*\")*)>")
_ID = re.compile(r'\sid="([^"]*)"')
_CHILDLESS = frozenset({"br", "hr", "img"})
_NOTES = ' class="footnotes"'

Segment = str | int
"""HTML, or the number of a self-check."""


@dataclass(frozen=True, slots=True)
class ReadingSection:
    """A section of a module, from its heading to the next one of its level.

    Attributes:
        anchor: Id of its heading.
        heading: In plain text.
        segments: Its pieces of HTML, and the self-checks between them.
    """

    anchor: str
    heading: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ModuleReading:
    """A module's text in its parts, in the order of reading.

    Attributes:
        lead: What stands before the first section.
        sections: Those that begin with a heading of the second level.
        notes: The footnotes, which belong to the whole.
    """

    lead: tuple[Segment, ...] = ()
    sections: tuple[ReadingSection, ...] = ()
    notes: tuple[Segment, ...] = ()

    def heading(self, anchor: str) -> str | None:
        """Return what a section is called; "" for the whole module, None if unknown."""
        if not anchor:
            return ""
        found = (one.heading for one in self.sections if one.anchor == anchor)
        return next(found, None)

    def anchor_of(self, anchor: str, other: "ModuleReading") -> str | None:
        """Return the section of this language that is one of another language.

        Anchors are made of the headings' words, so what two languages share is the
        order of their sections, where they have as many. None if there is no such.
        """
        if len(self.sections) != len(other.sections):
            return None
        pairs = zip(self.sections, other.sections, strict=True)
        return next((own.anchor for own, one in pairs if one.anchor == anchor), None)


@dataclass(slots=True)
class _Part:
    """What goes on until the next cut; without an anchor it is no section."""

    anchor: str = ""
    is_notes: bool = False
    segments: list[Segment] = field(default_factory=list)


def module_reading(
    segments: Sequence[Segment], headings: Sequence[Sequence[str]]
) -> ModuleReading:
    """Cut a module's text at its sections and before its footnotes.

    Args:
        segments: As `markup.render_document` made them.
        headings: Pairs of anchor and plain text; of every level.
    """
    parts = [_Part()]
    for segment in segments:
        if isinstance(segment, int):
            parts[-1].segments.append(segment)
            continue
        for begins, html in _pieces(segment):
            if begins is not None:
                parts.append(begins)
            if html.strip():
                parts[-1].segments.append(html)
    names = {anchor: text for anchor, text in headings}  # noqa: C416 (lists, of JSON)
    return ModuleReading(
        lead=_segments(parts, is_notes=False),
        sections=tuple(
            ReadingSection(one.anchor, names.get(one.anchor, ""), tuple(one.segments))
            for one in parts
            if one.anchor
        ),
        notes=_segments(parts, is_notes=True),
    )


def _segments(parts: Sequence[_Part], *, is_notes: bool) -> tuple[Segment, ...]:
    return tuple(
        segment
        for one in parts
        if not one.anchor and one.is_notes is is_notes
        for segment in one.segments
    )


def _pieces(html: str) -> Iterator[tuple[_Part | None, str]]:
    """Cut one piece of HTML; the first part goes on with what was before it."""
    begins, start = None, 0
    for place, part in _cuts(html):
        yield begins, html[start:place]
        begins, start = part, place
    yield begins, html[start:]


def _cuts(html: str) -> Iterator[tuple[int, _Part]]:
    """Find where, on the top level, a section or the footnotes begin."""
    depth = 0
    for tag in _TAG.finditer(html):
        is_end, name, attributes = tag.groups()
        if name in _CHILDLESS:
            continue
        if is_end:
            depth -= 1
            continue
        if depth == 0 and (part := _part(name, attributes)):
            yield tag.start(), part
        depth += 1


def _part(name: str, attributes: str) -> _Part | None:
    if name == "section" and _NOTES in attributes:
        return _Part(is_notes=True)
    found = _ID.search(attributes) if name == "h2" else None
    return _Part(anchor=unescape(found[1])) if found else None
