"""Weight and speed: the budgets of the design, measured in the browser."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.certificate_pages import CERTIFICATE_PAGES
from tests.browser.certificate_steps import downloaded_paper
from tests.browser.conftest import NoteFigure, OpenContext
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
from tests.browser.town_pages import HEAVIEST
from tests.browser.traffic import (
    KILOBYTE,
    Traffic,
    count_traffic,
    kilobytes,
    layout_shift,
    seconds_to_text,
    slow_down,
)

IMAGE = re.compile(r'src="(/media/[^"]+)"')
NEWCOMER = Account("itzel.ruiz", DEMO_PASSWORD, "Itzel Ruiz Canul")
MOST_REQUESTS = 6

every_page = pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, id=kind.name)
        for kind in (*PAGE_TYPES, *CERTIFICATE_PAGES, *HEAVIEST)
    ],
)


FILES = """() => [...document.querySelectorAll('link[rel=stylesheet], script[src]')]
    .map(element => element.href ?? element.src)"""


def files_of(page: Page, answers: list[Response]) -> dict[str, bytes]:
    """Return the style sheets and scripts of a page by address, as they came.

    Raises:
        KeyError: The page names one that did not come.
    """
    came = {answer.url: answer for answer in answers}
    addresses: list[str] = page.evaluate(FILES)
    return {address: came[address].body() for address in addresses}


def weight_of(files: dict[str, bytes], ending: str) -> float:
    """Sum up, in kB compressed, the files whose address ends so."""
    return sum(
        kilobytes(body) for address, body in files.items() if address.endswith(ending)
    )


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """What a page weighs for who comes for the first time, in kB compressed.

    Attributes:
        requests: Without those for images of the text.
        images: As they are, not compressed again.
    """

    html: float
    css: float
    js: float
    images: float
    requests: int
    shift: float


def first_visit(page: Page, path: str) -> FirstVisit:
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(path)
    documents = [a for a in answers if a.request.resource_type == "document"]
    images = [a for a in answers if a.request.resource_type == "image"]
    files = files_of(page, answers)
    return FirstVisit(
        html=kilobytes(documents[-1].body()),
        css=weight_of(files, ".css"),
        js=weight_of(files, ".js"),
        images=sum(len(image.body()) for image in images) / KILOBYTE,
        requests=len(answers) - len(images),
        shift=layout_shift(page),
    )


@every_page
def test_a_first_visit_is_light(
    open_context: OpenContext, world: World, kind: PageType, note_figure: NoteFigure
) -> None:
    state = None if kind.person == NOBODY else world.states[kind.person]
    page = open_context(storage_state=state).new_page()
    visit = first_visit(page, kind.path.format(**world.addresses))
    note_figure(
        f"first visit, {kind.name}",
        f"HTML {visit.html:.1f} kB, CSS {visit.css:.1f}, JS {visit.js:.1f}, "
        f"images {visit.images:.1f}, {visit.requests} requests, CLS {visit.shift:.3f}",
    )
    assert visit.html <= kind.most_html
    assert visit.css <= 14
    assert visit.js <= 12
    assert visit.images <= 120
    assert visit.requests <= MOST_REQUESTS
    assert visit.shift <= 0.05


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
        answer = page.request.get(address)
        images = set(IMAGE.findall(answer.text()))
        weight = sum(len(page.request.get(image).body()) for image in images)
        assert kilobytes(answer.body()) <= 20, address
        assert weight <= 120 * KILOBYTE, address


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
    open_context: OpenContext,
    note_figure: NoteFigure,
    bits: int,
    delay: int,
    most: float,
) -> None:
    address = heaviest_module(open_context().new_page())
    page = open_context(viewport={"width": 360, "height": 640}).new_page()
    slow_down(page, bits_per_second=bits, delay_milliseconds=delay)
    page.goto(address, wait_until="load", timeout=60_000)
    seconds = seconds_to_text(page)
    note_figure(
        f"text of the heaviest module at {bits // 1000} kbit/s", f"{seconds:.2f} s"
    )
    assert seconds <= most
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
    expect(page.locator('.cert a[href$=".pdf"]')).to_have_count(1)
    return downloaded_paper(page)


def test_the_whole_way_to_a_certificate_costs_little(
    page: Page, note_figure: NoteFigure
) -> None:
    traffic: Traffic = count_traffic(page)
    paper = walk(page)
    assert paper.startswith(b"%PDF")
    total = traffic.total + len(paper)
    note_figure("home to certificate", f"{total / KILOBYTE:.0f} kB")
    assert total <= 800 * KILOBYTE


@pytest.mark.parametrize("state", ["valid", "revoked", "hidden", "altered"])
def test_a_verification_is_light_and_says_its_verdict_at_once(
    open_context: OpenContext, world: World, note_figure: NoteFigure, state: str
) -> None:
    page = open_context(viewport={"width": 360, "height": 640}).new_page()
    answer = page.goto(f"/verify/{world.addresses[state]}")
    assert answer is not None
    assert len(answer.body()) <= 15 * KILOBYTE
    box = page.locator(".verdict h1").bounding_box()
    assert box is not None
    bottom = box["y"] + box["height"]
    note_figure(
        f"verification, {state}",
        f"{len(answer.body()) / KILOBYTE:.1f} kB, verdict ends at {bottom:.0f} px",
    )
    assert bottom <= 300
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    largest = page.locator(".verdict h1").evaluate(size)
    sizes = page.locator("body *:not(h1)").evaluate_all(
        f"elements => elements.map({size})"
    )
    assert largest >= max(sizes)
