"""The form of a call: what it says, its functions in rows, its ten conditions."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from conexx_learn.domain.calls import CallTerms, GateNote, local_moment
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.links import is_web_address
from conexx_learn.domain.planning.terms import is_thinkable
from conexx_learn.domain.readiness.call_gates import Gate, GateAnswer
from conexx_learn.domain.readiness.call_readiness import CallNeed
from conexx_learn.web.competency_words import level_choices
from conexx_learn.web.institution.call_choices import CallOffers
from conexx_learn.web.institution.call_rows import (
    ROW_PARTS,
    Entries,
    GateFields,
    Row,
    extra_fields,
    row_count,
    tidy,
)
from conexx_learn.web.institution.call_words import answer_word, gate_sentence
from conexx_learn.web.institution.entry_fields import TOO_LONG, ChoiceField, tells
from conexx_learn.web.institution.plan_forms import RevisionForm
from conexx_learn.web.language import gettext as _
from conexx_learn.web.typed_fields import (
    DayField,
    HourField,
    ShareField,
    SumField,
    TypedField,
)

LONGEST_TITLE = 200
LONGEST_LINK = 500
MOST_HOLDERS = 99


class CallForm(RevisionForm):
    """What a call says of itself; rows and conditions are added by `call_form`."""

    title = StringField(
        _l("Name of the call"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write what the call is named.")),
            Length(max=LONGEST_TITLE, message=TOO_LONG),
        ],
    )
    funder = StringField(
        _l("Who gives the money"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write who gives the money.")),
            Length(max=LONGEST_TITLE, message=TOO_LONG),
        ],
    )
    link = StringField(
        _l("Address of the text of the call"),
        filters=[tidy],
        validators=[Length(max=LONGEST_LINK, message=TOO_LONG)],
        description=_l("May stay empty."),
    )
    deadline_on = DayField(
        _l("Closes on"), validators=[InputRequired(_l("Write the day it closes."))]
    )
    deadline_at = HourField(
        _l("At"), validators=[DataRequired(_l("Write the hour it closes."))]
    )
    timezone = ChoiceField(_l("By the clocks of"))
    currency = ChoiceField(_l("Currency"))
    grant_min = SumField(_l("Smallest grant"))
    grant_max = SumField(_l("Largest grant"))
    cofinancing_min = ShareField(_l("Own contribution at least, in percent"))
    cofinancing_max = ShareField(_l("Own contribution at most, in percent"))
    requested = SumField(_l("We would ask for"))
    own = SumField(_l("We would bring"))
    priority = ChoiceField(_l("Which of our priorities it serves"), default="")
    rows = HiddenField()

    def validate_link(self, field: StringField) -> None:
        """Refuse what is not the address of a page."""
        if field.data and not is_web_address(field.data):
            raise ValidationError(
                _("Write the whole address, with https:// before it.")
            )

    def validate_deadline_on(self, field: DayField) -> None:
        """Refuse a year that nobody means."""
        if field.data is not None and not is_thinkable(field.data):
            tells(field, RuleError("day-unthinkable"))

    def row_list(self) -> list[Row]:
        """List the rows of functions."""
        return [
            Row(number, *(self[f"{part}_{number}"] for part in ROW_PARTS))
            for number in range(row_count(self.rows.data))
        ]

    def gate_list(self) -> list[GateFields]:
        """List the conditions."""
        return [
            GateFields(gate, self[f"answer_{gate}"], self[f"note_{gate}"])
            for gate in Gate
        ]

    def accepts(self) -> bool:
        """Check each field, and what one says against the other, all at once."""
        return all([bool(self.validate()), *self._rules()])

    def _rules(self) -> Iterator[bool]:
        yield _in_order(
            self.grant_min,
            self.grant_max,
            _("The largest grant is below the smallest one."),
        )
        yield _in_order(
            self.cofinancing_min,
            self.cofinancing_max,
            _("The largest share is below the smallest one."),
        )
        parts = (self.deadline_on, self.deadline_at, self.timezone)
        if not any(part.errors for part in parts) and self._deadline() is None:
            yield _told(
                self.deadline_at,
                _("The clocks there are put forward over this hour; choose another."),
            )
        seen: set[tuple[str, str]] = set()
        for row in self.row_list():
            yield from self._row_rules(row, seen)

    def _row_rules(self, row: Row, seen: set[tuple[str, str]]) -> Iterator[bool]:
        """Check one function; a row where nothing was written is left out."""
        if not row.is_used or row.competency.errors:
            return
        if not row.competency.data:
            yield _told(row.competency, _("Choose what they have to be able to do."))
            return
        is_told = bool(row.holders.errors)
        if not is_told and not 1 <= (row.holders.value or 0) <= MOST_HOLDERS:
            yield _told(row.holders, _("Write how many people, 1 to 99."))
        key = (row.competency.data, row.level.data)
        if key in seen:
            yield _told(
                row.competency,
                _("This competency and level stand above already; join the two lines."),
            )
        seen.add(key)

    def _deadline(self) -> datetime | None:
        day, hour = self.deadline_on.data, self.deadline_at.value
        if day is None or hour is None:
            raise AssertionError("a call without day or hour was refused")
        return local_moment(day, hour, ZoneInfo(self.timezone.data))

    def terms(self) -> CallTerms:
        """Return what was entered; asked after `accepts`."""
        deadline = self._deadline()
        if deadline is None:
            raise AssertionError("an hour that does not exist was refused")
        return CallTerms(
            title=self.title.data,
            funder=self.funder.data,
            link=self.link.data,
            deadline_at=deadline,
            timezone=self.timezone.data,
            currency=self.currency.data,
            grant_min_cents=self.grant_min.value,
            grant_max_cents=self.grant_max.value,
            cofinancing_min_bp=self.cofinancing_min.value,
            cofinancing_max_bp=self.cofinancing_max.value,
            requested_cents=self.requested.value,
            own_cents=self.own.value,
            priority_id=int(self.priority.data) if self.priority.data else None,
            gates={
                one.gate: GateNote(GateAnswer(one.answer.data), one.note.data)
                for one in self.gate_list()
            },
            needs=tuple(_need(row) for row in self.row_list() if row.is_used),
        )


def _need(row: Row) -> CallNeed:
    return CallNeed(
        competency=row.competency.data,
        level=int(row.level.data),
        holders=row.holders.value or 1,
        role=row.role.data,
    )


def _in_order(least: TypedField[int], most: TypedField[int], message: str) -> bool:
    if least.value is None or most.value is None or least.value <= most.value:
        return True
    return _told(most, message)


def _told(field: Field, message: str) -> bool:
    field.errors = [*field.errors, message]
    return False


def call_form(
    offers: CallOffers,
    entries: Entries | None = None,
    *,
    values: dict[str, object] | None = None,
    kept: CallTerms | None = None,
    kept_priority: str = "",
) -> CallForm:
    """Make the form with its rows.

    Args:
        offers: What can be chosen.
        entries: What was sent; None for a form to be filled in.
        values: Name of a field to what it shows before anything was sent.
        kept: The stored call, whose choices stay possible.
        kept_priority: Title of the priority that it cites.
    """
    shown = values or {}
    count = row_count(
        entries.get("rows") if entries is not None else str(shown["rows"])
    )
    form_class = type("CallFormWithRows", (CallForm,), extra_fields(count))
    form: CallForm = form_class(entries, **shown)
    form.rows.data = str(count)
    form.timezone.choices = offers.zone_choices(kept.timezone if kept else "")
    form.currency.choices = offers.currency_choices(kept.currency if kept else "")
    cited = (kept.priority_id, kept_priority) if kept and kept.priority_id else None
    form.priority.choices = offers.priority_choices(cited)
    levels, competencies = level_choices(), offers.competency_choices()
    for row in form.row_list():
        row.level.choices, row.competency.choices = levels, competencies
    for gate in form.gate_list():
        gate.answer.choices = [
            SelectChoice(answer.value, answer_word(answer)) for answer in GateAnswer
        ]
        gate.answer.label.text = gate_sentence(gate.gate)
    return form
