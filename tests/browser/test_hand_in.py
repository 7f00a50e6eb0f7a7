"""A large file goes on after a lost connection and a closed tab; keys alone suffice."""

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from conexx_learn.domain.graded_work.uploads import PIECE
from conexx_learn.services.unit_of_work import unit_of_work
from tests.browser.conftest import OpenContext
from tests.browser.learner_steps import STRONG, Account, sign_in
from tests.browser.watching import Watch
from tests.office_files import PDF
from tests.published import publish_sample

COURSE = "/courses/town-project"
WORK = f"{COURSE}/work"
RECEIPT = re.compile(rf"{WORK}/receipts/\d+$")
PIECES = "**/pieces?offset=*"
CUT_OFF = "ERR_FAILED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION"
SMALL_SCREEN = {"width": 320, "height": 640}
OVERFLOW = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def _published(registry: Flask) -> None:
    """Publish a course with work that people grade on the running server."""
    with unit_of_work() as session:
        publish_sample(session, "town-project")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Write a file of four pieces."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(PDF[:-6] + b"x" * (3 * PIECE) + b"%%EOF\n")
    return path


def enrol(page: Page, account: Account) -> None:
    sign_in(page, account)
    page.goto(COURSE)
    page.locator(".next form .button").click()
    page.goto(WORK)


def hand_in(page: Page, file: Path) -> None:
    page.set_input_files("#file", file)
    page.check("#declared")
    button(page).click()


def button(page: Page) -> Locator:
    return page.locator(f"form[data-uploads] {STRONG.removeprefix('main ')}")


@pytest.mark.usefixtures("_published")
def test_a_file_goes_on_where_the_connection_was_lost(
    page: Page, account: Account, watch: Watch, plan: Path
) -> None:
    watch.expect(CUT_OFF)
    enrol(page, account)
    sent: list[str] = []

    def cut_after_two(route: Route) -> None:
        sent.append(route.request.url.rpartition("=")[2])
        if len(sent) > 2:
            route.abort()
        else:
            route.continue_()

    page.route(PIECES, cut_after_two)
    hand_in(page, plan)
    expect(page.locator("form[data-uploads] [role=status]")).to_contain_text(
        "Sin conexión"
    )
    page.close()

    again = page.context.new_page()
    resumed: list[str] = []
    again.on(
        "request",
        lambda request: (
            resumed.append(request.url.rpartition("=")[2])
            if "/pieces" in request.url
            else None
        ),
    )
    again.goto(WORK)
    hand_in(again, plan)
    expect(again).to_have_url(RECEIPT)
    assert sent[:2] == ["0", str(PIECE)]
    assert resumed[0] == str(2 * PIECE)
    expect(again.locator("main")).to_contain_text("plan.pdf")


@pytest.mark.usefixtures("_published")
def test_without_a_script_the_form_sends_the_file_whole(
    open_context: OpenContext, account: Account, plan: Path
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    enrol(page, account)

    hand_in(page, plan)

    expect(page).to_have_url(RECEIPT)


@pytest.mark.usefixtures("_published")
def test_the_pages_fit_a_small_screen(
    open_context: OpenContext, account: Account, plan: Path
) -> None:
    page = open_context(viewport=SMALL_SCREEN).new_page()
    enrol(page, account)
    assert page.evaluate(OVERFLOW) is False

    hand_in(page, plan)

    expect(page).to_have_url(RECEIPT)
    assert page.evaluate(OVERFLOW) is False
