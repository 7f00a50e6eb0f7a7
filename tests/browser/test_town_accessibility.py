"""Every page of an institution, for everybody: as far as a machine can see it.

A page is opened once for all that is looked at in a language; what fails is named by
the test (page and language) and by the message (the check).
"""

import pytest

from tests.browser.crowding import overlaps
from tests.browser.keyboard import look_at_focus
from tests.browser.looking import (
    COLOURS,
    EVERYTHING,
    LARGER_TEXT,
    USUAL_TEXT,
    WIDER_TEXT,
    check_language,
    cut_off,
    sideways,
    small_targets,
    violations,
)
from tests.browser.page_types import PageType
from tests.browser.readers import PHONE, OpenPage
from tests.browser.town_pages import TOWN_PAGES, TYPED
from tests.browser.traffic import kilobytes

MOST_STOPS = 400
"""More than the longest form has; a focus that goes in circles never ends."""

every_town_page = pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=kind.name) for kind in TOWN_PAGES]
)


@every_town_page
@pytest.mark.parametrize("lang", ["es"])
def test_a_page_of_an_institution_is_for_everybody(
    open_page: OpenPage, kind: PageType, lang: str
) -> None:
    page = open_page(kind, lang)
    check_language(page, lang, TYPED)
    assert violations(page, EVERYTHING) == [], "light"
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == [], "dark"
    page.set_viewport_size(PHONE)
    assert sideways(page) <= 0, "scrolls sideways at 320 px"
    assert small_targets(page) == []


@every_town_page
@pytest.mark.parametrize("lang", ["en"])
def test_a_page_of_an_institution_is_light_and_speaks_english_on_a_phone(
    open_page: OpenPage, kind: PageType, lang: str
) -> None:
    page = open_page(kind, lang)
    assert kilobytes(page.content().encode()) <= kind.most_html, "weight"
    check_language(page, lang, TYPED)
    page.set_viewport_size(PHONE)
    assert sideways(page) <= 0, "scrolls sideways at 320 px"
    assert violations(page, EVERYTHING) == [], "320 px"


@every_town_page
@pytest.mark.parametrize("lang", ["es"])
def test_larger_and_wider_text_is_neither_cut_off_nor_on_other_text(
    open_page: OpenPage, kind: PageType, lang: str
) -> None:
    """The letters of a page may be twice as large, or as wide as WCAG 1.4.12 says."""
    page = open_page(kind, lang)
    assert overlaps(page) == [], "as it is"
    for change in (WIDER_TEXT, LARGER_TEXT):
        page.evaluate(change)
        assert sideways(page) <= 0, change
        assert cut_off(page) == [], change
        assert overlaps(page) == [], change
    page.set_viewport_size(PHONE)
    page.evaluate(WIDER_TEXT)
    assert sideways(page) <= 0, "wider text at 320 px"
    assert cut_off(page) == [], "wider text at 320 px"
    page.evaluate(USUAL_TEXT)
    assert overlaps(page) == [], "at 320 px"


@every_town_page
@pytest.mark.parametrize("lang", ["es"])
def test_every_stop_of_the_keyboard_is_seen_and_the_last_one_is_left(
    open_page: OpenPage, kind: PageType, lang: str
) -> None:
    page = open_page(kind, lang)
    page.evaluate("() => document.activeElement.blur()")
    stops = 0
    while stops < MOST_STOPS:
        page.keyboard.press("Tab")
        if not look_at_focus(page):
            break
        stops += 1
    assert stops < MOST_STOPS, "the focus is trapped"
    assert stops, "nothing can be reached"
