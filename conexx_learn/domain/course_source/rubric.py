"""`rubric.<lang>.md`: criteria with a weight and six levels, for work people grade."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from conexx_learn.domain.course_source.markdown_lines import Prose
from conexx_learn.domain.graded_work.rubric_file import (
    HEADING,
    LEAST,
    LEVEL,
    SECTION,
    WEIGHT,
    value_of,
)
from conexx_learn.domain.problems import Problem

_LEVELS = [0, 1, 2, 3, 4, 5]
_WHOLE = re.compile(r"[0-9]{1,3}")
_WORD = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ALL = 100
Block = tuple[int, list[str]]
"""Number of its first line, and the lines of one criterion."""


def rubric_problems(prose: Prose, *, path: str) -> Iterator[Problem]:
    """Report criteria that cannot be read, or that do not make a rubric together.

    Each needs a weight and six levels; the weights sum to 100. A section may state the
    fewest points that it asks for, once, and no more than it can earn.
    """
    blocks = _blocks(prose)
    if not blocks:
        yield Problem(path, 1, 1, "E003", {"key": "## id | …"})
        return
    found = [problem for block in blocks for problem in _block_problems(block, path)]
    yield from found or _whole_problems(blocks, path)


def rubric_difference(
    prose: Prose, source: Prose, *, path: str, source_path: str
) -> Iterator[Problem]:
    """Report a translation whose criteria, weights or minimums are not its source's."""
    if _numbers(prose) != _numbers(source):
        facts = {"value": source_path, "variant": "criteria"}
        yield Problem(path, 1, 1, "E004", facts)


def _numbers(prose: Prose) -> list[tuple[str, ...]]:
    """Return what is the same in every language."""
    return [
        (_id(lines), *(value_of(key, lines) for key in (WEIGHT, SECTION, LEAST)))
        for _, lines in _blocks(prose)
    ]


def _blocks(prose: Prose) -> list[Block]:
    lines = prose.numbered()
    starts = [index for index, (_, line) in enumerate(lines) if line.startswith("## ")]
    return [
        (lines[start][0], [line for _, line in lines[start:end]])
        for start, end in pairwise([*starts, len(lines)])
    ]


def _id(lines: list[str]) -> str:
    heading = HEADING.fullmatch(lines[0].rstrip())
    return heading["id"] if heading else ""


def _block_problems(block: Block, path: str) -> Iterator[Problem]:
    number, lines = block
    heading = lines[0][:60]
    if not _id(lines):
        yield _bad(path, number, "##", heading, "criterion")
    weight = value_of(WEIGHT, lines)
    if not weight:
        yield Problem(path, number, 1, "E003", {"key": "weight"})
    elif not _is_points(weight):
        yield _bad(path, number, "weight", weight[:60], "weight")
    levels = [int(match["level"]) for line in lines if (match := LEVEL.match(line))]
    if sorted(levels) != _LEVELS:
        yield _bad(path, number, "[0]", heading, "levels")
    section, least = value_of(SECTION, lines), value_of(LEAST, lines)
    if section and not _WORD.fullmatch(section):
        yield _bad(path, number, "section", section[:60], "section")
    if least and not _is_points(least):
        yield _bad(path, number, "least", least[:60], "least")


def _whole_problems(blocks: list[Block], path: str) -> Iterator[Problem]:
    """Look at all criteria together; each of them is sound."""
    weights: dict[str, int] = {}
    least: dict[str, tuple[int, int]] = {}
    seen: set[str] = set()
    for number, lines in blocks:
        name = value_of(SECTION, lines) or _id(lines)
        weights[name] = weights.get(name, 0) + int(value_of(WEIGHT, lines))
        stated = value_of(LEAST, lines)
        if _id(lines) in seen:
            yield _bad(path, number, "##", _id(lines), "criterion-twice")
        if stated and name in least:
            yield _bad(path, number, "least", name, "least-twice")
        if stated:
            least[name] = number, int(stated)
        seen.add(_id(lines))
    total = sum(weights.values())
    if total != _ALL:
        yield _bad(path, blocks[0][0], "weight", str(total), "weights")
    yield from _out_of_reach(weights, least, path)


def _out_of_reach(
    weights: Mapping[str, int], least: Mapping[str, tuple[int, int]], path: str
) -> Iterator[Problem]:
    for name, (number, points) in least.items():
        if points > weights[name]:
            yield _bad(path, number, "least", str(points), "least")


def _bad(path: str, line: int, key: str, value: str, variant: str) -> Problem:
    facts = {"key": key, "value": value, "variant": variant}
    return Problem(path, line, 1, "E004", facts)


def _is_points(text: str) -> bool:
    return bool(_WHOLE.fullmatch(text)) and 0 < int(text) <= _ALL
