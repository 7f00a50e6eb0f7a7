"""The rows of a call's form: functions, added and taken away, and the conditions."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField, StringField
from wtforms.validators import Length

from conexx_learn.domain.calls import MOST_NEEDS
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.readiness.call_gates import Gate, GateAnswer
from conexx_learn.domain.readiness.call_readiness import CallNeed
from conexx_learn.web.institution.entry_fields import TOO_LONG, ChoiceField
from conexx_learn.web.typed_fields import MOST_DIGITS, CountField

LONGEST_ROLE = 120
LONGEST_NOTE = 300
ROW_PARTS = ("role", "competency", "level", "holders")

Entries = MultiDict[str, str]
"""What was sent: name of a field to what it says."""


def tidy(text: str | None) -> str:
    """Return a text on one line, without signs that nobody sees."""
    return printed_name(text or "")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one function."""

    number: int
    role: StringField
    competency: SelectField
    level: SelectField
    holders: CountField

    @property
    def is_used(self) -> bool:
        """Say whether somebody wrote a function there."""
        return bool(self.competency.data or self.role.data)


@dataclass(frozen=True, slots=True)
class GateFields:
    """The fields of one condition."""

    gate: Gate
    answer: SelectField
    note: StringField


def row_count(entry: str | int | None) -> int:
    """Return how many rows a form has; what no page sent counts as none."""
    text = str(entry or 0)[:MOST_DIGITS]
    return min(int(text), MOST_NEEDS) if text.isascii() and text.isdigit() else 0


def extra_fields(rows: int) -> dict[str, Field]:
    """Make the fields of the rows and of the conditions, by name."""
    fields: dict[str, Field] = {}
    for number in range(rows):
        fields[f"role_{number}"] = StringField(
            _l("Function %(number)s: what they do in the team", number=number + 1),
            filters=[tidy],
            validators=[Length(max=LONGEST_ROLE, message=TOO_LONG)],
        )
        fields[f"competency_{number}"] = ChoiceField(
            _l("Function %(number)s: competency", number=number + 1)
        )
        fields[f"level_{number}"] = ChoiceField(
            _l("Function %(number)s: level", number=number + 1), default="2"
        )
        fields[f"holders_{number}"] = CountField(
            _l("Function %(number)s: people", number=number + 1), default="1"
        )
    for gate in Gate:
        fields[f"answer_{gate}"] = ChoiceField(default=GateAnswer.UNKNOWN.value)
        fields[f"note_{gate}"] = StringField(
            _l("Note to condition %(number)s", number=gate.value[1:]),
            filters=[tidy],
            validators=[Length(max=LONGEST_NOTE, message=TOO_LONG)],
        )
    return fields


def with_one_row_more(entries: Entries) -> Entries:
    """Return what was sent, with room for another function."""
    changed = MultiDict(entries)
    changed["rows"] = str(min(row_count(entries.get("rows")) + 1, MOST_NEEDS))
    return changed


def without_row(entries: Entries, entry: str) -> Entries:
    """Return what was sent without one of the functions; those below move up."""
    count = row_count(entries.get("rows"))
    left = [number for number in range(count) if str(number) != entry]
    changed = MultiDict(entries)
    for number in range(count):
        for part in ROW_PARTS:
            changed.poplist(f"{part}_{number}")
    for number, before in enumerate(left):
        for part in ROW_PARTS:
            changed[f"{part}_{number}"] = entries.get(f"{part}_{before}", "")
    changed["rows"] = str(len(left))
    return changed


def need_values(needs: Sequence[CallNeed]) -> dict[str, object]:
    """Return the fields of functions, by name, as a form shows them."""
    values: dict[str, object] = {"rows": len(needs)}
    for number, need in enumerate(needs):
        values |= {
            f"role_{number}": need.role,
            f"competency_{number}": need.competency,
            f"level_{number}": str(need.level),
            f"holders_{number}": str(need.holders),
        }
    return values
