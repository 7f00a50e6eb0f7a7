"""Institutions to test with: four towns and one still empty; all of them fictional.

What is expected of them stands in `domain_vectors.json`.
"""

from datetime import date

from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    CertificateChange,
    FunctionMinimum,
    InstitutionFacts,
)
from tests.institution_sketch import AS_OF, COURSES, LONG_AGO, Line, Sketch

__all__ = [
    "AS_OF",
    "COURSES",
    "LONG_AGO",
    "Line",
    "Sketch",
    "chorti_sur",
    "harribide",
    "izalpa",
    "san_jacinto",
    "small_council",
    "xaltepec",
]


def xaltepec(as_of: date = AS_OF) -> InstitutionFacts:
    """Make institution A: at risk, with one of nearly every standing."""
    town = Sketch(as_of, mandate_ends=320)
    hall = town.add_unit("Presidencia")
    projects = town.add_unit("Unidad de proyectos", hall, pmu=True)
    treasury = town.add_unit("Tesorería", hall)
    managers = town.add_post("PM", projects, 2)
    finance = town.add_post("FIN", treasury)
    head = town.add_post("HEAD", hall)
    town.add_post("LIAISON", projects)
    technicians = town.add_post("TECH", projects, 4)
    councillor = town.add_post("ELECTED", hall)

    ana = town.seat("Ana", managers)
    town.certify(ana, "C3", -70)
    town.learn(ana, "C4", 60)
    beto = town.seat("Beto", managers)
    town.certify(beto, "C3", -1143, until=-47)
    town.certify(beto, "C4", -696, until=34)
    town.certify(beto, "C8", -49)
    town.learn(beto, "C10", 20)
    carla = town.seat("Carla", finance, -19)
    town.block(carla, "C4")
    diego = town.seat("Diego", head)
    town.certify(diego, "C1", -35)
    town.learn(diego, "C6", 50)
    elena = town.seat("Elena", technicians)
    town.certify(elena, "C1", -21)
    town.learn(town.seat("Fidel", technicians), "C1", 25)
    town.exempt(town.seat("Graciela", councillor), "C1", -90, 365)
    hugo = town.seat("Hugo", technicians)
    town.certify(hugo, "C1", -14, changes=[(CertificateChange.SUSPENDED, -5)])
    ines = town.add_person("Inés", left=-20)
    town.appoint(ines, finance, -400, -20)
    town.certify(ines, "C4", -300)
    town.seat("Jacinta", technicians, None)

    town.plan(
        [
            Line("PM", "C3", -16, 3),
            Line("PM", "C4", 29, 3),
            Line("HEAD", "C1", 45, 2),
        ],
        approved=-200,
    )
    town.plan(
        [
            Line("PM", "C3", -16, 3),
            Line("PM", "C4", 29, 3),
            Line("PM", "C8", 60, 2),
            Line("PM", "C10", 150, 3),
            Line("FIN", "C4", 29, 3),
            Line("FIN", "C7", 120, 3),
            Line("HEAD", "C1", 45, 2),
            Line("HEAD", "C6", 90, 2),
            Line("LIAISON", "C5", 76, 1),
            Line("LIAISON", "C9", 40, 2),
            Line("TECH", "C1", 135, 1),
            Line("ELECTED", "C1", 60, 1),
        ],
        approved=-60,
        version=2,
    )
    town.minima = [
        FunctionMinimum("K3", 2, 2),
        FunctionMinimum("K4", 2, 1),
        FunctionMinimum("K7", 2, 1),
        FunctionMinimum("K8", 2, 1),
    ]
    return town.facts()


def izalpa(as_of: date = AS_OF) -> InstitutionFacts:
    """Make institution B: too little history for a forecast."""
    town = Sketch(as_of)
    hall = town.add_unit("Alcaldía")
    karla = town.seat("Karla", town.add_post("PM", hall))
    town.learn(karla, "C3", 40)
    luis = town.seat("Luis", town.add_post("FIN", hall))
    town.certify(luis, "C4", -40)
    town.learn(luis, "C7", 10)
    town.seat("Marta", town.add_post("MEAL", hall))
    town.seat("Néstor", town.add_post("HEAD", hall))
    technicians = town.add_post("TECH", hall, 5)
    town.certify(town.seat("Olga", technicians), "C1", -12)
    town.seat("Pablo", technicians)
    town.learn(town.seat("Rosa", technicians), "C1", 80)
    saul = town.seat("Saúl", technicians)
    town.certify(saul, "C1", -300, changes=[(CertificateChange.REVOKED, -9)])
    tania = town.add_person("Tania", invited=False)
    town.appoint(tania, technicians)
    town.plan(
        [
            Line("PM", "C2", -30, 3),
            Line("PM", "C3", -10, 3),
            Line("FIN", "C4", -5, 3),
            Line("FIN", "C7", 60, 3),
            Line("MEAL", "C8", 30, 2),
            Line("HEAD", "C1", -60, 2),
            Line("TECH", "C1", 90, 1),
        ],
        ends=120,
    )
    return town.facts()


HOST_COMPLETIONS = (-74, -60, -46, -39, -25, -11)
"""One in each of six of the last twelve weeks: the history that is a coin."""


def harribide(as_of: date = AS_OF) -> InstitutionFacts:
    """Make institution C: ready by its first plan, on track by its second."""
    town = Sketch(as_of)
    hall = town.add_unit("Udala")
    owed = {
        "HEAD": ("Ainhoa", ["C1", "C6"]),
        "PM": ("Beñat", ["C2", "C3", "C4", "C8"]),
        "FIN": ("Jon", ["C4", "C7"]),
        "MEAL": ("Leire", ["C3", "C8"]),
        "LIAISON": ("Miren", ["C5", "C9"]),
        "TECH": ("Unai", ["C1", "C9"]),
    }
    important = {("HEAD", "C6"), ("PM", "C8"), ("TECH", "C1"), ("TECH", "C9")}
    people = {}
    for profile, (name, courses) in owed.items():
        people[profile] = town.seat(name, town.add_post(profile, hall))
        for course in courses:
            until = 20 if (profile, course) == ("FIN", "C7") else None
            issued = -710 if until else -300
            town.certify(people[profile], course, issued, until=until)
    town.plan(
        [
            Line(profile, course, 30, 2 if (profile, course) in important else 3)
            for profile, (_, courses) in owed.items()
            for course in courses
        ],
        approved=-280,
    )
    met = [("PM", "C5"), ("PM", "C9"), ("HEAD", "C5"), ("HEAD", "C9")]
    met += [("MEAL", "C5"), ("LIAISON", "C6")]
    left = [("FIN", "C9"), ("MEAL", "C9"), ("TECH", "C5")]
    for (profile, course), issued in zip(met, HOST_COMPLETIONS, strict=True):
        town.certify(people[profile], course, issued)
    town.plan(
        [Line(profile, course, 80, 2) for profile, course in met + left],
        approved=-120,
        ends=90,
        series=2,
    )
    return town.facts()


def chorti_sur(as_of: date = AS_OF) -> InstitutionFacts:
    """Make institution D: one person, and a plan that is over and not met."""
    town = Sketch(as_of)
    town.seat("Vilma", town.add_post("HEAD", town.add_unit("Mancomunidad")))
    town.plan([Line("HEAD", "C1", -40, 2)], ends=-30)
    return town.facts()


def san_jacinto(as_of: date = AS_OF) -> InstitutionFacts:
    """Make institution E: people and posts, and no plan yet."""
    town = Sketch(as_of)
    town.seat("Wendy", town.add_post("HEAD", town.add_unit("Alcaldía")))
    return town.facts()


def small_council() -> InstitutionFacts:
    """Make the council of the worked numbers: five seats, eleven obligations."""
    town = Sketch(AS_OF)
    hall = town.add_unit("Council")
    managers = town.add_post("PM", hall, 2)
    ana = town.seat("Ana", managers)
    town.certify(ana, "C3", _offset(2025, 5, 10), until=_offset(2028, 5, 10))
    town.learn(ana, "C4", 60)
    beto = town.seat("Beto", managers)
    town.certify(beto, "C3", _offset(2023, 9, 30), until=_offset(2026, 9, 30))
    town.certify(beto, "C4", _offset(2024, 12, 20), until=_offset(2026, 12, 20))
    town.certify(beto, "C1", _offset(2025, 6, 30), until=_offset(2027, 6, 30))
    carla = town.seat("Carla", town.add_post("FIN", hall))
    town.block(carla, "C4")
    town.learn(carla, "C1", 25)
    diego = town.seat("Diego", town.add_post("HEAD", hall))
    town.certify(diego, "C1", _offset(2026, 1, 15), until=_offset(2028, 1, 15))
    town.add_post("LIAISON", hall)
    town.plan(
        [
            Line("PM", "C3", _offset(2026, 10, 31), 3),
            Line("PM", "C4", _offset(2027, 3, 31), 3),
            Line("FIN", "C4", _offset(2027, 3, 31), 3),
            Line(Audience(AudienceKind.INSTITUTION), "C1", _offset(2027, 6, 30), 1),
            Line("HEAD", "C1", _offset(2027, 3, 31), 2),
            Line("LIAISON", "C5", _offset(2027, 6, 30), 1),
        ]
    )
    return town.facts()


def _offset(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - AS_OF).days
