"""`rubric.<lang>.md`: criteria with a weight and six levels, for work people grade."""

import re
from collections.abc import Iterator

from conexx_learn.domain.course_source.markdown_lines import Prose
from conexx_learn.domain.problems import Problem

_CRITERION = re.compile(r"##[ \t]+[a-z0-9][a-z0-9-]{1,59}[ \t]*\|[ \t]*\S.*")
_WEIGHT = re.compile(r"(?:weight|peso):[ \t]*(?P<value>.*)", re.IGNORECASE)
_LEVEL = re.compile(r"-[ \t]+\[(?P<level>[0-9]{1,2})\][ \t]+\S.*")
_LEVELS = [0, 1, 2, 3, 4, 5]
_WHOLE = re.compile(r"[0-9]{1,3}")
_ALL = 100


def rubric_problems(prose: Prose, *, path: str) -> Iterator[Problem]:
    """Report criteria that cannot be read, or lack a weight (1 to 100) or a level."""
    lines = prose.numbered()
    starts = [index for index, (_, line) in enumerate(lines) if line.startswith("## ")]
    if not starts:
        yield Problem(path, 1, 1, "E003", {"key": "## id | …"})
        return
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield from _criterion_problems(lines[start:end], path)


def _criterion_problems(lines: list[tuple[int, str]], path: str) -> Iterator[Problem]:
    number, heading = lines[0]
    if not _CRITERION.fullmatch(heading.rstrip()):
        facts = {"key": "##", "value": heading[:60], "variant": "criterion"}
        yield Problem(path, number, 1, "E004", facts)
    weights = [match for _, line in lines if (match := _WEIGHT.match(line.strip()))]
    if not weights:
        yield Problem(path, number, 1, "E003", {"key": "weight"})
    elif not _is_weight(weights[0]["value"].strip()):
        facts = {"key": "weight", "value": weights[0]["value"][:60]}
        yield Problem(path, number, 1, "E004", {**facts, "variant": "weight"})
    levels = [int(match["level"]) for _, line in lines if (match := _LEVEL.match(line))]
    if sorted(levels) != _LEVELS:
        facts = {"key": "[0]", "value": heading[:60], "variant": "levels"}
        yield Problem(path, number, 1, "E004", facts)


def _is_weight(text: str) -> bool:
    return bool(_WHOLE.fullmatch(text)) and 0 < int(text) <= _ALL
