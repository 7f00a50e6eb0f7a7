"""A problem of a list of people: place, kind and facts.

The texts, in Spanish and English, are in `domain.sentences.people_problems`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conexx_learn.domain.people_import.plain_text import tidied

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """One thing to mend, or one thing that was changed and should be looked at.

    Attributes:
        line: Of the file, from 1; where a row has several lines, its first.
        column: Of the row, from 1; 1 where the problem is of the row or the file.
        code: Which sentence; stable.
        facts: What the sentence needs, by placeholder.
    """

    line: int
    column: int
    code: str
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)


def shown(text: str) -> str:
    """Return a cell as a sentence quotes it: on one line, visible, and not too long.

    Example:
        >>> shown(" a" + chr(10) + "b" + chr(0x202E))
        'a b'
    """
    start = tidied(text[: 2 * _LONGEST_SHOWN])
    return start if len(start) <= _LONGEST_SHOWN else start[: _LONGEST_SHOWN - 1] + "…"
