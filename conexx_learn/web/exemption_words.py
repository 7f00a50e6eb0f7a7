"""Requests for an exemption in words: for who asked, and for who answers."""

from conexx_learn.domain.planning.exemption_requests import RequestState
from conexx_learn.queries.exemption_requests import RequestRow
from conexx_learn.web.filters import day
from conexx_learn.web.language import gettext as _

REQUEST_SHAPES = {
    RequestState.WAITING: "progress",
    RequestState.WITH_COORDINATION: "progress",
    RequestState.GRANTED: "exempt",
    RequestState.REFUSED: "none",
    RequestState.WITHDRAWN: "none",
}
"""State to the colour and shape of a standing."""


def request_state_word(state: RequestState) -> str:
    """Return the word of a request's state."""
    return {
        RequestState.WAITING: _("Waits for an answer"),
        RequestState.WITH_COORDINATION: _("Waits for the coordination"),
        RequestState.GRANTED: _("Exempt"),
        RequestState.REFUSED: _("Not given"),
        RequestState.WITHDRAWN: _("Taken back"),
    }[state]


def request_words(row: RequestRow) -> str:
    """Say to who asked how their request stands; "" for one that they took back."""
    match row.state:
        case RequestState.WAITING:
            return _(
                "You asked to be exempt on %(day)s: your training manager still has to "
                "answer.",
                day=day(row.asked_at),
            )
        case RequestState.WITH_COORDINATION:
            return _(
                "You asked to be exempt on %(day)s: your training manager agrees, and "
                "the coordination decides.",
                day=day(row.asked_at),
            )
        case RequestState.GRANTED:
            return _("You were exempt until %(day)s.", day=day(row.exempt_until))
        case RequestState.REFUSED:
            return _(
                "You asked to be exempt on %(day)s: it was not given.",
                day=day(row.asked_at),
            )
        case RequestState.WITHDRAWN:
            return ""
