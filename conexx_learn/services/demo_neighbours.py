"""Three more town halls of the demonstration: ready, late, and just arrived."""

from conexx_learn.services.demo_learning import (
    complete_course,
    issued_for,
)
from conexx_learn.services.demo_office import (
    C1,
    C2,
    C3,
    C4,
    C5,
    C6,
    C7,
    C8,
    C9,
    Line,
    approve,
    draft,
    minima,
    post,
    priority,
    seat,
    seen,
    unit,
)
from conexx_learn.services.demo_scene import Town
from conexx_learn.services.plan_reviews import send_for_review

OWED = {
    "HEAD": ("ainhoa", {C1: 3, C6: 2}),
    "PM": ("benat", {C2: 3, C3: 3, C4: 3, C8: 2}),
    "FIN": ("jon", {C4: 3, C7: 3}),
    "MEAL": ("leire", {C3: 3, C8: 3}),
    "LIAISON": ("miren", {C5: 3, C9: 3}),
    "TECH": ("unai", {C1: 2, C9: 2}),
}
"""Profile to who holds its post, and course to weight in the first plan."""

HOSTING = (
    ("PM", C5, -74),
    ("PM", C9, -60),
    ("HEAD", C5, -46),
    ("HEAD", C9, -39),
    ("MEAL", C5, -25),
    ("LIAISON", C6, -11),
    ("FIN", C9, None),
    ("MEAL", C9, None),
    ("TECH", C5, None),
)
"""What the second plan asks of whom, and when they were certified."""


def found_harribide(here: Town) -> None:
    """Open its posts, and appoint its people."""
    hall = unit(here, "Udala")
    projects = unit(here, "Oficina de cooperación", hall, pmu=True)
    where = {
        "HEAD": ("Dirección de cooperación", hall),
        "PM": ("Gestión de proyectos", projects),
        "FIN": ("Intervención", hall),
        "MEAL": ("Seguimiento y evaluación", projects),
        "LIAISON": ("Relaciones internacionales", projects),
        "TECH": ("Personal técnico", projects),
    }
    for profile, (title, inside) in where.items():
        seat(here, OWED[profile][0], post(here, profile, title, inside))
    minima(here, {"K3": 2, "K4": 2, "K7": 1, "K8": 2})


def write_plans_and_learn(here: Town) -> None:
    """Approve both plans of Harribide; the first is met, the second on its way."""
    exchange = priority(
        here,
        "Acoger a municipios hermanados",
        "Concejalía de cooperación",
        "Plan director de cooperación",
    )
    first = draft(
        here,
        "Plan de capacitación",
        [
            Line(profile, course, 30, weight)
            for profile, (_, courses) in OWED.items()
            for course, weight in courses.items()
        ],
        drafted=-290,
        ends=250,
    )
    approve(here, first, "Resolución de alcaldía 112", on=-280)
    second = draft(
        here,
        "Equipo anfitrión",
        [Line(profile, course, 80, 2, exchange) for profile, course, _ in HOSTING],
        drafted=-125,
        ends=90,
    )
    approve(here, second, "Resolución de alcaldía 51", on=-120)
    for profile, (name, courses) in OWED.items():
        for course in courses:
            until = 20 if (profile, course) == ("FIN", C7) else None
            certify(here, name, course, -300, until=until)
    for profile, course, issued in HOSTING:
        if issued is not None:
            certify(here, OWED[profile][0], course, issued)


def certify(
    here: Town, name: str, course: str, issued: int, *, until: int | None = None
) -> None:
    """Certify somebody on a day, or so that the certificate ends on one."""
    moment = here.moment(issued)
    if until is not None:
        moment = issued_for(here, until=until, months=24)
    complete_course(here.cast, here.user(name), course, moment)


def found_chorti_sur(here: Town) -> None:
    """Open the one post of Chortí Sur, and appoint who holds it."""
    office = unit(here, "Mancomunidad")
    seat(here, "vilma", post(here, "HEAD", "Gerencia", office), -400)


def write_late_plan(here: Town) -> None:
    """Approve a plan that is over by now, and not met; the next one is in review."""
    plan_id = draft(
        here,
        "Plan de capacitación",
        [Line("HEAD", C1, -40, 2)],
        drafted=-203,
        ends=-30,
    )
    approve(here, plan_id, "Acta de junta directiva 3", on=-200)
    following = draft(
        here,
        "Plan de recuperación",
        [Line("HEAD", C1, 60, 2), Line("HEAD", C2, 90, 2)],
        drafted=-9,
        ends=180,
    )
    send_for_review(here.cast.session, seen(here, following), now=here.moment(-4))


def found_san_jacinto(here: Town) -> None:
    """Open the posts of San Jacinto, which has no plan yet."""
    hall = unit(here, "Alcaldía")
    seat(here, "wendy", post(here, "HEAD", "Dirección municipal", hall), -30)
    seat(here, "oscar", post(here, "TECH", "Oficina de planificación", hall), -30)
