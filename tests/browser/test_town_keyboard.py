"""The work of a training manager by keyboard alone, each in a town hall of its own.

`press` and `tab_to` look at the focus at every stop: it has a ring, is on the screen
and is covered by nothing. What is left to say is where it stands after an answer.
"""

import re
from itertools import count

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.services.accounts import register_user
from conexx_learn.services.institutions import create_institution
from conexx_learn.services.memberships import grant_role
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.passwords import hash_password
from tests.browser.conftest import OpenContext
from tests.browser.keyboard import choose_option, choose_radio, press, tab_to
from tests.browser.learner_steps import STRONG, Account, sign_in
from tests.browser.served_product import DEMO_PASSWORD

LIST = (
    "Nombre completo;Correo;Puesto;Unidad;Desde\n"
    "Noé Tzoc Ajú;noe@cerro-verde.example;Personal técnico;Obras;05/01/2026\n"
)

numbers = count(1)


def register_manager(slug: str, number: int) -> Account:
    """Take an institution in, with somebody who runs its training."""
    manager = Account(f"rosa.ixcot{number}", DEMO_PASSWORD, f"Rosa Ixcot {number}")
    hashed = hash_password(DEMO_PASSWORD)
    with unit_of_work() as session:
        create_institution(
            session,
            slug=slug,
            name="Alcaldía de Cerro Verde",
            kind="municipality",
            country="GT",
            now=now(),
        )
        user_id = register_user(
            session,
            identity=manager.identity,
            full_name=manager.full_name,
            password_hash=hashed,
            locale=None,
            now=now(),
        )
        grant_role(
            session,
            user_id=user_id,
            role=Role.MANAGER,
            institution_slug=slug,
            now=now(),
            by=None,
        )
    return manager


@pytest.fixture
def town(registry: Flask, open_context: OpenContext) -> Page:
    """Give the page of a manager who stands before an institution's first day."""
    number = next(numbers)
    slug = f"cerro-verde-{number}"
    page = open_context().new_page()
    sign_in(page, register_manager(slug, number))
    page.goto(f"/institutions/{slug}")
    return page


@pytest.fixture
def staffed(town: Page) -> Page:
    """Go the first two steps quickly: the proposed plan is shown."""
    town.locator(STRONG).click()
    town.locator(STRONG).click()
    town.fill("[name=HEAD-names]", "Julián Xicará Tum")
    town.fill("[name=PM-names]", "Irma Coc Pop")
    town.locator(STRONG).click()
    expect(town.locator("[name=line]").first).to_be_visible()
    return town


def home(page: Page) -> str:
    """Return the address of the institution whose page is shown."""
    return page.url.split("/institutions/")[0] + "/institutions/" + slug_of(page)


def slug_of(page: Page) -> str:
    return page.url.split("/institutions/")[1].split("/")[0].split("?")[0]


def type_into(page: Page, target: Locator, text: str) -> None:
    tab_to(page, target)
    page.keyboard.type(text)


def send_unchecked(page: Page) -> None:
    """Send a form as a browser does that does not check it first."""
    page.locator(STRONG).evaluate("button => { button.form.noValidate = true }")
    press(page, page.locator(STRONG))


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def test_the_first_day_leads_to_an_approved_plan(town: Page) -> None:
    press(town, town.locator(STRONG))
    type_into(town, town.locator("#population"), "9400")
    press(town, town.locator(STRONG))
    type_into(town, town.locator("[name=HEAD-names]"), "Julián Xicará Tum")
    type_into(town, town.locator("[name=PM-names]"), "Irma Coc Pop")
    press(town, town.locator(STRONG))
    press(town, town.locator("[name=line]:checked").first, "Space")
    press(town, town.locator(STRONG))
    town.wait_for_url(re.compile(r"/plans/\d+$"))
    type_into(town, town.locator("[name=act_reference]"), "Acta 3")
    type_into(town, town.locator("[name=act_on]"), f"{now():%m%d%Y}")
    press(town, town.locator(STRONG))
    expect(town.locator(".messages .notice--ok")).to_be_visible()
    press(town, town.locator(".tabs a").first)
    expect(town.locator(".headline")).to_be_visible()


def test_a_person_is_added_after_a_mistake(staffed: Page) -> None:
    staffed.goto(f"{home(staffed)}/people")
    press(staffed, staffed.locator(STRONG))
    send_unchecked(staffed)
    expect(staffed.locator("main [role=alert]")).to_be_focused()
    staffed.keyboard.press("Tab")
    staffed.keyboard.press("Enter")
    expect(staffed.locator("#full_name")).to_be_focused()
    staffed.keyboard.type("Ofelia Sandoval Rax")
    press(staffed, staffed.locator(STRONG))
    expect(staffed.locator("h1")).to_have_text("Ofelia Sandoval Rax")


def test_a_line_of_the_plan_is_changed_and_moved(staffed: Page) -> None:
    press(staffed, staffed.locator(STRONG))
    staffed.wait_for_url(re.compile(r"/plans/\d+$"))
    first = staffed.locator("tbody tr").first
    press(staffed, first.locator("th a"))
    weights = staffed.locator("fieldset", has=staffed.locator("[name=weight]"))
    choose_radio(staffed, weights, weights.locator("[type=radio]").first)
    press(staffed, staffed.locator(STRONG).first)
    expect(first.locator("td").nth(2)).to_have_text("crítico")
    moved = first.get_attribute("id")
    press(staffed, first.locator("button[value=down]"))
    expect(staffed.locator("tbody tr").nth(1)).to_have_attribute("id", moved or "")
    staffed.keyboard.press("Tab")
    expect(staffed.locator(f"#{moved} :focus")).to_have_count(1)


def test_people_are_imported(staffed: Page) -> None:
    staffed.goto(f"{home(staffed)}/people/import")
    field = staffed.locator("main [type=file]")
    with staffed.expect_file_chooser() as chooser:
        press(staffed, field)
    chooser.value.set_files(
        {"name": "personas.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    press(staffed, staffed.locator(STRONG))
    expect(staffed.get_by_text("Noé Tzoc Ajú").first).to_be_visible()
    press(staffed, staffed.locator(STRONG))
    expect(staffed.locator(".messages .notice--ok")).to_be_visible()


def test_a_call_is_entered(staffed: Page) -> None:
    staffed.goto(f"{home(staffed)}/calls")
    press(staffed, staffed.locator('main a[href$="/calls/new"]').first)
    type_into(staffed, staffed.locator("#title"), "Ciudades y clima 2027")
    type_into(staffed, staffed.locator("#funder"), "Programa de cooperación")
    rows = staffed.locator("button[name=remove]")
    before = rows.count()
    press(staffed, staffed.locator("button[name=add]"))
    expect(rows).to_have_count(before + 1)
    expect(staffed.locator("fieldset:has([name=remove])").last).to_contain_text(
        f"Función {before + 1}"
    )
    expect(focused(staffed)).to_have_attribute("name", re.compile("role"))
    press(staffed, rows.last)
    expect(rows).to_have_count(before)
    expect(staffed.locator("button[name=add]")).to_be_focused()
    send_unchecked(staffed)
    expect(staffed.locator("main [role=alert]")).to_be_focused()
    type_into(staffed, staffed.locator("#deadline_on"), "01152027")
    type_into(staffed, staffed.locator("#deadline_at"), "0500PM")
    press(staffed, staffed.locator(STRONG))
    expect(staffed.locator(".gates li")).to_have_count(10)


def test_the_matrix_is_filtered(staffed: Page) -> None:
    press(staffed, staffed.locator(STRONG))
    staffed.wait_for_url(re.compile(r"/plans/\d+$"))
    staffed.fill("[name=act_reference]", "Acta 3")
    staffed.fill("[name=act_on]", now().date().isoformat())
    staffed.locator(STRONG).click()
    staffed.goto(f"{home(staffed)}/readiness")
    choose_option(staffed, staffed.locator("#f-standing"), "Sin invitar")
    press(staffed, staffed.locator(".filters .button"))
    staffed.wait_for_url("**/readiness?*standing=not_invited*")
    expect(staffed.locator(".matrix tbody tr")).to_have_count(2)
    press(staffed, staffed.locator("details summary"))
    expect(staffed.locator("details .facts")).to_be_visible()
    tab_to(staffed, staffed.locator(".matrix-box"))
    press(staffed, staffed.locator(".matrix tbody th a").first)
    expect(staffed.locator("h1")).to_have_text("Julián Xicará Tum")
