"""A list of people: kept for a day, compared with what is there, and stored whole."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.people_import import (
    ImportRow,
    PeopleReading,
    read_people,
)
from conexx_learn.domain.people_import.changes import (
    Coming,
    ImportPlan,
)
from conexx_learn.domain.people_import.comparison import import_plan
from conexx_learn.domain.people_import.known import KnownInstitution
from conexx_learn.domain.permissions import Actor
from conexx_learn.models.institutions import Institution
from conexx_learn.models.posts import PeopleFile
from conexx_learn.queries.people_import import (
    known_institution,
    profile_words,
)
from conexx_learn.services import audit
from conexx_learn.services.imported_people import store_plan
from conexx_learn.services.institutions import day_at, held_institution

KEPT = timedelta(days=1)
LONGEST_FILE_NAME = 120
KEY_BITS = 30


@dataclass(frozen=True, slots=True)
class ComparedList:
    """What a list says, and what it would change.

    Attributes:
        reading: Its rows, and the problems of its own.
        plan: Beside what is there; empty where the list has problems of its own.
        known: What it was compared with; None where it has problems of its own.
    """

    reading: PeopleReading
    plan: ImportPlan
    known: KnownInstitution | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it may be stored as it is."""
        return not (self.reading.problems or self.plan.problems)


def keep_file(
    session: Session,
    *,
    institution_id: int,
    name: str,
    content: bytes,
    now: datetime,
    user_id: int,
) -> int:
    """Keep a list until it is looked at; lists of yesterday are forgotten.

    Returns:
        Its id.
    """
    held_institution(session, institution_id)
    session.execute(delete(PeopleFile).where(PeopleFile.sent_at < now - KEPT))
    row = PeopleFile(
        # A key that was free again would let an old page store a newer list.
        id=secrets.randbits(KEY_BITS) + 1,
        institution_id=institution_id,
        name=name[-LONGEST_FILE_NAME:],
        content=content,
        sent_at=now,
        sent_by=user_id,
    )
    session.add(row)
    session.flush()
    return row.id


def forget_file(session: Session, *, institution_id: int, file_id: int) -> None:
    """Forget a list that was looked at."""
    session.execute(
        delete(PeopleFile).where(
            PeopleFile.id == file_id, PeopleFile.institution_id == institution_id
        )
    )


def kept_file(
    session: Session, *, institution_id: int, file_id: int
) -> tuple[str, bytes]:
    """Return name and content of a list.

    Raises:
        NotFoundError: It is not there, or no longer.
    """
    row = session.execute(
        select(PeopleFile.name, PeopleFile.content).where(
            PeopleFile.id == file_id, PeopleFile.institution_id == institution_id
        )
    ).first()
    if row is None:
        raise NotFoundError
    return row.name, row.content


def read_list(session: Session, *, content: bytes) -> PeopleReading:
    """Read a file; nothing is compared yet, and nothing is locked."""
    return read_people(content, profiles=profile_words(session))


def compared(
    session: Session,
    *,
    institution_id: int,
    reading: PeopleReading,
    now: datetime,
    by: Actor | None,
) -> ComparedList:
    """Say what a list would change.

    Args:
        session: Where to read.
        institution_id: Where.
        reading: The list.
        now: This moment.
        by: Who imports; None at the shell.
    """
    if reading.problems:
        return ComparedList(reading, ImportPlan())
    place = session.get_one(Institution, institution_id)
    known = _known(session, place, reading.rows, now, by)
    return ComparedList(reading, import_plan(reading.rows, known), known)


def store_list(
    session: Session,
    *,
    institution_id: int,
    seen: ComparedList,
    now: datetime,
    by: Actor | None,
) -> ComparedList:
    """Store a list as a whole, or nothing of it.

    What another manager stored since it was compared counts: it is read again under
    the lock, and compared again where anything differs. All else is done before, for
    on SQLite nobody else writes meanwhile.

    Args:
        session: Where to write.
        institution_id: Where.
        seen: The list as it was compared a moment ago.
        now: This moment.
        by: Who imports; None at the shell.

    Returns:
        What it changed; with problems where nothing was stored.

    Raises:
        RuleError: Somebody took one of the addresses at this very moment.
    """
    place = held_institution(session, institution_id)
    done = _compared_again(session, place, seen, now, by)
    if not done.is_sound:
        return done
    plan = done.plan
    try:
        with session.begin_nested():
            store_plan(session, place, plan, now, by)
    except IntegrityError as error:
        raise RuleError("changed-meanwhile") from error
    audit.record(
        session,
        act="people-import",
        thing=f"institution:{place.slug}",
        now=now,
        institution_id=place.id,
        rows=len(done.reading.rows),
        new=plan.arrivals(Coming.NEW),
        back=plan.arrivals(Coming.BACK),
        elsewhere=plan.arrivals(Coming.ELSEWHERE),
        begun=plan.begun,
        corrected=plan.corrected,
    )
    return done


def store_rows(
    session: Session,
    *,
    institution_id: int,
    rows: Sequence[ImportRow],
    now: datetime,
    by: Actor | None,
) -> ImportPlan:
    """Store people that were typed in, each in the post that is named.

    Where a name is unique at the institution, it says who is meant.

    Returns:
        What it changed; with problems where nothing was stored.
    """
    place = held_institution(session, institution_id)
    known = replace(_known(session, place, rows, now, by), names_tell=True)
    plan = import_plan(rows, known)
    if not plan.problems:
        store_plan(session, place, plan, now, by)
    return plan


def _compared_again(
    session: Session,
    place: Institution,
    seen: ComparedList,
    now: datetime,
    by: Actor | None,
) -> ComparedList:
    if seen.known is None:
        return seen
    known = _known(session, place, seen.reading.rows, now, by)
    if known == seen.known:
        return seen
    plan = import_plan(seen.reading.rows, known)
    return ComparedList(seen.reading, plan, known)


def _known(
    session: Session,
    place: Institution,
    rows: Sequence[ImportRow],
    now: datetime,
    by: Actor | None,
) -> KnownInstitution:
    return known_institution(
        session,
        institution_id=place.id,
        name=place.name,
        lang=place.default_locale,
        today=day_at(place, now),
        rows=rows,
        by=by,
    )
