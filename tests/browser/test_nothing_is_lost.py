"""Ten minutes without network, a killed browser, two devices, the end of the time."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Dialog, Page, Playwright, Route, expect

from conexx_learn.adapters.clock import now
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.registry import db
from tests.browser.answers import MULTIPLE, NUMBER, SINGLE, TRUE_FALSE, WORDS
from tests.browser.conftest import (
    BROWSERS,
    FLAGS,
    MakeAccount,
    NoteFigure,
    OpenContext,
)
from tests.browser.learner_steps import (
    Account,
    answer_final,
    begin_final,
    choose,
    send,
    sign_in,
)
from tests.browser.served_product import ServedProduct
from tests.browser.test_autosave import (
    RIGHT,
    SAVED,
    choose_right,
    chosen,
    saved,
)
from tests.browser.traffic import seconds_to_text, slow_down
from tests.browser.watching import Watch

SAVES = "**/responses"
CUT_OFF = "ERR_FAILED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION"
KEPT_ATTEMPTS = "() => Object.keys(localStorage).filter(k => k.startsWith('attempt '))"
COMMIT_SECONDS = 8
"""How long a browser may wait before it writes what a page keeps to the disk."""

SetDeadline = Callable[[str, float], None]


def words(page: Page) -> str:
    return page.locator(f'[name="{WORDS}"]').input_value()


def drop_saves(route: Route) -> None:
    route.abort()


def test_ten_minutes_without_network_lose_nothing(
    page: Page, account: Account, watch: Watch, open_context: OpenContext
) -> None:
    watch.expect(CUT_OFF)
    page.clock.install()
    address = begin_final(page, account)
    page.context.set_offline(offline=True)
    choose_right(page, SINGLE)
    choose_right(page, TRUE_FALSE)
    page.clock.fast_forward("05:00")
    page.locator(f'[name="{WORDS}"]').fill("folio")
    page.clock.fast_forward("05:00")
    expect(saved(page)).to_have_text("Sin conexión; respuestas en este equipo: 3")

    page.context.set_offline(offline=False)
    page.clock.run_for(2000)
    expect(saved(page)).to_have_text(SAVED)
    assert page.evaluate(KEPT_ATTEMPTS) == []
    elsewhere = open_context().new_page()
    sign_in(elsewhere, account)
    elsewhere.goto(address)
    expect(chosen(elsewhere, SINGLE)).to_be_checked()
    expect(chosen(elsewhere, TRUE_FALSE)).to_be_checked()
    assert words(elsewhere) == "folio"


def test_two_tabs_closed_without_network_both_come_back(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(CUT_OFF)
    address = begin_final(page, account)
    context = page.context
    other = context.new_page()
    other.goto(address)
    context.set_offline(offline=True)
    choose_right(page, SINGLE)
    other.locator(f'[name="{WORDS}"]').fill("folio")
    page.close()
    other.close()
    context.set_offline(offline=False)

    again = context.new_page()
    again.goto(address)
    expect(chosen(again, SINGLE)).to_be_checked()
    assert words(again) == "folio"
    expect(saved(again)).to_have_text(SAVED)
    again.reload()
    expect(chosen(again, SINGLE)).to_be_checked()
    assert words(again) == "folio"


OpenKept = Callable[[], BrowserContext]


@pytest.fixture
def open_kept(
    playwright: Playwright, served: ServedProduct, tmp_path: Path
) -> Iterator[OpenKept]:
    """Give a function that opens a browser on one and the same profile."""
    opened: list[BrowserContext] = []

    def opener() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=next(filter(None, map(shutil.which, BROWSERS))),
            args=FLAGS,
            base_url=served.address,
            locale="es-MX",
        )
        opened.append(context)
        return context

    yield opener
    opened[-1].close()


def kill_browser(profile: Path) -> None:
    """Kill every process that works on a profile."""
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={profile}\0".encode() in command:
            os.kill(int(process.name), signal.SIGKILL)


def test_a_killed_browser_brings_back_what_was_never_sent(
    open_kept: OpenKept, account: Account, tmp_path: Path
) -> None:
    context = open_kept()
    page = context.new_page()
    address = begin_final(page, account)
    context.set_offline(offline=True)
    choose_right(page, SINGLE)
    page.locator(f'[name="{WORDS}"]').fill("folio")
    page.wait_for_timeout(COMMIT_SECONDS * 1000)
    kill_browser(tmp_path / "profile")

    again = open_kept().new_page()
    again.goto(address)
    if "/sign-in" in again.url:
        sign_in(again, account)
    again.goto(address)
    expect(chosen(again, SINGLE)).to_be_checked()
    assert words(again) == "folio"
    expect(saved(again)).to_have_text(SAVED)


def test_a_page_shows_what_another_device_answered_later(
    page: Page, account: Account, open_context: OpenContext
) -> None:
    address = begin_final(page, account)
    page.locator(f'[name="{WORDS}"]').fill("papel")
    expect(saved(page)).to_have_text(SAVED)
    phone = open_context(viewport={"width": 360, "height": 640}).new_page()
    sign_in(phone, account)
    phone.goto(address)
    phone.locator(f'[name="{WORDS}"]').fill("folio")
    expect(saved(phone)).to_have_text(SAVED)

    choose_right(page, SINGLE)

    expect(page.locator("[data-newer]")).to_contain_text("otro equipo")
    expect(page.locator(f'[name="{WORDS}"]')).to_have_value("folio")
    send(page)
    expect(page.locator("main .answer [data-state=met]")).to_have_count(2)


def test_an_answer_that_cannot_be_read_does_not_hold_up_the_others(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(r"^422: POST .*/responses$")
    begin_final(page, account)
    page.locator(f'[name="{WORDS}"]').evaluate(
        "field => { field.value = 'x'.repeat(3000);"
        " field.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    choose_right(page, SINGLE)
    expect(saved(page)).to_have_text("Sin guardar todavía: 1; seguimos intentando")

    page.locator(f'[name="{WORDS}"]').fill("folio")
    expect(saved(page)).to_have_text(SAVED)
    send(page)
    expect(page.locator("main .answer [data-state=met]")).to_have_count(2)


def test_signing_out_warns_of_what_was_not_saved_and_then_forgets_it(
    page: Page, account: Account, watch: Watch
) -> None:
    watch.expect(CUT_OFF)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    begin_final(page, account)
    page.route(SAVES, drop_saves)
    choose_right(page, SINGLE)
    expect(page.locator("[data-when=offline]")).to_be_visible()
    page.once("dialog", stay)
    with page.expect_event("dialog"):
        page.locator(".nav--end form button").click()
    # The page answers again only once its script has heard the "no".
    page.evaluate("document.title")
    assert len(asked) == 1
    assert asked[0].startswith("Respuestas que están solo en este equipo")
    assert len(page.evaluate(KEPT_ATTEMPTS)) == 1
    expect(page.locator(".who")).to_contain_text(account.full_name)

    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(".nav--end form button").click()
    expect(page.locator(".who")).to_have_count(0)
    assert page.evaluate(KEPT_ATTEMPTS) == []


def test_signing_out_sends_what_can_be_sent_and_asks_nothing(
    page: Page, account: Account
) -> None:
    address = begin_final(page, account)
    page.locator(f'[name="{WORDS}"]').fill("folio")
    page.locator(".nav--end form button").click()
    expect(page.locator(".who")).to_have_count(0)
    assert page.evaluate(KEPT_ATTEMPTS) == []

    sign_in(page, account)
    page.goto(address)
    assert words(page) == "folio"


def test_the_next_person_sees_nothing_of_the_one_before(
    page: Page, make_account: MakeAccount, watch: Watch
) -> None:
    watch.expect(CUT_OFF)
    first, second = make_account(), make_account()
    address = begin_final(page, first)
    page.route(SAVES, drop_saves)
    page.locator(f'[name="{WORDS}"]').fill("secreto")
    expect(page.locator("[data-when=offline]")).to_be_visible()
    page.context.clear_cookies(name="session")
    page.goto("/courses")
    page.unroute(SAVES)

    begin_final(page, second)
    assert words(page) == ""
    assert "secreto" not in page.content()
    page.context.clear_cookies(name="session")
    sign_in(page, first)
    page.goto(address)
    assert words(page) == "secreto"


def test_answers_leave_as_a_file_and_come_back_on_another_device(
    page: Page,
    account: Account,
    watch: Watch,
    open_context: OpenContext,
    tmp_path: Path,
) -> None:
    watch.expect(CUT_OFF)
    address = begin_final(page, account)
    page.context.set_offline(offline=True)
    choose_right(page, MULTIPLE)
    page.locator(f'[name="{NUMBER}"]').fill(RIGHT.typed[NUMBER])
    notice = page.locator("[data-when=offline]")
    expect(notice).to_be_visible()
    with page.expect_download() as download:
        notice.get_by_role("link").click()
    file = tmp_path / "answers.json"
    download.value.save_as(file)
    assert download.value.suggested_filename.startswith("respuestas-")
    assert len(json.loads(file.read_text())["responses"]) == 2

    other = open_context().new_page()
    sign_in(other, account)
    other.goto(address)
    other.set_input_files("#answers-file", file)
    other.get_by_role("button", name="Cargar mis respuestas").click()
    expect(other.locator(".messages")).to_contain_text("Se tomaron 2 respuestas")
    send(other)
    expect(other.locator("main .answer [data-state=met]")).to_have_count(2)


@pytest.fixture
def set_deadline(registry: Flask) -> SetDeadline:
    """Give a function that lets an attempt end so many seconds from now."""

    def setter(address: str, seconds: float) -> None:
        attempt = db.session.get_one(
            Attempt, int(address.rsplit("/", 1)[1]), populate_existing=True
        )
        attempt.deadline_at = now() + timedelta(seconds=seconds)
        db.session.commit()

    return setter


HEARD = """() => {
    const place = document.querySelector('[data-time-said]')
    window.heard = place.textContent ? [place.textContent] : []
    new MutationObserver(() => window.heard.push(place.textContent))
        .observe(place, { childList: true, characterData: true, subtree: true })
}"""


def test_five_minutes_and_one_minute_are_said_once_and_politely(
    page: Page, account: Account, set_deadline: SetDeadline
) -> None:
    page.clock.install()
    address = begin_final(page, account)
    for seconds, text in ((303, "Quedan cinco minutos"), (63, "Queda un minuto")):
        set_deadline(address, seconds)
        page.reload()
        page.evaluate(HEARD)
        said = page.locator("[data-time-said]")
        expect(said).to_have_attribute("aria-live", "polite")
        page.clock.run_for(4000)
        expect(said).to_have_text(text)
        page.clock.run_for(3000)
        assert page.evaluate("heard") == [text]
        page.reload()
        page.clock.run_for(1500)
        expect(said).to_have_text("")


def test_time_that_is_granted_meanwhile_is_shown_and_said(
    page: Page, account: Account, set_deadline: SetDeadline
) -> None:
    address = begin_final(page, account)
    set_deadline(address, 3)
    page.reload()
    set_deadline(address, 1200)

    # The page's own clock runs out; the server's word counts.
    expect(page.locator("[data-time-said]")).to_have_text(
        "Le dieron más tiempo", timeout=10_000
    )
    expect(page.locator("[data-left]")).to_have_text("Quedan 20\N{NO-BREAK SPACE}min")
    choose_right(page, SINGLE)
    expect(saved(page)).to_have_text(SAVED)


def test_when_the_time_is_over_what_was_answered_is_sent(
    page: Page, account: Account, set_deadline: SetDeadline
) -> None:
    address = begin_final(page, account)
    set_deadline(address, 4)
    page.reload()
    choose_right(page, SINGLE)

    expect(page.locator("[data-closed-attempt]")).to_be_visible(timeout=15_000)
    expect(page.locator("main .answer [data-state=met]")).to_have_count(1)


WEAK = {"bits_per_second": 100_000, "delay_milliseconds": 1000}
LOSS = 20
"""Of so many saves one is lost: 5 %."""


def as_if_new(page: Page) -> None:
    """Let the page fetch everything, as for who comes for the first time."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})


def test_a_weak_line_loses_no_answer(
    page: Page,
    account: Account,
    watch: Watch,
    open_context: OpenContext,
    note_figure: NoteFigure,
) -> None:
    watch.expect(CUT_OFF)
    saves: list[str] = []

    def lose_some(route: Route) -> None:
        saves.append(route.request.post_data or "")
        # The very first save is among the lost ones.
        if len(saves) % LOSS == 1:
            route.abort()
        else:
            route.continue_()

    page.set_default_timeout(60_000)
    address = begin_final(page, account)
    slow_down(page, **WEAK)
    as_if_new(page)
    page.reload()
    note_figure(
        "open attempt at 100 kbit/s, 1 000 ms delay",
        f"readable after {seconds_to_text(page):.1f} s",
    )
    page.route(SAVES, lose_some)
    answer_final(page, "es")
    for _ in range(LOSS):
        choose(page, TRUE_FALSE, ["Verdadero"])
        choose(page, TRUE_FALSE, ["Falso"])
    expect(saved(page)).to_have_text(SAVED, timeout=60_000)
    assert page.evaluate(KEPT_ATTEMPTS) == []

    elsewhere = open_context().new_page()
    sign_in(elsewhere, account)
    elsewhere.goto(address)
    send(elsewhere)
    expect(elsewhere.locator("main .answer [data-state=met]")).to_have_count(7)
    assert len(saves) > 1
