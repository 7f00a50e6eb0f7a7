"""Every page says who may open it; the public ones are listed here by name."""

from collections.abc import Iterator

from flask import Flask

from conexx_learn.web.access import PERMISSION

PUBLIC = {
    "home.index",
    "catalogue.index",
    "catalogue.show",
    "media.show",
    "modules.complete",
    "modules.show",
    "offline.show",
    "operations.alive",
    "operations.ready",
    "pages.accessibility",
    "pages.help",
    "pages.privacy",
    "verification.index",
    "verification.show",
    "verification.show_short",
    "verification.show_spanish",
}
"""Who is not signed in may open these; whatever else they ask is asked inside."""


def permissions(app: Flask) -> Iterator[tuple[str, str | None]]:
    """List each endpoint with its permission; None where nobody said."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        yield rule.endpoint, getattr(view, PERMISSION, None)


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    silent = sorted({name for name, who in permissions(app) if who is None})

    assert not silent, f"Put @public or @requires(Role.…) on the views of {silent}"


def test_the_public_pages_are_those_that_are_listed(app: Flask) -> None:
    public = {name for name, who in permissions(app) if who == "public"}

    assert not public - PUBLIC, (
        f"Read these views once more, then list them here: {sorted(public - PUBLIC)}"
    )
    assert not PUBLIC - public, f"No longer public: {sorted(PUBLIC - public)}"
