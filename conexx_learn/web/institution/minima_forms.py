"""The form of what each function needs: one line for each competency."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, HiddenField, SelectField
from wtforms.validators import ValidationError

from conexx_learn.domain.readiness.facts import FunctionMinimum
from conexx_learn.queries.frameworks import CompetencyName
from conexx_learn.web.competency_words import level_choices
from conexx_learn.web.filters import in_language
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import CountField

MOST_HOLDERS = 99
USUAL_LEVEL = "2"


@dataclass(frozen=True, slots=True)
class MinimumRow:
    """The fields of one competency."""

    code: str
    title: str
    holders: CountField
    level: SelectField
    is_critical: BooleanField


class MinimaForm(PageForm):
    """What the editor read; the lines are added by `minima_form`."""

    read_as = HiddenField()
    titles: dict[str, str]

    def row_list(self) -> list[MinimumRow]:
        """List the lines, in the order of the framework."""
        return [
            MinimumRow(
                code,
                title,
                self[f"holders_{code}"],
                self[f"level_{code}"],
                self[f"critical_{code}"],
            )
            for code, title in self.titles.items()
        ]

    def minima(self) -> list[FunctionMinimum]:
        """Return what was entered; 0 people, or none, leaves a line out."""
        return [
            FunctionMinimum(
                competency=row.code,
                level=int(row.level.data),
                holders=row.holders.value,
                is_critical=row.is_critical.data,
            )
            for row in self.row_list()
            if row.holders.value
        ]


def minima_form(
    competencies: Sequence[CompetencyName],
    entries: MultiDict[str, str] | None = None,
    *,
    stored: Sequence[FunctionMinimum] = (),
) -> MinimaForm:
    """Make the form with a line for each competency.

    Args:
        competencies: Of the framework.
        entries: What was sent; None for a form to be filled in.
        stored: What it shows before anything was sent.
    """
    titles = {one.code: in_language(dict(one.titles)) for one in competencies}
    form_class = type(
        "MinimaFormWithLines", (MinimaForm,), {"titles": titles, **_fields(titles)}
    )
    form: MinimaForm = form_class(entries, **_values(stored))
    for row in form.row_list():
        row.level.choices = level_choices()
    return form


def _fields(titles: dict[str, str]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for code, title in titles.items():
        fields[f"holders_{code}"] = CountField(
            _l("%(function)s: people", function=title), validators=[_few_enough]
        )
        fields[f"level_{code}"] = SelectField(
            _l("%(function)s: level", function=title), default=USUAL_LEVEL
        )
        fields[f"critical_{code}"] = BooleanField(
            _l("%(function)s: critical", function=title), default=True
        )
    return fields


def _few_enough(_form: PageForm, field: CountField) -> None:
    if (field.value or 0) > MOST_HOLDERS:
        raise ValidationError(_("Write how many people, 0 to 99."))


def _values(stored: Sequence[FunctionMinimum]) -> dict[str, object]:
    values: dict[str, object] = {}
    for minimum in stored:
        values |= {
            f"holders_{minimum.competency}": str(minimum.holders),
            f"level_{minimum.competency}": str(minimum.level),
            f"critical_{minimum.competency}": minimum.is_critical,
        }
    return values
