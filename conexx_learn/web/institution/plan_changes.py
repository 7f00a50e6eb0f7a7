"""What a new version of a plan changes, gathered so that people can read it."""

from collections import defaultdict
from dataclasses import dataclass

from conexx_learn.domain.readiness.amendments import (
    Amendment,
    ChangeKind,
    ObligationChange,
)
from conexx_learn.web.institution import plan_words as words
from conexx_learn.web.institution.plan_desk import PlansDesk
from conexx_learn.web.institution.words import course_title
from conexx_learn.web.language import gettext as _

SHAPES = {
    ChangeKind.ADDED: "expiring",
    ChangeKind.TIGHTENED: "expiring",
    ChangeKind.RELAXED: "met",
    ChangeKind.REMOVED: "exempt",
}
"""Kind of a change to the colour and shape of a standing."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """The same change of the same course, for several people.

    Attributes:
        course: Title.
        before: What was asked, or "".
        after: What is asked now, or "".
        who: Names, and vacant seats by their posts.
    """

    course: str
    before: str
    after: str
    who: list[str]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of one kind: its word, its shape, how many, and the rows."""

    word: str
    shape: str
    count: int
    rows: list[ChangeRow]


def change_groups(difference: Amendment, desk: PlansDesk) -> list[ChangeGroup]:
    """Gather the changes of an amendment, kind by kind; kinds without any are left."""
    groups = []
    for kind in ChangeKind:
        changes = difference.of_kind(kind)
        if changes:
            groups.append(
                ChangeGroup(
                    words.change_word(kind),
                    SHAPES[kind],
                    len(changes),
                    _rows(changes, desk),
                )
            )
    return groups


def _rows(changes: tuple[ObligationChange, ...], desk: PlansDesk) -> list[ChangeRow]:
    gathered: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for change in changes:
        owed = change.after or change.before
        if owed is None:
            raise AssertionError("a change has a side")
        key = (
            course_title(desk.facts, owed.course),
            words.obligation_words(change.before) if change.before else "",
            words.obligation_words(change.after) if change.after else "",
        )
        gathered[key].append(_who(change, desk))
    return [ChangeRow(*key, who) for key, who in gathered.items()]


def _who(change: ObligationChange, desk: PlansDesk) -> str:
    owed = change.after or change.before
    if owed is not None and owed.person_id is not None:
        return desk.index.people[owed.person_id].name
    if owed is not None and owed.seat is not None:
        title = desk.index.posts[owed.seat.post_id].title
        return _("vacant seat of “%(post)s”", post=title)
    raise AssertionError("an obligation is of somebody or of a seat")
