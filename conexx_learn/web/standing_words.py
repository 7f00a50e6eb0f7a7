"""The words of a standing on the screen, for whoever looks: manager or learner."""

from conexx_learn.domain.readiness.standings import Judgement, Standing
from conexx_learn.web.language import gettext as _

STANDING_STATES = {
    Standing.IN_PROGRESS: "progress",
    Standing.NOT_INVITED: "none",
    Standing.NOT_STARTED: "none",
}
"""Standing to the name of its colour and shape, where that is not its own word."""


def standing_state(standing: Standing) -> str:
    """Return the name of a standing's colour and shape."""
    return STANDING_STATES.get(standing, standing.value)


def standing_word(standing: Standing) -> str:
    """Return the word of a standing."""
    return {
        Standing.VACANT: _("Vacant"),
        Standing.EXEMPT: _("Exempt"),
        Standing.MET: _("Met"),
        Standing.EXPIRING: _("Expiring"),
        Standing.SUSPENDED: _("Suspended"),
        Standing.BLOCKED: _("No attempts left"),
        Standing.IN_PROGRESS: _("In progress"),
        Standing.EXPIRED: _("Has expired"),
        Standing.REVOKED: _("Revoked"),
        Standing.LOCKED: _("Needs another course"),
        Standing.NOT_INVITED: _("Not invited yet"),
        Standing.NOT_STARTED: _("Not started"),
    }[standing]


def judgement_words(one: Judgement) -> str:
    """Say a standing with whether it is late: Vencido, atrasado."""
    word = standing_word(one.standing)
    return _("%(standing)s, overdue", standing=word) if one.is_overdue else word
