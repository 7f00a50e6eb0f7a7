"""The lines of a draft: added, changed, moved, removed; foreign things do not exist."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.identifiers import read_key
from conexx_learn.domain.planning import terms as rules
from conexx_learn.domain.planning.terms import RequirementTerms
from conexx_learn.domain.readiness.facts import Audience, AudienceKind, Reason
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.catalogue import Course
from conexx_learn.models.competencies import JobProfile
from conexx_learn.models.institutions import Membership
from conexx_learn.models.planning import Priority, Requirement, TrainingPlan
from conexx_learn.models.posts import Post, Unit
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.services.held_plans import (
    SeenPlan,
    begin_edit,
    end_act,
    lines_of,
    refuse,
    unchanged_plan,
)
from conexx_learn.services.proposed_reasons import named_needs

UP, DOWN = -1, 1


def add_requirement(
    session: Session, seen: SeenPlan, terms: RequirementTerms, *, now: datetime
) -> bool:
    """Add a line at the end of a draft.

    Returns:
        False when somebody changed the plan since it was seen; nothing is written.

    Raises:
        NotFoundError: The plan, or something that the line names, is not of this
            institution.
        RuleError: The plan is no draft, or the line contradicts a rule.
        ShapeError: A number is outside of what is possible.
    """
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    begin_edit(plan, seen.place, now)
    write_line(session, plan, seen.place, terms, now=now)
    end_act(session, plan, "requirement-add", now=now, course=terms.course)
    return True


def write_line(
    session: Session,
    plan: TrainingPlan,
    place: InstitutionPlace,
    terms: RequirementTerms,
    *,
    now: datetime,
) -> None:
    """Write a line at the end of a draft that this transaction holds."""
    last = max((line.ordinal for line in lines_of(session, plan)), default=0)
    line = Requirement(plan_id=plan.id, ordinal=last + 1)
    _fill(session, line, plan, place, terms, now)
    session.add(line)
    session.flush()


def change_requirement(
    session: Session,
    seen: SeenPlan,
    requirement_id: int,
    terms: RequirementTerms,
    *,
    now: datetime,
) -> bool:
    """Change a line of a draft; answers and errors as `add_requirement`."""
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    begin_edit(plan, seen.place, now)
    line = _line(session, plan, requirement_id)
    _fill(session, line, plan, seen.place, terms, now)
    end_act(session, plan, "requirement-change", now=now, course=terms.course)
    return True


def remove_requirement(
    session: Session, seen: SeenPlan, requirement_id: int, *, now: datetime
) -> bool:
    """Remove a line of a draft; answers and errors as `add_requirement`."""
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    begin_edit(plan, seen.place, now)
    session.delete(_line(session, plan, requirement_id))
    end_act(session, plan, "requirement-remove", now=now, requirement=requirement_id)
    return True


def move_requirement(
    session: Session,
    seen: SeenPlan,
    requirement_id: int,
    *,
    direction: int,
    now: datetime,
) -> bool:
    """Move a line of a draft one place up or down; at the end it stays.

    Answers and errors as `add_requirement`.
    """
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    begin_edit(plan, seen.place, now)
    lines = lines_of(session, plan)
    line = _line(session, plan, requirement_id)
    place = lines.index(line) + direction
    if 0 <= place < len(lines):
        lines.remove(line)
        lines.insert(place, line)
        for ordinal, each in enumerate(lines, start=1):
            each.ordinal = ordinal
    end_act(session, plan, "requirement-move", now=now, requirement=requirement_id)
    return True


def _line(session: Session, plan: TrainingPlan, requirement_id: int) -> Requirement:
    line = session.get(Requirement, requirement_id)
    if line is None or line.plan_id != plan.id:
        raise NotFoundError
    return line


def _fill(
    session: Session,
    line: Requirement,
    plan: TrainingPlan,
    place: InstitutionPlace,
    terms: RequirementTerms,
    now: datetime,
) -> None:
    _refuse_impossible_numbers(terms)
    refuse(
        rules.due_refusal(
            terms, plan.ends_on, place.today(now), former_due_on=line.due_on
        )
    )
    refuse(rules.reason_refusal(terms.reason))
    _refuse_foreign_audience(session, terms.audience, place.id)
    course_id = _course_id(session, terms.course)
    priority_id, call_check_id = _cited(session, terms.reason, place.id)
    line.audience_kind = terms.audience.kind.value
    line.audience_key = terms.audience.key
    line.course_id = course_id
    line.min_major = terms.min_major
    line.due_on = terms.due_on
    line.due_days = terms.due_days
    line.recert_months = terms.recert_months
    line.weight = terms.weight
    line.min_holders = terms.min_holders
    line.reason_kind = terms.reason.kind
    line.reason_text = terms.reason.text
    line.reason_needs = named_needs(session, terms.reason)
    line.priority_id = priority_id
    line.call_check_id = call_check_id


def _refuse_impossible_numbers(terms: RequirementTerms) -> None:
    ranges = (
        (terms.due_days, 0, rules.MOST_DUE_DAYS),
        (terms.recert_months, 1, rules.MOST_RECERT_MONTHS),
        (terms.min_major, 1, rules.MOST_MAJOR),
        (terms.min_holders, 1, rules.MOST_HOLDERS),
        (terms.weight, rules.WEIGHTS[0], rules.WEIGHTS[-1]),
    )
    if any(
        number is not None and not least <= number <= most
        for number, least, most in ranges
    ):
        raise ShapeError


def _refuse_foreign_audience(
    session: Session, audience: Audience, institution_id: int
) -> None:
    """Look for whom a line names; the whole institution and its project unit exist."""
    if audience.kind in (AudienceKind.INSTITUTION, AudienceKind.PMU):
        if audience.key:
            raise ShapeError
        return
    wanted: ColumnElement[bool]
    if audience.kind is AudienceKind.PROFILE:
        wanted = select(JobProfile.id).where(JobProfile.code == audience.key).exists()
        wanted |= (
            select(Post.id)
            .where(
                Post.institution_id == institution_id,
                Post.profile_code == audience.key,
            )
            .exists()
        )
    else:
        wanted = _row_of(audience, institution_id)
    if not session.scalar(select(wanted)):
        raise NotFoundError


def _row_of(audience: Audience, institution_id: int) -> ColumnElement[bool]:
    key = _number(audience.key)
    if audience.kind is AudienceKind.POST:
        return (
            select(Post.id)
            .where(Post.institution_id == institution_id, Post.id == key)
            .exists()
        )
    if audience.kind is AudienceKind.UNIT:
        return (
            select(Unit.id)
            .where(Unit.institution_id == institution_id, Unit.id == key)
            .exists()
        )
    return (
        select(Membership.id)
        .where(Membership.institution_id == institution_id, Membership.user_id == key)
        .exists()
    )


def _number(entry: str) -> int:
    """Read a key; what no row can have names nothing."""
    key = read_key(entry)
    if key is None:
        raise NotFoundError
    return key


def _course_id(session: Session, slug: str) -> int:
    found = session.scalar(select(Course.id).where(Course.slug == slug))
    if found is None:
        raise NotFoundError
    return found


def _cited(
    session: Session, reason: Reason, institution_id: int
) -> tuple[int | None, int | None]:
    """Return the keys of the priority and the call that a reason cites."""
    match reason.kind:
        case "priority":
            priority = select(Priority.id).where(
                Priority.id == reason.id, Priority.institution_id == institution_id
            )
            return _of_institution(session, priority), None
        case "call":
            call = select(CallCheck.id).where(
                CallCheck.id == reason.id, CallCheck.institution_id == institution_id
            )
            return None, _of_institution(session, call)
        case "profile" | "other" if reason.text:
            return None, None
    raise ShapeError


def _of_institution(session: Session, wanted: Select[int]) -> int:
    found = session.scalar(wanted)
    if found is None:
        raise NotFoundError
    return found
