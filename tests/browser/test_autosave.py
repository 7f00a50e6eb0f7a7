"""An open attempt loses no answer, whatever happens to the page or the connection."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.answers import (
    FINAL,
    MULTIPLE,
    NUMBER,
    SINGLE,
    TRUE_FALSE,
    WORDS,
)
from tests.browser.conftest import MakeAccount, OpenContext
from tests.browser.learner_steps import (
    Account,
    begin_final,
    choose,
    open_attempt,
    send,
    sign_in,
    sign_out,
    stop_clock,
)
from tests.browser.watching import Watch

RIGHT = FINAL["es"]
SAVED = re.compile(r"^Guardado \d{1,2}:\d{2}")
SAVED_MILLISECONDS = 2_000
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"


def saved(page: Page) -> Locator:
    return page.locator(".saved")


def chosen(page: Page, question: str) -> Locator:
    """Find the first right option of a question."""
    group = page.locator(f'[data-question="{question}"]')
    return group.get_by_label(RIGHT.chosen[question][0])


def choose_right(page: Page, question: str) -> None:
    choose(page, question, RIGHT.chosen[question])


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, NUMBER])
def test_a_change_is_saved_within_two_seconds(
    page: Page, account: Account, question: str
) -> None:
    page.clock.install()
    begin_final(page, account)
    expect(saved(page)).to_have_text("Todavía no hay nada que guardar")
    stop_clock(page)
    if question in RIGHT.chosen:
        choose_right(page, question)
    else:
        page.locator(f'[name="{question}"]').press_sequentially(RIGHT.typed[question])
    page.clock.run_for(SAVED_MILLISECONDS)
    # What is left is the network's and the server's own time.
    expect(saved(page)).to_have_text(SAVED)


def test_answers_given_offline_are_sent_when_the_connection_returns(
    page: Page, account: Account, watch: Watch, open_context: OpenContext
) -> None:
    watch.expect(NO_NETWORK)
    address = begin_final(page, account)
    page.context.set_offline(offline=True)
    choose_right(page, SINGLE)
    expect(page.locator("[data-when=offline]")).to_be_visible()
    page.locator(f'[name="{WORDS}"]').fill("folio")
    page.context.set_offline(offline=False)
    expect(saved(page)).to_have_text(SAVED)
    expect(page.locator("[data-when=offline]")).to_be_hidden()
    elsewhere = open_context().new_page()
    sign_in(elsewhere, account)
    elsewhere.goto(address)
    expect(chosen(elsewhere, SINGLE)).to_be_checked()
    expect(elsewhere.locator(f'[name="{WORDS}"]')).to_have_value("folio")


def test_sending_offline_keeps_the_page(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(NO_NETWORK)
    begin_final(page, account)
    choose_right(page, SINGLE)
    page.context.set_offline(offline=True)
    page.locator("[data-submit]").click()
    expect(page.locator("[data-when=offline]")).to_be_visible()
    expect(chosen(page, SINGLE)).to_be_checked()
    page.context.set_offline(offline=False)
    send(page)


def test_a_reload_right_after_a_change_keeps_it(page: Page, account: Account) -> None:
    begin_final(page, account)
    choose_right(page, SINGLE)
    page.reload()
    expect(chosen(page, SINGLE)).to_be_checked()


def test_a_tab_closed_offline_is_restored_when_it_is_opened_again(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(NO_NETWORK)
    address = begin_final(page, account)
    context = page.context
    context.set_offline(offline=True)
    choose_right(page, SINGLE)
    page.locator(f'[name="{WORDS}"]').fill("folio")
    page.close()
    context.set_offline(offline=False)
    again = context.new_page()
    again.goto(address)
    expect(chosen(again, SINGLE)).to_be_checked()
    expect(again.locator(f'[name="{WORDS}"]')).to_have_value("folio")
    expect(saved(again)).to_have_text(SAVED)


def test_an_expired_session_asks_to_sign_in_and_loses_nothing(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(r"^40[01]: POST .*/responses$")
    address = begin_final(page, account)
    page.context.clear_cookies(name="session")
    choose_right(page, SINGLE)
    notice = page.locator("[data-when=ended]")
    expect(notice).to_be_visible()
    notice.locator("a").click()
    sign_in(page, account)
    page.wait_for_url(address)
    expect(chosen(page, SINGLE)).to_be_checked()
    expect(saved(page)).to_have_text(SAVED)


def test_after_signing_in_in_another_tab_the_open_page_goes_on(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(r"^40[01]: POST .*/responses$")
    begin_final(page, account)
    page.context.clear_cookies(name="session")
    choose_right(page, SINGLE)
    expect(page.locator("[data-when=ended]")).to_be_visible()
    other = page.context.new_page()
    sign_in(other, account)
    page.bring_to_front()
    choose_right(page, TRUE_FALSE)
    expect(saved(page)).to_have_text(SAVED)
    send(page)
    expect(page.locator("main .answer [data-state=met]")).to_have_count(2)


def test_two_tabs_on_one_attempt_lose_nothing(page: Page, account: Account) -> None:
    address = begin_final(page, account)
    other = page.context.new_page()
    other.goto(address)
    choose_right(page, SINGLE)
    expect(saved(page)).to_have_text(SAVED)
    choose_right(other, TRUE_FALSE)
    expect(saved(other)).to_have_text(SAVED)
    choose_right(page, MULTIPLE)
    send(page)
    expect(page.locator("main .answer [data-state=met]")).to_have_count(3)


def test_two_devices_on_one_attempt_lose_nothing(
    page: Page, account: Account, open_context: OpenContext
) -> None:
    address = begin_final(page, account)
    phone = open_context(viewport={"width": 360, "height": 640}).new_page()
    sign_in(phone, account)
    phone.goto(address)
    choose_right(phone, SINGLE)
    expect(saved(phone)).to_have_text(SAVED)
    choose_right(page, TRUE_FALSE)
    expect(saved(page)).to_have_text(SAVED)
    send(page)
    expect(page.locator("main .answer [data-state=met]")).to_have_count(2)


def test_a_tab_left_open_says_that_the_attempt_is_over(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(r"^409: POST .*/responses$")
    address = begin_final(page, account)
    other = page.context.new_page()
    other.goto(address)
    choose_right(page, SINGLE)
    send(page)
    choose_right(other, TRUE_FALSE)
    expect(other.locator("[data-when=closed]")).to_be_visible()


def test_a_double_click_on_send_gives_one_result(page: Page, account: Account) -> None:
    begin_final(page, account)
    choose_right(page, SINGLE)
    page.locator("[data-submit]").dblclick()
    expect(page.locator("[data-closed-attempt]")).to_be_visible()
    open_attempt(page)
    expect(page.locator(".title .signature")).to_contain_text("2")


KEPT = "() => [localStorage.length, sessionStorage.length]"


def test_a_shared_computer_keeps_nothing_after_signing_out(
    page: Page, make_account: MakeAccount, watch: Watch
) -> None:
    watch.expect(NO_NETWORK)
    account = make_account()
    sign_in(page, account, shared=True)
    page.goto("/courses/first-steps")
    page.locator(".next form .button").click()
    page.locator(".next .button").click()
    page.mouse.wheel(0, 1500)
    open_attempt(page)
    page.context.set_offline(offline=True)
    choose_right(page, SINGLE)
    expect(page.locator("[data-when=offline]")).to_be_visible()
    assert page.evaluate(KEPT)[0] == 0
    page.context.set_offline(offline=False)
    expect(saved(page)).to_have_text(SAVED)
    sign_out(page)
    assert page.evaluate(KEPT) == [0, 0]
    assert "sid" not in str(page.context.cookies())
