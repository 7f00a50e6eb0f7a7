"""Pieces of pages that are the same for many readers, rendered once and kept.

A key must say all that the piece shows: the content's hash, and every state in it.
The language and the form of numbers are added here.
"""

from collections.abc import Callable, Hashable

from flask import Flask
from markupsafe import Markup

from conexx_learn.queries.kept_reads import KeptReads
from conexx_learn.web.language import format_locale, page_language

FRAGMENTS_KEPT = 1024

_fragments: KeptReads[tuple[Hashable, ...], Markup] = KeptReads(FRAGMENTS_KEPT)


def kept(
    key: tuple[Hashable, ...] | None, macro: Callable[..., Markup], *args: object
) -> Markup:
    """Return what a macro renders of its arguments, from memory where it is known.

    Args:
        key: Names the piece and what it shows; None renders it each time.
        macro: Of a template.
        args: For the macro; a callable among them is called only when it renders.
    """

    def render() -> Markup:
        return macro(*(arg() if callable(arg) else arg for arg in args))

    if key is None:
        return render()
    return _fragments.value((*key, page_language(), format_locale()), render)


def init_app(app: Flask) -> None:
    """Let templates keep their pieces."""
    app.jinja_env.globals["kept"] = kept
