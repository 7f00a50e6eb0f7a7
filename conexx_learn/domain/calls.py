"""A call in hand: what the institution read in it, and what follows for applying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo

from conexx_learn.domain.readiness.call_gates import (
    WHOLE_BP,
    CallDecision,
    Cofinancing,
    Gate,
    GateAnswer,
    call_decision,
    cofinancing_gate,
    gate_tally,
    gate_within,
)
from conexx_learn.domain.readiness.call_readiness import CallNeed, call_readiness
from conexx_learn.domain.readiness.situation import Situation

MOST_NEEDS = 12
"""Functions of one call; who needs more is describing a ministry."""

USUAL_NEEDS = (
    CallNeed("K3", 2, 2),
    CallNeed("K4", 2, 1),
    CallNeed("K7", 2, 1),
    CallNeed("K8", 2, 1),
)
"""What calls usually ask of a team: design, budget, execution, monitoring."""


@dataclass(frozen=True, slots=True)
class GateNote:
    """What the institution answers to one gate.

    Attributes:
        answer: Yes, no, or not known yet.
        note: Who looks after it, or why; may be empty.
    """

    answer: GateAnswer = GateAnswer.UNKNOWN
    note: str = ""


@dataclass(frozen=True, slots=True)
class CallTerms:
    """A call as the institution entered it.

    Attributes:
        title: As its funder calls it.
        funder: Who gives the money.
        link: To the call's own text; empty where there is none.
        deadline_at: With its time zone.
        timezone: Name of the zone that the call states its deadline in.
        currency: ISO 4217, of all sums.
        grant_min_cents: Smallest grant, or None.
        grant_max_cents: Largest grant, or None.
        cofinancing_min_bp: Smallest own share of the cost, or None.
        cofinancing_max_bp: Largest own share of the cost, or None.
        requested_cents: What the institution would ask for, or None.
        own_cents: What it would bring, or None.
        priority_id: Of the institution's priority that it serves, or None.
        gates: The answers; a gate that is missing is not known.
        needs: What it asks of the team, in the order of the page.
    """

    title: str
    funder: str
    link: str
    deadline_at: datetime
    timezone: str
    currency: str
    grant_min_cents: int | None = None
    grant_max_cents: int | None = None
    cofinancing_min_bp: int | None = None
    cofinancing_max_bp: int | None = None
    requested_cents: int | None = None
    own_cents: int | None = None
    priority_id: int | None = None
    gates: Mapping[Gate, GateNote] = field(default_factory=dict)
    needs: Sequence[CallNeed] = ()

    @property
    def cofinancing(self) -> Cofinancing | None:
        """What is asked and brought, against the limits; None where not decided."""
        if self.requested_cents is None or self.own_cents is None:
            return None
        return Cofinancing(
            requested_cents=self.requested_cents,
            own_cents=self.own_cents,
            lowest_bp=self.cofinancing_min_bp or 0,
            highest_bp=_or_else(self.cofinancing_max_bp, WHOLE_BP),
        )


@dataclass(frozen=True, slots=True)
class CallCheck:
    """A call that was entered.

    Attributes:
        id: Key.
        revision: Counts its changes, from 1.
        is_archived: Whether it was put aside.
        priority: Title of the priority that it serves, or "".
        terms: What was entered.
    """

    id: int
    revision: int
    is_archived: bool
    priority: str
    terms: CallTerms


def gate_answers(terms: CallTerms) -> dict[Gate, GateAnswer]:
    """Answer the ten gates: by people, and where sums are known by the sums.

    Nobody can answer the gates of the money against its sums: outside of the limits is
    no. Within them the grant is passed unless somebody says no; the own contribution
    needs the council's resolution besides, and that is what people answer there.
    """
    said = {gate: terms.gates.get(gate, GateNote()).answer for gate in Gate}
    said[Gate.GRANT] = _grant_answer(terms, said[Gate.GRANT])
    said[Gate.COFINANCING] = _cofinancing_answer(terms, said[Gate.COFINANCING])
    return said


def _grant_answer(terms: CallTerms, said: GateAnswer) -> GateAnswer:
    limits = (terms.grant_min_cents, terms.grant_max_cents)
    if said is GateAnswer.NO or limits == (None, None):
        return said
    return gate_within(terms.requested_cents, lowest=limits[0], highest=limits[1])


def _cofinancing_answer(terms: CallTerms, said: GateAnswer) -> GateAnswer:
    limits = (terms.cofinancing_min_bp, terms.cofinancing_max_bp)
    if terms.cofinancing is None and limits == (None, None):
        return said
    has_resolution = {GateAnswer.YES: True, GateAnswer.NO: False}.get(said)
    return cofinancing_gate(terms.cofinancing, has_resolution=has_resolution)


def decide(terms: CallTerms, here: Situation, *, zone: tzinfo) -> CallDecision:
    """Say whether the institution can apply, and what every part of that rests on.

    Args:
        terms: The call.
        here: How the institution stands today.
        zone: Of the institution.
    """
    people = call_readiness(
        here.facts,
        needs=terms.needs,
        owed=here.owed_courses(),
        deadline=terms.deadline_at,
        zone=zone,
    )
    return call_decision(gate_tally(gate_answers(terms)), people)


def local_moment(day: date, at: time, zone: tzinfo) -> datetime | None:
    """Return the moment that a clock somewhere shows, in UTC.

    An hour that the clock shows twice, when summer ends, means the first of both: who
    is early is in time.

    Returns:
        None where the clock never shows it, since it is put forward then.
    """
    local = datetime.combine(day, at, zone)
    moment = local.astimezone(UTC)
    shown = moment.astimezone(zone)
    return moment if (shown.date(), shown.time()) == (day, at) else None


def _or_else(value: int | None, default: int) -> int:
    return default if value is None else value
