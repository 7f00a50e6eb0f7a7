"""Weight and speed: the budgets of the design, measured in the browser."""

import gzip

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.certificate_steps import downloaded_paper
from tests.browser.conftest import OpenContext
from tests.browser.learner_steps import (
    RULES,
    STRONG,
    Account,
    answer_final,
    register,
    send,
)
from tests.browser.page_types import LONG_COURSE, NOBODY, PAGE_TYPES, PageType, World
from tests.browser.served_product import DEMO_PASSWORD
from tests.browser.traffic import (
    Traffic,
    count_traffic,
    layout_shift,
    seconds_to_text,
    slow_down,
)

KILOBYTE = 1000
NEWCOMER = Account("itzel.ruiz", DEMO_PASSWORD, "Itzel Ruiz Canul")
MOST_REQUESTS = 6
ICONS = 1
"""The browser asks for an icon too, and tells nobody."""

every_page = pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=kind.name) for kind in PAGE_TYPES]
)


def kilobytes(body: bytes) -> float:
    """Return how much a body weighs compressed."""
    return len(gzip.compress(body, 9)) / KILOBYTE


def bodies(page: Page, ending: str) -> list[bytes]:
    """Fetch the files of a page whose address ends so."""
    addresses = page.evaluate(
        "() => [...document.querySelectorAll('link[rel=stylesheet], script[src]')]"
        ".map(element => element.href ?? element.src)"
    )
    found = [address for address in addresses if address.endswith(ending)]
    return [page.request.get(address).body() for address in found]


@every_page
def test_a_first_visit_is_light(
    open_context: OpenContext, world: World, kind: PageType
) -> None:
    state = None if kind.person == NOBODY else world.states[kind.person]
    page = open_context(storage_state=state).new_page()
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(kind.path.format(**world.addresses))
    documents = [a for a in answers if a.request.resource_type == "document"]
    images = [a for a in answers if a.request.resource_type == "image"]
    others = len(answers) - len(images)
    assert kilobytes(documents[-1].body()) <= 20
    assert others + ICONS <= MOST_REQUESTS
    assert sum(len(image.body()) for image in images) <= 120 * KILOBYTE
    assert sum(map(kilobytes, bodies(page, ".css"))) <= 14
    assert sum(map(kilobytes, bodies(page, ".js"))) <= 12
    assert layout_shift(page) <= 0.05


def module_addresses(page: Page) -> list[str]:
    page.goto(LONG_COURSE)
    links: list[str] = page.locator(".outline a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return links


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_module_is_light(open_context: OpenContext, lang: str) -> None:
    page = open_context(lang).new_page()
    for address in module_addresses(page):
        body = page.request.get(address).body()
        assert kilobytes(body) <= 20, address


def heaviest_module(page: Page) -> str:
    addresses = module_addresses(page)
    return max(addresses, key=lambda path: len(page.request.get(path).body()))


@pytest.mark.parametrize(
    ("bits", "delay", "most"),
    [
        pytest.param(400_000, 400, 2.5, id="400 kbit/s with 400 ms"),
        pytest.param(100_000, 1000, 7, id="100 kbit/s with 1000 ms"),
    ],
)
def test_a_module_is_readable_soon_over_a_weak_connection(
    open_context: OpenContext, bits: int, delay: int, most: float
) -> None:
    address = heaviest_module(open_context().new_page())
    page = open_context(viewport={"width": 360, "height": 640}).new_page()
    slow_down(page, bits_per_second=bits, delay_milliseconds=delay)
    page.goto(address, wait_until="load", timeout=60_000)
    assert seconds_to_text(page) <= most
    assert layout_shift(page) <= 0.05


def walk(page: Page) -> bytes:
    """Go from the home page to the paper, as somebody who comes for the first time."""
    page.goto("/")
    page.locator(STRONG).click()
    page.locator('.entries a[href="/courses/first-steps"]').first.click()
    page.locator(".next .button").click()
    page.locator(".module-end form .button").click()
    page.goto(RULES)
    page.locator('a[href^="/account/register"]').click()
    register(page, NEWCOMER)
    page.locator(".next form .button").click()
    answer_final(page, "es")
    send(page)
    page.locator(STRONG).click()
    expect(page.locator(".cert")).to_have_count(1)
    return downloaded_paper(page)


def test_the_whole_way_to_a_certificate_costs_little(page: Page) -> None:
    traffic: Traffic = count_traffic(page)
    paper = walk(page)
    assert paper.startswith(b"%PDF")
    assert traffic.total + len(paper) <= 800 * KILOBYTE


@pytest.mark.parametrize("state", ["valid", "revoked"])
def test_a_verification_is_light_and_says_its_verdict_at_once(
    open_context: OpenContext, world: World, state: str
) -> None:
    page = open_context(viewport={"width": 360, "height": 640}).new_page()
    answer = page.goto(f"/verify/{world.addresses[state]}")
    assert answer is not None
    assert len(answer.body()) <= 15 * KILOBYTE
    box = page.locator(".verdict h1").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 300
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    largest = page.locator(".verdict h1").evaluate(size)
    sizes = page.locator("body *:not(h1)").evaluate_all(
        f"elements => elements.map({size})"
    )
    assert largest >= max(sizes)
