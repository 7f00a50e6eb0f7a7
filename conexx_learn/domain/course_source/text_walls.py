"""What the renderer refuses (E012) or takes away (W001), told before it is asked.

The renderer's own wall is consulted, so that a text that passes the check is one that
can be published.
"""

from collections.abc import Iterator

from conexx_learn.domain.markup_source import cleared_source
from conexx_learn.domain.markup_wall import (
    MOST_LEVELS,
    MOST_OPEN_BRACKETS,
    lines_problem,
)
from conexx_learn.domain.problems import Problem

_SHOWN_LENGTH = 40


def wall_problems(body: str, *, path: str, first_line: int) -> Iterator[Problem]:
    """Report a wall in a body, and each piece of raw HTML but comments.

    Args:
        body: The text after the front matter.
        path: For the problems.
        first_line: Of the body in its file, from 1.
    """
    source = cleared_source(body)
    wall = lines_problem(source.lines)
    if wall:
        line, reason = wall
        facts = {"brackets": str(MOST_OPEN_BRACKETS), "levels": str(MOST_LEVELS)}
        yield Problem(
            path, first_line + line - 1, 1, "E012", {**facts, "reason": reason}
        )
    for line, text in source.removed:
        if not text.startswith("<!--"):
            facts = {"tag": text.partition("\n")[0][:_SHOWN_LENGTH]}
            yield Problem(path, first_line + line - 1, 1, "W001", facts)
