"""What comes after the final quiz: the certificate, its paper, its verification."""

from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

VALID = {"es": "Vigente", "en": "Valid"}
DEMONSTRATION = {
    "es": "Demostración, sin validez",
    "en": "Demonstration, not valid",
}


def certificate_number(page: Page) -> str:
    """Read the number of the newest certificate from the list that is shown."""
    return page.locator(".cert .folio").first.inner_text().strip()


def downloaded_paper(page: Page) -> bytes:
    """Fetch the newest certificate's PDF by its link, as this person."""
    address = page.locator('.cert a[href$=".pdf"]').first.get_attribute("href")
    answer = page.context.request.get(address or "")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def paper_text(paper: bytes) -> str:
    """Return what a PDF says, in one line."""
    pages = PdfReader(BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def verify(page: Page, number: str) -> None:
    """Type a number into the public form."""
    page.goto("/verify")
    page.fill("#number", number)
    page.locator("main form:has(#number) .button").click()
    expect(page.locator(".verdict")).to_be_visible()
