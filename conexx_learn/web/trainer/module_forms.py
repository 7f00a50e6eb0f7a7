"""The facts of a module as a form: its minutes, its weight, until when it holds."""

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from conexx_learn.domain.course_editing.outline import Changes, renamed_module
from conexx_learn.domain.course_editing.settings_text import (
    Value,
    with_module_values,
)
from conexx_learn.domain.course_source.settings_check import SETTINGS_FILE
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.trainer.setting_fields import MinutesField, words_of
from conexx_learn.web.typed_fields import DayField


class ModuleForm(PageForm):
    """What `course.toml` says of a module."""

    slug = StringField(
        _l("Short name"),
        filters=[lambda text: (text or "").strip().lower()],
        validators=[
            InputRequired(_l("Write a short name.")),
            Length(max=60, message=_l("This is too long.")),
        ],
        description=_l(
            "It stands in the address of the module. With another name, links from "
            "elsewhere to the old one end; those inside the course follow."
        ),
    )
    minutes = MinutesField(
        _l("Minutes of reading"), validators=[InputRequired(_l("Write the minutes."))]
    )
    quiz_minutes = MinutesField(_l("Minutes of its quiz"))
    task_minutes = MinutesField(_l("Minutes of its task"))
    required = BooleanField(
        _l("Required"), description=_l("The certificate asks for it.")
    )
    outcomes = StringField(
        _l("Outcomes that it serves"),
        description=_l("Their ids with commas between them: lo-1, lo-2"),
        validators=[Length(max=400, message=_l("This is too long."))],
    )
    valid_until = DayField(
        _l("Its content holds until"),
        description=_l("From sixty days before, you are told to look at it again."),
    )

    @classmethod
    def of(cls, slug: str, table: Mapping[str, object] | None) -> "ModuleForm":
        """Fill the form with what is written; what is none of its kind stays out."""
        told = table or {}
        outcomes = told.get("outcomes")
        until = told.get("valid_until")
        return cls(
            None,
            slug=slug,
            minutes=_whole(told.get("minutes")),
            quiz_minutes=_whole(told.get("quiz_minutes")),
            task_minutes=_whole(told.get("task_minutes")),
            required=told.get("required") is not False,
            outcomes=", ".join(
                map(str, outcomes if isinstance(outcomes, list) else ())
            ),
            valid_until=until if isinstance(until, date) else None,
        )

    def changes(self, files: Mapping[str, bytes], *, slug: str) -> Changes:
        """Return the files that change by what was typed.

        Raises:
            ShapeError: The new name is none, or is reserved.
            RuleError: There is a module of this name.
            ContentError: `course.toml` cannot be read.
        """
        before = files.get(SETTINGS_FILE, b"")
        text = with_module_values(before.decode(errors="replace"), slug, self._values())
        changed = {**files, SETTINGS_FILE: text.encode()}
        moved = renamed_module(changed, slug=slug, wanted=self.slug.data)
        return {SETTINGS_FILE: text.encode(), **moved}

    def _values(self) -> dict[str, Value]:
        """Return every key; None takes one away that says what is so anyway."""
        return {
            "minutes": self.minutes.value or 0,
            "quiz_minutes": self.quiz_minutes.value or None,
            "task_minutes": self.task_minutes.value or None,
            "required": None if self.required.data else False,
            "outcomes": words_of(self.outcomes.data) or None,
            "valid_until": self.valid_until.data,
        }


def _whole(value: object) -> str:
    return str(value) if isinstance(value, int) else ""
