"""One page of every kind, and the people who see it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FilePayload, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.repairs import Appeal
from tests import word_documents
from tests.browser.answers import FINAL, SINGLE
from tests.browser.learner_steps import (
    STRONG,
    Account,
    begin_final,
    choose,
    open_attempt,
    send,
    sign_in_unseen,
)
from tests.browser.served_product import DEMO_PASSWORD, ServedProduct

LONG_COURSE = "/courses/eu-financing-instruments"
FIRST_MODULE = "/courses/first-steps/how-to-learn-here"
ANA = Account("ana@xaltepec.example", DEMO_PASSWORD, "Ana Robles Tzul")
CARLA = Account("carla@xaltepec.example", DEMO_PASSWORD, "Carla Ontiveros Paz")
COURSE_FILES = "/trainer/courses/first-steps/import"
TRAINER = Account("trainer@conexx.example", DEMO_PASSWORD, "Iker Zabala Otero")
NOBODY = "nobody"
SHEET = "/courses/budget-and-cofinancing/risks-and-budget-logic/sheet"
FILES = "/trainer/courses/first-steps/files"
QUESTION_FILES = Path(__file__).parent.parent / "question_files"


@dataclass(frozen=True, slots=True)
class World:
    """Who is signed in, and the addresses that only a run knows.

    Attributes:
        states: Name of a person to what their browser keeps.
        addresses: Name of an address to its path.
    """

    states: dict[str, Any] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)


def _send_wrong_password(page: Page) -> None:
    page.fill("#email", "nobody@nowhere.example")
    page.fill("#password", "this is not the password")
    page.locator(STRONG).click()
    expect(page.locator("[role=alert]")).to_be_visible()


def _send_weak_account(page: Page) -> None:
    page.fill("#full_name", "Inés")
    page.fill("#email", "a")
    page.fill("#password", "short")
    page.locator(STRONG).click()
    expect(page.locator("[role=alert]")).to_be_visible()


def _send_other_name(page: Page) -> None:
    page.fill("#full_name", "Somebody Else")
    page.locator(STRONG).click()
    expect(page.locator("#full_name-error")).to_be_visible()


def _save_old_sheet(page: Page) -> None:
    """Save as a page does that was opened before the newest save."""
    # A copy of the form: the script saves the real one when the page is left.
    page.locator("form[data-sheet]").evaluate(
        """form => {
          const old = document.body.appendChild(form.cloneNode(true))
          old.elements.known.value = '0'
          old.elements.text.value = 'Se revisa el caudal cada mes.'
          old.submit()
        }"""
    )
    expect(page.locator("#newer")).to_be_visible()


def _bring_document(page: Page) -> None:
    document: FilePayload = {
        "name": "manual.docx",
        "mimeType": "application/octet-stream",
        "buffer": word_documents.manual().data,
    }
    page.set_input_files("#file", files=[document])
    page.locator(STRONG).click()
    expect(page.locator("#pictures")).to_be_visible()


def _send_questions(page: Page) -> None:
    page.set_input_files("#file", QUESTION_FILES / "presupuesto.xml")
    page.locator(STRONG).click()
    expect(page.locator("#text")).to_be_visible()


def _send_course_files(page: Page) -> None:
    """Send a text with errors, questions of it, and a file that is new."""
    page.set_input_files(
        "#files",
        [
            FilePayload(name="course.es.md", mimeType="", buffer=b"sin datos"),
            FilePayload(name="notas.md", mimeType="", buffer=b"apuntes"),
        ],
    )
    page.locator(STRONG).click()
    expect(page.locator("#edited")).to_be_visible()


def _send_unsafe_archive(page: Page) -> None:
    page.set_input_files(
        "#files", FilePayload(name="c.zip", mimeType="", buffer=b"PK\x03\x04")
    )
    page.locator(STRONG).click()
    expect(page.locator("[role=alert]")).to_be_visible()


def _stay(_page: Page) -> None:
    """Look at the page as it was opened."""


def _save_over_somebody(page: Page) -> None:
    """Save a text that was begun before somebody else saved theirs."""
    page.fill("#source", "mine\n")
    page.locator("input[name=seen]").evaluate("f => { f.value = '0'.repeat(64) }")
    page.locator("#editor .button").first.click()
    expect(page.locator("#merged")).to_be_visible()


@dataclass(frozen=True, slots=True)
class PageType:
    """A kind of page.

    Attributes:
        name: In the name of the test.
        path: Where it is; in braces the name of an address of the world.
        person: Who looks; nobody is signed in otherwise.
        act: What is done before looking.
        most_html: What the page may weigh, in kB compressed.
    """

    name: str
    path: str
    person: str = NOBODY
    act: Callable[[Page], None] = _stay
    most_html: int = 20

    def open(self, page: Page, world: World) -> None:
        """Open it."""
        page.goto(self.path.format(**world.addresses))
        self.act(page)


PAGE_TYPES = (
    PageType("home", "/"),
    PageType("catalogue", "/courses"),
    PageType("nothing found", "/courses?q=xyzzy"),
    PageType("course", LONG_COURSE),
    PageType("course while learning", LONG_COURSE, "ana"),
    PageType("first module", "{first_module}"),
    PageType("module while learning", "{fifth_module}", "ana"),
    PageType("self-check answered", "{self_check}"),
    PageType("quiz rules", f"{LONG_COURSE}/final", "ana"),
    PageType("quiz rules after attempts", "/courses/first-steps/final", "learner"),
    PageType("open attempt", "{attempt}", "learner"),
    PageType("open attempt in parts", "{attempt}?part=1", "learner"),
    PageType("result not passed", "{not_passed}", "learner"),
    PageType("result passed", "{passed}", "ana"),
    PageType("my courses", "/me", "ana"),
    PageType("my folder", "/me/folder", "ana"),
    PageType("empty folder", "/me/folder", "learner"),
    PageType("folder of a colleague", "{shown_folder}", "carla"),
    PageType("sheet", SHEET, "ana"),
    PageType("sheet saved elsewhere", SHEET, "ana", _save_old_sheet),
    PageType("my certificates", "/me/certificates", "ana"),
    PageType("no certificates", "/me/certificates", "learner"),
    PageType("name", "/me/certificates/name", "ana"),
    PageType("name refused", "/me/certificates/name", "ana", _send_other_name),
    PageType("verify form", "/verify"),
    PageType("valid", "/verify/{valid}"),
    PageType("revoked", "/verify/{revoked}"),
    PageType("unknown", "/verify/7K3M-9QXT-2R8A"),
    PageType("sign-in", "/sign-in"),
    PageType("sign-in refused", "/sign-in", act=_send_wrong_password),
    PageType("register", "/account/register"),
    PageType("register refused", "/account/register", act=_send_weak_account),
    PageType("forgotten password", "/account/forgot"),
    PageType("invitation", "/join"),
    PageType("account", "/account", "ana"),
    PageType("glossary", "/glossary"),
    PageType("glossary searched", "/glossary?q=costo"),
    PageType("help", "/help"),
    PageType("privacy", "/privacy"),
    PageType("accessibility", "/accessibility"),
    PageType("error 404", "/no-such-page"),
    PageType("trainer", "/trainer", "trainer"),
    PageType("trainer course", "/trainer/courses/water-projects", "trainer"),
    PageType("course to begin", "/trainer/courses/new", "trainer"),
    PageType("course settings", f"/trainer{LONG_COURSE}/settings", "trainer"),
    PageType("course versions", f"/trainer{LONG_COURSE}/versions", "trainer"),
    PageType("course learners", f"/trainer{LONG_COURSE}/learners", "trainer"),
    PageType(
        "module to change",
        "/trainer/courses/first-steps/modules/how-to-learn-here",
        "trainer",
    ),
    PageType("course review", "/trainer/reviews/1", "trainer"),
    PageType(
        "translation",
        "/trainer/courses/first-steps/translations/01-how-to-learn-here.en.md",
        "trainer",
    ),
    PageType("sources", "/trainer/sources", "trainer"),
    PageType("editor of a module", f"{FILES}/01-how-to-learn-here.es.md", "trainer"),
    PageType("editor of a quiz", f"{FILES}/final.quiz.es.md", "trainer"),
    PageType("history of a file", f"{FILES}/course.es.md/history", "trainer"),
    PageType("two texts", f"{FILES}/rubric.es.md", "trainer", _save_over_somebody),
    PageType("extra time", "/trainer/courses/first-steps/extra-time", "trainer"),
    PageType("extra time of one person", "{one_person}", "trainer"),
    PageType("question to report", "{question}", "learner"),
    PageType("reported question", "{reported}", "learner"),
    PageType("reported questions", "/trainer/courses/first-steps/appeals", "trainer"),
    PageType("report to answer", "{report}", "trainer"),
    PageType(
        "ask at a section",
        f"{FIRST_MODULE}/questions/new?section=u-leer-a-su-ritmo",
        "ana",
    ),
    PageType("my questions", "/me/questions", "ana"),
    PageType(
        "questions of learners",
        "/trainer/courses/first-steps/section-questions",
        "trainer",
    ),
    PageType("question of a learner", "{asked}", "trainer"),
    PageType("published pair", "{published}", "trainer"),
    PageType(
        "question statistics", "/trainer/courses/first-steps/statistics", "trainer"
    ),
    PageType(
        "question statistics with figures",
        f"/trainer{LONG_COURSE}/statistics",
        "trainer",
    ),
    PageType(
        "questions for other systems",
        "/trainer/courses/first-steps/questions",
        "trainer",
    ),
    PageType("questions to bring", "/trainer/questions", "trainer"),
    PageType("questions brought", "/trainer/questions", "trainer", _send_questions),
    PageType("files of a course", COURSE_FILES, "trainer"),
    PageType("course files sent", COURSE_FILES, "trainer", _send_course_files),
    PageType("unsafe archive sent", COURSE_FILES, "trainer", _send_unsafe_archive),
    PageType("document to bring", "/trainer/courses/first-steps/arrivals", "trainer"),
    PageType(
        "document brought",
        "/trainer/courses/first-steps/arrivals",
        "trainer",
        _bring_document,
    ),
    PageType("voided questions", "/trainer/courses/first-steps/repair", "trainer"),
)


def prepare_world(
    browser: Browser, served: ServedProduct, session: Session, learner: Account
) -> World:
    """Sign everybody in, and bring the learner to a failed and an open attempt."""
    world = World()
    options: Any = {"base_url": served.address, "locale": "es-MX"}
    for name, account in (("ana", ANA), ("carla", CARLA), ("trainer", TRAINER)):
        with browser.new_context(**options) as context:
            sign_in_unseen(context, account)
            world.states[name] = context.storage_state()
    with browser.new_context(**options) as context:
        page = context.new_page()
        world.addresses["not_passed"] = begin_final(page, learner)
        choose(page, SINGLE, FINAL["es"].chosen[SINGLE])
        send(page)
        _report_question(page, world)
        world.addresses["attempt"] = open_attempt(page)
        world.states["learner"] = context.storage_state()
    with browser.new_context(**options, storage_state=world.states["ana"]) as context:
        _note_addresses_of_ana(context.new_page(), world)
    with browser.new_context(**options) as context:
        _note_self_check(context.new_page(), world)
    _note_certificates(session, world)
    for name, person, path, link in (
        ("shown_folder", "carla", "/me/folder", "main a[href*='/folder/shown/']"),
        (
            "one_person",
            "trainer",
            "/trainer/courses/first-steps/extra-time",
            "main tbody a",
        ),
        (
            "asked",
            "trainer",
            "/trainer/courses/first-steps/section-questions",
            "main tbody a",
        ),
        (
            "published",
            "trainer",
            "/trainer/courses/first-steps/section-questions?pile=published",
            "main tbody a",
        ),
    ):
        with browser.new_context(
            **options, storage_state=world.states[person]
        ) as context:
            page = context.new_page()
            page.goto(path)
            found = page.locator(link).first.get_attribute("href")
            world.addresses[name] = str(found)
    appeal_id = session.scalars(select(Appeal.id)).one()
    world.addresses["report"] = f"/trainer/appeals/{appeal_id}"
    return world


def _report_question(page: Page, world: World) -> None:
    """Report the first question of a result, and note where the next one would be."""
    links = page.locator("main a[href$='/appeal']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    world.addresses["reported"], world.addresses["question"] = links[0], links[1]
    page.goto(links[0])
    page.fill("#statement", "Las dos primeras respuestas son correctas.")
    page.locator(STRONG).click()
    expect(page.locator("main a[href$='/appeal']").first).to_be_visible()


def _note_addresses_of_ana(page: Page, world: World) -> None:
    page.goto(LONG_COURSE)
    links = page.locator(".outline a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    modules = [link for link in links if link.count("/") == 3 and "final" not in link]
    world.addresses["first_module"], world.addresses["fifth_module"] = (
        modules[0],
        modules[4],
    )
    page.goto("/courses/first-steps/final")
    world.addresses["passed"] = str(
        page.locator("tbody th a").first.get_attribute("href")
    )


def _note_self_check(page: Page, world: World) -> None:
    """Answer a self-check as a visitor, for whom the answer stands in the address."""
    page.goto("/courses/first-steps/how-to-learn-here")
    field_name = page.locator(".selfcheck input[type=radio]").first
    name = field_name.get_attribute("name")
    value = field_name.get_attribute("value")
    # As a visitor answers it: who is signed in has it remembered instead.
    world.addresses["self_check"] = f"{page.url}?check=0&{name}={value}"


def _note_certificates(session: Session, world: World) -> None:
    numbers = set(session.scalars(select(Certificate.number)))
    revoked = set(
        session.scalars(
            select(Certificate.number)
            .join(CertificateEvent)
            .where(CertificateEvent.kind == "revoked")
        )
    )
    world.addresses["revoked"] = grouped(min(revoked))
    world.addresses["valid"] = grouped(min(numbers - revoked))
