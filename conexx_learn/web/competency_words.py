"""The words of competencies and their levels on the screen."""

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice

from conexx_learn.domain.prior_learning import LEVELS
from conexx_learn.queries.frameworks import CompetencyName
from conexx_learn.web.filters import in_language
from conexx_learn.web.language import gettext as _


def level_word(level: int) -> str:
    """Return the word of a level from 1 to 4."""
    return {
        1: _("aware"),
        2: _("trained"),
        3: _("experienced"),
        4: _("expert"),
    }[level]


def level_choices() -> list[SelectChoice]:
    """List the levels for a form."""
    return [SelectChoice(str(level), level_word(level)) for level in LEVELS]


def competency_choices(
    competencies: Iterable[CompetencyName], nothing: str = ""
) -> list[SelectChoice]:
    """List the competencies for a form, after a first line that chooses none."""
    named = [
        SelectChoice(one.code, f"{one.code} {in_language(dict(one.titles))}")
        for one in competencies
    ]
    return [SelectChoice("", nothing), *named]
