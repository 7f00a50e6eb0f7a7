"""Messages that a test's pages wrote."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import OutboxMail


def mails_to(session: Session, recipient: str) -> list[OutboxMail]:
    """List what was written to an address, the first one first."""
    return list(
        session.scalars(
            select(OutboxMail)
            .where(OutboxMail.recipient == recipient)
            .order_by(OutboxMail.id)
        )
    )


def link_in(mail: OutboxMail) -> str:
    """Return the path of the one link that a message asks to follow."""
    found = re.search(r"https?://[^/\s]+(/(?:account|join)\S+)", mail.text)
    assert found, mail.text
    assert found.group(0) in mail.html
    return found.group(1)
