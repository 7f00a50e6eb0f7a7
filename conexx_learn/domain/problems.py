"""What the check of a course finds: a problem, with its place.

A problem carries a code and the facts of its sentence; the sentences themselves,
Spanish and English, are in `domain.sentences.problems`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error keeps the version out, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that a trainer should mend.

    Attributes:
        path: File, relative to the folder that was checked, with forward slashes.
        line: From 1; 1 where the problem is of the file as a whole.
        column: From 1.
        code: `E…` or `W…`, as in the trainers' guide; stable.
        facts: What the sentence for this code needs, by placeholder.
    """

    path: str
    line: int
    column: int
    code: str
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def severity(self) -> Severity:
        """Say whether the problem blocks publication."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING
