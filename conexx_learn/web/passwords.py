"""Passwords: hashed and compared two at a time, and never a weak one."""

import unicodedata
from collections.abc import Iterable
from threading import BoundedSemaphore

import flask_security
from flask import current_app
from zxcvbn import zxcvbn

from conexx_learn.domain.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.language import gettext as _

AT_ONCE = 2
"""Hashes that a process makes at the same time: each takes 19 MiB and a whole core."""

WEAKEST_SCORE = 3
"""Of 0 to 4 as zxcvbn counts: 3 stands against 10 000 million guesses."""

PRODUCT_NAMES = ("conexx", "learn", "conexxlearn", "capacitacion", "constancia")
SHORTEST_NAME_PART = 3

MOST_SCORED = 72
"""Characters that the score looks at: what comes after makes nothing weaker."""

#: The hash of a password that nobody has; comparing with it takes as long as with one.
UNUSABLE = (
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA"
    "$Zm9ydHktdHdvLWZvcnR5LXR3by1mb3J0eS10d28tISE"
)

_turnstile = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """Return the Argon2id hash; nobody else waits for the database meanwhile."""
    _let_go_of_the_database()
    with _turnstile:
        return str(flask_security.hash_password(_normal(password)))


def password_matches(password: str, kept: str | None) -> bool:
    """Say whether a password is the one of a hash; without a hash, as slowly, no."""
    _let_go_of_the_database()
    typed = _normal(password) if len(password) <= LONGEST_PASSWORD else ""
    with _turnstile:
        matches = flask_security.verify_password(typed, kept or UNUSABLE)
    return bool(matches) and kept is not None


def hash_is_old(kept: str) -> bool:
    """Say whether a hash was made with settings that are no longer ours."""
    return bool(current_app.extensions["security"].pwd_context.needs_update(kept))


def password_problem(password: str, names: Iterable[str]) -> str | None:
    """Say what is wrong with a new password, or nothing.

    Args:
        password: As typed; any characters.
        names: Of the person and the institution, their addresses and usernames: a
            password made of these is guessed first.
    """
    if len(password) < SHORTEST_PASSWORD:
        return _(
            "Use at least %(count)s characters; a few words in a row are fine.",
            count=SHORTEST_PASSWORD,
        )
    if len(password) > LONGEST_PASSWORD:
        return _("Use at most %(count)s characters.", count=LONGEST_PASSWORD)
    plain = _without_accents(password)[:MOST_SCORED]
    if zxcvbn(plain, _guessed_first(names))["score"] < WEAKEST_SCORE:
        return _(
            "This password would be guessed quickly. Take several words that do not "
            "belong together, without names or years."
        )
    return None


def _guessed_first(names: Iterable[str]) -> list[str]:
    """List names whole, run together, and word by word, as a guesser would."""
    words = [
        _without_accents(name).lower().replace("@", " ").replace(".", " ").split()
        for name in names
    ]
    parts = {part for name in words for part in name if len(part) >= SHORTEST_NAME_PART}
    return [*PRODUCT_NAMES, *sorted(parts), *("".join(name) for name in words)]


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def _normal(password: str) -> str:
    """Write a password as every keyboard writes it: accents apart from letters."""
    return unicodedata.normalize("NFKD", password)


def _let_go_of_the_database() -> None:
    """End the read transaction: whoever waits for a hash holds no connection."""
    reading().rollback()
