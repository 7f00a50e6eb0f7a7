"""The form with which the coordination answers a claim of prior learning."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from conexx_learn.domain.prior_learning import (
    LONGEST_ANSWER,
    Decision,
    recognition_refusal,
)
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.queries.prior_learning import ClaimRow
from conexx_learn.web.competency_words import level_choices
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField


def trimmed(text: str | None) -> str:
    """Return a text without blanks around it and with plain line ends."""
    return (text or "").replace("\r\n", "\n").strip()


class AnswerForm(PageForm):
    """What the coordination says to a claim."""

    level = SelectField(_l("Level that the evidence shows"))
    valid_until = DayField(
        _l("Recognised until"),
        description=_l("Last day on which it counts; at most ten years from today."),
    )
    answer = TextAreaField(
        _l("Answer to the person"),
        filters=[trimmed],
        validators=[Length(max=LONGEST_ANSWER, message=_l("This is too long."))],
        description=_l(
            "Needed where you do not recognise it: say why, and what helps."
        ),
    )

    @classmethod
    def answering(cls, claim: ClaimRow) -> "AnswerForm":
        """Make the form of a claim; what was sent fills it in."""
        form = cls(level=str(claim.level))
        form.level.choices = level_choices()
        return form

    def accepts(self, decision: Decision, today: date) -> bool:
        """Check what the decision needs."""
        if not self.validate():
            return False
        if decision is Decision.REFUSED:
            if not self.answer.data:
                self.answer.errors = [_("Say why, so that the person can do better.")]
            return bool(self.answer.data)
        if self.valid_until.data is None:
            self.valid_until.errors = [_("Write until when it is recognised.")]
            return False
        refusal = recognition_refusal(self.valid_until.data, today)
        if refusal is not None:
            self.valid_until.errors = [
                error_sentence(refusal.code, refusal.facts, page_language())
            ]
        return refusal is None

    def recognised_until(self) -> date:
        """Return the day; asked after a recognition was found good."""
        if self.valid_until.data is None:
            raise AssertionError("a recognition without its day was refused")
        return self.valid_until.data
