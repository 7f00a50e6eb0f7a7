"""People and appointments that a list names twice."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from conexx_learn.domain.people_import.row_problems import RowProblem, shown
from conexx_learn.domain.people_import.rows import ImportRow
from conexx_learn.domain.search import folded


def repeat_problems(rows: Sequence[ImportRow]) -> list[RowProblem]:
    """Find what a list says twice, or in two ways; at most one problem a row.

    A person may stand on several lines, with another post on each, and is known by the
    e-mail address or username. Two lines with the same name, one of them without
    either, may be one person or two: only the institution knows.

    Args:
        rows: In the order of the file.

    Returns:
        By line.
    """
    names = {row.line: folded(row.name) for row in rows}
    found: dict[int, RowProblem] = {}
    for problem in chain(
        _of_two_people(rows, names), _same_post(rows, names), _namesakes(rows, names)
    ):
        found.setdefault(problem.line, problem)
    return sorted(found.values())


def _of_two_people(
    rows: Sequence[ImportRow], names: dict[int, str]
) -> Iterator[RowProblem]:
    """Find e-mail addresses and usernames that stand beside different names."""
    by_email = _groups((row.email, row) for row in rows if row.email)
    by_username = _groups((row.username, row) for row in rows if row.username)
    for group in chain(by_email, by_username):
        first = group[0]
        for row in group[1:]:
            if names[row.line] != names[first.line]:
                facts = {
                    "identity": shown(row.identity),
                    "name": shown(row.name),
                    "other_name": shown(first.name),
                    "other_line": str(first.line),
                }
                yield RowProblem(row.line, 1, "identity-of-two", facts)


def _same_post(
    rows: Sequence[ImportRow], names: dict[int, str]
) -> Iterator[RowProblem]:
    """Find a person who is put into one post twice at the same time."""
    for group in _groups((_seat(row, names[row.line]), row) for row in rows):
        group.sort(key=lambda row: (row.from_on or date.min, row.line))
        lasting = group[0]
        for row in group[1:]:
            if (row.from_on or date.min) <= (lasting.to_on or date.max):
                line, other_line = sorted((row.line, lasting.line), reverse=True)
                facts = {"name": shown(row.name), "other_line": str(other_line)}
                yield RowProblem(line, 1, "row-twice", facts)
            lasting = max(lasting, row, key=lambda one: one.to_on or date.max)


def _seat(row: ImportRow, name: str) -> Hashable:
    """Return what is equal for two rows about one person in one post."""
    person = row.identity or (name,)
    return person, row.unit.casefold(), row.post.casefold(), row.profile.casefold()


def _namesakes(
    rows: Sequence[ImportRow], names: dict[int, str]
) -> Iterator[RowProblem]:
    """Find rows without identity whose name another row has too."""
    for group in _groups((names[row.line], row) for row in rows):
        for row in group:
            if not row.identity:
                other = group[1] if row is group[0] else group[0]
                facts = {"name": shown(row.name), "other_line": str(other.line)}
                yield RowProblem(row.line, 1, "name-twice", facts)


def _groups(
    rows: Iterable[tuple[Hashable, ImportRow]],
) -> Iterator[list[ImportRow]]:
    """Gather rows by their key; only what has two rows or more is a group."""
    groups: dict[Hashable, list[ImportRow]] = defaultdict(list)
    for key, row in rows:
        groups[key].append(row)
    return (group for group in groups.values() if len(group) > 1)
