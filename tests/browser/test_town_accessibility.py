"""Every page of an institution, for everybody: as far as a machine can see it.

A page is opened once in each language for all that is looked at; what fails is named
by the test (page) and by the message (language, width, theme, check).
"""

import pytest

from tests.browser.inspection import inspect_english, inspect_spanish
from tests.browser.looking import LARGER_TEXT, WIDER_TEXT
from tests.browser.page_types import PageType
from tests.browser.readers import DESK, OpenPage
from tests.browser.town_pages import TOWN_PAGES, TYPED
from tests.browser.traffic import kilobytes

MOST_STOPS = 400
"""More than the longest form has; a focus that goes in circles never ends."""

every_town_page = pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=kind.name) for kind in TOWN_PAGES]
)


@every_town_page
def test_a_page_of_an_institution_is_for_everybody(
    open_page: OpenPage, kind: PageType
) -> None:
    """The letters of a page may be twice as large, or as wide as WCAG 1.4.12 says."""
    page = open_page(kind)
    seen = inspect_spanish(page, TYPED, forced=False)
    seen.check_overlaps()
    seen.check_text("wider text", WIDER_TEXT)
    seen.restore_text()
    seen.stand(DESK)
    seen.check_overlaps()
    for text, change in (("wider text", WIDER_TEXT), ("larger text", LARGER_TEXT)):
        seen.check_text(text, change)
        seen.check_overlaps(text)
    seen.restore_text()
    seen.check()
    page.evaluate("() => document.activeElement.blur()")
    stops = seen.count_stops(MOST_STOPS)
    assert stops < MOST_STOPS, "the focus is trapped"
    assert stops, "nothing can be reached"


@every_town_page
def test_a_page_of_an_institution_is_light_and_speaks_english_on_a_phone(
    open_page: OpenPage, kind: PageType
) -> None:
    page = open_page(kind, "en")
    assert kilobytes(page.content().encode()) <= kind.most_html, "weight"
    inspect_english(page, TYPED).check()
