"""Every kind of page, for everybody: WCAG 2.2 AA as far as a machine can see it.

A page is opened once in each language for all that is looked at; what fails is named
by the test (page) and by the message (language, width, theme, check).
"""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.certificate_pages import CERTIFICATE_PAGES
from tests.browser.conftest import OpenContext
from tests.browser.inspection import inspect_english, inspect_spanish
from tests.browser.keyboard import look_at_focus, tab_to
from tests.browser.looking import LARGER_TEXT, WIDER_TEXT
from tests.browser.page_types import PAGE_TYPES, PageType, World
from tests.browser.readers import DESK, OpenPage
from tests.browser.town_pages import TYPED

SMALL_PHONE: ViewportSize = {"width": 360, "height": 640}
MOST_STOPS = 60
"""So many stops of a page are looked at; every kind of control comes before."""

every_page = pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, id=kind.name) for kind in (*PAGE_TYPES, *CERTIFICATE_PAGES)],
)


@every_page
def test_a_page_is_for_everybody(open_page: OpenPage, kind: PageType) -> None:
    page = open_page(kind)
    seen = inspect_spanish(page, TYPED)
    seen.stand(DESK)
    seen.check_text("wider text", WIDER_TEXT)
    seen.check_text("larger text", LARGER_TEXT)
    seen.restore_text()
    seen.check()
    seen.stand(SMALL_PHONE)
    seen.count_stops(MOST_STOPS)


@every_page
def test_a_page_speaks_english_too(open_page: OpenPage, kind: PageType) -> None:
    """The words differ and their room; colours and structure are the same."""
    inspect_english(open_page(kind, "en"), TYPED).check()


def test_the_skip_link_leads_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    look_at_focus(page)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("width", [360, 768])
def test_the_drawer_opens_and_escape_returns_the_focus(
    page: Page, world: World, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(world.addresses["first_module"])
    opener = page.locator(".drawer-open")
    tab_to(page, opener)
    page.keyboard.press("Enter")
    expect(page.locator(".drawer")).to_be_visible()
    expect(page.locator(".drawer-close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_drawer_opens_without_a_script(
    open_context: OpenContext, world: World
) -> None:
    page = open_context(
        java_script_enabled=False, viewport={"width": 360, "height": 640}
    ).new_page()
    page.goto(world.addresses["first_module"])
    page.locator(".drawer-open").click()
    expect(page.locator(".drawer")).to_be_visible()
    page.locator(".drawer-close").click()
    expect(page.locator(".drawer")).to_be_hidden()
