"""Limits within a minute: on guessing without an account, and on costly previews."""

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from conexx_learn.domain.accounts import network_of
from conexx_learn.domain.errors import LimitError

MISSES = RateLimitItemPerMinute(30)
PREVIEWS = RateLimitItemPerMinute(120)
WINDOW_SECONDS = 60
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


def _count(limit: RateLimitItem, what: str, who: str) -> None:
    limiter: FixedWindowRateLimiter = current_app.extensions[EXTENSION]
    try:
        is_allowed = limiter.hit(limit, what, who)
    except StorageError as error:
        # Who verifies a certificate must not depend on the counter being there.
        current_app.logger.warning("misses counted here alone: %s", error)
        here: FixedWindowRateLimiter = current_app.extensions[FALLBACK]
        is_allowed = here.hit(limit, what, who)
    if not is_allowed:
        raise LimitError(retry_after=WINDOW_SECONDS)
