"""What a town hall prints: one sheet, on the paper of Europe and on that of America."""

import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.conftest import OpenContext
from tests.browser.page_types import World
from tests.browser.town_pages import TOWN


def plain(text: str) -> str:
    """Return a text without line breaks and ligatures."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(TOWN, id="are we ready"),
        pytest.param(f"{TOWN}/calls/{{call}}", id="decision sheet"),
    ],
)
def test_a_sheet_to_decide_on_is_one_page(
    open_context: OpenContext, world: World, path: str, lang: str
) -> None:
    page = open_context(lang, storage_state=world.states["manager"]).new_page()
    page.goto(path.format(**world.addresses))
    first = page.locator("main h1").inner_text()
    last = page.locator("main p.note").last.inner_text()
    for paper in ("A4", "Letter"):
        printed = PdfReader(BytesIO(page.pdf(format=paper))).pages
        assert len(printed) == 1, paper
        text = plain(printed[0].extract_text())
        assert plain(first) in text
        assert plain(last)[:40] in text


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize(
    "state", ["valid", "revoked", "altered", "hidden", "doubted", "superseded"]
)
def test_a_verification_is_printed_on_one_page(
    open_context: OpenContext, world: World, state: str, lang: str
) -> None:
    page = open_context(lang).new_page()
    page.goto(f"/verify/{world.addresses[state]}")
    verdict = page.locator("main h1").inner_text()
    for paper in ("A4", "Letter"):
        printed = PdfReader(BytesIO(page.pdf(format=paper))).pages
        assert len(printed) == 1, paper
        text = plain(printed[0].extract_text())
        assert plain(verdict) in text
        assert world.addresses[state] in text
