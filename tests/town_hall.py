"""The town hall of the worked example: two project managers, finance, head, a gap.

Facts are built from few words, so that a test states only what matters to it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from conexx_learn.domain.readiness.call_starts import OwedCourse
from conexx_learn.domain.readiness.facts import (
    Appointment,
    AppointmentKind,
    Certificate,
    CertificateChange,
    Course,
    Grant,
    InstitutionFacts,
    Learning,
    Period,
    Person,
    Post,
    PriorLearning,
    Unit,
)

TODAY = date(2026, 11, 16)
LONG_AGO = date(2020, 1, 1)

ANA, BETO, CARLA, DIEGO, EVA = 1, 2, 3, 4, 5
PM, FIN, HEAD, LIAISON = 11, 12, 13, 14


def person(id_: int, name: str, *, weekly_hours: int = 2) -> Person:
    """Make somebody who has belonged to the town hall for years."""
    return Person(
        id=id_,
        name=name,
        identity=f"{name.lower()}@xaltepec.example",
        has_mailbox=True,
        is_invited=True,
        weekly_hours=weekly_hours,
        memberships=(Period(LONG_AGO),),
    )


def post(id_: int, profile: str) -> Post:
    """Make a post with two seats."""
    return Post(id_, 1, profile, profile, seats=2, active=Period(LONG_AGO))


def appointment(
    person_id: int,
    post_id: int,
    *,
    from_on: date | None = LONG_AGO,
    to_on: date | None = None,
    ends_with_mandate: bool = False,
    kind: AppointmentKind = AppointmentKind.HOLDER,
) -> Appointment:
    """Put a person into a post."""
    return Appointment(
        id=person_id * 100 + post_id,
        person_id=person_id,
        post_id=post_id,
        kind=kind,
        from_on=from_on,
        to_on=to_on,
        ends_with_mandate=ends_with_mandate,
    )


def course(
    number: int,
    hours: int,
    *,
    grants: Sequence[Grant] | None = None,
    prerequisites: Sequence[str] = (),
    is_live: bool = True,
) -> Course:
    """Make the course C1, C2 …, which brings K1, K2 … to level 2 unless said."""
    return Course(
        slug=f"c{number}",
        title=f"C{number}",
        hours=Fraction(hours),
        validity_months=24,
        prerequisites=tuple(prerequisites),
        grants=((f"K{number}", 2),) if grants is None else tuple(grants),
        is_live=is_live,
    )


def certificate(
    person_id: int,
    number: int,
    valid_until: date | None,
    *,
    issued_on: date = date(2024, 1, 10),
    level: int = 2,
    changes: Sequence[tuple[CertificateChange, date]] = (),
) -> Certificate:
    """Make a certificate of the course C1, C2 and so on."""
    return Certificate(
        id=person_id * 100 + number,
        number=f"N-{person_id}-{number}",
        person_id=person_id,
        course=f"c{number}",
        major=1,
        issued_on=issued_on,
        valid_until=valid_until,
        grants=((f"K{number}", level),),
        changes=tuple(changes),
    )


def town_hall(
    *,
    appointments: Sequence[Appointment] = (),
    certificates: Sequence[Certificate] = (),
    prior_learning: Sequence[PriorLearning] = (),
    mandate_ends_on: date | None = None,
    as_of: date = TODAY,
) -> InstitutionFacts:
    """Make a town hall with five people, four posts and nobody in them."""
    names = ("Ana", "Beto", "Carla", "Diego", "Eva")
    courses = [course(n, hours) for n, hours in ((1, 8), (3, 12), (4, 10), (7, 10))]
    return InstitutionFacts(
        as_of=as_of,
        mandate_ends_on=mandate_ends_on,
        people=[person(id_, name) for id_, name in enumerate(names, start=1)],
        units=[Unit(1, None, "Proyectos", is_pmu=True)],
        posts=[
            post(PM, "PM"),
            post(FIN, "FIN"),
            post(HEAD, "HEAD"),
            post(LIAISON, "LIAISON"),
        ],
        appointments=appointments,
        courses={one.slug: one for one in courses},
        certificates=certificates,
        learning=[],
        plans=[],
        prior_learning=prior_learning,
    )


def worked_example() -> InstitutionFacts:
    """Make the town hall of the worked example, as it was on 16 November 2026."""
    facts = town_hall(
        appointments=[
            appointment(ANA, PM),
            appointment(BETO, PM),
            appointment(CARLA, FIN),
            appointment(DIEGO, HEAD),
        ],
        certificates=[
            certificate(ANA, 3, date(2028, 5, 10)),
            certificate(BETO, 3, date(2026, 9, 30)),
            certificate(BETO, 4, date(2026, 12, 20)),
            certificate(BETO, 1, date(2027, 6, 30)),
            certificate(DIEGO, 1, date(2028, 1, 15)),
        ],
    )
    return replace(
        facts,
        learning=[
            Learning(ANA, "c4", Fraction(3, 5), is_blocked=False),
            Learning(CARLA, "c4", Fraction(0), is_blocked=True),
            Learning(CARLA, "c1", Fraction(1, 4), is_blocked=False),
        ],
    )


def owed_in_the_example() -> list[OwedCourse]:
    """List what the people of the worked example owe."""
    project, budget = date(2026, 10, 31), date(2026, 12, 15)
    return [
        OwedCourse(ANA, "c3", project, Fraction(0), is_met=True),
        OwedCourse(ANA, "c4", budget, Fraction(4), is_met=False),
        OwedCourse(ANA, "c1", None, Fraction(8), is_met=False),
        OwedCourse(BETO, "c3", project, Fraction(12), is_met=False),
        OwedCourse(BETO, "c4", budget, Fraction(0), is_met=True),
        OwedCourse(BETO, "c1", None, Fraction(0), is_met=True),
        OwedCourse(CARLA, "c4", budget, Fraction(10), is_met=False),
        OwedCourse(CARLA, "c1", None, Fraction(6), is_met=False),
        OwedCourse(DIEGO, "c1", None, Fraction(0), is_met=True),
        OwedCourse(None, "c5", None, Fraction(6), is_met=False),
        OwedCourse(None, "c1", None, Fraction(8), is_met=False),
    ]
