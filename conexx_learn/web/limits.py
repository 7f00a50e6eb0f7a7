"""Limits within a minute: on guessing without an account, and on costly previews."""

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from conexx_learn.domain.accounts import network_of
from conexx_learn.domain.errors import LimitError

MISSES = RateLimitItemPerMinute(30)
PREVIEWS = RateLimitItemPerMinute(120)
GUESSED_PEOPLE = RateLimitItemPerMinute(5)
GUESSED_OF_ONE = RateLimitItemPerHour(30)
"""Addresses tried at one certificate, by whoever asks."""

WINDOW_SECONDS = 60
HOUR_SECONDS = 3600
EXTENSION = "conexx_misses"
FALLBACK = "conexx_misses_here"
"""What counts in this process alone while the shared store is away."""


def init_app(app: Flask) -> None:
    """Count in Redis where several processes share the work, else in this one."""
    storage = storage_from_string(
        app.config["REDIS_URL"] or "memory://", wrap_exceptions=True
    )
    app.extensions[EXTENSION] = FixedWindowRateLimiter(storage)
    app.extensions[FALLBACK] = FixedWindowRateLimiter(MemoryStorage())


def count_miss(what: str) -> None:
    """Count a miss of the address that asks.

    Args:
        what: What is being guessed at, such as `verify`.

    Raises:
        LimitError: Thirty misses within a minute.
    """
    _count(MISSES, what, network_of(request.remote_addr or ""))


def count_preview(user_id: int) -> None:
    """Count a preview that somebody asks for while they write.

    Raises:
        LimitError: A hundred and twenty of them within a minute.
    """
    _count(PREVIEWS, "preview", str(user_id))


def count_presented() -> None:
    """Count a file that somebody shows to have it compared.

    Raises:
        LimitError: Thirty files within a minute.
    """
    _count(MISSES, "presented", network_of(request.remote_addr or ""))


def count_guessed_person(number: str) -> None:
    """Count an address that somebody compares with the holder of a certificate.

    Args:
        number: Of the certificate.

    Raises:
        LimitError: Five within a minute, or thirty at one certificate within an hour.
    """
    _count(GUESSED_PEOPLE, "person", network_of(request.remote_addr or ""))
    _count(GUESSED_OF_ONE, "person", number, window=HOUR_SECONDS)


def _count(
    limit: RateLimitItem, what: str, who: str, *, window: int = WINDOW_SECONDS
) -> None:
    limiter: FixedWindowRateLimiter = current_app.extensions[EXTENSION]
    try:
        is_allowed = limiter.hit(limit, what, who)
    except StorageError as error:
        # Who verifies a certificate must not depend on the counter being there.
        current_app.logger.warning("misses counted here alone: %s", error)
        here: FixedWindowRateLimiter = current_app.extensions[FALLBACK]
        is_allowed = here.hit(limit, what, who)
    if not is_allowed:
        raise LimitError(retry_after=window)
