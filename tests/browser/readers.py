"""People who look at one page after the other, each at a browser of their own.

A browser that is opened anew for each page costs more than the looking: whoever only
looks keeps theirs for the whole run. Who changes something, or comes for the first
time, opens a context of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.page_types import NOBODY, PageType, World

DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 320, "height": 640}
LOCALES = {"es": "es-MX", "en": "en-GB"}
WAIT_MILLISECONDS = 10_000

OpenPage = Callable[..., Page]
"""Opens a kind of page in a language, for whoever it is for; at a desk, by light."""


def context_settings(address: str, lang: str) -> dict[str, Any]:
    """Return how a browser is set up that asks for a language."""
    return {
        "base_url": address,
        "locale": LOCALES[lang],
        "viewport": DESK,
        "reduced_motion": "reduce",
    }


@dataclass(slots=True)
class Readers:
    """Browsers that stay open.

    Attributes:
        pages: Name of a person and language to the page they look at.
    """

    browser: Browser
    address: str
    world: World
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def page_of(self, kind: PageType, lang: str) -> Page:
        """Return the page of whoever a kind of page is for, as if just unpacked."""
        key = (kind.person, lang)
        if key not in self.pages:
            self.pages[key] = self._seat(*key)
        page = self.pages[key]
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light", forced_colors="none")
        return page

    def close(self) -> None:
        """Close every browser."""
        for page in self.pages.values():
            page.context.close()

    def _seat(self, person: str, lang: str) -> Page:
        state = None if person == NOBODY else self.world.states[person]
        settings = context_settings(self.address, lang)
        context = self.browser.new_context(**settings, storage_state=state)
        context.set_default_timeout(WAIT_MILLISECONDS)
        return context.new_page()
