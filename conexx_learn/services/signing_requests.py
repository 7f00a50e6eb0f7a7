"""Who issues or revokes asks for signatures; they are made after the commit."""

from sqlalchemy.orm import Session

_ASKED = "certificates changed"


def ask_for_signing(session: Session) -> None:
    """Note that a certificate was issued or taken back in this transaction.

    Only a hint for haste: what waits is in the tables, and the job of the next minute
    finds it when the hint is lost.
    """
    session.info[_ASKED] = True


def takes_request(session: Session) -> bool:
    """Say whether signatures were asked for since the last call."""
    return bool(session.info.pop(_ASKED, False))
