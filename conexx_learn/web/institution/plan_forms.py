"""The forms of a plan: what it says of itself, its approval, the coordination's advice.

A form says what cannot be read. What contradicts a rule it asks the rule, and shows
the sentence of the same error beside the field.
"""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
)

from conexx_learn.domain.identifiers import read_key
from conexx_learn.domain.planning.terms import (
    LONGEST_TITLE,
    MOST_HOURS,
    PlanTerms,
    act_refusal,
    period_refusal,
)
from conexx_learn.queries.planning import PlanDocument
from conexx_learn.services.plan_approval import LONGEST_REFERENCE, InstitutionAct
from conexx_learn.services.plan_reviews import LONGEST_NOTE
from conexx_learn.web.institution.entry_fields import (
    NO_DAY,
    NO_NUMBER,
    TOO_LONG,
    WholeNumberField,
    squeezed,
    tells,
)
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField


class RevisionForm(PageForm):
    """What every act on a plan carries: the revision that the page was made of."""

    revision = HiddenField()

    @property
    def seen_revision(self) -> int:
        """Return the revision; 0, which no plan has, where it cannot be read."""
        return read_key(str(self.revision.data or "")) or 0


class PlanForm(RevisionForm):
    """What a plan says of itself."""

    title = StringField(
        _l("What the plan is called"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write what the plan is called.")),
            Length(max=LONGEST_TITLE, message=TOO_LONG),
        ],
    )
    starts_on = DayField(_l("First day"), validators=[InputRequired(NO_DAY)])
    ends_on = DayField(_l("Last day"), validators=[InputRequired(NO_DAY)])
    target_percent = WholeNumberField(
        _l("Target, in percent"),
        validators=[
            InputRequired(NO_NUMBER),
            NumberRange(1, 100, _l("Write a number from 1 to 100.")),
        ],
        description=_l("How much of what is required shall be met at the end."),
    )
    hours_budget = WholeNumberField(
        _l("Hours that all people together may spend"),
        validators=[
            Optional(),
            NumberRange(1, MOST_HOURS, _l("Write a number from 1 to 1,000,000.")),
        ],
        description=_l("May stay empty."),
    )

    @classmethod
    def of(cls, document: PlanDocument) -> "PlanForm":
        """Fill the form with what a plan says."""
        return cls(
            None,
            revision=document.revision,
            title=document.title,
            starts_on=document.starts_on,
            ends_on=document.ends_on,
            target_percent=document.target_percent,
            hours_budget=document.hours_budget,
        )

    def accepts(self, today: date, due_days: Iterable[date]) -> bool:
        """Check the form, and the period by its rule."""
        return bool(self.validate()) and tells(
            self.ends_on,
            period_refusal(self.starts_on.data, self.ends_on.data, today, due_days),
        )

    def terms(self) -> PlanTerms:
        """Return what was entered; asked after `accepts`."""
        return PlanTerms(
            title=self.title.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            target_percent=self.target_percent.data,
            hours_budget=self.hours_budget.data,
        )


class ApprovalForm(RevisionForm):
    """The institution's own act."""

    act_reference = StringField(
        _l("The act that approves it"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write how your papers name the act.")),
            Length(max=LONGEST_REFERENCE, message=TOO_LONG),
        ],
        description=_l("As your papers name it: a council's resolution, a letter."),
    )
    act_on = DayField(_l("Date of the act"), validators=[InputRequired(NO_DAY)])

    def accepts(self, today: date) -> bool:
        """Check the form, and the day by its rule."""
        return bool(self.validate()) and tells(
            self.act_on, act_refusal(self.act_on.data, today)
        )

    def act(self) -> InstitutionAct:
        """Return what was entered; asked after `accepts`."""
        return InstitutionAct(self.act_reference.data, self.act_on.data)


class AdviceForm(RevisionForm):
    """What the coordination says to a draft."""

    note = TextAreaField(
        _l("What you say to the institution"),
        validators=[
            DataRequired(_l("Write what you say to the institution.")),
            Length(max=LONGEST_NOTE, message=TOO_LONG),
        ],
    )
