"""The manager's one screen: all of it at once at a desk, in turn on a phone."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenContext
from tests.browser.page_types import World
from tests.browser.town_pages import TOWN

WIDTH, HEIGHT = 1280, 800
SMALLEST_TEXT = 13
SMALLEST_TOUCH = 44
IN_ORDER = ("answer", "todo", "functions", "posts", "also")
"""What a section is labelled by: the answer, the reason, what to do, then the rest."""

PAGE_HEIGHT = "() => document.documentElement.scrollHeight"

# Every element with words of its own that somebody sees.
TEXT_SIZES = """() => [...document.querySelectorAll('main *')]
    .filter(one => !one.closest('.visually-hidden, svg')
        && [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE
            && node.data.trim()))
    .map(one => parseFloat(getComputedStyle(one).fontSize))"""

BOX = """label => {
    const box = document.querySelector(`section[aria-labelledby=${label}]`)
        .getBoundingClientRect()
    return [box.left, box.top + scrollY]
}"""

# A figure on its own, not one inside a sentence.
FIGURES = ".board td a"


class Place(NamedTuple):
    """Where a section begins, in pixels of the page."""

    left: float
    top: float


def one_screen(
    open_context: OpenContext,
    world: World,
    lang: str,
    size: tuple[int, int],
    **options: object,
) -> Page:
    width, height = size
    page = open_context(
        lang,
        storage_state=world.states["manager"],
        viewport={"width": width, "height": height},
        **options,
    ).new_page()
    page.goto(TOWN)
    return page


def places(page: Page) -> list[Place]:
    return [Place(*page.evaluate(BOX, label)) for label in IN_ORDER]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_at_a_desk_nothing_has_to_be_scrolled(
    open_context: OpenContext, world: World, lang: str, theme: str
) -> None:
    page = one_screen(open_context, world, lang, (WIDTH, HEIGHT), color_scheme=theme)

    assert page.locator(".demo-bar").is_visible()
    assert page.evaluate(PAGE_HEIGHT) <= HEIGHT
    assert min(page.evaluate(TEXT_SIZES)) >= SMALLEST_TEXT


@pytest.mark.parametrize("lang", ["es", "en"])
def test_on_a_small_screen_it_is_one_column_in_order_of_importance(
    open_context: OpenContext, world: World, lang: str
) -> None:
    for size in ((360, 740), (768, 1024)):
        found = places(one_screen(open_context, world, lang, size))

        assert len({place.left for place in found}) == 1, size
        assert [place.top for place in found] == sorted(place.top for place in found)


def test_a_thumb_finds_every_figure(open_context: OpenContext, world: World) -> None:
    page = one_screen(open_context, world, "es", (360, 740))
    figures = page.locator(FIGURES)

    boxes = [figures.nth(place).bounding_box() for place in range(figures.count())]

    assert boxes
    assert all(
        box and min(box["width"], box["height"]) >= SMALLEST_TOUCH for box in boxes
    )


def test_every_figure_of_the_tables_opens_the_list_behind_it(
    open_context: OpenContext, world: World
) -> None:
    page = one_screen(open_context, world, "es", (WIDTH, HEIGHT))
    figures = page.locator(f"{FIGURES}, .answer-band a, .board-foot a")
    addresses = {
        figures.nth(place).get_attribute("href") or ""
        for place in range(figures.count())
    }

    for address in sorted(addresses):
        answer = page.request.get(address)
        assert answer.status == 200, address
    bare = page.locator(".board td.num").filter(has_not=page.locator("a"))
    assert {text.strip() for text in bare.all_inner_texts()} <= {"0", "\N{EN DASH}"}
