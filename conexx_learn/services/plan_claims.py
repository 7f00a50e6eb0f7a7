"""The line of a training plan that a certificate names as satisfied."""

from collections.abc import Sequence

from sqlalchemy import String, and_, cast, nulls_last, select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import PlanClaim
from conexx_learn.domain.sentences.plan_requirements import (
    REQUIREMENT,
    requirement_words,
)
from conexx_learn.models.competencies import JobProfile
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Requirement, TrainingPlan
from conexx_learn.models.posts import Post, Unit

_profile_titles = (
    select(JobProfile.titles)
    .where(JobProfile.code == Requirement.audience_key)
    .order_by(JobProfile.version.desc())
    .limit(1)
    .correlate(Requirement)
    .scalar_subquery()
)
NAMED = (
    select(
        Requirement.ordinal,
        Requirement.audience_kind,
        Requirement.audience_key,
        TrainingPlan.title.label("plan"),
        Institution.name.label("institution"),
        Unit.name.label("unit"),
        Post.title.label("post"),
        _profile_titles.label("profile"),
    )
    .join(TrainingPlan, TrainingPlan.id == Requirement.plan_id)
    .join(Institution, Institution.id == TrainingPlan.institution_id)
    .outerjoin(
        Unit,
        and_(
            Requirement.audience_kind == "unit",
            cast(Unit.id, String) == Requirement.audience_key,
        ),
    )
    .outerjoin(
        Post,
        and_(
            Requirement.audience_kind == "post",
            cast(Post.id, String) == Requirement.audience_key,
        ),
    )
    .order_by(
        nulls_last(Requirement.due_on.asc()), Requirement.weight.desc(), Requirement.id
    )
    .limit(1)
)


def plan_claim(session: Session, requirement_ids: Sequence[int]) -> PlanClaim | None:
    """Name the plan and its line; one statement, none where nothing asked.

    Of several lines the one that is due first counts, then the heavier one; those
    that count from an appointment come after those with a day.

    Args:
        session: Where to read.
        requirement_ids: The lines that the certificate satisfies.
    """
    if not requirement_ids:
        return None
    row = session.execute(NAMED.where(Requirement.id.in_(requirement_ids))).first()
    if row is None:
        return None
    titles = row.profile or {}
    return PlanClaim(
        institution=row.institution,
        plan=row.plan,
        requirement={
            lang: requirement_words(
                ordinal=row.ordinal,
                audience_kind=row.audience_kind,
                name=row.unit or row.post or titles.get(lang) or row.audience_key,
                lang=lang,
            )
            for lang in REQUIREMENT
        },
    )
