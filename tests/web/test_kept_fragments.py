"""Pieces of pages are kept by all that they show, and by nothing less."""

from flask import Flask, g
from markupsafe import Markup

from conexx_learn.web.kept_fragments import kept


def test_a_piece_is_rendered_once_for_each_language(app: Flask) -> None:
    rendered: list[str] = []

    def macro(text: str) -> Markup:
        rendered.append(text)
        return Markup("<b>{}</b>").format(text)

    for lang in ("es", "en", "es"):
        with app.test_request_context("/"):
            g.page_language = lang
            piece = kept(("test-once", "hash"), macro, lang)
            assert piece == f"<b>{lang}</b>"

    assert rendered == ["es", "en"]


def test_another_state_is_another_piece(app: Flask) -> None:
    with app.test_request_context("/"):
        first = kept(("test-state", True), Markup, "read")
        second = kept(("test-state", False), Markup, "not read")

    assert (first, second) == ("read", "not read")


def test_without_a_key_nothing_is_kept(app: Flask) -> None:
    with app.test_request_context("/"):
        assert kept(None, Markup, "one") == "one"
        assert kept(None, Markup, "two") == "two"


def test_what_a_known_piece_needs_is_not_made(app: Flask) -> None:
    made: list[int] = []

    def rows() -> str:
        made.append(1)
        return "rows"

    with app.test_request_context("/"):
        for _ in range(3):
            assert kept(("test-lazy",), Markup, rows) == "rows"

    assert made == [1]
