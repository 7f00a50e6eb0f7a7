"""Static files under hashed names, for a year; and what every template may call."""

import re
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, current_app
from whitenoise import WhiteNoise

from conexx_learn.web.headers import FIXED, https_promise
from conexx_learn.web.language import (
    LANGUAGES,
    format_locale,
    page_language,
    switch_url,
)

HASHED = re.compile(r"\.[0-9a-f]{12}\.")


def init_app(app: Flask, assets: Mapping[str, str]) -> None:
    """Serve `instance/static` and offer `static(name)` to templates.

    Args:
        app: The application.
        assets: Name of a file to its hashed name.
    """
    folder = Path(app.instance_path) / "static"
    carried = FIXED | https_promise(app)

    def add_headers(headers: dict[str, str], _path: str, _url: str) -> None:
        for name, value in carried.items():
            headers[name] = value  # noqa: PERF403 (the library's headers are no dict)

    served = WhiteNoise(
        app.wsgi_app,
        root=str(folder),
        prefix="/static/",
        max_age=60,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: bool(HASHED.search(url)),
        add_headers_function=add_headers,
    )
    app.wsgi_app = served  # type: ignore[method-assign] # Flask's own documented way

    def static(name: str) -> str:
        return f"/static/{assets[name]}"

    # Global, not of the page's context: a macro that is imported sees these too, and
    # its file need not be read anew for each page.
    app.jinja_env.globals.update(
        static=static,
        switch_url=switch_url,
        page_language=page_language,
        format_tag=_format_tag,
    )
    app.context_processor(_page_values)


def _format_tag() -> str:
    """Name the locale of numbers as browsers do: es-419."""
    return format_locale().replace("_", "-")


def _page_values() -> dict[str, object]:
    """Give every template the language of the page and whether this is a demo."""
    lang = page_language()
    return {
        "locale": lang,
        "other_locale": next(other for other in LANGUAGES if other != lang),
        "demo": current_app.config["DEMO"],
    }
