"""What a holder lets others see of a certificate; the claims stay as they are."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.models.certification import Certificate
from conexx_learn.services import audit


def choose_what_others_see(
    session: Session,
    *,
    number: str,
    user_id: int,
    hides_name: bool,
    shows_score: bool,
    now: datetime,
) -> bool:
    """Keep a holder's choices; they count from the next view of the public page.

    They count for the corrected certificate and for what it replaced alike: the pages
    lead to one another, and a name that one hides the other must not tell.

    Args:
        session: Of a unit of work.
        number: Of the certificate: twelve characters.
        user_id: Who chooses.
        hides_name: Others see neither the name nor any file that tells it.
        shows_score: Others see the percent of the final quiz.
        now: When.

    Returns:
        True where something changed.

    Raises:
        NotFoundError: No such certificate, or somebody else's.
    """
    enrolment_id = session.scalar(
        select(Certificate.enrolment_id)
        .where(Certificate.number == number, Certificate.user_id == user_id)
        .with_for_update()
    )
    if enrolment_id is None:
        raise NotFoundError
    # Asked only now, so that a correction that was under way is among them.
    rows = session.scalars(
        select(Certificate)
        .where(Certificate.enrolment_id == enrolment_id)
        .order_by(Certificate.id)
        .with_for_update()
    )
    changed = [
        row
        for row in rows
        if (row.hides_name, row.shows_score) != (hides_name, shows_score)
    ]
    for row in changed:
        row.hides_name, row.shows_score = hides_name, shows_score
        audit.record(
            session,
            act="choose-visible",
            thing=f"certificate:{row.number}",
            now=now,
            hides_name=int(hides_name),
            shows_score=int(shows_score),
        )
    return bool(changed)
