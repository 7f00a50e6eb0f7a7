"""The text of `rubric.<lang>.md`, which was checked before, as a rubric."""

import re
from collections.abc import Iterator
from itertools import pairwise

from conexx_learn.domain.graded_work.rubric import LEVELS, Criterion, Rubric

HEADING = re.compile(
    r"##[ \t]+(?P<id>[a-z0-9][a-z0-9-]{1,59})[ \t]*\|[ \t]*(?P<title>\S.*)"
)
LEVEL = re.compile(r"-[ \t]+\[(?P<level>[0-9]{1,2})\][ \t]+(?P<text>\S.*)")
WEIGHT = re.compile(r"(?:weight|peso):[ \t]*(?P<value>.*)", re.IGNORECASE)
SECTION = re.compile(r"(?:section|secci[oó]n):[ \t]*(?P<value>.*)", re.IGNORECASE)
LEAST = re.compile(r"(?:least|m[ií]nimo):[ \t]*(?P<value>.*)", re.IGNORECASE)


def read_rubric(text: str, *, lang: str) -> Rubric:
    """Read a rubric that was found free of errors."""
    criteria: list[Criterion] = []
    least: dict[str, int] = {}
    for block in _blocks(text):
        one = _criterion(block)
        criteria.append(one)
        stated = value_of(LEAST, block)
        if stated:
            least[one.section] = int(stated)
    return Rubric(lang, tuple(criteria), least)


def value_of(key: re.Pattern[str], lines: list[str]) -> str:
    """Return what stands behind a key in the lines of a criterion, or nothing."""
    found = (match for line in lines if (match := key.fullmatch(line.strip())))
    return next((match["value"].strip() for match in found), "")


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each criterion, its heading first."""
    lines = text.split("\n")
    starts = [at for at, line in enumerate(lines) if line.startswith("## ")]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start:end]


def _criterion(lines: list[str]) -> Criterion:
    heading = HEADING.fullmatch(lines[0].rstrip())
    if heading is None:
        raise ValueError("a rubric was stored that was never checked")
    found = (match for line in lines if (match := LEVEL.match(line)))
    levels = {int(match["level"]): match["text"].strip() for match in found}
    return Criterion(
        id=heading["id"],
        title=heading["title"].strip(),
        weight=int(value_of(WEIGHT, lines)),
        section=value_of(SECTION, lines) or heading["id"],
        levels=tuple(levels[level] for level in LEVELS),
    )
