"""The whole way of a learner, from the course to a certificate that is verified."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answers import FINAL, MATCH, MULTIPLE, ORDER, SINGLE, TRUE_FALSE
from tests.browser.certificate_steps import (
    DEMONSTRATION,
    VALID,
    certificate_number,
    downloaded_paper,
    paper_text,
    verify,
)
from tests.browser.conftest import OpenContext
from tests.browser.keyboard import choose_option, choose_radio, press, tab_to
from tests.browser.learner_steps import (
    COURSE,
    RULES,
    STRONG,
    Account,
    answer_final,
    begin_final,
    enrol,
    read_module,
    register,
    send,
    sign_in,
)
from tests.browser.served_product import DEMO_PASSWORD

LANGUAGES = ["es", "en"]


def expect_verified(page: Page, account: Account, number: str, lang: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_have_text(VALID[lang])
    expect(page.locator(".verdict")).to_contain_text(DEMONSTRATION[lang])
    expect(page.locator(".claim")).to_have_text(account.full_name)
    expect(page.locator("main .folio")).to_have_text(number)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_learner_receives_a_certificate_that_anyone_can_verify(
    open_context: OpenContext, account: Account, lang: str, script: bool
) -> None:
    page = open_context(lang, java_script_enabled=script).new_page()
    begin_final(page, account)
    answer_final(page, lang)
    send(page)
    expect(page.locator("h1")).to_contain_text("100")
    expect(page.locator("main .answer")).to_have_count(7)
    page.locator(STRONG).click()
    number = certificate_number(page)
    text = paper_text(downloaded_paper(page))
    assert account.full_name in text
    assert number in text
    anybody = open_context(lang, java_script_enabled=script).new_page()
    verify(anybody, number)
    expect_verified(anybody, account, number, lang)


def test_the_name_is_shown_before_the_first_certificate(
    page: Page, account: Account
) -> None:
    sign_in(page, account)
    enrol(page)
    read_module(page)
    expect(page.locator(".printed-name")).to_have_text(account.full_name)
    page.locator(".notice a").click()
    page.fill("#full_name", account.full_name.upper())
    page.locator(STRONG).click()
    page.wait_for_url(f"**{RULES}")
    expect(page.locator(".printed-name")).to_have_text(account.full_name.upper())


def test_switching_the_language_keeps_place_and_answers(
    page: Page, account: Account
) -> None:
    begin_final(page, account)
    answer_final(page, "es")
    expect(page.locator(".saved")).to_have_text(re.compile(r"Guardado \d"))
    address = page.url
    page.locator(".site-header [hreflang=en]").click()
    assert page.url.startswith(address)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for question, texts in FINAL["en"].chosen.items():
        group = page.locator(f'[data-question="{question}"]')
        for text in texts:
            expect(group.get_by_label(text)).to_be_checked()
    send(page)
    expect(page.locator("h1")).to_contain_text("100")


def test_a_visitor_reads_before_the_account_and_keeps_what_was_read(
    page: Page,
) -> None:
    page.goto(COURSE)
    page.locator(".next .button").click()
    page.locator(".module-end form .button").click()
    page.goto(RULES)
    assert "/sign-in?next=" in page.url
    page.locator('a[href^="/account/register"]').click()
    register(page, Account("noemi.chan", DEMO_PASSWORD, "Noemí Chan"))
    page.wait_for_url(f"**{RULES}")
    page.locator(".next form .button").click()
    answer_final(page, "es")
    send(page)
    expect(page.locator(STRONG)).to_have_attribute("href", "/me/certificates")


def type_and_sign_in(page: Page, account: Account) -> None:
    page.goto("/sign-in")
    tab_to(page, page.locator("#email"))
    page.keyboard.type(account.identity)
    tab_to(page, page.locator("#password"))
    page.keyboard.type(account.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/me")


def move_up(page: Page, text: str, place: int) -> None:
    """Move a step of the ordering up to its place."""
    rows = page.locator(f'[data-question="{ORDER}"] li')
    row = rows.filter(has_text=text)
    button = row.locator("button[value=up]")
    while row.evaluate("row => [...row.parentElement.children].indexOf(row)") > place:
        press(page, button)


def answer_by_keyboard(page: Page, lang: str) -> None:
    right = FINAL[lang]
    for question in (SINGLE, TRUE_FALSE):
        group = page.locator(f'[data-question="{question}"]')
        target = group.get_by_label(right.chosen[question][0])
        choose_radio(page, group, target)
    for text in right.chosen[MULTIPLE]:
        press(page, page.get_by_label(text), "Space")
    for place, text in enumerate(right.order):
        move_up(page, text, place)
    rows = page.locator(f'[data-question="{MATCH}"] .matches > div')
    for left, value in right.pairs.items():
        row = rows.filter(has=page.locator("label", has_text=left))
        choose_option(page, row.locator("select"), value)
    for question, text in right.typed.items():
        tab_to(page, page.locator(f'[name="{question}"]'))
        page.keyboard.type(text)


def test_the_whole_way_works_by_keyboard_alone(
    open_context: OpenContext, account: Account
) -> None:
    lang = "es"
    page = open_context(lang).new_page()
    type_and_sign_in(page, account)
    page.goto(COURSE)
    press(page, page.locator(".next form .button"))
    expect(page.locator(".next progress")).to_be_visible()
    press(page, page.locator(".next .button"))
    press(page, page.locator(".module-end form .button"))
    page.wait_for_url(f"**{RULES}")
    press(page, page.locator(".next form .button"))
    page.wait_for_url("**/attempts/*")
    answer_by_keyboard(page, lang)
    press(page, page.locator("[data-submit]"))
    expect(page.locator("h1")).to_contain_text("100")
    press(page, page.locator(STRONG))
    number = certificate_number(page)
    assert downloaded_paper(page).startswith(b"%PDF")
    page.goto("/verify")
    tab_to(page, page.locator("#number"))
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect_verified(page, account, number, lang)
