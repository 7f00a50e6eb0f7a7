"""The first table of a page, cell by cell, as somebody reads it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Cell:
    """A cell: its words, and the smaller ones below."""

    words: str = ""
    small: str = ""
    is_empty: bool = False

    @property
    def text(self) -> str:
        """Return both in one line; nothing where the cell only says so."""
        if self.is_empty:
            return ""
        return ", ".join(filter(None, [self.words.strip(), self.small.strip()]))


@dataclass
class _Reader(HTMLParser):
    rows: list[list[Cell]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside: list[str] = []
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._is_over:
            return
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append(Cell(is_empty=("class", "none") in attrs))
        if tag in {"td", "th", "small"}:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()
        self._is_over = self._is_over or tag == "table"

    def handle_data(self, data: str) -> None:
        if not self._inside:
            return
        cell = self.rows[-1][-1]
        if self._inside[-1] == "small":
            cell.small += data
        else:
            cell.words += data


def shown_table(html: str) -> list[list[Cell]]:
    """Return the rows of a page's first table, the headings among them."""
    reader = _Reader()
    reader.feed(html)
    return reader.rows
