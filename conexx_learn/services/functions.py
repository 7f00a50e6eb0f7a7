"""What the functions of an institution need: how many people, at which level."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from conexx_learn.domain.fingerprints import fingerprint
from conexx_learn.domain.readiness import facts
from conexx_learn.models.competencies import FunctionMinimum
from conexx_learn.services import audit
from conexx_learn.services.institutions import held_institution


def minima_fingerprint(minima: Sequence[facts.FunctionMinimum]) -> str:
    """Return a short text that changes when one of the minima does."""
    known = sorted((m.competency, m.level, m.holders, m.is_critical) for m in minima)
    return fingerprint(*known)


def set_minima(
    session: Session,
    *,
    institution_id: int,
    minima: Sequence[facts.FunctionMinimum],
    read_as: str,
    now: datetime,
) -> bool:
    """Set what every function needs, unless somebody did since it was read.

    Args:
        session: Where to write.
        institution_id: Whose functions.
        minima: All of them; a competency that is missing is wanted of nobody.
        read_as: `minima_fingerprint` of those that the editor read.
        now: This moment.

    Returns:
        False where somebody else was faster; nothing is changed then.

    Raises:
        NotFoundError: No such institution.
    """
    # The row of the institution is the lock: the first minimum has none of its own.
    held_institution(session, institution_id)
    if minima_fingerprint(_stored(session, institution_id)) != read_as:
        return False
    session.execute(
        delete(FunctionMinimum).where(FunctionMinimum.institution_id == institution_id)
    )
    session.add_all(
        FunctionMinimum(
            institution_id=institution_id,
            competency=minimum.competency,
            level=minimum.level,
            holders=minimum.holders,
            is_critical=minimum.is_critical,
        )
        for minimum in minima
    )
    session.flush()
    audit.record(
        session,
        act="functions-set",
        thing=f"institution:{institution_id}",
        now=now,
        institution_id=institution_id,
        count=len(minima),
    )
    return True


def _stored(session: Session, institution_id: int) -> list[facts.FunctionMinimum]:
    rows = session.scalars(
        select(FunctionMinimum).where(FunctionMinimum.institution_id == institution_id)
    )
    return [
        facts.FunctionMinimum(row.competency, row.level, row.holders, row.is_critical)
        for row in rows
    ]
