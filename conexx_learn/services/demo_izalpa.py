"""Izalpa in the demonstration: too little done for a forecast, and a lot to look at."""

from fractions import Fraction

from conexx_learn.domain.readiness.facts import Audience, AudienceKind
from conexx_learn.services.appointments import end_appointment
from conexx_learn.services.demo_certificates import revoke
from conexx_learn.services.demo_learning import (
    complete_course,
    join,
    study,
    study_pilot,
)
from conexx_learn.services.demo_office import (
    C1,
    C2,
    C3,
    C4,
    C7,
    C8,
    C9,
    Line,
    approve,
    draft,
    exempted,
    post,
    priority,
    seat,
    unit,
)
from conexx_learn.services.demo_scene import Town
from conexx_learn.services.demo_versions import FORMER, Pilots


def found_izalpa(here: Town) -> dict[str, int]:
    """Open its units and posts, and appoint its people; return appointments by name."""
    hall = unit(here, "Alcaldía")
    projects = unit(here, "Gerencia de proyectos", hall, pmu=True)
    areas = unit(here, "Áreas técnicas", hall)
    technicians = post(here, "TECH", "Personal técnico", areas, 5)
    places = {
        "karla": post(here, "PM", "Gerencia de proyectos", projects),
        "luis": post(here, "FIN", "Finanzas", projects),
        "marta": post(here, "MEAL", "Seguimiento y evaluación", projects),
        "nestor": post(here, "HEAD", "Gerencia general", hall),
        **dict.fromkeys(("olga", "pablo", "rosa", "saul", "tania"), technicians),
    }
    return {name: seat(here, name, where, -400) for name, where in places.items()}


def write_plan(here: Town) -> None:
    """Approve its plan, in which there is something to look at of nearly every kind."""
    waste = priority(
        here,
        "Manejo de residuos en la costa",
        "Concejalía de ambiente",
        "Plan estratégico participativo, línea 3",
    )
    rosa = Audience(AudienceKind.PERSON, str(here.user("rosa")))
    plan_id = draft(
        here,
        "Plan de formación municipal",
        [
            Line("PM", C2, -30, 3, waste),
            Line("PM", C3, -10, 3, waste),
            Line("FIN", C4, -5, 3),
            Line("FIN", C7, 60, 3),
            Line("MEAL", C8, 30, 2),
            Line("HEAD", C1, -60, 2),
            Line("HEAD", FORMER, 100, 1, "Lo pedía el convenio anterior"),
            Line("TECH", C1, 90, 1),
            Line("", C1, 110, 1, "Acompañará a las comunidades", rosa),
            Line("LIAISON", C9, 110, 1, waste),
        ],
        drafted=-204,
        ends=120,
    )
    reason = "El puesto de enlace se crea con el presupuesto del próximo año."
    approve(
        here,
        plan_id,
        "Acuerdo municipal 8",
        on=-200,
        accepted={("empty_audience", f"profile:LIAISON course:{C9}"): reason},
    )


def learn_in_izalpa(here: Town, pilots: Pilots) -> None:
    """Let its people learn: too few courses yet to foresee an end."""
    cast = here.cast
    join(cast, here.user("karla"), C3, here.moment(-45))
    study(cast, here.user("karla"), C3, here.moment(-38), share=Fraction(2, 5))
    complete_course(cast, here.user("luis"), C4, here.moment(-40))
    study_pilot(here, here.user("luis"), C7, pilots[C7], share=Fraction(1, 10))
    complete_course(cast, here.user("olga"), C1, here.moment(-12))
    study_pilot(here, here.user("rosa"), C1, pilots[C1], share=Fraction(4, 5))
    complete_course(cast, here.user("saul"), C1, here.moment(-300))
    revoke(cast, here.user("saul"), C1, days=9)


def ask_for_exemptions(here: Town) -> None:
    """Exempt from the course that was withdrawn; from a critical one, ask for it."""
    gone = "El curso ya no se ofrece; se cambiará el plan."
    exempted(here, "nestor", FORMER, gone, begin=-20, until=120)
    known = "Ya llevó un curso equivalente con el banco de desarrollo."
    exempted(here, "karla", C2, known, begin=-3, until=180)


def let_pablo_leave(here: Town, appointments: dict[str, int]) -> None:
    """Write down that Pablo's contract ends before his course is due."""
    end_appointment(
        here.cast.session,
        institution_id=here.place.id,
        appointment_id=appointments["pablo"],
        last_day=here.day(60),
        now=here.moment(-15),
    )
