"""What changed at an institution within a week: the training manager's letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from conexx_learn.domain.readiness.obligations import ObligationKey
from conexx_learn.domain.readiness.owed import Owed
from conexx_learn.domain.readiness.standings import Judgement, judgements

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeeklyChanges:
    """How what is owed today differs from a week ago.

    Attributes:
        newly_met: Counts now, and did not, or was not owed, a week ago.
        lapsed: Counted a week ago and does so no longer.
        newly_overdue: Its day passed within the week.
    """

    newly_met: tuple[Judgement, ...]
    lapsed: tuple[Judgement, ...]
    newly_overdue: tuple[Judgement, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing changed."""
        return not (self.newly_met or self.lapsed or self.newly_overdue)


def weekly_changes(here: Owed) -> WeeklyChanges:
    """Compare an institution with itself a week before.

    Who exactly learnt how much a week ago is not known, and not needed: what counts
    as met, and what as overdue, does not depend on it.
    """
    before = _by_key(judgements(here.index, here.day - WEEK))
    people = [one for one in here.judged if one.obligation.person_id is not None]
    met_before = {key for key, one in before.items() if one.is_met}
    overdue_before = {key for key, one in before.items() if one.is_overdue}
    newly_met = [
        one
        for one in people
        if one.is_met
        and one.obligation.key not in met_before
        and one.certificate is not None
        and one.certificate.issued_on > here.day - WEEK
    ]
    lapsed = [
        one for one in people if one.is_unmet and one.obligation.key in met_before
    ]
    overdue = [
        one
        for one in people
        if one.is_overdue
        and one.obligation.key not in overdue_before
        and one not in lapsed
    ]
    return WeeklyChanges(tuple(newly_met), tuple(lapsed), tuple(overdue))


def _by_key(judged: Iterable[Judgement]) -> dict[ObligationKey, Judgement]:
    return {one.obligation.key: one for one in judged}
