"""Two people on one text: what each of them changed, put together line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from merge3 import Merge3

MINE, BETWEEN, THEIRS = "<<<<<<<", "=======", ">>>>>>>"
"""Signs at the start of a line that stand around what has to be decided."""

LINES_AROUND = 3
"""Unchanged lines that are shown before and after a change."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where both changed the same lines.

    Attributes:
        line: Of the merged text, from 1, where it begins.
        mine: What one wrote.
        theirs: What is there now.
    """

    line: int
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two texts put together.

    Attributes:
        text: With both sides, between signs, where one has to decide.
        conflicts: Those places, in order.
    """

    text: str
    conflicts: tuple[Conflict, ...] = ()


class ChangeKind(StrEnum):
    """How some lines differ."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Change:
    """Lines that are the same, went, came, or are left out of what is shown.

    Attributes:
        kind: Which of these.
        lines: The lines; none where they are left out.
        count: How many there are.
    """

    kind: ChangeKind
    lines: tuple[str, ...]
    count: int


Group = tuple[str, Sequence[str], Sequence[str]]
"""`same`, `conflict` or which side; the lines of mine, and of theirs."""


def merged(base: str | None, mine: str, theirs: str) -> Merge:
    r"""Put two versions of a text together.

    Args:
        base: What both began with; None where it is not known, and then each place
            where they differ has to be decided.
        mine: One version.
        theirs: The other.

    Example:
        >>> merged("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n").text
        'A\nb\nC\n'
    """
    if base is None:
        return _written(_differences(_lines(mine), _lines(theirs)))
    machine = Merge3(_lines(base), _lines(mine), _lines(theirs))
    return _written(_groups(machine))


def unmerged(mine: str, theirs: str) -> Merge:
    """Leave two versions whole, one after the other, for somebody to decide."""
    return _written([("conflict", _lines(mine), _lines(theirs))])


def undecided_lines(text: str) -> tuple[int, ...]:
    """List the lines of a text, from 1, that still hold the signs of a conflict."""
    return tuple(
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if line.startswith((f"{MINE} ", f"{THEIRS} "))
    )


def line_changes(before: str, after: str) -> tuple[Change, ...]:
    """Say line by line how a text changed; long unchanged parts are only counted."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Change] = []
    blocks = SequenceMatcher(None, old, new).get_opcodes()
    for place, (tag, i1, i2, j1, j2) in enumerate(blocks):
        if tag == "equal":
            is_last = place == len(blocks) - 1
            found += _shortened(old[i1:i2], is_first=place == 0, is_last=is_last)
            continue
        if i2 > i1:
            found.append(Change(ChangeKind.REMOVED, tuple(old[i1:i2]), i2 - i1))
        if j2 > j1:
            found.append(Change(ChangeKind.ADDED, tuple(new[j1:j2]), j2 - j1))
    return tuple(found)


def replaced_whole(before: str, after: str) -> tuple[Change, ...]:
    """Say that everything changed: for texts whose comparison takes too long."""
    old, new = tuple(before.splitlines()), tuple(after.splitlines())
    return (
        Change(ChangeKind.REMOVED, old, len(old)),
        Change(ChangeKind.ADDED, new, len(new)),
    )


def _shortened(
    lines: Sequence[str], *, is_first: bool, is_last: bool
) -> Iterator[Change]:
    head = 0 if is_first else LINES_AROUND
    tail = 0 if is_last else LINES_AROUND
    skipped = len(lines) - head - tail
    if skipped <= 1:
        yield Change(ChangeKind.SAME, tuple(lines), len(lines))
        return
    if head:
        yield Change(ChangeKind.SAME, tuple(lines[:head]), head)
    yield Change(ChangeKind.SKIPPED, (), skipped)
    if tail:
        yield Change(ChangeKind.SAME, tuple(lines[-tail:]), tail)


def _lines(text: str) -> list[str]:
    """Split a text into lines that all end, so that none runs into the next."""
    lines = text.split("\n")
    return [f"{line}\n" for line in (lines[:-1] if lines[-1] == "" else lines)]


def _groups(machine: Merge3[str]) -> Iterator[Group]:
    for group in machine.merge_groups():
        if group[0] == "conflict":
            yield "conflict", group[2], group[3]
        else:
            yield "same", group[1], group[1]


def _differences(mine: list[str], theirs: list[str]) -> Iterator[Group]:
    matcher = SequenceMatcher(None, mine, theirs)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        kind = "same" if tag == "equal" else "conflict"
        yield kind, mine[i1:i2], theirs[j1:j2]


def _written(groups: Iterator[Group] | Sequence[Group]) -> Merge:
    lines: list[str] = []
    conflicts: list[Conflict] = []
    for kind, mine, theirs in groups:
        if kind == "same":
            lines += mine
            continue
        place = len(lines) + 1
        conflicts.append(Conflict(place, "".join(mine), "".join(theirs)))
        lines += [f"{MINE} 1\n", *mine, f"{BETWEEN}\n", *theirs, f"{THEIRS} 2\n"]
    return Merge("".join(lines), tuple(conflicts))
