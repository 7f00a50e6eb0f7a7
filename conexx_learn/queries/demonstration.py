"""What the demonstration offers to a visitor who was handed a certificate."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate


def newest_numbers(session: Session, *, emails: Sequence[str]) -> dict[str, str]:
    """Return e-mail address to the number of that holder's newest certificate."""
    rows = session.execute(
        select(User.email, Certificate.number)
        .join(Certificate, Certificate.user_id == User.id)
        .where(User.email.in_(emails))
        .order_by(Certificate.id)
    )
    return {email or "": number for email, number in rows}
