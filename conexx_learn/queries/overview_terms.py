"""What plans in force ask of posts and people, for many institutions in one statement.

It says in SQL what `domain.readiness.demand` and `obligations` say in Python.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    union,
    union_all,
)

from conexx_learn.domain.readiness.facts import AudienceKind
from conexx_learn.models.planning import Exemption, Requirement, TrainingPlan
from conexx_learn.models.posts import Post, Unit
from conexx_learn.queries.overview_people import (
    DAY,
    among,
    appointments_of,
    lasts,
    people_counts,
    people_of,
    same_person,
)

EPOCH = bindparam("epoch", type_=BigInteger)
"""The same day as seconds since 1970: both databases can count with them."""

DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Terms:
    """The named parts of the statement.

    Attributes:
        plans: Institution and how many plans are in force there.
        people: Institution and how many people belong to it.
        appointed: Institution, person, post, kind and first day of each appointment.
        asked: What a post asks, once for each course: institution, post, course,
            weight, age and version that count, and by when.
        simple: Who is in one post and owes what it asks: institution, person, post,
            first day in seconds.
        owed: What everybody else owes, once for each course, without exemptions.
    """

    plans: CTE
    people: CTE
    appointed: CTE
    asked: CTE
    simple: CTE
    owed: CTE


def terms(scope: Select[int], *, by_person: bool) -> Terms:
    """Build the parts.

    Args:
        scope: Keys of the institutions.
        by_person: Take nobody for simple.
    """
    lines = _lines(scope)
    asked = _asked(lines)
    belonging = people_of(scope)
    appointed = appointments_of(belonging)
    special = _special(lines, belonging)
    chosen = belonging if by_person else _chosen(appointed, special)
    return Terms(
        plans=_plan_counts(scope),
        people=people_counts(belonging),
        appointed=appointed,
        asked=asked,
        simple=_simple(appointed, chosen),
        owed=_owed(chosen, appointed, asked, lines),
    )


def is_late(terms_: CTE, begun: ColumnElement[int]) -> ColumnElement[int]:
    """Say whether a day is past: the given one, or the one after the appointment.

    Args:
        terms_: With `is_late`, the given day alone, and `due_seconds`.
        begun: First day in the post, in seconds; None where it is unknown.
    """
    counted = EPOCH - begun > terms_.c.due_seconds
    return case((or_(terms_.c.is_late == 1, counted), 1), else_=0)


# Plans ------------------------------------------------------------------------------


def _is_in_force() -> ColumnElement[bool]:
    return and_(
        TrainingPlan.approved_on <= DAY,
        TrainingPlan.cancelled_on.is_(None),
        or_(TrainingPlan.superseded_on.is_(None), TrainingPlan.superseded_on > DAY),
        or_(TrainingPlan.completed_on.is_(None), TrainingPlan.completed_on > DAY),
    )


def _plan_counts(scope: Select[int]) -> CTE:
    return (
        select(TrainingPlan.institution_id, func.count().label("plans"))
        .where(TrainingPlan.institution_id.in_(scope), _is_in_force())
        .group_by(TrainingPlan.institution_id)
        .cte("plans")
    )


def _lines(scope: Select[int]) -> CTE:
    """Select the requirements of the plans in force."""
    late = case((Requirement.due_on < DAY, 1), else_=0)
    return (
        select(
            TrainingPlan.institution_id,
            Requirement.audience_kind.label("kind"),
            Requirement.audience_key.label("key"),
            Requirement.course_id,
            Requirement.weight,
            Requirement.recert_months,
            Requirement.min_major,
            late.label("is_late"),
            (Requirement.due_days * DAY_SECONDS).label("due_seconds"),
        )
        .join(TrainingPlan, TrainingPlan.id == Requirement.plan_id)
        .where(TrainingPlan.institution_id.in_(scope), _is_in_force())
        .cte("line")
    )


def _merged(lines: FromClause) -> list[ColumnElement[Any]]:
    """Merge several requirements for one course."""
    return [
        func.max(lines.c.weight).label("weight"),
        func.min(lines.c.recert_months).label("recert_months"),
        func.max(lines.c.min_major).label("min_major"),
        func.max(lines.c.is_late).label("is_late"),
    ]


def _asked(lines: CTE) -> CTE:
    """Select what each post asks, each course once."""
    reached = _reached(lines).cte("reached")
    return (
        select(
            reached.c.institution_id,
            reached.c.post_id,
            reached.c.course_id,
            *_merged(reached),
            func.min(reached.c.due_seconds).label("due_seconds"),
        )
        .group_by(reached.c.institution_id, reached.c.post_id, reached.c.course_id)
        .cte("asked")
    )


def _reached(lines: CTE) -> CompoundSelect[Any]:
    """Select each requirement with each post that it names; one join for a kind."""
    inside = _units_inside()
    here = Post.institution_id == lines.c.institution_id

    def line_of(kind: AudienceKind) -> Select[*tuple[Any, ...]]:
        return (
            select(lines, Post.id.label("post_id"))
            .join(Post, here)
            .where(lines.c.kind == kind.value, lasts(Post.active_from, Post.active_to))
        )

    in_unit = line_of(AudienceKind.UNIT).join(inside, inside.c.unit_id == Post.unit_id)
    in_pmu = (
        line_of(AudienceKind.PMU)
        .join(inside, inside.c.unit_id == Post.unit_id)
        .join(Unit, Unit.id == inside.c.top_id)
        .where(Unit.is_pmu.is_(True))
    )
    return union_all(
        line_of(AudienceKind.INSTITUTION),
        line_of(AudienceKind.PROFILE).where(Post.profile_code == lines.c.key),
        line_of(AudienceKind.POST).where(cast(Post.id, String) == lines.c.key),
        in_unit.where(cast(inside.c.top_id, String) == lines.c.key),
        in_pmu,
    )


def _units_inside() -> CTE:
    """Select each unit with itself and every unit inside it."""
    tree = select(Unit.id.label("top_id"), Unit.id.label("unit_id")).cte(
        "inside", recursive=True
    )
    below = select(tree.c.top_id, Unit.id).join(Unit, Unit.parent_id == tree.c.unit_id)
    return tree.union(below)


# People -----------------------------------------------------------------------------


def _special(lines: CTE, belonging: CTE) -> CTE:
    """Select who has a requirement of their own, or an exemption."""
    own = select(belonging.c.institution_id, belonging.c.user_id).join(
        lines, _is_for_person(lines, belonging)
    )
    exempt = select(belonging.c.institution_id, belonging.c.user_id).join(
        Exemption,
        and_(
            Exemption.institution_id == belonging.c.institution_id,
            Exemption.user_id == belonging.c.user_id,
            _exempts(),
        ),
    )
    return union(own, exempt).cte("special")


def _is_for_person(lines: CTE, people: CTE) -> ColumnElement[bool]:
    return and_(
        lines.c.kind == AudienceKind.PERSON.value,
        lines.c.institution_id == people.c.institution_id,
        lines.c.key == cast(people.c.user_id, String),
    )


def _exempts() -> ColumnElement[bool]:
    return and_(
        Exemption.approved_at.is_not(None),
        lasts(Exemption.from_on, Exemption.until_on),
    )


def _simple(appointed: CTE, chosen: CTE) -> CTE:
    is_chosen = among(chosen, appointed.c.institution_id, appointed.c.user_id)
    return select(appointed).where(~is_chosen).cte("simple")


def _chosen(appointed: CTE, special: CTE) -> CTE:
    """Select who has several posts, and who is special."""
    several = (
        select(appointed.c.institution_id, appointed.c.user_id)
        .group_by(appointed.c.institution_id, appointed.c.user_id)
        .having(func.count() > 1)
    )
    return union(several, select(special)).cte("chosen")


def _owed(chosen: CTE, appointed: CTE, asked: CTE, lines: CTE) -> CTE:
    """Select what each of the chosen owes, each course once."""
    through_posts = (
        select(
            chosen.c.institution_id,
            chosen.c.user_id,
            asked.c.course_id,
            asked.c.weight,
            asked.c.recert_months,
            asked.c.min_major,
            is_late(asked, appointed.c.begun).label("is_late"),
        )
        .join(appointed, same_person(appointed, chosen))
        .join(asked, asked.c.post_id == appointed.c.post_id)
    )
    begun = (
        select(
            appointed.c.institution_id,
            appointed.c.user_id,
            func.min(appointed.c.begun).label("begun"),
        )
        .group_by(appointed.c.institution_id, appointed.c.user_id)
        .cte("begun")
    )
    of_their_own = (
        select(
            chosen.c.institution_id,
            chosen.c.user_id,
            lines.c.course_id,
            lines.c.weight,
            lines.c.recert_months,
            lines.c.min_major,
            is_late(lines, begun.c.begun),
        )
        .join(lines, _is_for_person(lines, chosen))
        .outerjoin(begun, same_person(begun, chosen))
    )
    each = union_all(through_posts, of_their_own).subquery("each_owed")
    key = each.c.institution_id, each.c.user_id, each.c.course_id
    is_exempt = select(Exemption.id).where(
        Exemption.institution_id == each.c.institution_id,
        Exemption.user_id == each.c.user_id,
        Exemption.course_id == each.c.course_id,
        _exempts(),
    )
    return (
        select(*key, *_merged(each))
        .where(~is_exempt.exists())
        .group_by(*key)
        .cte("owed")
    )
