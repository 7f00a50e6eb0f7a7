"""One page, opened once and looked at in turn; all that is wrong, each with where.

Structure is the same in every theme, and words alone differ between languages: the
whole set of rules is run once at a desk (in Spanish) and once on a phone (in English).
In the other themes and sizes follow the rules that can come out differently there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize

from tests.browser.crowding import overlaps
from tests.browser.keyboard import look_at_focus
from tests.browser.looking import (
    COLOURS,
    COLOURS_AND_ROOM,
    EVERYTHING,
    USUAL_TEXT,
    check_language,
    cut_off,
    sideways,
    small_targets,
    violations,
)
from tests.browser.readers import DESK, PHONE

Theme = Literal["light", "dark", "forced colours"]


@dataclass(slots=True)
class Inspection:
    """What is seen of a page by one reader.

    Attributes:
        page: Open, at a desk and by light.
        lang: What it speaks.
        name: Which page it is, for whoever reads the problems.
        where: How it is looked at now.
        problems: What is wrong, each beginning with how it was looked at.
    """

    page: Page
    lang: str
    name: str = ""
    where: str = ""
    problems: list[str] = field(default_factory=list)

    def stand(self, size: ViewportSize, theme: Theme = "light") -> None:
        """Look at the page at a size and in a theme from now on."""
        self.page.set_viewport_size(size)
        self.page.emulate_media(
            color_scheme="dark" if theme == "dark" else "light",
            forced_colors="active" if theme == "forced colours" else "none",
        )
        seen = (self.name, self.lang, f"{size['width']} px", theme)
        self.where = ", ".join(filter(None, seen))

    def note(self, found: Iterable[str], check: str) -> None:
        """Keep what a check found."""
        self.problems += [f"{self.where}, {check}: {place}" for place in found]

    def check_rules(self, options: dict[str, Any]) -> None:
        """Run rules of accessibility."""
        self.note(violations(self.page, options), "rule")

    def check_width(self, text: str = "text as it is") -> None:
        """Note a page that scrolls sideways."""
        excess = sideways(self.page)
        self.note(
            [f"by {excess} px"] if excess > 0 else [], f"{text}, scrolls sideways"
        )

    def check_targets(self) -> None:
        """Note what is too small for a finger."""
        self.note(small_targets(self.page), "small target")

    def check_overlaps(self, text: str = "text as it is") -> None:
        """Note words that lie on other words."""
        self.note(overlaps(self.page), f"{text}, overlaps")

    def check_text(self, text: str, change: str) -> None:
        """Change the text, and note what has no room then."""
        self.page.evaluate(change)
        self.check_width(text)
        self.note(cut_off(self.page), f"{text}, cut off")

    def restore_text(self) -> None:
        """Give the text its usual size and room."""
        self.page.evaluate(USUAL_TEXT)

    def count_stops(self, most: int) -> int:
        """Press Tab from stop to stop, looking at each, until the page is left.

        Returns:
            How many stops there were; `most` where the page was not left.
        """
        for stop in range(most):
            self.page.keyboard.press("Tab")
            if not look_at_focus(self.page):
                return stop
        return most

    def check(self) -> None:
        """Fail with everything that was noted."""
        assert not self.problems, "\n".join(self.problems)


def inspect_spanish(
    page: Page, typed: Iterable[str], name: str = "", *, forced: bool = True
) -> Inspection:
    """Look at a page in Spanish: all rules at a desk, both themes at both sizes.

    Args:
        page: Open, at a desk and by light.
        typed: What people typed in their own language.
        name: Which page it is, where the name of the test does not say so.
        forced: Whether colours that the reader forces on it are looked at too.

    Returns:
        What was noted, for more to be looked at.
    """
    check_language(page, "es", typed)
    seen = Inspection(page, "es", name)
    seen.stand(DESK)
    seen.check_rules(EVERYTHING)
    seen.stand(DESK, "dark")
    seen.check_rules(COLOURS)
    seen.stand(PHONE, "dark")
    seen.check_rules(COLOURS_AND_ROOM)
    if forced:
        seen.stand(PHONE, "forced colours")
        seen.check_rules(COLOURS)
    seen.stand(PHONE)
    seen.check_width()
    seen.check_targets()
    return seen


def inspect_english(page: Page, typed: Iterable[str], name: str = "") -> Inspection:
    """Look at a page in English: all rules on a phone, by light.

    Args:
        page: Open, at a desk and by light.
        typed: What people typed in their own language.
        name: Which page it is, where the name of the test does not say so.

    Returns:
        What was noted, for more to be looked at.
    """
    check_language(page, "en", typed)
    seen = Inspection(page, "en", name)
    seen.stand(PHONE)
    seen.check_width()
    seen.check_rules(EVERYTHING)
    return seen
