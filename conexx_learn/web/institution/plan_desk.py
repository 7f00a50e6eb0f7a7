"""What the pages about plans read: an institution's plans, and one of them in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.planning.accepted import Matter, matter, unresolved
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import InstitutionFacts, Plan, Requirement
from conexx_learn.domain.readiness.plan_exceptions import (
    PlanException,
    plan_exceptions,
)
from conexx_learn.domain.readiness.standings import Judgement, judgements
from conexx_learn.queries.frameworks import JobProfile, job_profiles
from conexx_learn.queries.institution_facts import (
    InstitutionPlace,
    institution_facts,
)
from conexx_learn.queries.planning import (
    PlanDocument,
    accepted_exceptions,
    plan_documents,
)
from conexx_learn.services.held_plans import SeenPlan
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.filters import in_language
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.language import page_language


@dataclass(frozen=True)
class PlansDesk:
    """An institution's plans, and what is needed to read them.

    Attributes:
        place: The institution.
        today: There.
        documents: Every version of every plan, newest first.
        index: The facts of today.
        profiles: The job profiles.
        accepted: Plan to what was accepted in it, with the reason.
    """

    place: InstitutionPlace
    today: date
    documents: Sequence[PlanDocument]
    index: FactIndex
    profiles: Sequence[JobProfile]
    accepted: Mapping[int, Mapping[Matter, str]]

    @property
    def facts(self) -> InstitutionFacts:
        """Return what is known."""
        return self.index.facts

    @cached_property
    def profile_titles(self) -> dict[str, str]:
        """Map the codes of job profiles to titles."""
        return {one.code: in_language(dict(one.titles)) for one in self.profiles}

    def in_full(self, document: PlanDocument) -> "PlanDesk":
        """Return one of the plans in full."""
        return PlanDesk(self, document)


class PlanDesk:
    """One version of a plan in full.

    Attributes:
        plans: Everything around it.
        document: What it says of itself.
    """

    def __init__(self, plans: PlansDesk, document: PlanDocument) -> None:
        self.plans = plans
        self.document = document

    @cached_property
    def plan(self) -> Plan:
        """Return its lines; a plan that was given up has none to show."""
        for plan in self.plans.facts.plans:
            if plan.id == self.document.id:
                return plan
        return _without_lines(self.document)

    @cached_property
    def judged(self) -> list[Judgement]:
        """Say how everything stands that it alone asks for, or would ask for."""
        return judgements(self.plans.index, self.plans.today, plans=[self.plan])

    @cached_property
    def exceptions(self) -> list[PlanException]:
        """List what needs attention; a plan that is over needs none."""
        state = self.document.state
        if not (state.is_open or state.is_in_force):
            return []
        return plan_exceptions(
            self.plans.index, self.plan, self.judged, self.plans.today
        )

    @property
    def accepted(self) -> Mapping[Matter, str]:
        """Map what was accepted to its reason."""
        return self.plans.accepted.get(self.document.id, {})

    @cached_property
    def unresolved(self) -> list[PlanException]:
        """List what an approval waits for."""
        return unresolved(self.exceptions, self.plan, self.accepted.keys())

    def matter(self, exception: PlanException) -> Matter:
        """Name what an exception is about."""
        return matter(exception, self.plan)

    def line(self, requirement_id: int) -> Requirement | None:
        """Return one of its lines."""
        for line in self.plan.requirements:
            if line.id == requirement_id:
                return line
        return None

    def owed_by(self, line: Requirement) -> list[Judgement]:
        """List what one line asks for."""
        return [one for one in self.judged if line.id in one.obligation.requirement_ids]

    @cached_property
    def former(self) -> Plan | None:
        """Return the version before this one that was in force, if any."""
        before = [
            plan
            for plan in self.plans.facts.plans
            if plan.series == self.document.series
            and plan.version < self.document.version
            and plan.approved_on is not None
        ]
        return max(before, key=lambda plan: plan.version, default=None)

    @cached_property
    def versions(self) -> list[PlanDocument]:
        """List all versions of the plan, newest first."""
        return [
            one for one in self.plans.documents if one.series == self.document.series
        ]

    @cached_property
    def next_draft(self) -> PlanDocument | None:
        """Return the new version that is being written, if it is another one."""
        for one in self.versions:
            if one.state.is_open and one.id != self.document.id:
                return one
        return None

    def seen(self, revision: int) -> SeenPlan:
        """Name the plan as somebody saw it."""
        return SeenPlan(self.plans.place, self.document.id, revision)


def plans_desk(slug: str) -> PlansDesk:
    """Read an institution's plans for one of its managers or the coordination.

    Eleven statements, whatever it holds.

    Raises:
        NotFoundError: It does not exist, or is not theirs.
    """
    place = managed_place(slug)
    today = place.today(now())
    session = reading()
    known = institution_facts(session, place=place, as_of=today, lang=page_language())
    return PlansDesk(
        place=place,
        today=today,
        documents=plan_documents(session, institution_id=place.id, today=today),
        index=FactIndex(known),
        profiles=job_profiles(session),
        accepted=accepted_exceptions(session, institution_id=place.id),
    )


def plan_desk(slug: str, plan_id: int) -> PlanDesk:
    """Read one plan in full.

    Raises:
        NotFoundError: It does not exist, or is not of an institution of theirs.
    """
    desk = plans_desk(slug)
    for document in desk.documents:
        if document.id == plan_id:
            return desk.in_full(document)
    raise NotFoundError


def _without_lines(document: PlanDocument) -> Plan:
    return Plan(
        id=document.id,
        series=document.series,
        version=document.version,
        title=document.title,
        starts_on=document.starts_on,
        ends_on=document.ends_on,
        target_bp=document.target_percent * 100,
        approved_on=None,
        superseded_on=None,
        completed_on=None,
        requirements=(),
    )
