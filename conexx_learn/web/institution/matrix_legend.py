"""What each word in a cell of the matrix means, for who sees it for the first time."""

from dataclasses import dataclass

from conexx_learn.domain.readiness.standings import EXPIRY_WARNING, Standing
from conexx_learn.web.language import gettext as _
from conexx_learn.web.standing_words import standing_state, standing_word


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word, the colour and shape that it is shown with, and what it says."""

    state: str
    word: str
    text: str


def legend() -> list[Meaning]:
    """Explain every state that a cell may show, in the order of the standings."""
    late = _("%(standing)s, overdue", standing=standing_word(Standing.NOT_STARTED))
    return [
        *(
            Meaning(standing_state(one), standing_word(one), _meaning(one))
            for one in Standing
        ),
        Meaning("overdue", late, _("The due date has passed.")),
        Meaning(
            "exception",
            _("A fact is missing"),
            _("The date counts from an appointment whose first day nobody entered."),
        ),
    ]


def _meaning(standing: Standing) -> str:
    return {
        Standing.VACANT: _(
            "Nobody holds the seat; whoever comes will need the course."
        ),
        Standing.EXEMPT: _(
            "The person need not take it for a time; it is not counted."
        ),
        Standing.MET: _("A certificate counts for it."),
        Standing.EXPIRING: _(
            "A certificate counts, for %(days)s more days at most.",
            days=EXPIRY_WARNING.days,
        ),
        Standing.SUSPENDED: _("The certificate is suspended and does not count."),
        Standing.BLOCKED: _("The trainer can give one more attempt at the final quiz."),
        Standing.IN_PROGRESS: _("The person has begun the course."),
        Standing.EXPIRED: _("A certificate counted for it, and no longer does."),
        Standing.REVOKED: _("The newest certificate was taken back."),
        Standing.LOCKED: _("Another course has to be completed before."),
        Standing.NOT_INVITED: _("The person has no way to sign in yet."),
        Standing.NOT_STARTED: _("The person can begin and has not."),
    }[standing]
