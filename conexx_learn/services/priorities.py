"""What the institution wants most: entered, put in order, given up but never erased."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.fingerprints import fingerprint
from conexx_learn.models.planning import Priority
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.services import audit
from conexx_learn.services.institutions import held_institution

LONGEST_TITLE = 200
LONGEST_OWNER = 200
LONGEST_SOURCE = 500


@dataclass(frozen=True, slots=True)
class PriorityTerms:
    """What a priority says; none of it may be empty.

    Attributes:
        title: What is wanted.
        political_owner: Who answers for it, by name or office.
        source_document: Name or address of the document that it comes from.
    """

    title: str
    political_owner: str
    source_document: str

    @property
    def fingerprint(self) -> str:
        """What changes when one of its values does."""
        return fingerprint(self.title, self.political_owner, self.source_document)


def add_priority(
    session: Session, place: InstitutionPlace, terms: PriorityTerms, *, now: datetime
) -> int:
    """Add a priority after all others; one of the same title is the same one.

    Raises:
        ShapeError: A text is empty or too long.
    """
    _refuse_texts(terms)
    in_order = _in_order(session, place)
    for row in in_order:
        if row.title == terms.title:
            return row.id
    row = Priority(
        institution_id=place.id,
        rank=len(in_order) + 1,
        title=terms.title,
        political_owner=terms.political_owner,
        source_document=terms.source_document,
        created_at=now,
    )
    session.add(row)
    session.flush()
    _record(session, place, row, "priority-add", now)
    return row.id


def edit_priority(
    session: Session,
    place: InstitutionPlace,
    priority_id: int,
    terms: PriorityTerms,
    *,
    seen: str,
    now: datetime,
) -> None:
    """Change what a priority says; what cites it shows the new words.

    Args:
        session: Where to write.
        place: Whose priority.
        priority_id: Which one.
        terms: As it is to be.
        seen: Fingerprint of what the editor had before them.
        now: This moment.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It was given up, or somebody changed it meanwhile.
        ShapeError: A text is empty or too long.
    """
    _refuse_texts(terms)
    row = _active(_in_order(session, place), session, place, priority_id)
    before = PriorityTerms(row.title, row.political_owner, row.source_document)
    if seen != before.fingerprint:
        raise RuleError("changed-meanwhile")
    row.title = terms.title
    row.political_owner = terms.political_owner
    row.source_document = terms.source_document
    _record(session, place, row, "priority-edit", now)


def move_priority(
    session: Session,
    place: InstitutionPlace,
    priority_id: int,
    *,
    direction: int,
    now: datetime,
) -> None:
    """Move a priority one rank up (-1) or down (1); at the end it stays.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It was given up.
    """
    in_order = _in_order(session, place)
    row = _active(in_order, session, place, priority_id)
    rank = in_order.index(row) + direction
    if not 0 <= rank < len(in_order):
        return
    in_order.remove(row)
    in_order.insert(rank, row)
    _number(in_order)
    _record(session, place, row, "priority-move", now)


def retire_priority(
    session: Session, place: InstitutionPlace, priority_id: int, *, now: datetime
) -> None:
    """Give a priority up: nothing new may cite it; what cites it keeps it.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It was given up already.
    """
    in_order = _in_order(session, place)
    row = _active(in_order, session, place, priority_id)
    row.retired_on = place.today(now)
    in_order.remove(row)
    _number(in_order)
    _record(session, place, row, "priority-retire", now)


def _refuse_texts(terms: PriorityTerms) -> None:
    texts = (
        (terms.title, LONGEST_TITLE),
        (terms.political_owner, LONGEST_OWNER),
        (terms.source_document, LONGEST_SOURCE),
    )
    if any(not 0 < len(text.strip()) <= longest for text, longest in texts):
        raise ShapeError


def _in_order(session: Session, place: InstitutionPlace) -> list[Priority]:
    """List the priorities in force by rank; nobody else reorders them meanwhile."""
    held_institution(session, place.id)
    return list(
        session.scalars(
            select(Priority)
            .where(Priority.institution_id == place.id, Priority.retired_on.is_(None))
            .order_by(Priority.rank, Priority.id)
            .execution_options(populate_existing=True)
        )
    )


def _active(
    in_order: list[Priority],
    session: Session,
    place: InstitutionPlace,
    priority_id: int,
) -> Priority:
    for row in in_order:
        if row.id == priority_id:
            return row
    retired = session.get(Priority, priority_id)
    if retired is None or retired.institution_id != place.id:
        raise NotFoundError
    raise RuleError("priority-retired")


def _number(in_order: list[Priority]) -> None:
    for rank, row in enumerate(in_order, start=1):
        row.rank = rank


def _record(
    session: Session, place: InstitutionPlace, row: Priority, act: str, now: datetime
) -> None:
    session.flush()
    audit.record(
        session, act=act, thing=f"priority:{row.id}", now=now, institution_id=place.id
    )
