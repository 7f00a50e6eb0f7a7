"""The headings of a text: their levels, and the anchors that they make."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from conexx_learn.domain.course_source.markdown_lines import Prose
from conexx_learn.domain.problems import Problem

_ATX = re.compile(r"(#{1,6})(.*)")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*#(?P<id>[\w-]+)[ \t]*\}[ \t]*$")
_ANY_ID = re.compile(r"\{:[ \t]*#([\w-]+)[ \t]*\}")
_UNDERLINABLE = re.compile(r"[^\s#>|*+~`!:-]")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading.

    Attributes:
        level: 1 to 6.
        title: Without marks and attributes.
        anchor: What a link writes after the `#`.
        line: In the file, from 1.
    """

    level: int
    title: str
    anchor: str
    line: int


def headings(prose: Prose) -> list[Heading]:
    """List the headings of a text in order, of both Markdown's forms."""
    found: list[Heading] = []
    before = ""
    for number, line in prose.numbered():
        atx, underline = _ATX.match(line), _UNDERLINE.fullmatch(line)
        if atx:
            found.append(_heading(len(atx[1]), atx[2], number))
        elif underline and _UNDERLINABLE.match(before):
            found.append(_heading(1 if "=" in underline[1] else 2, before, number - 1))
        before = "" if atx or underline else line
    return found


def _heading(level: int, text: str, line: int) -> Heading:
    own = _ATTRIBUTES.search(text)
    title = (text[: own.start()] if own else text).strip().rstrip("#").strip()
    return Heading(level, title, own["id"] if own else anchor(title), line)


def anchor(title: str) -> str:
    """Make the anchor of a title as the renderer does.

    Example:
        >>> anchor("¿Qué es un *programa* indicativo?")
        'que-es-un-programa-indicativo'
    """
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w\s-]", "", folded).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)


def anchors(prose: Prose) -> frozenset[str]:
    """Collect everything in a text that a `#…` may point to."""
    explicit = {match[1] for line in prose.lines for match in _ANY_ID.finditer(line)}
    return frozenset(explicit | {heading.anchor for heading in headings(prose)})


def heading_problems(prose: Prose, *, path: str) -> Iterator[Problem]:
    """Report a level-1 heading and every jump of levels (E011).

    A page gives its title the first level itself, so a text begins at `##`.
    """
    level = 1
    for heading in headings(prose):
        facts = {"title": heading.title[:60], "level": str(heading.level)}
        if heading.level == 1:
            yield Problem(path, heading.line, 1, "E011", {**facts, "variant": "first"})
            continue
        if heading.level > level + 1:
            facts["expected"] = "#" * (level + 1)
            yield Problem(path, heading.line, 1, "E011", facts)
        level = heading.level
