"""Who needs what as a table of words: the same on the page and in every file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.readiness.evidence import last_counting_day
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import CertificateChange
from conexx_learn.domain.readiness.matrix import (
    NOT_BEGUN,
    Matrix,
    MatrixRow,
    course_code,
    is_undated,
)
from conexx_learn.domain.readiness.standings import Judgement, Standing
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import percent
from conexx_learn.web.institution.words import course_title, short_day
from conexx_learn.web.language import gettext as _
from conexx_learn.web.standing_words import standing_state, standing_word

EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Cell:
    """How somebody stands with a course.

    Attributes:
        state: Colour and shape; "" where nothing is required, `other` where it is and
            was not asked for.
        word: The standing.
        detail: Until or by when, or how far; may be empty.
    """

    state: str
    word: str
    detail: str = ""

    @property
    def text(self) -> str:
        """Return what the cell of a file says."""
        if not self.state:
            return ""
        return f"{self.word}, {self.detail}" if self.detail else self.word


@dataclass(frozen=True, slots=True)
class Column:
    """A course: its slug, the competency that it is known by, its title."""

    slug: str
    code: str
    title: str

    @property
    def text(self) -> str:
        """Return what the heading of a file says."""
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A person or a vacant seat with a cell for each course.

    Attributes:
        name: Of the person, or that the seat is vacant.
        address: Of the person's page, or the post's.
        posts: Theirs.
        units: Where these are.
        cells: In the order of the courses.
        row: What it was made of.
    """

    name: str
    address: str
    posts: str
    units: str
    cells: tuple[Cell, ...]
    row: MatrixRow


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """The table.

    Attributes:
        columns: The courses.
        rows: In reading order.
    """

    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]


class CellWords:
    """Puts judgements of one day into cells; each word and day is made once."""

    def __init__(self, index: FactIndex, day: date) -> None:
        self._index = index
        self._day = day
        self._words = {standing: standing_word(standing) for standing in Standing}
        self._days: dict[date | None, str] = {}
        self._exempt_until = {
            (one.person_id, one.course): one.period.to_on
            for one in index.facts.exemptions
            if one.period.contains(day)
        }
        self.nothing = Cell("", _("not required"))
        self.other = Cell("other", _("required, not selected"))

    def cell(self, one: Judgement) -> Cell:
        """Say how an obligation stands."""
        if one.standing in NOT_BEGUN and is_undated(self._index, one, self._day):
            return Cell(EXCEPTION, _("A fact is missing"), _("start date"))
        word = self._words[one.standing]
        state = standing_state(one.standing)
        if one.is_overdue:
            word = _("%(standing)s, overdue", standing=word)
            state = "overdue" if one.standing in NOT_BEGUN else state
        return Cell(state, word, self._detail(one))

    def _detail(self, one: Judgement) -> str:
        match one.standing:
            case Standing.MET | Standing.EXPIRING:
                return self._until(one.until)
            case Standing.EXEMPT:
                key = one.obligation.person_id or 0, one.obligation.course
                return self._until(self._exempt_until.get(key))
            case Standing.IN_PROGRESS:
                return f"{percent(int(one.progress * 100))}, {self._due(one)}"
            case Standing.EXPIRED:
                return self._lapsed(one)
            case Standing.SUSPENDED:
                return self._suspended(one)
            case _:
                return self._due(one)

    def _short(self, day: date | None) -> str:
        if day not in self._days:
            self._days[day] = short_day(day)
        return self._days[day]

    def _until(self, day: date | None) -> str:
        return _("until %(day)s", day=self._short(day)) if day else ""

    def _due(self, one: Judgement) -> str:
        due_on = one.obligation.due_on
        return _("by %(day)s", day=self._short(due_on)) if due_on else _("no due date")

    def _lapsed(self, one: Judgement) -> str:
        """Say since when a certificate counts no longer, where its time is over."""
        if one.certificate is None:
            return self._due(one)
        until = last_counting_day(one.certificate, one.obligation.recert_months)
        if until is None or until >= self._day:
            return self._due(one)
        return _("on %(day)s", day=self._short(until))

    def _suspended(self, one: Judgement) -> str:
        changes = one.certificate.changes if one.certificate else ()
        since = [
            on
            for change, on in changes
            if change is CertificateChange.SUSPENDED and on <= self._day
        ]
        return _("since %(day)s", day=self._short(since[-1])) if since else ""


def matrix_table(
    slug: str, index: FactIndex, shown: Matrix, rows: Sequence[MatrixRow], day: date
) -> MatrixTable:
    """Put a matrix into words.

    Args:
        slug: Of the institution.
        index: The facts.
        shown: The whole of what is selected.
        rows: Those of its rows that are wanted.
        day: When.
    """
    words = CellWords(index, day)
    units = {unit.id: unit.name for unit in index.facts.units}
    make = _row_maker(slug, index, units)
    return MatrixTable(
        columns=tuple(
            Column(slug, course_code(index, slug), course_title(index.facts, slug))
            for slug in shown.courses
        ),
        rows=tuple(
            make(row, tuple(_cell(words, row, course) for course in shown.courses))
            for row in rows
        ),
    )


def _cell(words: CellWords, row: MatrixRow, course: str) -> Cell:
    one = row.cells.get(course)
    if one is not None:
        return words.cell(one)
    return words.other if course in row.others else words.nothing


def _row_maker(
    slug: str, index: FactIndex, units: dict[int, str]
) -> Callable[[MatrixRow, tuple[Cell, ...]], ShownRow]:
    vacant = _("Vacant seat")

    def made(row: MatrixRow, cells: tuple[Cell, ...]) -> ShownRow:
        posts = [index.posts[post_id] for post_id in row.post_ids]
        places = dict.fromkeys(units[post.unit_id] for post in posts)
        if row.person_id is not None:
            name = index.people[row.person_id].name
            address = url_for("person.show", slug=slug, user_id=row.person_id)
        else:
            name = vacant
            address = url_for("posts.show", slug=slug, post_id=row.post_ids[0])
        return ShownRow(
            name=name,
            address=address,
            posts=", ".join(post.title for post in posts),
            units=", ".join(places),
            cells=cells,
            row=row,
        )

    return made
