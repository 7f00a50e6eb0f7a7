"""Who may judge a work: no author, no colleague, never only those who taught it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.errors import RuleError

WANTED = 2
MOST = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trainer who could judge.

    Attributes:
        user_id: Who.
        institutions: Where they belong today.
        taught: They wrote the course, or teach it to these learners.
        load: Works that wait for them.
    """

    user_id: int
    institutions: frozenset[int] = frozenset()
    taught: bool = False
    load: int = 0


@dataclass(frozen=True, slots=True)
class Authors:
    """Who handed a work in, and where they belong."""

    user_ids: frozenset[int]
    institutions: frozenset[int]


class Objection(StrEnum):
    """Why somebody may not judge a work."""

    AUTHOR = "author"
    SAME_INSTITUTION = "same-institution"
    CHOSEN_ALREADY = "chosen-already"
    ENOUGH = "enough"
    ALL_TAUGHT = "all-taught"
    """Everybody who judges would have taught the authors."""


def objection(
    candidate: Candidate, authors: Authors, chosen: Sequence[Candidate]
) -> Objection | None:
    """Say why somebody may not judge a work beside those who were chosen."""
    if candidate.user_id in authors.user_ids:
        return Objection.AUTHOR
    if candidate.institutions & authors.institutions:
        return Objection.SAME_INSTITUTION
    if any(one.user_id == candidate.user_id for one in chosen):
        return Objection.CHOSEN_ALREADY
    if len(chosen) >= MOST:
        return Objection.ENOUGH
    if candidate.taught and chosen and all(one.taught for one in chosen):
        return Objection.ALL_TAUGHT
    return None


def may_assess(
    candidate: Candidate, authors: Authors, chosen: Sequence[Candidate]
) -> bool:
    """Say whether somebody may judge a work beside those who were chosen."""
    return objection(candidate, authors, chosen) is None


REFUSALS = {
    Objection.AUTHOR: RuleError("assessor-author"),
    Objection.SAME_INSTITUTION: RuleError("assessor-same-institution"),
    Objection.CHOSEN_ALREADY: RuleError("assessor-chosen-already"),
    Objection.ENOUGH: RuleError("assessor-enough"),
    Objection.ALL_TAUGHT: RuleError("assessor-all-taught"),
}


def refuse_assessor(
    candidate: Candidate, authors: Authors, chosen: Sequence[Candidate]
) -> None:
    """Refuse who may not judge a work beside those who were chosen.

    Raises:
        RuleError: They may not.
    """
    against = objection(candidate, authors, chosen)
    if against is not None:
        raise RuleError(REFUSALS[against].code)


def proposal(
    candidates: Iterable[Candidate],
    authors: Authors,
    chosen: Collection[Candidate] = (),
    *,
    wanted: int = WANTED,
) -> list[Candidate]:
    """Propose who judges: who taught nobody here first, then who has least to do.

    Returns:
        Those to add to the chosen; fewer than wanted where there are not enough.
    """
    order = sorted(candidates, key=lambda one: (one.taught, one.load, one.user_id))
    together = list(chosen)
    for one in order:
        if len(together) < wanted and may_assess(one, authors, together):
            together.append(one)
    return together[len(chosen) :]
