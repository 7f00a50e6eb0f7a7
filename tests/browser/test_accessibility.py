"""Every kind of page, for everybody: WCAG 2.2 AA as far as a machine can see it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.keyboard import look_at_focus, tab_to
from tests.browser.looking import (
    COLOURS,
    EVERYTHING,
    LARGER_TEXT,
    WIDER_TEXT,
    check_language,
    cut_off,
    sideways,
    small_targets,
    violations,
)
from tests.browser.page_types import PAGE_TYPES, PageType, World
from tests.browser.readers import DESK, PHONE, OpenPage
from tests.browser.town_pages import TYPED

every_page = pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=kind.name) for kind in PAGE_TYPES]
)


@every_page
def test_a_page_breaks_no_rule_of_accessibility(
    open_page: OpenPage, kind: PageType
) -> None:
    page = open_page(kind)
    check_language(page, "es", TYPED)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        assert violations(page, EVERYTHING) == [], f"{size['width']} px"
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == [], f"{size['width']} px, dark"
    page.emulate_media(color_scheme="light", forced_colors="active")
    assert violations(page, COLOURS) == [], "forced colours"


@every_page
def test_a_page_speaks_english_too(open_page: OpenPage, kind: PageType) -> None:
    """The words differ and their room; colours and structure are the same."""
    page = open_page(kind, "en")
    check_language(page, "en", TYPED)
    page.set_viewport_size(PHONE)
    assert sideways(page) <= 0, "scrolls sideways at 320 px"
    assert violations(page, EVERYTHING) == [], "320 px"


@every_page
def test_a_page_fits_every_reader(open_page: OpenPage, kind: PageType) -> None:
    page = open_page(kind)
    page.set_viewport_size(PHONE)
    assert sideways(page) <= 0, "scrolls sideways at 320 px"
    assert small_targets(page) == []
    page.set_viewport_size(DESK)
    for change in (WIDER_TEXT, LARGER_TEXT):
        page.evaluate(change)
        assert sideways(page) <= 0, change
        assert cut_off(page) == [], change


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


@every_page
def test_every_stop_of_the_keyboard_is_seen(
    open_page: OpenPage, kind: PageType
) -> None:
    page = open_page(kind)
    page.set_viewport_size({"width": 360, "height": 640})
    for _stop in range(60):
        page.keyboard.press("Tab")
        if not look_at_focus(page):
            return
