"""What is written in a module: kept whatever happens, and answered at once."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import MakeAccount, OpenContext
from tests.browser.learner_steps import Account, sign_in, sign_out, stop_clock
from tests.browser.watching import Watch

MODULE = "/courses/budget-and-cofinancing/risks-and-budget-logic"
SAVED = re.compile(r"^Guardado \d{1,2}:\d{2}")
SAVED_BY_EITHER = re.compile(r"^Guardado (el )?\d{1,2}\b")
SAVED_MILLISECONDS = 2_000
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"


def field(page: Page) -> Locator:
    return page.locator("#sheet")


def state(page: Page) -> Locator:
    return page.locator("#sheet-state")


def first_check(page: Page) -> Locator:
    return page.locator("[data-selfcheck]").first


def test_a_text_is_saved_as_one_writes_and_gathered(
    page: Page, account: Account
) -> None:
    page.clock.install()
    sign_in(page, account)
    page.goto(MODULE)
    stop_clock(page)
    field(page).fill("El terreno sigue a nombre del Estado")
    page.clock.run_for(SAVED_MILLISECONDS)
    expect(state(page)).to_have_text(SAVED)
    page.goto("/me/folder")
    expect(page.get_by_text("El terreno sigue a nombre del Estado")).to_be_visible()


def test_what_was_written_offline_survives_the_closed_tab(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(NO_NETWORK)
    sign_in(page, account)
    page.goto(MODULE)
    expect(field(page)).to_have_value("")
    page.context.set_offline(offline=True)
    field(page).fill("Llegan menos productores")
    expect(state(page)).to_contain_text("Sin conexión")
    page.close()
    again = page.context.new_page()
    page.context.set_offline(offline=False)
    again.goto(MODULE)
    expect(field(again)).to_have_value("Llegan menos productores")
    # The tab that closed may still have sent it: then the page itself says so.
    expect(state(again)).to_have_text(SAVED_BY_EITHER)
    again.reload()
    expect(field(again)).to_have_value("Llegan menos productores")


def test_the_next_person_at_the_machine_sees_nothing_of_it(
    page: Page, account: Account, make_account: MakeAccount, watch: Watch
) -> None:
    watch.expect(NO_NETWORK)
    sign_in(page, account)
    page.goto(MODULE)
    page.context.set_offline(offline=True)
    field(page).fill("Solo mío")
    expect(state(page)).to_contain_text("Sin conexión")
    page.context.set_offline(offline=False)
    expect(state(page)).to_have_text(SAVED)
    sign_out(page)
    sign_in(page, make_account())
    page.goto(MODULE)
    expect(field(page)).to_have_value("")


def test_two_windows_lose_neither_text(
    page: Page, account: Account, watch: Watch, open_context: OpenContext
) -> None:
    watch.expect("409")
    sign_in(page, account)
    page.goto(MODULE)
    other = open_context().new_page()
    sign_in(other, account)
    other.goto(MODULE)
    field(other).fill("Desde la otra ventana")
    expect(state(other)).to_have_text(SAVED)
    field(page).fill("Desde esta")
    expect(state(page)).to_contain_text("Otra página guardó")
    page.locator("form[data-sheet] button").click()
    expect(page.get_by_text("Desde la otra ventana")).to_be_visible()
    expect(field(page)).to_have_value("Desde esta")


def test_a_self_check_answers_without_leaving_the_page_and_is_remembered(
    page: Page, account: Account
) -> None:
    sign_in(page, account)
    page.goto(MODULE)
    page.evaluate("window.stayed = true")
    first_check(page).locator("input[type=radio]").first.check()
    first_check(page).locator("button").click()
    expect(first_check(page).locator("[role=status]")).to_be_focused()
    expect(first_check(page).locator("button")).to_have_text("Comprobar de nuevo")
    assert page.evaluate("window.stayed")
    page.reload()
    expect(first_check(page).locator("input[type=radio]").first).to_be_checked()
    expect(first_check(page).locator("button")).to_have_text("Comprobar de nuevo")


def test_a_visitor_is_answered_at_once_too(page: Page) -> None:
    page.goto("/courses/eu-financing-instruments/how-eu-money-works")
    page.evaluate("window.stayed = true")
    first_check(page).locator("input").nth(1).check()
    first_check(page).locator("button").click()
    expect(first_check(page).locator("[role=status]")).to_be_visible()
    assert page.evaluate("window.stayed")
