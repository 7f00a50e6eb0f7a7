"""The register of certificates as the coordination works with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import CertificateState, EventKind
from conexx_learn.domain.search import folded, search_words
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.certification import Certificate, CertificateEvent

DAY = bindparam("day", type_=Date)
MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A certificate in the list.

    Attributes:
        number: Twelve characters.
        holder: As it says; empty where the holder was erased.
        titles: Language to title of the course.
        issued_on: The day in UTC.
        valid_until: Last valid day; None for no end.
        state: As it stands today.
        asked_at: Since when a proposal or a request waits; None where nothing does.
        is_proposal: Whether what waits is a proposal to revoke.
    """

    number: str
    holder: str
    titles: dict[str, str]
    issued_on: date
    valid_until: date | None
    state: CertificateState
    asked_at: datetime | None
    is_proposal: bool


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the list.

    Attributes:
        count: How many fit.
        rows: Those of the page, the newest first.
    """

    count: int
    rows: list[RegisterRow]


def _last(kind: EventKind) -> ColumnElement[int]:
    return func.max(case((CertificateEvent.kind == kind.value, CertificateEvent.id)))


LIFE = (
    select(
        CertificateEvent.certificate_id,
        *(_last(kind).label(kind.name.lower()) for kind in EventKind),
    )
    .group_by(CertificateEvent.certificate_id)
    .subquery()
)
"""Of each certificate the key of the last event of every kind."""


def _after(one: EventKind, other: EventKind) -> ColumnElement[bool]:
    opens, closes = LIFE.c[one.name.lower()], LIFE.c[other.name.lower()]
    return and_(opens.is_not(None), or_(closes.is_(None), opens > closes))


STATE = case(
    (LIFE.c.revoked.is_not(None), CertificateState.REVOKED.value),
    (LIFE.c.superseded.is_not(None), CertificateState.SUPERSEDED.value),
    (
        _after(EventKind.SUSPENDED, EventKind.REINSTATED),
        CertificateState.SUSPENDED.value,
    ),
    (Certificate.valid_until < DAY, CertificateState.EXPIRED.value),
    else_=CertificateState.VALID.value,
)
IS_PROPOSED = _after(EventKind.REVOCATION_PROPOSED, EventKind.PROPOSAL_WITHDRAWN)
IS_ASKED = _after(EventKind.CORRECTION_ASKED, EventKind.CORRECTION_DECLINED)
WAITS = and_(
    LIFE.c.revoked.is_(None), LIFE.c.superseded.is_(None), or_(IS_PROPOSED, IS_ASKED)
)
ASKED_BY = case(
    (IS_PROPOSED, LIFE.c.revocation_proposed), else_=LIFE.c.correction_asked
)
NEWEST_FIRST = (Certificate.issued_on.desc(), Certificate.id.desc())


def _rows(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Certificate.number,
            Certificate.claims,
            Certificate.issued_on,
            Certificate.valid_until,
            STATE.label("state"),
            case((WAITS, CertificateEvent.at)).label("asked_at"),
            IS_PROPOSED.label("is_proposal"),
        )
        .outerjoin(LIFE, LIFE.c.certificate_id == Certificate.id)
        .outerjoin(CertificateEvent, CertificateEvent.id == ASKED_BY)
        .where(*conditions)
    )


def waiting_certificates(session: Session, *, today: date) -> list[RegisterRow]:
    """List where a proposal or a request waits, the oldest first; one statement."""
    statement = _rows(WAITS).order_by(CertificateEvent.at, Certificate.id)
    found = session.execute(statement.limit(MOST_WAITING), {"day": today})
    return [_row(row) for row in found]


def register_page(
    session: Session,
    *,
    query: str,
    state: CertificateState | None,
    today: date,
    page: int,
    size: int,
) -> RegisterPage:
    """Return one page of the register; two statements.

    Args:
        session: Where to read.
        query: Words of a number, a name, an address or a course; accents and capitals
            do not matter. Empty for all.
        state: As they stand today; None for any.
        today: A day in UTC.
        page: From 1; one that is not there is the nearest.
        size: Rows of a page.
    """
    asked: list[ColumnElement[bool]] = []
    if state is not None:
        asked.append(STATE.in_([state.value]))
    words = search_words(query)
    if words:
        ids = _matching(session, words, asked, today)
        start = _start(len(ids), page, size)
        wanted = ids[start : start + size]
        statement = _rows(Certificate.id.in_(wanted)).order_by(*NEWEST_FIRST)
        rows = session.execute(statement, {"day": today})
        return RegisterPage(len(ids), [_row(row) for row in rows])
    counted = (
        select(func.count(Certificate.id))
        .outerjoin(LIFE, LIFE.c.certificate_id == Certificate.id)
        .where(*asked)
    )
    count = session.scalars(counted, {"day": today}).one()
    statement = _rows(*asked).order_by(*NEWEST_FIRST)
    rows = session.execute(
        statement.offset(_start(count, page, size)).limit(size), {"day": today}
    )
    return RegisterPage(count, [_row(row) for row in rows])


def _start(count: int, page: int, size: int) -> int:
    last = max(1, -(-count // size))
    return (min(max(1, page), last) - 1) * size


def _matching(
    session: Session,
    words: Sequence[str],
    asked: Sequence[ColumnElement[bool]],
    today: date,
) -> list[int]:
    """List the keys of what holds every word: folding is not a thing of databases."""
    rows = session.execute(
        select(
            Certificate.id,
            Certificate.number,
            Certificate.claims["holder"].as_string().label("holder"),
            Course.slug,
            User.full_name,
            User.email,
            Certificate.claims["titles"].label("titles"),
        )
        .join(Course, Course.id == Certificate.course_id)
        .join(User, User.id == Certificate.user_id)
        .outerjoin(LIFE, LIFE.c.certificate_id == Certificate.id)
        .where(*asked)
        .order_by(*NEWEST_FIRST),
        {"day": today},
    )
    return [row.id for row in rows if _holds(words, row)]


def _holds(words: Sequence[str], row: Row[*tuple[Any, ...]]) -> bool:
    *plain, titles = row[1:]
    parts = [*(part for part in plain if part), *titles.values()]
    text = folded(" ".join(parts))
    return all(word in text for word in words)


def _row(row: Row[*tuple[Any, ...]]) -> RegisterRow:
    return RegisterRow(
        number=row.number,
        holder=row.claims["holder"],
        titles=row.claims["titles"],
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        state=CertificateState(row.state),
        asked_at=row.asked_at,
        is_proposal=bool(row.is_proposal),
    )
