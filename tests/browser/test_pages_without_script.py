"""Where a browser runs no script, everything essential still works."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answers import FINAL, MULTIPLE, NUMBER, SINGLE, WORDS
from tests.browser.conftest import OpenContext
from tests.browser.learner_steps import (
    MODULE,
    Account,
    begin_final,
    choose,
    send,
    sign_in,
    sign_out,
)

RIGHT = FINAL["es"]


@pytest.fixture
def plain_page(open_context: OpenContext) -> Page:
    return open_context(java_script_enabled=False).new_page()


def keep_draft(page: Page) -> None:
    page.locator('.module-end [formaction$="/draft"]:not([name])').click()
    expect(page.locator(".messages .notice--ok")).to_be_visible()


def test_a_self_check_answers_in_the_page(plain_page: Page) -> None:
    plain_page.goto(MODULE)
    check = plain_page.locator(".selfcheck").first
    check.locator("input[type=radio]").first.check()
    check.locator("button").click()
    expect(plain_page.locator(".selfcheck .answer").first).to_be_visible()
    assert "#check-" in plain_page.url


@pytest.mark.parametrize("words", ["union europea", "Unión Europea", "UNIÓN"])
def test_the_search_ignores_accents_and_capitals(plain_page: Page, words: str) -> None:
    plain_page.goto("/courses")
    plain_page.fill("#q", words)
    plain_page.locator(".filters button").click()
    link = plain_page.locator('.entries a[href="/courses/eu-financing-instruments"]')
    expect(link.first).to_be_visible()


def test_a_draft_is_kept_and_can_be_taken_back(
    plain_page: Page, account: Account
) -> None:
    address = begin_final(plain_page, account)
    choose(plain_page, MULTIPLE, RIGHT.chosen[MULTIPLE])
    plain_page.fill(f'[name="{WORDS}"]', "folio")
    keep_draft(plain_page)
    plain_page.goto(address)
    marked = plain_page.locator(f'[data-question="{MULTIPLE}"] :checked')
    expect(marked).to_have_count(2)
    expect(plain_page.locator(f'[name="{WORDS}"]')).to_have_value("folio")
    for text in RIGHT.chosen[MULTIPLE]:
        plain_page.get_by_label(text).uncheck()
    keep_draft(plain_page)
    expect(marked).to_have_count(0)


def test_a_number_that_cannot_be_read_sends_nothing_and_keeps_everything(
    plain_page: Page, account: Account
) -> None:
    begin_final(plain_page, account)
    choose(plain_page, SINGLE, RIGHT.chosen[SINGLE])
    plain_page.fill(f'[name="{NUMBER}"]', "tres y pico")
    plain_page.locator("[data-submit]").click()
    expect(plain_page.locator("[role=alert] a")).to_have_count(1)
    expect(plain_page.locator(f'[name="{NUMBER}"]')).to_have_value("tres y pico")
    expect(plain_page.get_by_label(RIGHT.chosen[SINGLE][0])).to_be_checked()
    plain_page.fill(f'[name="{NUMBER}"]', "3.0")
    send(plain_page)
    expect(plain_page.locator("main .answer [data-state=met]")).to_have_count(2)


def test_signing_in_and_out_leads_back(plain_page: Page, account: Account) -> None:
    plain_page.goto("/me/certificates")
    assert "/sign-in?next=" in plain_page.url
    sign_in(plain_page, account)
    assert plain_page.url.endswith("/me/certificates")
    sign_out(plain_page)


@pytest.mark.parametrize("door", ["learner", "trainer", "verifier"])
def test_a_door_of_the_demonstration_opens_with_one_click(
    plain_page: Page, door: str
) -> None:
    plain_page.goto("/")
    plain_page.locator(f'.doors form[action$="/{door}"] button').click()
    expect(plain_page.locator("h1")).to_be_visible()
    if door == "learner":
        expect(plain_page.locator(".next .button")).to_contain_text("5")
    if door == "trainer":
        expect(plain_page.locator(".finding")).to_have_count(1)
    if door == "verifier":
        expect(plain_page.locator('main a[href^="/verify/"]')).to_have_count(4)
