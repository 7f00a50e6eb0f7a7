"""A person asks to be exempt: how the request stands, and what it may ask for."""

from datetime import date
from enum import StrEnum

from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.planning.exemptions import ExemptionState, exemption_refusal


class RequestDecision(StrEnum):
    """What became of a request.

    Attributes:
        GRANTED: The training manager exempted the person, or asked the coordination to.
        REFUSED: The training manager said no.
        WITHDRAWN: The person took it back.
    """

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RequestState(StrEnum):
    """How a request stands for the person who asked.

    Attributes:
        WAITING: For the training manager.
        WITH_COORDINATION: The training manager agrees; the course is critical.
        GRANTED: They were exempted.
        REFUSED: The training manager or the coordination said no.
        WITHDRAWN: They took it back.
    """

    WAITING = "waiting"
    WITH_COORDINATION = "with-coordination"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Say whether somebody has still to answer."""
        return self in (RequestState.WAITING, RequestState.WITH_COORDINATION)


def request_state(
    decision: RequestDecision | None, exemption: ExemptionState | None
) -> RequestState:
    """Say how a request stands.

    Args:
        decision: What became of it; None while it waits.
        exemption: How the exemption stands that came of it, if one did.

    Example:
        >>> request_state(RequestDecision.GRANTED, ExemptionState.ASKED).value
        'with-coordination'
    """
    if decision is None:
        return RequestState.WAITING
    if decision is RequestDecision.GRANTED:
        if exemption is ExemptionState.ASKED:
            return RequestState.WITH_COORDINATION
        if exemption is ExemptionState.REFUSED:
            return RequestState.REFUSED
    return RequestState(decision.value)


def wish_refusal(until_on: date | None, today: date) -> RuleError | None:
    """Say what is wrong with the day until which somebody asks; it may be open."""
    if until_on is None:
        return None
    return exemption_refusal(today, until_on, today)
