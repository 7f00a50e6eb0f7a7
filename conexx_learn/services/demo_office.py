"""What a town hall of the demonstration writes down: posts, people in them, plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.planning.accepted import Matter
from conexx_learn.domain.planning.terms import PlanTerms, RequirementTerms
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    FunctionMinimum,
    Reason,
)
from conexx_learn.domain.units import PostTraits, UnitTraits
from conexx_learn.services.appointments import appoint
from conexx_learn.services.demo_scene import Town
from conexx_learn.services.exemptions import ExemptionTerms, exempt
from conexx_learn.services.functions import minima_fingerprint, set_minima
from conexx_learn.services.held_plans import SeenPlan, held_plan
from conexx_learn.services.plan_approval import InstitutionAct, approve_plan
from conexx_learn.services.plan_lines import write_line
from conexx_learn.services.planning import draft_plan
from conexx_learn.services.posts import create_post
from conexx_learn.services.priorities import PriorityTerms, add_priority
from conexx_learn.services.reminders import digests_due, keep_digests
from conexx_learn.services.units import open_unit

FOUNDED = -1250
"""When all this began: before the oldest certificate."""
HIRED = -1200

C1 = "eu-financing-instruments"
C2 = "from-call-to-contract"
C3 = "problem-to-logframe"
C4 = "budget-and-cofinancing"
C5 = "partnership-and-consortium"
C6 = "project-management-unit"
C7 = "execution-and-reporting"
C8 = "monitoring-and-evaluation"
C9 = "peer-exchange"
C10 = "bankable-dossier"
ALL_COURSES = (C1, C2, C3, C4, C5, C6, C7, C8, C9, C10)


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement as a person says it.

    Attributes:
        profile: Of the posts that it binds.
        course: Slug.
        due: Offset of its day from today.
        weight: 1 useful, 2 important, 3 critical.
        reason: A sentence, or what it cites.
        audience: In place of the profile, where it binds others.
    """

    profile: str
    course: str
    due: int
    weight: int
    reason: str | Reason = ""
    audience: Audience | None = None


def unit(here: Town, name: str, inside: int | None = None, *, pmu: bool = False) -> int:
    """Open a unit."""
    return open_unit(
        here.cast.session,
        institution_id=here.place.id,
        traits=UnitTraits(name, inside, pmu),
        now=here.moment(FOUNDED),
    )


def post(here: Town, profile: str, title: str, inside: int, seats: int = 1) -> int:
    """Create a post."""
    return create_post(
        here.cast.session,
        institution_id=here.place.id,
        traits=PostTraits(inside, title, profile, seats),
        active_from=here.day(FOUNDED),
        now=here.moment(FOUNDED),
    )


def seat(
    here: Town,
    name: str,
    post_id: int,
    begin: int | None = HIRED,
    *,
    with_mandate: bool = False,
) -> int:
    """Appoint somebody, and return the key of the appointment.

    Args:
        here: Where.
        name: Who.
        post_id: To which post.
        begin: Offset of the first day; None where nobody entered it.
        with_mandate: Whether they leave with the mandate.
    """
    from_on = None if begin is None else here.day(begin)
    return appoint(
        here.cast.session,
        institution_id=here.place.id,
        user_id=here.user(name),
        post_id=post_id,
        term=Term(from_on=from_on, ends_with_mandate=with_mandate),
        now=here.cast.now if begin is None else here.moment(begin),
        by=here.manager,
    )


def priority(here: Town, title: str, owner: str, source: str) -> Reason:
    """Write down a priority, and return it as the reason of a requirement."""
    key = add_priority(
        here.cast.session,
        here.place,
        PriorityTerms(title, owner, source),
        now=here.moment(-230),
    )
    return Reason("priority", "", key)


def minima(here: Town, wanted: Mapping[str, int]) -> None:
    """Set how many people must hold a competency at level 2."""
    set_minima(
        here.cast.session,
        institution_id=here.place.id,
        minima=[FunctionMinimum(code, 2, count) for code, count in wanted.items()],
        read_as=minima_fingerprint([]),
        now=here.moment(-220),
    )


def exempted(
    here: Town, name: str, course: str, reason: str, *, begin: int, until: int
) -> None:
    """Exempt somebody; from what is critical it is only asked for."""
    terms = ExemptionTerms(
        here.user(name), course, reason, here.day(begin), here.day(until)
    )
    exempt(
        here.cast.session, here.place, terms, by=here.manager, now=here.moment(begin)
    )


def draft(
    here: Town, title: str, lines: Sequence[Line], *, drafted: int, ends: int
) -> int:
    """Draft a plan with its lines."""
    return draft_plan(
        here.cast.session,
        here.place,
        PlanTerms(title, here.day(drafted), here.day(ends), target_percent=90),
        by=here.manager_id,
        now=here.moment(drafted),
        lines=[terms_of(here, line) for line in lines],
    )


def extend(here: Town, plan_id: int, lines: Sequence[Line], *, on: int) -> None:
    """Write more lines into a draft."""
    plan = held_plan(here.cast.session, place=here.place, plan_id=plan_id)
    for line in lines:
        terms = terms_of(here, line)
        write_line(here.cast.session, plan, here.place, terms, now=here.moment(on))


def seen(here: Town, plan_id: int) -> SeenPlan:
    """Look at a plan, to act on it."""
    plan = held_plan(here.cast.session, place=here.place, plan_id=plan_id)
    return SeenPlan(here.place, plan_id, plan.revision)


def approve(
    here: Town,
    plan_id: int,
    act: str,
    *,
    on: int,
    accepted: Mapping[Matter, str] | None = None,
) -> None:
    """Approve a plan by an act of the institution, two days after the act."""
    approve_plan(
        here.cast.session,
        seen(here, plan_id),
        InstitutionAct(f"{act}/{here.day(on).year}", here.day(on - 2)),
        accepted=accepted or {},
        by=here.manager,
        now=here.moment(on),
    )


def terms_of(here: Town, line: Line) -> RequirementTerms:
    """Return a line as the verbs read it."""
    reason = line.reason
    if isinstance(reason, str):
        kind = "other" if reason else "profile"
        reason = Reason(kind, reason or "Lo pide el perfil del puesto")
    return RequirementTerms(
        audience=line.audience or Audience(AudienceKind.PROFILE, line.profile),
        course=line.course,
        due_on=here.day(line.due),
        due_days=None,
        weight=line.weight,
        reason=reason,
    )


def remind_in_person(here: Town, *, on: int) -> None:
    """Let a morning find what people without a mailbox are to be told.

    Nobody's mails are written: they would be of a day that never was.

    Args:
        here: Where.
        on: Offset of the morning.
    """
    session = here.cast.session
    session.flush()
    due = digests_due(session, place=here.place, day=here.day(on))
    keep_digests(session, due, mails=[], weekly=[], now=here.moment(on))
