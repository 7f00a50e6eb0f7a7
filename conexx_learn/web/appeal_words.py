"""An appeal as the result of an attempt tells it."""

from dataclasses import dataclass

from conexx_learn.domain.appeals import AppealOutcome, may_be_appealed
from conexx_learn.domain.attempts import Sitting
from conexx_learn.queries.appeals import AppealRow
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class AppealView:
    """What stands below a question of a result.

    Attributes:
        address: Of the page of the appeal.
        action: What leads there.
        words: How it stands; empty where nothing was sent.
        answer: Of the trainer; empty before it.
    """

    address: str
    action: str
    words: str
    answer: str


def appeal_view(
    found: Sitting, question_id: str, appeal: AppealRow | None
) -> AppealView | None:
    """Say how a question stands; None where the policy shows no question."""
    if not may_be_appealed(found.rules.feedback):
        return None
    address = url_for("appeals.show", attempt_id=found.id, question_id=question_id)
    if appeal is None:
        return AppealView(address, _("This question has a mistake"), "", "")
    return AppealView(
        address, _("See my report"), appeal_sentence(appeal), appeal.answer
    )


def appeal_sentence(appeal: AppealRow) -> str:
    """Say what became of an appeal."""
    if appeal.outcome is None:
        return _(
            "You reported this question on %(day)s; a trainer will answer.",
            day=day(appeal.sent_at),
        )
    if appeal.outcome is AppealOutcome.VOID:
        return _(
            "You were right: the question will be voided, and your result corrected "
            "where it rises."
        )
    return _(
        "The trainer looked at your report on %(day)s, and the question stays.",
        day=day(appeal.answered_at),
    )
