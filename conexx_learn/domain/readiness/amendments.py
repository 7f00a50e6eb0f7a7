"""What a new version of a plan changes, person by person, and how readiness moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Plan
from conexx_learn.domain.readiness.obligations import Obligation, ObligationKey
from conexx_learn.domain.readiness.standings import judgements
from conexx_learn.domain.readiness.tally import Share, strict_share


class ChangeKind(StrEnum):
    """What happens to an obligation.

    Attributes:
        ADDED: It is new.
        REMOVED: It is gone.
        RELAXED: Less is asked, and nothing more.
        TIGHTENED: More is asked, be it that something else is asked less.
    """

    ADDED = "added"
    REMOVED = "removed"
    RELAXED = "relaxed"
    TIGHTENED = "tightened"


@dataclass(frozen=True, slots=True)
class ObligationChange:
    """An obligation in both versions of a plan.

    Attributes:
        kind: What happens to it.
        before: In the old version; None when it is new.
        after: In the new version; None when it is gone.
    """

    kind: ChangeKind
    before: Obligation | None
    after: Obligation | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """The difference between two versions of a plan on a day.

    Attributes:
        changes: First those of the old version, in its order, then what is new.
        before: Strict readiness by the old version alone.
        after: Strict readiness by the new version alone, on the same day and facts.
    """

    changes: tuple[ObligationChange, ...]
    before: Share
    after: Share

    def of_kind(self, kind: ChangeKind) -> tuple[ObligationChange, ...]:
        """List the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def amendment(index: FactIndex, old: Plan, new: Plan, day: date) -> Amendment:
    """Say what changes when one version of a plan takes the place of another.

    Args:
        index: The facts.
        old: The version in force.
        new: The version that is proposed.
        day: When it would.
    """
    judged_before = judgements(index, day, plans=[old])
    judged_after = judgements(index, day, plans=[new])
    before = {one.obligation.key: one.obligation for one in judged_before}
    after = {one.obligation.key: one.obligation for one in judged_after}
    changes = [
        *_of_the_old(before, after),
        *(
            ObligationChange(ChangeKind.ADDED, None, owed)
            for key, owed in after.items()
            if key not in before
        ),
    ]
    return Amendment(
        tuple(changes), strict_share(judged_before), strict_share(judged_after)
    )


def _of_the_old(
    before: dict[ObligationKey, Obligation], after: dict[ObligationKey, Obligation]
) -> Iterator[ObligationChange]:
    for key, old in before.items():
        new = after.get(key)
        if new is None:
            yield ObligationChange(ChangeKind.REMOVED, old, None)
        elif _asks_more(old, new):
            yield ObligationChange(ChangeKind.TIGHTENED, old, new)
        elif _asks_more(new, old):
            yield ObligationChange(ChangeKind.RELAXED, old, new)


def _asks_more(old: Obligation, new: Obligation) -> bool:
    """Say whether something is asked sooner, or heavier, or on newer evidence."""
    return (
        (new.due_on or date.max) < (old.due_on or date.max)
        or new.weight > old.weight
        or _sooner(new.recert_months, old.recert_months)
        or (new.min_major or 0) > (old.min_major or 0)
    )


def _sooner(new: int | None, old: int | None) -> bool:
    """Compare two ages of certificates, where None is any age."""
    return new is not None and (old is None or new < old)
