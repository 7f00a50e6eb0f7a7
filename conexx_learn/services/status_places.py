"""Each certificate gets one bit of one status list, drawn at random, for good."""

import secrets
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.credentials import StatusPlace
from conexx_learn.models.insertion import inserted_row

PLACES = 131_072
"""Of a list, as the Bitstring Status List asks at least."""
MOST_TAKEN = 100_000
"""Then the next list is begun: draws go on finding a free place at once."""


def status_place(
    session: Session,
    *,
    certificate_id: int,
    most_taken: int = MOST_TAKEN,
    draw: Callable[[int], int] = secrets.randbelow,
) -> tuple[int, int]:
    """Return the place of a certificate in the status lists; a second call the same.

    The UNIQUE constraint on list and index decides; a place that is taken is drawn
    again. A random place tells nobody how many came before.

    Args:
        session: In a transaction that writes.
        certificate_id: Whose place.
        most_taken: Places of a list that may be taken.
        draw: Chooses a number below another.

    Returns:
        Number of the list, from 1, and the index in it.
    """
    found = _kept_place(session, certificate_id)
    if found is not None:
        return found
    number = _open_list(session, most_taken)
    while (found := _kept_place(session, certificate_id)) is None:
        inserted_row(
            session,
            StatusPlace,
            certificate_id=certificate_id,
            list_number=number,
            status_index=draw(PLACES),
        )
    return found


def _kept_place(session: Session, certificate_id: int) -> tuple[int, int] | None:
    row = session.execute(
        select(StatusPlace.list_number, StatusPlace.status_index).where(
            StatusPlace.certificate_id == certificate_id
        )
    ).first()
    return (row[0], row[1]) if row else None


def _open_list(session: Session, most_taken: int) -> int:
    newest: int = session.scalar(select(func.max(StatusPlace.list_number))) or 1
    taken = session.scalar(
        select(func.count())
        .select_from(StatusPlace)
        .where(StatusPlace.list_number == newest)
    )
    return newest + 1 if (taken or 0) >= most_taken else newest
