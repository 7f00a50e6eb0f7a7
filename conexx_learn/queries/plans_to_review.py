"""Drafts that were handed to the coordination and wait for its advice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import TrainingPlan

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class PlanToReview:
    """A plan in review.

    Attributes:
        id: Key.
        title: As the institution named it.
        version: From 1.
        institution: Its name.
        slug: Its word in addresses.
        sent_at: Since when it waits.
    """

    id: int
    title: str
    version: int
    institution: str
    slug: str
    sent_at: datetime


WAITING = (
    select(
        TrainingPlan.id,
        TrainingPlan.title,
        TrainingPlan.version,
        Institution.name.label("institution"),
        Institution.slug,
        TrainingPlan.sent_for_review_at.label("sent_at"),
    )
    .join(Institution, Institution.id == TrainingPlan.institution_id)
    .where(
        TrainingPlan.sent_for_review_at.is_not(None),
        TrainingPlan.reviewed_at.is_(None),
        TrainingPlan.approved_on.is_(None),
        TrainingPlan.cancelled_on.is_(None),
    )
    .order_by(TrainingPlan.sent_for_review_at, TrainingPlan.id)
    .limit(MOST_LISTED)
)


def plans_to_review(session: Session) -> list[PlanToReview]:
    """List what waits, at any institution, the oldest first; one statement."""
    return [
        PlanToReview(
            id=row.id,
            title=row.title,
            version=row.version,
            institution=row.institution,
            slug=row.slug,
            sent_at=row.sent_at,
        )
        for row in session.execute(WAITING)
    ]
