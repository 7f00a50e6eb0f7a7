"""Rules of accounts and sessions."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

IDLE_LIMIT = timedelta(minutes=60)
"""A session ends after this long without a request."""

ABSOLUTE_LIMIT = timedelta(hours=12)
"""A session ends after this long whatever happens."""

SHARED_IDLE_LIMIT = timedelta(minutes=20)
SHARED_ABSOLUTE_LIMIT = timedelta(hours=2)
"""The same on a computer that others use."""

SEEN_INTERVAL = timedelta(minutes=5)
"""How precisely a session knows when it was last used."""

PRIVACY_VERSION = date(2026, 11, 21)
"""Day of the privacy notice that a person accepts with the account."""

INVITATION_TERM = timedelta(days=7)
MAILED_RESET_TERM = timedelta(minutes=60)
HANDED_RESET_TERM = timedelta(hours=24)
"""How long a way in lasts: an invitation, a link by mail, a code on paper."""

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
LONGEST_EMAIL = 254
LONGEST_USERNAME = 64

TRY_WINDOW = timedelta(minutes=5)
"""Within this time, tries to sign in are counted."""
MOST_TRIES_PER_ACCOUNT = 10
MOST_TRIES_PER_ADDRESS = 30

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]")
_LINK_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_IPV6_HOST = 64


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


def read_identity(entry: str) -> str:
    """Write what was typed as identity in the one form that is stored.

    An e-mail address loses its capitals; a username its accents too, so that nobody
    is kept out by how a keyboard writes them.

    Example:
        >>> read_identity(" Ana@Xaltepec.example "), read_identity("Íñigo.López")
        ('ana@xaltepec.example', 'inigo.lopez')
    """
    text = _folded(_folded(entry))
    if "@" in text:
        return text.strip()
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    return _folded(bare).strip()


def _folded(text: str) -> str:
    """Fold capitals; what that makes of rare letters is put together again."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def is_username(identity: str) -> bool:
    """Say whether a read identity may be a username: 3 to 64 letters, digits, `._-`.

    Example:
        >>> is_username("ana.ruiz"), is_username("ana@xaltepec.example")
        (True, False)
    """
    return _USERNAME.fullmatch(identity) is not None


def is_link_token(text: str) -> bool:
    """Say whether a text has the shape of a secret made by `token_urlsafe(32)`."""
    return _LINK_TOKEN.fullmatch(text) is not None


def network_of(address: str) -> str:
    """Return the network by which tries are counted: IPv6 by /64, IPv4 whole.

    Example:
        >>> network_of("2001:db8::7"), network_of("192.0.2.7")
        ('2001:db8::/64', '192.0.2.7')
    """
    try:
        known = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(ip_network((int(known) >> _IPV6_HOST << _IPV6_HOST, 64)))
    return address


def retry_after(*, oldest_try: datetime, now: datetime) -> int:
    """Say in how many seconds the oldest counted try falls out of the window."""
    left = oldest_try + TRY_WINDOW - now
    return max(1, int(left.total_seconds()) + 1)
