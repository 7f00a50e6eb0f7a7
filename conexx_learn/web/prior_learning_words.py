"""How a claim of prior learning stands, in words."""

from datetime import date

from conexx_learn.domain.prior_learning import ClaimState
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.language import gettext as _

CLAIM_STATES = {
    ClaimState.WAITING: "progress",
    ClaimState.RECOGNISED: "met",
    ClaimState.LAPSED: "expired",
    ClaimState.REFUSED: "none",
    ClaimState.WITHDRAWN: "none",
}
"""State to the colour and shape of a standing."""


def claim_words(state: ClaimState, valid_until: date | None) -> str:
    """Say how a claim stands."""
    day = in_words(valid_until)
    return {
        ClaimState.WAITING: _("Waiting for the coordination"),
        ClaimState.RECOGNISED: _("Recognised until %(day)s", day=day),
        ClaimState.LAPSED: _("Recognised until %(day)s, no longer", day=day),
        ClaimState.REFUSED: _("Not recognised"),
        ClaimState.WITHDRAWN: _("Withdrawn"),
    }[state]
