"""A version is looked at by a second person before it is published.

What was approved is exactly what was sent: whoever edits afterwards sends again. Nobody
approves what they sent or edited themselves, and only the coordination may let somebody
publish alone, with a reason that stays in the record.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.course_teams import is_platform_trainer, may_write
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.permissions import Actor, Role, holds

LONGEST_SENTENCE = 300
"""Characters of what learners are told, in each language."""

LONGEST_NOTE = 2000
"""Characters of a note to the reviewer, of a comment, and of a decision."""

LONGEST_REASON = 300


class ReviewState(StrEnum):
    """How far a review is."""

    OPEN = "open"
    APPROVED = "approved"
    CHANGES_ASKED = "changes-asked"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


WAITING = frozenset({ReviewState.OPEN, ReviewState.APPROVED})
"""States of which a course has at most one review."""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the rules ask of a review.

    Attributes:
        state: How far it is.
        sent_by: Who sent it; None after their account was erased.
        editors: Who edited a file of it since the last version, the sender included.
        authors: Who writes the course; empty where it is everybody's.
        asked_id: Whose turn it is; None for anybody who may.
        decided_by: Who decided; None before that.
        content_hash: Of what was sent.
        is_allowed_alone: The coordination lets it be published without a second person.
    """

    state: ReviewState
    sent_by: int | None
    editors: frozenset[int]
    authors: frozenset[int]
    asked_id: int | None
    decided_by: int | None
    content_hash: str
    is_allowed_alone: bool

    @property
    def is_waiting(self) -> bool:
        """Say whether anything can still become of it."""
        return self.state in WAITING


def may_look_at(actor: Actor, *, authors: Collection[int]) -> bool:
    """Say whether somebody may see the versions of a course, keys included.

    Who writes it may, and every trainer of the platform, who may be asked to review it.
    """
    return may_write(actor, authors=authors) or is_platform_trainer(actor)


def may_see(actor: Actor, review: ReviewFacts) -> bool:
    """Say whether somebody may read and comment on a review."""
    is_asked = actor.user_id is not None and actor.user_id == review.asked_id
    return may_look_at(actor, authors=review.authors) or (
        is_asked and holds(actor, Role.TRAINER)
    )


def is_second_person(actor: Actor, review: ReviewFacts) -> bool:
    """Say whether somebody had no hand in what was sent."""
    own = {review.sent_by, *review.editors}
    return actor.user_id is not None and actor.user_id not in own


def may_decide(actor: Actor, review: ReviewFacts) -> bool:
    """Say whether somebody may approve a review, or ask for changes."""
    return (
        review.state is ReviewState.OPEN
        and may_see(actor, review)
        and is_second_person(actor, review)
    )


def refuse_decision(actor: Actor, review: ReviewFacts) -> None:
    """Let through who may decide.

    Raises:
        RuleError: It was decided already, or is their own work.
    """
    if review.state is not ReviewState.OPEN:
        raise RuleError("review-decided")
    if not may_decide(actor, review):
        raise RuleError("review-own-work")


def may_allow_alone(actor: Actor, review: ReviewFacts) -> bool:
    """Say whether somebody may let it be published without a second person."""
    return (
        review.state is ReviewState.OPEN
        and not review.is_allowed_alone
        and holds(actor, Role.COORDINATOR)
    )


def may_publish(actor: Actor, review: ReviewFacts) -> bool:
    """Say whether somebody may publish: who writes the course, or who approved it."""
    is_approver = actor.user_id is not None and actor.user_id == review.decided_by
    is_theirs = is_approver or may_write(actor, authors=review.authors)
    return is_theirs and is_ready(review)


def is_ready(review: ReviewFacts) -> bool:
    """Say whether a second person approved, or the coordination does without one."""
    return review.state is ReviewState.APPROVED or (
        review.state is ReviewState.OPEN and review.is_allowed_alone
    )


def refuse_publication(review: ReviewFacts, *, content_hash: str) -> None:
    """Let through exactly what was approved.

    Args:
        review: Of which it is.
        content_hash: Of the draft as it is now.

    Raises:
        RuleError: Nobody approved it, it ended, or the draft was changed since.
    """
    if not review.is_waiting:
        raise RuleError("review-ended")
    if not is_ready(review):
        raise RuleError("review-alone")
    if content_hash != review.content_hash:
        raise RuleError("review-edited-since")


def sentences_for_learners(
    sentences: Mapping[str, str], languages: Collection[str]
) -> dict[str, str]:
    """Return one short sentence for each language that has one.

    Raises:
        RuleError: A language of the course has none.
    """
    said = {lang: " ".join(sentences.get(lang, "").split()) for lang in languages}
    missing = sorted(lang for lang, text in said.items() if not text)
    if missing:
        raise RuleError("review-sentence", lang=missing[0])
    return {lang: text[:LONGEST_SENTENCE] for lang, text in said.items()}
