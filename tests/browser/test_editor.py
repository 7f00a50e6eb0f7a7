"""Writing a course in a real browser: shown at once, by keyboard, and never lost."""

import re
import time
from itertools import count

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NoteFigure, OpenContext
from tests.browser.learner_steps import sign_in, sign_out
from tests.browser.page_types import TRAINER
from tests.browser.watching import Watch

COURSE = "/trainer/courses/first-steps"
SAVED = re.compile(r"^guardado \d{1,2}:\d{2}")
SAVE_MILLISECONDS = 12_000
NO_NETWORK = "ERR_INTERNET_DISCONNECTED|ERR_FAILED"
QUIZ = f"{COURSE}/files/final.quiz.es.md"

_numbers = count(40)


def new_module() -> str:
    """Name a file of its own for each test."""
    return f"{COURSE}/files/{next(_numbers)}-prueba.es.md"


def field(page: Page) -> Locator:
    return page.locator("#source")


def view(page: Page) -> Locator:
    return page.locator("#learner-view")


def problems(page: Page) -> Locator:
    return page.locator("#problems")


def state(page: Page) -> Locator:
    return page.locator("#saved-state")


def opened(page: Page, address: str) -> None:
    if not page.locator(".who").count():
        sign_in(page, TRAINER)
    page.goto(address)
    expect(page.locator(".tools button").first).to_be_visible()


def test_what_is_typed_is_shown_and_checked_at_once(
    page: Page, note_figure: NoteFigure
) -> None:
    opened(page, new_module())
    text = "---\ntitle: Uno\n---\n\n## El pozo\n\nTexto.\n"
    field(page).fill(text)
    expect(view(page).locator("h2")).to_have_text("El pozo")
    begun = time.perf_counter()
    field(page).fill(f"{text}\n## La bomba\n\n[x](falta.es.md)\n")
    expect(problems(page)).to_contain_text("E013")
    expect(view(page).locator("h2").nth(1)).to_have_text("La bomba")
    seconds = time.perf_counter() - begun
    note_figure("typed to shown and checked", f"{seconds:.2f} s")


def test_a_problem_leads_to_its_line(page: Page) -> None:
    opened(page, new_module())
    field(page).fill(
        "---\ntitle: Uno\n---\n" + "\nTexto.\n" * 80 + "\n[x](falta.es.md)\n"
    )
    link = problems(page).locator('[data-line="165"]')
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")

    expect(field(page)).to_be_focused()
    chosen = "s => s.value.slice(s.selectionStart, s.selectionEnd)"
    assert field(page).evaluate(chosen) == "[x](falta.es.md)"
    assert field(page).evaluate("s => s.scrollTop") > 0


def test_everything_is_inserted_by_keyboard_and_can_be_undone(page: Page) -> None:
    opened(page, new_module())
    field(page).fill("")
    field(page).focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".tools button").first).to_be_focused()
    buttons = page.locator(".tools button")
    for place in range(buttons.count()):
        expect(buttons.nth(place)).to_be_focused()
        if buttons.nth(place).inner_text() == "Varias respuestas":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value(
        re.compile(r"^```quiz\n## first-steps-prueba-1 \|")
    )
    page.keyboard.press("Control+z")
    expect(field(page)).to_have_value("")
    page.keyboard.press("Tab")
    expect(field(page)).not_to_be_focused()


def test_a_table_and_a_picture_are_asked_for_in_a_window(page: Page) -> None:
    opened(page, f"{COURSE}/files/01-how-to-learn-here.es.md")
    before = field(page).input_value()
    field(page).press("Control+End")
    page.get_by_role("button", name="Tabla", exact=True).click()
    page.locator("#ask-columns").fill("3")
    page.locator("#ask-rows").fill("1")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(re.compile(r"\| Columna 3 \|\n\| --- \|"))
    page.get_by_role("button", name="Imagen", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert field(page).input_value().startswith(before.rstrip("\n"))
    field(page).fill(before)


def test_words_become_bold_and_links_by_shortcut(page: Page) -> None:
    opened(page, new_module())
    field(page).fill("agua")
    field(page).press("Control+a")
    page.keyboard.press("Control+b")
    expect(field(page)).to_have_value("**agua**")
    page.keyboard.press("Control+k")
    page.locator("#ask-address").fill("https://agua.example")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("**[agua](https://agua.example)**")


def test_it_is_saved_while_one_types_and_when_asked(page: Page) -> None:
    address = new_module()
    opened(page, address)
    field(page).fill("---\ntitle: Uno\n---\n\nHola.\n")
    expect(state(page)).to_have_text(SAVED, timeout=SAVE_MILLISECONDS)
    field(page).press_sequentially("Adiós.")
    page.keyboard.press("Control+s")
    expect(state(page)).to_have_text(SAVED)
    page.goto(address)
    expect(field(page)).to_have_value(re.compile(r"Hola\.\nAdiós\."))
    expect(page.locator("#kept-text")).to_be_hidden()


def test_a_closed_tab_loses_nothing(page: Page, watch: Watch) -> None:
    watch.expect(NO_NETWORK)
    address = new_module()
    opened(page, address)
    page.context.set_offline(offline=True)
    field(page).fill("lo que escribí sin conexión")
    expect(state(page)).to_contain_text("sin conexión", timeout=SAVE_MILLISECONDS)
    page.close()
    page.context.set_offline(offline=False)
    again = page.context.new_page()
    again.goto(address)
    again.get_by_role("button", name="Recuperar lo que escribió").click()
    expect(field(again)).to_have_value("lo que escribí sin conexión")
    expect(state(again)).to_have_text(SAVED, timeout=SAVE_MILLISECONDS)


def test_a_session_that_is_over_keeps_the_text_and_goes_on(
    page: Page, watch: Watch
) -> None:
    watch.expect("40[01]: POST", "303")
    opened(page, new_module())
    elsewhere = page.context.new_page()
    elsewhere.goto("/me")
    sign_out(elsewhere)
    field(page).fill("lo que escribí sin sesión")
    page.keyboard.press("Control+s")
    expect(state(page)).to_contain_text("la sesión terminó")
    sign_in(elsewhere, TRAINER)
    page.keyboard.press("Control+s")
    expect(state(page)).to_have_text(SAVED, timeout=SAVE_MILLISECONDS)
    expect(field(page)).to_have_value("lo que escribí sin sesión")


def test_two_people_on_one_file_see_each_other(
    page: Page, open_context: OpenContext, watch: Watch
) -> None:
    watch.expect("409")
    address = new_module()
    opened(page, address)
    text = "---\ntitle: Uno\n---\n\nuno\n\ndos\n\ntres\n"
    field(page).fill(text)
    page.keyboard.press("Control+s")
    expect(state(page)).to_have_text(SAVED)
    other = open_context().new_page()
    opened(other, address)
    field(other).fill(text.replace("uno", "UNO"))
    other.keyboard.press("Control+s")
    expect(state(other)).to_have_text(SAVED)
    field(page).fill(text.replace("tres", "TRES"))
    page.keyboard.press("Control+s")
    expect(state(page)).to_contain_text("pulse Guardar")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("#merged")).to_have_value(
        text.replace("uno", "UNO").replace("tres", "TRES")
    )
    page.get_by_role("button", name="Guardar la mezcla").click()
    expect(field(page)).to_have_value(re.compile(r"UNO\n\ndos\n\nTRES"))


def test_a_question_is_tried_as_it_is_written(page: Page) -> None:
    opened(page, QUIZ)
    before = field(page).input_value()
    field(page).fill(before.replace("- (x) ", "- (x) Sí: ", 1))
    first = view(page).locator("[data-trial]").first
    expect(first).to_contain_text("Sí:")
    first.locator("label", has_text="Sí:").locator("input").check()
    page.keyboard.press("Enter")
    tried = view(page).locator("[data-trial]").first
    expect(tried.locator("[role=status]")).to_be_focused()
    expect(tried).to_contain_text("Correcta")
    field(page).fill(before)


def test_a_text_that_is_far_too_large_stays_and_is_told(page: Page) -> None:
    opened(page, new_module())
    field(page).evaluate(
        "s => { s.value = 'a'.repeat(5e6); s.dispatchEvent(new Event('input')) }"
    )
    expect(state(page)).to_contain_text("admite 64 KiB; el texto tiene 5 MB")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(state(page)).to_contain_text("admite 64 KiB")
    expect(page.locator("[data-download]")).to_be_visible()


def test_it_works_without_a_script(open_context: OpenContext) -> None:
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page, TRAINER)
    page.goto(new_module())
    field(page).fill("---\ntitle: Uno\n---\n\n## Sin nada más\n\n[x](falta.es.md)\n")
    page.get_by_role("button", name="Verlo como quienes participan").click()
    expect(view(page).locator("h2")).to_have_text("Sin nada más")
    expect(problems(page)).to_contain_text("[x](falta.es.md)")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Borrador guardado")
    expect(field(page)).to_have_value(re.compile("Sin nada más"))
    expect(page.locator(".tools")).to_be_hidden()
