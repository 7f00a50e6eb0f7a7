"""Xaltepec in the demonstration: at risk, with nearly every standing, and two calls."""

from datetime import time
from fractions import Fraction
from zoneinfo import ZoneInfo

from conexx_learn.domain.calls import (
    CallTerms,
    GateNote,
    local_moment,
)
from conexx_learn.domain.readiness.call_gates import Gate, GateAnswer
from conexx_learn.domain.readiness.call_readiness import CallNeed
from conexx_learn.domain.readiness.facts import Reason
from conexx_learn.queries.calls import call_list
from conexx_learn.queries.prior_learning import claims_of
from conexx_learn.services.calls import archive_call, enter_call
from conexx_learn.services.demo_certificates import ask, correct, suspend
from conexx_learn.services.demo_learning import (
    complete_course,
    exhaust,
    issued_for,
    join,
    study,
    study_pilot,
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
    C10,
    Line,
    approve,
    draft,
    exempted,
    extend,
    minima,
    post,
    priority,
    seat,
    seen,
    unit,
)
from conexx_learn.services.demo_people import FIDEL, JACINTA
from conexx_learn.services.demo_scene import Town
from conexx_learn.services.demo_versions import Pilots
from conexx_learn.services.departures import end_membership
from conexx_learn.services.plan_reviews import advise, send_for_review
from conexx_learn.services.planning import amend_plan
from conexx_learn.services.prior_learning import (
    Claim,
    claim_prior_learning,
    recognise_claim,
)

BRUSSELS = "Europe/Brussels"
FIVE = time(17)
DEADLINE = 55
NEEDS = (
    CallNeed("K3", 2, 2, "Formulación"),
    CallNeed("K4", 2, 1, "Administración"),
    CallNeed("K7", 2, 1, "Ejecución"),
    CallNeed("K8", 2, 1, "Seguimiento"),
)
"""What both calls ask of the team, and what each of its people is to do."""


def found_xaltepec(here: Town) -> dict[str, int]:
    """Open its units and posts, and appoint its people; return the posts by profile.

    Jacinta is not among them: she came after the plan was approved.
    """
    hall = unit(here, "Presidencia municipal")
    projects = unit(here, "Unidad de gestión de proyectos", hall, pmu=True)
    treasury = unit(here, "Tesorería", hall)
    posts = {
        "PM": post(here, "PM", "Gerencia de proyectos", projects, 2),
        "FIN": post(here, "FIN", "Finanzas de proyectos", treasury),
        "HEAD": post(here, "HEAD", "Dirección de desarrollo", hall),
        "LIAISON": post(here, "LIAISON", "Enlace internacional", projects),
        "TECH": post(here, "TECH", "Personal técnico", projects, 4),
        "ELECTED": post(here, "ELECTED", "Regiduría de obras", hall),
    }
    seat(here, "ana", posts["PM"])
    seat(here, "beto", posts["PM"])
    seat(here, "ines", posts["FIN"], -400)
    seat(here, "carla", posts["FIN"], -19)
    seat(here, "diego", posts["HEAD"], -400, with_mandate=True)
    seat(here, "graciela", posts["ELECTED"], -400, with_mandate=True)
    for name in ("elena", FIDEL, "hugo"):
        seat(here, name, posts["TECH"], -400)
    minima(here, {"K3": 2, "K4": 1, "K7": 1, "K8": 1})
    _claim_prior_learning(here)
    return posts


def enter_calls(here: Town) -> None:
    """Enter the call that was missed, and the one in hand."""
    water = _water(here)
    missed = enter_call(
        here.cast.session,
        institution_id=here.place.id,
        terms=_call(here, f"Ciudades y clima {here.day(-98).year}", -98, water),
        user_id=here.manager_id,
        now=here.moment(-150),
    )
    archive_call(
        here.cast.session,
        institution_id=here.place.id,
        call_id=missed,
        now=here.moment(-90),
    )
    title = f"Agua y turismo sostenible {here.day(DEADLINE).year}"
    enter_call(
        here.cast.session,
        institution_id=here.place.id,
        terms=_call(here, title, DEADLINE, water),
        user_id=here.manager_id,
        now=here.moment(-12),
    )


def _water(here: Town) -> Reason:
    return priority(
        here,
        "Agua potable para las comunidades altas",
        "Presidencia municipal",
        "Plan municipal de desarrollo, eje 2",
    )


def _tourism(here: Town) -> Reason:
    return priority(
        here,
        "Ecoturismo comunitario",
        "Regiduría de turismo",
        "Plan municipal de desarrollo, eje 4",
    )


def _call(here: Town, title: str, deadline: int, cites: Reason) -> CallTerms:
    zone = ZoneInfo(BRUSSELS)
    moment = local_moment(here.day(deadline), FIVE, zone)
    known = {
        Gate.APPLICANT: GateNote(GateAnswer.YES, "Los municipios pueden solicitar"),
        Gate.REGISTRATION: GateNote(GateAnswer.YES, "Tesorería tiene el acceso"),
        Gate.PARTNERS: GateNote(note="Falta la carta del segundo socio"),
        Gate.DURATION: GateNote(GateAnswer.YES),
        Gate.SCOPE: GateNote(GateAnswer.YES),
        Gate.SIGNATORY: GateNote(GateAnswer.YES, "Firma la presidencia municipal"),
        Gate.COFINANCING: GateNote(note="El Cabildo lo ve en su próxima sesión"),
    }
    return CallTerms(
        title=title,
        funder="Programa de cooperación (ficticio)",
        link="https://cooperacion.example/convocatorias",
        # The hour is one that no change of clocks leaves out.
        deadline_at=moment or here.moment(deadline),
        timezone=BRUSSELS,
        currency="EUR",
        grant_min_cents=300_000_00,
        grant_max_cents=600_000_00,
        cofinancing_min_bp=1000,
        cofinancing_max_bp=5000,
        requested_cents=480_000_00,
        own_cents=120_000_00,
        priority_id=cites.id,
        gates=known,
        needs=NEEDS,
    )


def _claim_prior_learning(here: Town) -> None:
    """Let the coordination recognise one claim; another one waits."""
    session, place = here.cast.session, here.place
    for name, competency, statement, on in (
        ("elena", "K9", "Preparé dos visitas con el municipio hermanado.", -50),
        (FIDEL, "K6", "Llevé seis años la oficina de obras de mi comunidad.", -6),
    ):
        claim_prior_learning(
            session,
            user_id=here.user(name),
            institution_id=place.id,
            claim=Claim(
                competency, 2, statement, None, "https://archivo.example/constancia"
            ),
            now=here.moment(on),
        )
        session.flush()
    recognise_claim(
        session,
        claim_id=claims_of(session, user_id=here.user("elena"))[0].id,
        level=2,
        valid_until=here.day(700),
        answer="Se comprobó con los informes de las dos visitas.",
        decided_by=here.cast.coordinator.user_id or 0,
        now=here.moment(-44),
    )


def write_plans(here: Town) -> None:
    """Approve the plan, and amend it once the call was missed."""
    cited = Reason("call", "", _missed_call(here))
    tourism = _tourism(here)
    first = draft(
        here,
        "Plan de capacitación",
        [
            Line("PM", C3, -16, 3, _water(here)),
            Line("PM", C4, 29, 3, tourism),
            Line("HEAD", C1, 45, 2),
        ],
        drafted=-210,
        ends=250,
    )
    send_for_review(here.cast.session, seen(here, first), now=here.moment(-208))
    advise(
        here.cast.session,
        seen(here, first),
        note="Plan breve y alcanzable. Convendrá sumar finanzas y seguimiento.",
        is_favourable=True,
        by=here.cast.coordinator,
        now=here.moment(-204),
    )
    approve(here, first, "Acuerdo de Cabildo 14", on=-200)
    second = amend_plan(
        here.cast.session,
        here.place,
        plan_id=first,
        by=here.manager_id,
        now=here.moment(-95),
    )
    extend(
        here,
        second,
        [
            Line("PM", C8, 60, 2),
            Line("PM", C10, 150, 3, tourism),
            Line("FIN", C4, 29, 3, cited),
            Line("FIN", C7, 120, 3, cited),
            Line("HEAD", C6, 90, 2),
            Line("LIAISON", C5, 76, 1, tourism),
            Line("LIAISON", C9, 40, 2, tourism),
            Line("TECH", C1, 135, 1),
            Line("ELECTED", C1, 60, 1),
        ],
        on=-95,
    )
    exempted(here, "graciela", C1, "Licencia por cuidados", begin=-90, until=365)
    approve(here, second, "Acuerdo de Cabildo 37", on=-60)


def _missed_call(here: Town) -> int:
    """Return the call that was put aside."""
    known = call_list(here.cast.session, institution_id=here.place.id)
    return next(call.id for call in known if call.is_archived)


def learn_in_xaltepec(here: Town, pilots: Pilots) -> None:
    """Let its people learn: of nearly every standing there is one."""
    cast = here.cast
    ana, beto = here.user("ana"), here.user("beto")
    complete_course(cast, ana, C3, here.moment(-70))
    join(cast, ana, C4, here.moment(-30))
    study(cast, ana, C4, here.moment(-26), share=Fraction(3, 5))
    complete_course(cast, beto, C3, issued_for(here, until=-47, months=36))
    complete_course(cast, beto, C4, issued_for(here, until=34, months=24))
    complete_course(cast, beto, C2, here.moment(-120))
    complete_course(cast, beto, C8, here.moment(-49))
    study_pilot(here, beto, C10, pilots[C10], share=Fraction(1, 5))
    exhaust(here, here.user("carla"), C4)
    complete_course(cast, here.user("diego"), C1, here.moment(-35))
    study_pilot(here, here.user("diego"), C6, pilots[C6], share=Fraction(1, 2))
    complete_course(cast, here.user("elena"), C1, here.moment(-21))
    study_pilot(here, here.user(FIDEL), C1, pilots[C1], share=Fraction(1, 4))
    complete_course(cast, here.user("hugo"), C1, here.moment(-14))
    suspend(here, here.user("hugo"), C1, on=-5)
    complete_course(cast, here.user("ines"), C4, here.moment(-300))
    correct(here, here.user("ines"), C4, "Inés Isabel Cordero Lima", on=-290)
    ask(here, here.user("diego"), C1, "Diego Armando Armenta Cruz", on=-4)


def let_time_pass(here: Town, posts: dict[str, int]) -> None:
    """Let Inés leave, and Jacinta come without a date that anybody entered."""
    end_membership(
        here.cast.session,
        institution_id=here.place.id,
        user_id=here.user("ines"),
        last_day=here.day(-20),
        now=here.moment(-20),
        by=here.manager,
    )
    seat(here, JACINTA, posts["TECH"], None)
