"""Addresses of pages, worked out once each: a page asks for thirty of them."""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from flask import url_for as flask_url_for

ADDRESSES_KEPT = 8192


def url_for(endpoint: str, **values: Any) -> str:  # noqa: ANN401 (parts of an address)
    """Return the path of a page; PUBLIC_URL has none before it, so nothing varies."""
    if "_external" in values or "_scheme" in values or endpoint.startswith("."):
        return flask_url_for(endpoint, **values)
    return _address(id(current_app.url_map), endpoint, tuple(sorted(values.items())))


@lru_cache(maxsize=ADDRESSES_KEPT)
def _address(_url_map: int, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return flask_url_for(endpoint, **dict(values))


def init_app(app: Flask) -> None:
    """Let templates use it too."""
    app.jinja_env.globals["url_for"] = url_for
