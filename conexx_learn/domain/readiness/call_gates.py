"""The ten gates of a call, and what they say together with the people.

A gate is passed or it is not: what nobody knows yet counts as not passed. Gates and
people stay separate facts; no number blends them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.readiness.call_readiness import CallReadiness, Reach

WHOLE_BP = 10_000
"""Basis points of a whole."""


class Gate(StrEnum):
    """What a call demands before anybody reads the application."""

    APPLICANT = "G1"
    """The kind of applicant and its country are eligible."""
    REGISTRATION = "G2"
    """It is registered in the funder's system."""
    PARTNERS = "G3"
    """Number, kind and country of the partners."""
    DURATION = "G4"
    """The project is as long as the call allows."""
    GRANT = "G5"
    """What is asked for lies between the smallest and the largest grant."""
    COFINANCING = "G6"
    """The own contribution is within limits, and the council resolved to pay it."""
    SCOPE = "G7"
    """Theme and place are those of the call."""
    SIGNATORY = "G8"
    """Somebody may sign for the institution."""
    EXCLUSION = "G9"
    """The declaration that no ground for exclusion applies."""
    DOCUMENTS = "G10"
    """All documents are there, and the deadline is known with its time zone."""


class GateAnswer(StrEnum):
    """Whether a gate is passed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GateTally:
    """How many gates are passed, and which are not.

    Attributes:
        passed: In the order of the gates, as all three.
        refused: Answered with no.
        unknown: Not answered yet; they count as not passed.
    """

    passed: tuple[Gate, ...]
    refused: tuple[Gate, ...]
    unknown: tuple[Gate, ...]

    @property
    def all_passed(self) -> bool:
        """Whether every gate is passed."""
        return not self.refused and not self.unknown


def gate_tally(answers: Mapping[Gate, GateAnswer]) -> GateTally:
    """Sort the ten gates by their answer; one that is missing is unknown.

    Example:
        >>> tally = gate_tally({Gate.SCOPE: GateAnswer.YES, Gate.GRANT: GateAnswer.NO})
        >>> len(tally.passed), len(tally.refused), len(tally.unknown)
        (1, 1, 8)
    """
    by_answer: dict[GateAnswer, list[Gate]] = {answer: [] for answer in GateAnswer}
    for gate in Gate:
        by_answer[answers.get(gate, GateAnswer.UNKNOWN)].append(gate)
    return GateTally(
        passed=tuple(by_answer[GateAnswer.YES]),
        refused=tuple(by_answer[GateAnswer.NO]),
        unknown=tuple(by_answer[GateAnswer.UNKNOWN]),
    )


def gate_within(
    value: int | None, *, lowest: int | None, highest: int | None
) -> GateAnswer:
    """Answer a gate that is a number between two others, both inclusive.

    Args:
        value: Months of the project, or cents asked for; None where not decided.
        lowest: None where the call names none.
        highest: None where the call names none.

    Example:
        >>> gate_within(36, lowest=12, highest=36)
        <GateAnswer.YES: 'yes'>
        >>> gate_within(None, lowest=12, highest=36)
        <GateAnswer.UNKNOWN: 'unknown'>
    """
    if value is None:
        return GateAnswer.UNKNOWN
    too_low = lowest is not None and value < lowest
    too_high = highest is not None and value > highest
    return GateAnswer.NO if too_low or too_high else GateAnswer.YES


@dataclass(frozen=True, slots=True)
class Cofinancing:
    """What an applicant asks for and brings, against the limits of a call.

    Whether a limit is kept is decided on cents, never on a rounded share.

    Attributes:
        requested_cents: Asked of the funder, 0 or more.
        own_cents: Brought by the applicant, 0 or more.
        lowest_bp: Smallest own share that the call allows, in basis points.
        highest_bp: Largest one.
    """

    requested_cents: int
    own_cents: int
    lowest_bp: int = 0
    highest_bp: int = WHOLE_BP

    @property
    def total_cents(self) -> int:
        """What the project costs."""
        return self.requested_cents + self.own_cents

    @property
    def own_bp(self) -> int:
        """The own share in whole basis points, cut off; 0 of nothing.

        Example:
            >>> Cofinancing(21_000_000, 4_760_000).own_bp
            1847
        """
        return self._share_bp(self.own_cents)

    @property
    def requested_bp(self) -> int:
        """The share asked for in whole basis points, cut off; 0 of nothing."""
        return self._share_bp(self.requested_cents)

    @property
    def lowest_own_cents(self) -> int:
        """The smallest own contribution for this total that keeps the limit."""
        return -(-self.total_cents * self.lowest_bp // WHOLE_BP)

    @property
    def highest_own_cents(self) -> int:
        """The largest own contribution for this total that keeps the limit."""
        return self.total_cents * self.highest_bp // WHOLE_BP

    @property
    def most_requested_cents(self) -> int:
        """The largest request for this total that keeps the limit."""
        return self.total_cents - self.lowest_own_cents

    @property
    def missing_cents(self) -> int:
        """How much more has to be brought, and less be asked for; 0 where none is."""
        return max(0, self.lowest_own_cents - self.own_cents)

    @property
    def excess_cents(self) -> int:
        """How much more is brought than the call allows; 0 where none is."""
        return max(0, self.own_cents - self.highest_own_cents)

    @property
    def is_within_limits(self) -> bool:
        """Whether the own share lies between the limits, both inclusive."""
        return self.total_cents > 0 and not self.missing_cents and not self.excess_cents

    def _share_bp(self, cents: int) -> int:
        return cents * WHOLE_BP // self.total_cents if self.total_cents else 0


def cofinancing_gate(
    cofinancing: Cofinancing | None, *, has_resolution: bool | None
) -> GateAnswer:
    """Answer the gate of the own contribution: the limits, and the council's word.

    Args:
        cofinancing: None where the sums are not decided.
        has_resolution: Whether the council's resolution is there; None for unknown.
    """
    if cofinancing is not None and not cofinancing.is_within_limits:
        return GateAnswer.NO
    if has_resolution is False:
        return GateAnswer.NO
    is_known = cofinancing is not None and has_resolution is not None
    return GateAnswer.YES if is_known else GateAnswer.UNKNOWN


class CallVerdict(StrEnum):
    """What a check says about applying to a call."""

    READY = "ready"
    """All gates are passed, and different people fill every role on the deadline."""
    WITHIN_REACH = "within-reach"
    """All gates are passed, and the people will be there if what is named starts."""
    NOT_READY = "not-ready"
    """A gate is not passed, or the people cannot be there in time."""


@dataclass(frozen=True, slots=True)
class CallDecision:
    """The verdict on a call, with each of the facts that it rests on.

    Attributes:
        verdict: The word.
        gates: Which are passed.
        people: The needs, what has to start, and the team.
    """

    verdict: CallVerdict
    gates: GateTally
    people: CallReadiness


def call_decision(gates: GateTally, people: CallReadiness) -> CallDecision:
    """Put gates and people together; a call that is over is never ready."""
    return CallDecision(_verdict(gates, people), gates, people)


def _verdict(gates: GateTally, people: CallReadiness) -> CallVerdict:
    if people.is_over or not gates.all_passed:
        return CallVerdict.NOT_READY
    if people.reach is Reach.MET and people.team.is_complete:
        return CallVerdict.READY
    is_in_time = people.reach in {Reach.MET, Reach.PLANNED, Reach.UNPLANNED}
    if is_in_time and people.team_in_reach.is_complete:
        return CallVerdict.WITHIN_REACH
    return CallVerdict.NOT_READY
