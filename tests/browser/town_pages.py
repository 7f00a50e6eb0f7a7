"""The pages of institutions, of every kind, and the people who see them."""

import re
from collections.abc import Mapping

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.competencies import PriorLearning
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Priority, Requirement, TrainingPlan
from conexx_learn.models.posts import Appointment, Post
from conexx_learn.models.requests import Admission, ExemptionRequest
from tests.browser.learner_steps import STRONG, Account, sign_in_unseen
from tests.browser.page_types import PageType, World
from tests.browser.served_product import DEMO_PASSWORD, ServedProduct

PEOPLE = {
    "manager": ("manager@xaltepec.example", "Beatriz Luna Cordero"),
    "newcomer": ("manager@san-jacinto.example", "Lidia Morales Cux"),
    "coordinator": ("coordinator@conexx.example", "Elvira Santos Quispe"),
    "observer": ("observer@asociacion.example", "Gonzalo Peña Arriaga"),
    "fidel": ("fidel.tun", "Fidel Tun Caal"),
    "ana": ("ana@xaltepec.example", "Ana Robles Tzul"),
    "saul": ("saul@izalpa.example", "Saúl Aguirre Morán"),
}
TOWN = "/institutions/xaltepec"
NEW_TOWN = "/institutions/san-jacinto"
MATRIX_KILOBYTES = 40

TYPED = (
    "Dice con más claridad qué ve quien verifica una constancia.",
    "Agua potable para las comunidades altas",
    "Leer y responder una convocatoria",
    "Los Angeles",
    "Desde este mes atiendo el archivo y ya no reviso convocatorias.",
    "Se revisa la identidad de quien presentó la evaluación.",
    "La bitácora de la evaluación no corresponde con su jornada.",
)
"""What people wrote in their own language, and names of places."""

WRONG_PEOPLE = (
    "Nombre completo;Correo;Puesto;Unidad;Desde\n"
    "HERNANDEZ LOPEZ JUAN;juan@xaltepec;Personal técnico;;31/02/2026\n"
    ";nadie@xaltepec.example;;;\n"
)


def _send_people_file(page: Page) -> None:
    page.locator("main [type=file]").set_input_files(
        {
            "name": "personas.csv",
            "mimeType": "text/csv",
            "buffer": WRONG_PEOPLE.encode("cp1252"),
        }
    )
    page.locator(STRONG).click()
    expect(page.locator("main .problems").first).to_be_visible()


def _send_nothing(page: Page) -> None:
    """Send a form as a browser does that does not check it first."""
    button = page.locator(STRONG)
    button.evaluate("button => { button.form.noValidate = true }")
    button.click()
    expect(page.locator("main [role=alert]")).to_be_visible()


def _refuse_silently(page: Page) -> None:
    """Refuse somebody without a word."""
    page.locator("main button[value=refused]").click()
    expect(page.locator("main [role=alert]")).to_be_visible()


TOWN_PAGES = (
    PageType("are we ready", TOWN, "manager"),
    PageType("ready on another day", f"{TOWN}?as_of=2027-03-01", "manager"),
    PageType("nothing yet", "/institutions/asociacion", "coordinator"),
    PageType("no plan yet", NEW_TOWN, "newcomer"),
    PageType("figures for observers", TOWN, "observer"),
    PageType("matrix", f"{TOWN}/readiness", "manager", most_html=MATRIX_KILOBYTES),
    PageType("matrix filtered", f"{TOWN}/readiness?standing=met", "manager"),
    PageType("people", f"{TOWN}/people", "manager"),
    PageType("person", f"{TOWN}/people/{{ana}}", "manager"),
    PageType("person who left", f"{TOWN}/people/{{ines}}", "manager"),
    PageType("person edited", f"{TOWN}/people/{{ana}}/edit", "manager"),
    PageType("person leaves", f"{TOWN}/people/{{ana}}/leaving", "manager"),
    PageType(
        "appointment", f"{TOWN}/people/{{ana}}/appointments/{{appointment}}", "manager"
    ),
    PageType("person new", f"{TOWN}/people/new", "manager", _send_nothing),
    PageType("people import", f"{TOWN}/people/import", "manager"),
    PageType(
        "people import checked", f"{TOWN}/people/import", "manager", _send_people_file
    ),
    PageType("roles", f"{TOWN}/roles", "manager", _send_nothing),
    PageType("role withdrawn", f"{TOWN}/roles/{{manager}}/manager", "manager"),
    PageType("codes to hand over", f"{TOWN}/people/codes", "manager"),
    PageType("posts", f"{TOWN}/posts", "manager"),
    PageType("post", f"{TOWN}/posts/{{post}}", "manager"),
    PageType("post edited", f"{TOWN}/posts/{{post}}/edit", "manager"),
    PageType("post readiness", f"{TOWN}/posts/{{post}}/readiness", "manager"),
    PageType("post closing", f"{TOWN}/posts/{{post}}/closing", "manager"),
    PageType("post new", f"{TOWN}/posts/new", "manager"),
    PageType("unit new", f"{TOWN}/units/new", "manager"),
    PageType("plans", f"{TOWN}/plans", "manager"),
    PageType("plan", f"{TOWN}/plans/{{plan}}", "manager"),
    PageType("plan changes", f"{TOWN}/plans/{{plan}}/changes", "manager"),
    PageType("plan amendment", f"{TOWN}/plans/{{plan}}/amendment", "manager"),
    PageType("plan end", f"{TOWN}/plans/{{plan}}/end", "manager"),
    PageType("plan new", f"{TOWN}/plans/new", "manager"),
    PageType("plan proposal", f"{NEW_TOWN}/plans/proposal", "newcomer"),
    PageType("plan draft", "{draft}", "newcomer"),
    PageType("plan draft for advice", "{draft}", "coordinator"),
    PageType("plan draft edited", "{draft}/edit", "newcomer"),
    PageType("plan draft given up", "{draft}/cancellation", "newcomer"),
    PageType("requirement", "{draft}/requirements/{line}", "newcomer"),
    PageType("requirement new", "{draft}/requirements/new", "newcomer"),
    PageType("exceptions", f"{TOWN}/exceptions", "manager"),
    PageType("exemptions", f"{TOWN}/exemptions", "manager"),
    PageType(
        "exemption asked for", f"{TOWN}/exemptions/requests/{{request}}", "manager"
    ),
    PageType(
        "exemption refused",
        f"{TOWN}/exemptions/requests/{{request}}",
        "manager",
        _refuse_silently,
    ),
    PageType("exemption new", f"{TOWN}/exemptions/new?person={{ana}}", "manager"),
    PageType("functions", f"{TOWN}/functions", "manager"),
    PageType("functions edited", f"{TOWN}/functions/edit", "manager"),
    PageType("calls", f"{TOWN}/calls", "manager"),
    PageType("decision sheet", f"{TOWN}/calls/{{call}}", "manager"),
    PageType("call edited", f"{TOWN}/calls/{{call}}/edit", "manager"),
    PageType("call new", f"{TOWN}/calls/new", "manager"),
    PageType("call refused", f"{TOWN}/calls/new", "manager", _send_nothing),
    PageType("priorities", f"{TOWN}/strategy", "manager"),
    PageType("priority", f"{TOWN}/strategy/{{priority}}", "manager"),
    PageType("priority end", f"{TOWN}/strategy/{{priority}}/end", "manager"),
    PageType("tell in person", f"{TOWN}/tell", "manager"),
    PageType("first day, who", f"{NEW_TOWN}/start", "newcomer"),
    PageType("first day, whom", f"{NEW_TOWN}/start/people", "newcomer"),
    PageType(
        "first day from nothing", "/institutions/asociacion/start/people", "coordinator"
    ),
    PageType("institutions", "/institutions", "coordinator"),
    PageType("institutions for observers", "/institutions", "observer"),
    PageType("claims", "/admin/prior-learning", "coordinator"),
    PageType("late questions", "/admin/questions", "coordinator"),
    PageType("claim", "/admin/prior-learning/{claim}", "coordinator"),
    PageType("prior learning", "/me/prior-learning", "fidel"),
    PageType("my required courses", "/me", "fidel"),
    PageType(
        "required course", "/me/required-courses/eu-financing-instruments", "fidel"
    ),
    PageType(
        "required course, asked",
        "/me/required-courses/budget-and-cofinancing",
        "ana",
        _send_nothing,
    ),
    PageType("asked by an institution", "/me", "saul"),
    PageType("admission", "/me/admissions/{admission}", "saul"),
    PageType("account of a manager", "/account", "manager"),
)

HEAVIEST = tuple(
    kind
    for kind in TOWN_PAGES
    if kind.name
    in {"are we ready", "matrix", "first day, who", "plan", "decision sheet"}
)
"""Those whose first visit is weighed in full."""


def enter_town(
    browser: Browser, served: ServedProduct, session: Session, world: World
) -> None:
    """Sign the people of the town halls in, and let one of them draft a plan."""
    for name, (identity, full_name) in PEOPLE.items():
        with browser.new_context(base_url=served.address, locale="es-MX") as context:
            sign_in_unseen(context, Account(identity, DEMO_PASSWORD, full_name))
            world.states[name] = context.storage_state()
            if name == "newcomer":
                world.addresses["draft"] = _draft(context.new_page())
            if name == "manager":
                _add_from_elsewhere(context.new_page())
    world.addresses.update(_addresses(session, world.addresses["draft"]))


def _draft(page: Page) -> str:
    """Make a draft of the proposed plan; return its path."""
    page.goto(f"{NEW_TOWN}/plans/proposal")
    page.locator("[name=line]").first.check()
    page.locator(STRONG).click()
    page.wait_for_url(re.compile(r"/plans/\d+$"))
    return page.url.removeprefix(page.url.split(NEW_TOWN)[0])


def _add_from_elsewhere(page: Page) -> None:
    """Add somebody whose account is from another town hall: they are asked."""
    page.goto(f"{TOWN}/people/new")
    page.locator("[name=full_name]").fill("Saúl Aguirre")
    page.locator("[name=email]").fill(PEOPLE["saul"][0])
    page.locator(STRONG).click()
    page.wait_for_url(re.compile(r"/people/\d+/edit$"))


def _addresses(session: Session, draft: str) -> Mapping[str, str]:
    """Find the keys that the addresses of the town's pages carry."""
    # A transaction that began before the draft was made does not see it.
    session.rollback()
    town = select(Institution.id).where(Institution.slug == "xaltepec")
    ana = select(User.id).where(User.email == "ana@xaltepec.example")
    wanted: dict[str, Select[int]] = {
        "ana": ana,
        "ines": select(User.id).where(User.email == "ines@xaltepec.example"),
        "appointment": select(Appointment.id).where(
            Appointment.user_id == ana.scalar_subquery()
        ),
        "post": select(Post.id).where(
            Post.institution_id == town.scalar_subquery(), Post.profile_code == "PM"
        ),
        "plan": select(TrainingPlan.id)
        .where(TrainingPlan.institution_id == town.scalar_subquery())
        .order_by(TrainingPlan.version.desc()),
        "line": select(Requirement.id).where(
            Requirement.plan_id == int(draft.rsplit("/", 1)[1])
        ),
        "call": select(CallCheck.id).where(
            CallCheck.institution_id == town.scalar_subquery(),
            CallCheck.archived_at.is_(None),
        ),
        "priority": select(Priority.id).where(
            Priority.institution_id == town.scalar_subquery()
        ),
        "request": select(ExemptionRequest.id),
        "admission": select(Admission.id),
        "manager": select(User.id).where(User.email == PEOPLE["manager"][0]),
        "claim": select(PriorLearning.id).where(PriorLearning.decided_at.is_(None)),
    }
    return {
        name: str(session.scalars(statement.limit(1)).one())
        for name, statement in wanted.items()
    }
