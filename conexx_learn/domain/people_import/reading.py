"""A list of people, from its bytes or as it was pasted, to rows or problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from itertools import chain, islice

from conexx_learn.domain.people_import.decoding import GUESSED, decoded, nul_problem
from conexx_learn.domain.people_import.headings import (
    Field,
    field_of,
    is_heading_row,
    read_headings,
)
from conexx_learn.domain.people_import.repeats import repeat_problems
from conexx_learn.domain.people_import.row_problems import RowProblem, shown
from conexx_learn.domain.people_import.rows import ImportRow, RowReader
from conexx_learn.domain.people_import.table import Row, likely_delimiter, rows_of

MOST_ROWS = 20_000
MOST_PASTED = 200_000
"""Characters that can be pasted."""

_ROWS_ABOVE = 10
"""So many rows, a title for example, may stand above the headings."""
_HEADINGS_SHOWN = 12
_PASTED = {Field.NAME: 0, Field.IDENTITY: 1}
"""What a pasted list without headings holds."""


@dataclass(frozen=True, slots=True)
class PeopleReading:
    """What a list says.

    Attributes:
        rows: Those without problems of their own, in the order of the list.
        problems: What has to be mended before anything is stored, by line.
        remarks: What was changed or supposed, and should be looked at, by line.
        fields: What the list has a column for. A field that is not there is unknown;
            one that is there and empty was left empty.
        encoding: As Python names it; empty for a pasted list and an unreadable file.
        delimiter: Between cells; empty for an unreadable file.
    """

    rows: tuple[ImportRow, ...]
    problems: tuple[RowProblem, ...]
    remarks: tuple[RowProblem, ...] = ()
    fields: frozenset[Field] = frozenset()
    encoding: str = ""
    delimiter: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether the list may be stored as it is."""
        return not self.problems


def read_people(
    data: bytes, *, profiles: Mapping[str, str] | None = None
) -> PeopleReading:
    """Read the file of a list of people.

    Args:
        data: CSV in UTF-8, UTF-16 with a mark, or CP1252, with commas, semicolons or
            tabs, and headings in Spanish or English.
        profiles: Folded word to code of a job profile; None where any word will do.

    Returns:
        Rows, problems, or both; never an exception.
    """
    read = decoded(data)
    if isinstance(read, RowProblem):
        return PeopleReading((), (read,))
    text, encoding = read
    delimiter = likely_delimiter(text)
    rows = rows_of(text, delimiter=delimiter)
    headings = _headings(rows)
    if isinstance(headings, RowProblem):
        return PeopleReading((), (headings,), encoding=encoding, delimiter=delimiter)
    reading = _reading_below(headings, rows, profiles or {})
    remarks = reading.remarks
    if encoding == GUESSED:
        remarks = (RowProblem(1, 1, "encoding-guessed"), *remarks)
    return replace(reading, remarks=remarks, encoding=encoding, delimiter=delimiter)


def read_pasted_people(
    text: str, *, profiles: Mapping[str, str] | None = None
) -> PeopleReading:
    """Read a list that was pasted: a name on each line, and perhaps an identity.

    Between the two stands a tab, as spreadsheets copy it, or else a comma, a semicolon
    or a space. Cells with headings above them are read as those of a file.

    Args:
        text: As pasted.
        profiles: As for a file.

    Returns:
        Rows, problems, or both; never an exception.
    """
    refused = _paste_problem(text)
    if refused is not None:
        return PeopleReading((), (refused,))
    delimiter = likely_delimiter(text)
    rows = rows_of(text, delimiter=delimiter)
    first = next(rows, None)
    if isinstance(first, Row) and _are_headings(first):
        reading = _reading_below(first, rows, profiles or {})
        return replace(reading, delimiter=delimiter)
    reader = RowReader(_PASTED, (), profiles or {})
    apart = text if "\t" in text else _identities_apart(text)
    reading = _reading(reader, rows_of(apart, delimiter="\t"), width=len(_PASTED))
    if not reading.rows and not reading.problems:
        reading = replace(reading, problems=(RowProblem(1, 1, "paste-empty"),))
    return replace(reading, fields=frozenset(_PASTED), delimiter="\t")


def _paste_problem(text: str) -> RowProblem | None:
    if len(text) > MOST_PASTED:
        return RowProblem(1, 1, "paste-too-long", {"limit": f"{MOST_PASTED:,}"})
    return nul_problem(text)


def _are_headings(row: Row) -> bool:
    known = all(field_of(cell) for cell in row.cells if cell)
    return known and is_heading_row(row.cells)


def _identities_apart(text: str) -> str:
    """Put a tab before the e-mail address at the end of a line, where there is one.

    Example:
        >>> _identities_apart("López, Ana; <ana@xaltepec.example>").split(chr(9))
        ['López, Ana', 'ana@xaltepec.example']
    """
    return "\n".join(_identity_apart(line) for line in StringIO(text))


def _identity_apart(line: str) -> str:
    line = line.strip().rstrip(" >;,")
    place = max(line.rfind(sign) for sign in " ,;<\xa0")
    last = line[place + 1 :]
    if place < 0 or "@" not in last:
        return line
    return line[:place].rstrip(" ,;<\xa0") + "\t" + last


def _headings(rows: Iterator[Row | RowProblem]) -> Row | RowProblem:
    """Go down to the headings, or say why there are none."""
    above: list[Row] = []
    for row in islice(rows, _ROWS_ABOVE):
        if isinstance(row, RowProblem) or is_heading_row(row.cells):
            return row
        above.append(row)
    if not above:
        return RowProblem(1, 1, "file-empty")
    found = ", ".join(shown(cell) for cell in above[0].cells[:_HEADINGS_SHOWN] if cell)
    return RowProblem(above[0].line, 1, "no-name-heading", {"found": found})


def _reading_below(
    headings: Row, rows: Iterator[Row | RowProblem], profiles: Mapping[str, str]
) -> PeopleReading:
    """Read what stands below a row of headings."""
    columns, ignored, problems = read_headings(headings.cells, line=headings.line)
    if problems:
        return PeopleReading((), tuple(problems), fields=frozenset(columns))
    reader = RowReader(columns, headings.cells, profiles)
    if ignored:
        facts = {"headings": ", ".join(ignored[:_HEADINGS_SHOWN])}
        reader.remarks.append(RowProblem(headings.line, 1, "columns-ignored", facts))
    reading = _reading(reader, rows, width=len(headings.cells))
    if not reading.rows and not reading.problems:
        empty = RowProblem(headings.line, 1, "no-people")
        reading = replace(reading, problems=(empty,))
    return replace(reading, fields=frozenset(columns))


def _reading(
    reader: RowReader, rows: Iterator[Row | RowProblem], *, width: int
) -> PeopleReading:
    found: list[ImportRow] = []
    problems: list[RowProblem] = []
    for count, row in enumerate(rows, start=1):
        if isinstance(row, RowProblem):
            problems.append(row)
        elif count > MOST_ROWS:
            facts = {"limit": f"{MOST_ROWS:,}"}
            problems.append(RowProblem(row.line, 1, "too-many-rows", facts))
            break
        elif len(row.cells) > width:
            facts = {"count": str(len(row.cells)), "wanted": str(width)}
            problems.append(RowProblem(row.line, width + 1, "too-many-cells", facts))
        else:
            imported = reader.read(row)
            found += [imported] if imported else []
    repeated = repeat_problems(found)
    return PeopleReading(
        rows=tuple(found),
        problems=tuple(sorted(chain(problems, reader.problems, repeated))),
        remarks=tuple(sorted(reader.remarks)),
    )
