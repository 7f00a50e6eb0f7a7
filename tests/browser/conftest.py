"""Fixtures: the served product, a browser, and people who come to it."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from conexx_learn.adapters.clock import now
from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.registry import db
from conexx_learn.services.accounts import register_user
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.passwords import hash_password
from tests.browser.certificate_pages import enter_certificates
from tests.browser.learner_steps import Account
from tests.browser.page_types import PageType, World, prepare_world
from tests.browser.readers import (
    WAIT_MILLISECONDS,
    OpenPage,
    Readers,
    context_settings,
)
from tests.browser.served_product import (
    DEMO_PASSWORD,
    ROOT,
    ServedProduct,
    serve_product,
)
from tests.browser.town_pages import enter_town
from tests.browser.watching import Watch

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIGURE = "figure"

OpenContext = Callable[..., BrowserContext]
NoteFigure = Callable[[str, str], None]
MakeAccount = Callable[[], Account]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedProduct]:
    product = serve_product(tmp_path_factory.mktemp("served"))
    yield product
    product.stop()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the system's browser; a machine without one fails, it does not skip."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            "No chromium was found: install one (Debian: apt install chromium)."
        )
    expect.set_options(timeout=WAIT_MILLISECONDS)
    started = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def watch(served: ServedProduct) -> Iterator[Watch]:
    """Watch every page of the test; what was noted fails it at the end."""
    watching = Watch(served.address)
    yield watching
    watching.check()


@pytest.fixture
def open_context(
    browser: Browser, served: ServedProduct, watch: Watch
) -> Iterator[OpenContext]:
    """Give a function that opens a watched context: a person at a machine."""
    opened: list[BrowserContext] = []

    def opener(lang: str = "es", **options: object) -> BrowserContext:
        settings = context_settings(served.address, lang)
        context = browser.new_context(**(settings | options))
        context.set_default_timeout(WAIT_MILLISECONDS)
        watch.follow(context)
        opened.append(context)
        return context

    yield opener
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: OpenContext) -> Page:
    return open_context().new_page()


@pytest.fixture(scope="session")
def registry(served: ServedProduct) -> Iterator[Flask]:
    """Give the application on the server's database, for what no page makes quickly."""
    app = create_app(Config.from_env(ROOT, served.environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def make_account(registry: Flask) -> MakeAccount:
    """Give a function that makes a learner without any enrolment."""
    numbers = count(1)
    hashed = hash_password(DEMO_PASSWORD)

    def maker() -> Account:
        number = next(numbers)
        account = Account(f"lector{number}", DEMO_PASSWORD, f"Inés Núñez {number}")
        with unit_of_work() as session:
            register_user(
                session,
                identity=account.identity,
                full_name=account.full_name,
                password_hash=hashed,
                locale=None,
                now=now(),
            )
        return account

    return maker


@pytest.fixture
def account(make_account: MakeAccount) -> Account:
    return make_account()


@pytest.fixture(scope="session")
def world(
    browser: Browser, served: ServedProduct, registry: Flask, make_account: MakeAccount
) -> World:
    """Bring people to every page that needs somebody to have done something."""
    world = prepare_world(browser, served, db.session(), make_account())
    enter_town(browser, served, db.session(), world)
    enter_certificates(served, db.session(), world)
    return world


@pytest.fixture(scope="session")
def readers(browser: Browser, served: ServedProduct, world: World) -> Iterator[Readers]:
    readers = Readers(browser, served.address, world)
    yield readers
    readers.close()


@pytest.fixture
def open_page(readers: Readers, watch: Watch) -> Iterator[OpenPage]:
    """Give a function that opens a kind of page where its reader sits already."""
    followed: dict[BrowserContext, None] = {}

    def opener(kind: PageType, lang: str = "es") -> Page:
        page = readers.page_of(kind, lang)
        if page.context not in followed:
            watch.follow(page.context)
            followed[page.context] = None
        kind.open(page, readers.world)
        return page

    yield opener
    for context in followed:
        watch.leave(context)


@pytest.fixture
def note_figure(record_property: Callable[[str, object], None]) -> NoteFigure:
    """Give a function that keeps what was measured for the end of the run."""

    def noter(name: str, figure: str) -> None:
        # A property travels with the report, from whichever process ran the test.
        record_property(FIGURE, f"{name}: {figure}")

    return noter


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call"
    ]
    figures = [
        str(value)
        for report in reports
        for name, value in report.user_properties
        if name == FIGURE
    ]
    if figures:
        terminalreporter.section("measured")
    for figure in sorted(figures):
        terminalreporter.write_line(figure)
