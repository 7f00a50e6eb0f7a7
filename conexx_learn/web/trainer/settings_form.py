"""The form of `course.toml`: each key with a sentence that says what it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import (
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, InputRequired, Length, Optional

from conexx_learn.domain.course_editing.settings_text import Value
from conexx_learn.domain.course_source.settings import ASSESSMENTS
from conexx_learn.domain.sentences.micro_credentials import ASSESSMENT, in_words
from conexx_learn.web.language import page_language
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.trainer.setting_fields import HoursField, words_of
from conexx_learn.web.typed_fields import CountField

LEVELS = (1, 2, 3, 4)


class WholeField(CountField):
    """A whole number from one on."""

    unreadable = _l("Write a whole number.")


@dataclass(frozen=True, slots=True)
class GrantChoice:
    """A competency that the certificate may be evidence of, and the level chosen.

    Attributes:
        code: Of the competency.
        title: In the reader's language.
        level: 1 to 4; 0 where the course does not grant it.
    """

    code: str
    title: str
    level: int


class SettingsForm(PageForm):
    """What `course.toml` says of the course as a whole."""

    grants: tuple[GrantChoice, ...] = ()

    hours = HoursField(
        _l("Hours of work"),
        validators=[InputRequired(_l("Write the hours."))],
        description=_l(
            "All of it: reading, quizzes, tasks and the final quiz. The check compares "
            "them with the minutes of the modules."
        ),
    )
    pass_mark = WholeField(
        _l("Pass mark of the final quiz, in %"),
        description=_l("Unless the quiz says another one."),
    )
    final_minutes = WholeField(_l("Minutes of the final quiz"))
    validity_months = WholeField(
        _l("Months that a certificate lasts"), description=_l("Empty: for ever.")
    )
    access = RadioField(
        _l("Who may read it"),
        choices=[
            SelectChoice("open", _l("Everybody, also without an account")),
            SelectChoice("members", _l("People of an institution")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    outcomes = StringField(
        _l("Learning outcomes"),
        validators=[Length(max=400, message=_l("This is too long."))],
        description=_l(
            "Their ids with commas between them: lo-1, lo-2. The text of each stands "
            "in the head of the public page, course.es.md."
        ),
    )
    prerequisites = SelectMultipleField(
        _l("Courses to be completed before"), validators=[Optional()]
    )
    assessment = SelectMultipleField(_l("How it is assessed"), validators=[Optional()])
    participation = RadioField(
        _l("How people take part"),
        choices=[
            SelectChoice("online", _l("Online")),
            SelectChoice("blended", _l("Partly online")),
            SelectChoice("presential", _l("In person")),
        ],
        validators=[Optional()],
    )
    quality_assurance = StringField(
        _l("Page about quality assurance"),
        validators=[
            Optional(),
            URL(message=_l("Write a whole address that begins with https://")),
            Length(max=300, message=_l("This is too long.")),
        ],
    )
    eqf_level = WholeField(
        _l("Level of the European framework (EQF), 1 to 8"),
        description=_l("Designed with reference to it; no accreditation."),
    )
    ects = HoursField(_l("ECTS points"))
    supervision = StringField(
        _l("Supervision and identity check"),
        validators=[Length(max=200, message=_l("This is too long."))],
    )

    @classmethod
    def of(cls, told: Mapping[str, object]) -> "SettingsForm":
        """Fill the form with what is written."""
        return cls(
            None,
            **{key: _typed(told.get(key)) for key in _TEXTS},
            access=told.get("access") or "members",
            participation=told.get("participation"),
            outcomes=", ".join(_words(told.get("outcomes"))),
            prerequisites=_words(told.get("prerequisites")),
            assessment=_words(told.get("assessment")),
        )

    def offer(
        self,
        *,
        competencies: Sequence[tuple[str, str]],
        courses: Sequence[str],
        granted: Mapping[str, int],
    ) -> None:
        """Offer what the installation knows."""
        self.prerequisites.choices = [SelectChoice(slug, slug) for slug in courses]
        lang = page_language()
        self.assessment.choices = [
            SelectChoice(kind, in_words(ASSESSMENT, [kind], lang))
            for kind in ASSESSMENTS
        ]
        self.grants = tuple(
            GrantChoice(code, title, granted.get(code, 0))
            for code, title in competencies
        )

    def values(self) -> dict[str, Value]:
        """Return every key as TOML holds it; None where nothing is said."""
        return {
            "hours": self.hours.value,
            "pass_mark": self.pass_mark.value,
            "final_minutes": self.final_minutes.value,
            "validity_months": self.validity_months.value,
            "access": self.access.data,
            "grants": [
                {"competency": one.code, "level": one.level}
                for one in self.grants
                if one.level
            ],
            "prerequisites": list(self.prerequisites.data or []),
            "outcomes": list(words_of(self.outcomes.data)),
            "assessment": list(self.assessment.data or []),
            "participation": self.participation.data or None,
            "quality_assurance": self.quality_assurance.data or None,
            "eqf_level": self.eqf_level.value,
            "ects": self.ects.value,
            "supervision": self.supervision.data or None,
        }


_TEXTS = (
    "hours",
    "pass_mark",
    "final_minutes",
    "validity_months",
    "quality_assurance",
    "eqf_level",
    "ects",
    "supervision",
)


def granted_levels(
    source: Mapping[str, object], typed: Mapping[str, str]
) -> dict[str, int]:
    """Return code to level: as typed, or as written where nothing was sent.

    Args:
        source: What `course.toml` says.
        typed: Fields `grant.CODE` of the form; empty on a first view.
    """
    if typed:
        return {
            code: int(level)
            for code, level in typed.items()
            if level in {str(one) for one in LEVELS}
        }
    entries = source.get("grants")
    return {
        str(entry.get("competency")): level
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and isinstance(level := entry.get("level"), int)
    }


def _typed(value: object) -> str:
    return "" if value is None else str(value)


def _words(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
