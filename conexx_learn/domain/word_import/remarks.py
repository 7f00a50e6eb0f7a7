"""What did not survive the way from a document into a course, and where it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conexx_learn.domain.question_exchange.remarks import excerpt


@dataclass(frozen=True, slots=True)
class ArrivalRemark:
    """One thing that whoever brings a document should know.

    Attributes:
        code: Which sentence of `sentences.word_arrivals`; stable.
        place: The first words where it was first found; empty for the whole document.
        count: How often.
        facts: What the sentence needs besides.
    """

    code: str
    place: str = ""
    count: int = 1
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(slots=True)
class ArrivalNotes:
    """Remarks while a document is read: the same thing is counted, not repeated."""

    _found: dict[tuple[str, tuple[tuple[str, str], ...]], ArrivalRemark] = field(
        default_factory=dict
    )

    def add(self, code: str, place: str = "", count: int = 1, **facts: str) -> None:
        """Note that something is not as it was; the first place is kept."""
        shown = {key: excerpt(value) for key, value in facts.items()}
        key = (code, tuple(sorted(shown.items())))
        before = self._found.get(key)
        where = before.place if before else excerpt(place)
        total = count + (before.count if before else 0)
        self._found[key] = ArrivalRemark(code, where, total, shown)

    def take(self, remarks: tuple[ArrivalRemark, ...]) -> None:
        """Add remarks that were made elsewhere."""
        for one in remarks:
            self.add(one.code, one.place, one.count, **one.facts)

    @property
    def remarks(self) -> tuple[ArrivalRemark, ...]:
        """List them in the order of their finding."""
        return tuple(self._found.values())
