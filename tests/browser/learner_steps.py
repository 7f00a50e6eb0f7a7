"""What a learner does, step by step, on the pages as they are."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.answers import FINAL, MATCH, ORDER

COURSE = "/courses/first-steps"
MODULE = f"{COURSE}/how-to-learn-here"
RULES = f"{COURSE}/final"
CSRF = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
STRONG = "main .button:not(.button--quiet)"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    identity: str
    password: str
    full_name: str


def stop_clock(page: Page) -> None:
    """Let the page's own time, installed before, pass only as the test lets it."""
    seconds: float = page.evaluate("Date.now() / 1000")
    page.clock.pause_at(seconds + 1)


def sign_in(page: Page, account: Account, *, shared: bool = False) -> None:
    """Sign in on the page that is shown, or on the sign-in page."""
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.fill("#email", account.identity)
    page.fill("#password", account.password)
    page.locator("#shared").set_checked(shared)
    page.locator(STRONG).click()
    expect(page.locator(".who")).to_contain_text(account.full_name)


def sign_in_unseen(context: BrowserContext, account: Account) -> None:
    """Sign in as the form does, without a page: for tests of what comes afterwards."""
    found = CSRF.search(context.request.get("/sign-in").text())
    assert found is not None, "the form has no CSRF field"
    answer = context.request.post(
        "/sign-in",
        form={
            "csrf_token": found[1],
            "email": account.identity,
            "password": account.password,
        },
    )
    assert account.full_name in answer.text(), f"{account.identity} did not come in"


def register(page: Page, account: Account) -> None:
    """Make an account on the page that is shown, and sign in with it."""
    page.fill("#full_name", account.full_name)
    page.fill("#email", account.identity)
    page.fill("#password", account.password)
    page.locator(STRONG).click()
    expect(page.locator("#full_name")).to_have_count(0)
    sign_in(page, account)


def sign_out(page: Page) -> None:
    """Sign out by the header's button."""
    page.locator(".nav--end form button").click()
    expect(page.locator(".who")).to_have_count(0)


def enrol(page: Page) -> None:
    """Enrol in the course."""
    page.goto(COURSE)
    page.locator(".next form .button").click()
    expect(page.locator(".next progress")).to_be_visible()


def read_module(page: Page) -> None:
    """Read the module and mark it as read; leads to the final quiz."""
    page.goto(MODULE)
    page.locator(".module-end form .button").click()
    page.wait_for_url(f"**{RULES}")


def open_attempt(page: Page) -> str:
    """Start the final quiz, or go on with it; return its path."""
    page.goto(RULES)
    page.locator(".next form .button").click()
    page.wait_for_url("**/attempts/*")
    return page.url


def begin_final(page: Page, account: Account) -> str:
    """Sign in, enrol, read and open the final quiz; return its address."""
    sign_in(page, account)
    enrol(page)
    read_module(page)
    return open_attempt(page)


def choose(page: Page, question: str, texts: list[str]) -> None:
    """Choose options of a question by what they say."""
    group = page.locator(f'[data-question="{question}"]')
    for text in texts:
        group.locator("label", has_text=text).locator("input").check()


def answer_final(page: Page, lang: str) -> None:
    """Answer all seven questions rightly."""
    right = FINAL[lang]
    for question, texts in right.chosen.items():
        choose(page, question, texts)
    steps = page.locator(f'[data-question="{ORDER}"] li')
    for place, text in enumerate(right.order, start=1):
        field = steps.filter(has_text=text).locator("input")
        field.fill(str(place))
        field.blur()
    pairs = page.locator(f'[data-question="{MATCH}"] .matches > div')
    for left, value in right.pairs.items():
        row = pairs.filter(has=page.locator("label", has_text=left))
        row.locator("select").select_option(label=value)
    for question, text in right.typed.items():
        page.locator(f'[name="{question}"]').fill(text)


def send(page: Page) -> None:
    """Send the answers; leads to the result."""
    page.locator("[data-submit]").click()
    expect(page.locator("[data-closed-attempt]")).to_be_visible()
