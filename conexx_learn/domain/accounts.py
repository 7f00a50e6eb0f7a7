"""Rules of accounts and sessions."""

from datetime import datetime, timedelta
from hashlib import sha256

IDLE_LIMIT = timedelta(minutes=60)
"""A session ends after this long without a request."""

ABSOLUTE_LIMIT = timedelta(hours=12)
"""A session ends after this long whatever happens."""

SHARED_IDLE_LIMIT = timedelta(minutes=20)
SHARED_ABSOLUTE_LIMIT = timedelta(hours=2)
"""The same on a computer that others use."""

SEEN_INTERVAL = timedelta(minutes=5)
"""How precisely a session knows when it was last used."""


def token_hash(token: str) -> str:
    """Return what is stored of a secret that only its holder keeps."""
    return sha256(token.encode()).hexdigest()


def session_end(*, now: datetime, shared_computer: bool) -> datetime:
    """Say when a session that starts now ends at the latest."""
    return now + (SHARED_ABSOLUTE_LIMIT if shared_computer else ABSOLUTE_LIMIT)


def session_is_open(
    *,
    last_seen_at: datetime,
    expires_at: datetime,
    shared_computer: bool,
    now: datetime,
) -> bool:
    """Say whether a session still lasts; its last use is known to five minutes."""
    idle = SHARED_IDLE_LIMIT if shared_computer else IDLE_LIMIT
    return now < expires_at and now < last_seen_at + idle + SEEN_INTERVAL
