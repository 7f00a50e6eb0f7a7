"""A row of cells becomes a person with, perhaps, an appointment; or its problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.names import LONGEST_NAME
from conexx_learn.domain.people_import import cells as cell_words
from conexx_learn.domain.people_import.days import read_day
from conexx_learn.domain.people_import.headings import (
    PERSON_FIELDS,
    SURNAME_FIELDS,
    Field,
)
from conexx_learn.domain.people_import.person_names import (
    ImportedName,
    NameChange,
    name_of_parts,
    name_of_whole,
)
from conexx_learn.domain.people_import.plain_text import tidied
from conexx_learn.domain.people_import.row_problems import RowProblem, shown
from conexx_learn.domain.people_import.table import Row
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.search import folded

LONGEST_TEXT = 120
"""Characters of the name of an area or a post."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A person, and the post that the row puts them into.

    Attributes:
        line: Of the file, from 1.
        name: As it will be printed.
        email: In the form that is stored; empty where there is none.
        username: In the form that is stored; empty where there is none.
        unit: Name of the area; empty where none is named.
        post: Name of the post; empty where none is named.
        profile: Code of the job profile, or what stood there where codes are not
            known; empty where none is named.
        kind: Whether a seat is taken; None where the row does not say.
        from_on: First day of the appointment; None where the row does not say.
        to_on: Last day, or None.
        ends_with_mandate: None where the row does not say.
    """

    line: int
    name: str
    email: str = ""
    username: str = ""
    unit: str = ""
    post: str = ""
    profile: str = ""
    kind: AppointmentKind | None = None
    from_on: date | None = None
    to_on: date | None = None
    ends_with_mandate: bool | None = None

    @property
    def identity(self) -> str:
        """The e-mail address, or else the username; empty where there is neither."""
        return self.email or self.username


class RowReader:
    """Reads the rows of one list; it gathers problems and remarks on its way.

    Args:
        columns: Field to index of its column.
        headings: Of each column, as they stand; empty where the list has none.
        profiles: Folded word to code of a job profile; empty where any will do.
    """

    def __init__(
        self,
        columns: Mapping[Field, int],
        headings: tuple[str, ...],
        profiles: Mapping[str, str],
    ) -> None:
        self._columns = columns
        self._headings = {
            field: shown(headings[index]) if headings else ""
            for field, index in columns.items()
        }
        self._profiles = profiles
        self._has_surnames = bool(SURNAME_FIELDS & set(columns))
        self._name_fields = sorted(
            PERSON_FIELDS & set(columns), key=columns.__getitem__
        )
        self.problems: list[RowProblem] = []
        self.remarks: list[RowProblem] = []
        self._row = Row(0, ())
        self._is_sound = True

    def read(self, row: Row) -> ImportRow | None:
        """Read a row; None where it has problems."""
        self._row, self._is_sound = row, True
        name = self._name()
        email, username = self._identity()
        from_on, to_on = self._day(Field.FROM_ON), self._day(Field.TO_ON)
        if from_on and to_on and to_on < from_on:
            self._problem(
                Field.TO_ON,
                "dates-reversed",
                first=from_on.isoformat(),
                last=to_on.isoformat(),
            )
        found = ImportRow(
            line=row.line,
            name=name,
            email=email,
            username=username,
            unit=self._text(Field.UNIT),
            post=self._text(Field.POST),
            profile=self._profile(),
            kind=self._kind(),
            from_on=from_on,
            to_on=to_on,
            ends_with_mandate=self._yes(Field.ENDS_WITH_MANDATE),
        )
        if (from_on or to_on) and self._is_sound and not (found.post or found.profile):
            field = Field.FROM_ON if from_on else Field.TO_ON
            self._problem(field, "post-missing")
        return found if self._is_sound else None

    def _cell(self, field: Field) -> str:
        """Return what a column says; empty where it says nothing or a formula."""
        index = self._columns.get(field, -1)
        if not 0 <= index < len(self._row.cells):
            return ""
        cell = self._row.cells[index]
        if not cell[:1].isprintable():
            cell = tidied(cell)
        if cell_words.is_nothing(cell):
            return ""
        if cell_words.is_formula(cell):
            self._problem(field, "formula", value=shown(cell))
            return ""
        return cell_words.unescaped(cell)

    def _name(self) -> str:
        read = self._name_of_cells()
        name = read.name
        field = self._name_fields[0]
        if not self._is_sound:
            return ""
        if not name:
            self._problem(field, "name-missing")
            return ""
        written = self._written_name()
        sign = cell_words.sign_of_no_name(written, name)
        if sign:
            self._problem(field, "text-signs", value=shown(written), sign=shown(sign))
        elif len(name) > LONGEST_NAME:
            self._too_long(field, name, LONGEST_NAME)
        elif read.change is not NameChange.NOTHING:
            code, given = read.change.value, shown(written)
            self._remark(field, code, value=given, name=shown(name))
        return name

    def _name_of_cells(self) -> ImportedName:
        given, surnames = self._given_names(), self._surnames()
        if surnames:
            return name_of_parts(given, surnames) if given else ImportedName("")
        first = self._cell(Field.SURNAMES_FIRST)
        if first:
            return name_of_whole(first, surnames_first=True)
        return name_of_whole(self._cell(Field.FULL_NAME) or given)

    def _given_names(self) -> str:
        first = self._cell(Field.GIVEN_NAMES) or self._cell(Field.NAME)
        return f"{first} {self._cell(Field.SECOND_GIVEN_NAME)}".strip()

    def _surnames(self) -> str:
        if not self._has_surnames:
            return ""
        both = (Field.FIRST_SURNAME, Field.SECOND_SURNAME)
        apart = " ".join(self._cell(field) for field in both).strip()
        return self._cell(Field.SURNAMES) or apart

    def _written_name(self) -> str:
        """Return the cells of the name as they stand, in the order of the columns."""
        cells = self._row.cells
        indexes = [self._columns[field] for field in self._name_fields]
        return " ".join(cells[i] for i in indexes if i < len(cells) and cells[i])

    def _identity(self) -> tuple[str, str]:
        """Read e-mail address and username from whichever columns there are."""
        email = username = ""
        for field in (Field.IDENTITY, Field.EMAIL, Field.USERNAME):
            cell = self._cell(field)
            if not cell:
                continue
            if "@" in cell and field is not Field.USERNAME:
                email = cell_words.read_email(cell)
                if not email or cell_words.is_formula(email):
                    self._problem(field, "email-malformed", value=shown(cell))
            elif field is Field.EMAIL:
                self._problem(field, "email-malformed", value=shown(cell))
            else:
                username = cell_words.read_username(cell)
                if not username:
                    self._problem(field, "username-malformed", value=shown(cell))
        return email, username

    def _text(self, field: Field) -> str:
        cell = self._cell(field)
        text = tidied(cell)
        sign = cell_words.misread_sign(cell)
        if sign:
            self._problem(field, "text-signs", value=shown(cell), sign=shown(sign))
        elif len(text) > LONGEST_TEXT:
            self._too_long(field, text, LONGEST_TEXT)
        return text

    def _profile(self) -> str:
        text = self._text(Field.PROFILE)
        if not text or not self._profiles:
            return text
        code = self._profiles.get(folded(text), "")
        if not code:
            known = ", ".join(sorted(set(self._profiles.values())))
            self._problem(
                Field.PROFILE, "profile-unknown", value=shown(text), known=known
            )
        return code

    def _kind(self) -> AppointmentKind | None:
        cell = self._cell(Field.KIND)
        kind = cell_words.read_kind(cell)
        if cell and kind is None:
            self._problem(Field.KIND, "kind-unknown", value=shown(cell))
        return kind

    def _yes(self, field: Field) -> bool | None:
        cell = self._cell(field)
        answer = cell_words.read_yes(cell)
        if cell and answer is None:
            self._problem(field, "yes-unknown", value=shown(cell))
        return answer

    def _day(self, field: Field) -> date | None:
        cell = self._cell(field)
        if not cell:
            return None
        read = read_day(cell)
        if read.problem:
            self._problem(
                field, read.problem, value=shown(cell), proposal=read.proposal
            )
        elif read.remark and read.day:
            day = read.day.isoformat()
            self._remark(field, read.remark, value=shown(cell), day=day)
        return read.day

    def _too_long(self, field: Field, text: str, limit: int) -> None:
        self._problem(field, "text-too-long", value=shown(text), limit=str(limit))

    def _problem(self, field: Field, code: str, **facts: str) -> None:
        self._is_sound = False
        self.problems.append(self._placed(field, code, facts))

    def _remark(self, field: Field, code: str, **facts: str) -> None:
        self.remarks.append(self._placed(field, code, facts))

    def _placed(self, field: Field, code: str, facts: dict[str, str]) -> RowProblem:
        column = self._columns[field] + 1
        place = {"heading": self._headings[field]}
        return RowProblem(self._row.line, column, code, {**place, **facts})
