"""What the form of a call offers to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import get_currency_name
from wtforms.fields.choices import SelectChoice

from conexx_learn.queries.frameworks import CompetencyName
from conexx_learn.queries.institution_surroundings import RankedPriority
from conexx_learn.web.competency_words import competency_choices
from conexx_learn.web.institution.call_words import zone_name
from conexx_learn.web.language import format_locale
from conexx_learn.web.language import gettext as _

Choices = list[SelectChoice]

ZONES = (
    "Europe/Brussels",
    "Europe/Madrid",
    "Europe/Lisbon",
    "UTC",
    "America/Mexico_City",
    "America/Guatemala",
    "America/El_Salvador",
    "America/Tegucigalpa",
    "America/Managua",
    "America/Costa_Rica",
    "America/Panama",
    "America/Havana",
    "America/Santo_Domingo",
    "America/Bogota",
    "America/Caracas",
    "America/Guayaquil",
    "America/Lima",
    "America/La_Paz",
    "America/Asuncion",
    "America/Santiago",
    "America/Argentina/Buenos_Aires",
    "America/Montevideo",
    "America/Sao_Paulo",
    "America/New_York",
)
"""Where funders of cooperation and the institutions have their clocks."""

CURRENCIES = (
    *("EUR", "USD", "MXN", "GTQ", "HNL", "NIO", "CRC", "PAB", "CUP", "DOP", "COP"),
    *("VES", "PEN", "BOB", "PYG", "CLP", "ARS", "UYU", "BRL", "GBP", "CHF", "CAD"),
)


@dataclass(frozen=True, slots=True)
class CallOffers:
    """What can be chosen for one institution.

    Attributes:
        competencies: All of the framework.
        priorities: Of the institution, by rank.
        timezone: Of the institution.
    """

    competencies: Sequence[CompetencyName]
    priorities: Sequence[RankedPriority]
    timezone: str

    def competency_choices(self) -> Choices:
        """List the competencies; an empty line leaves a row out."""
        return competency_choices(self.competencies, _("Choose one"))

    def zone_choices(self, kept: str = "") -> Choices:
        """List the time zones; what is stored stays among them."""
        names = dict.fromkeys([*ZONES, self.timezone, *([kept] if kept else [])])
        return [SelectChoice(name, zone_name(name)) for name in names]

    def currency_choices(self, kept: str = "") -> Choices:
        """List the currencies; what is stored stays among them."""
        codes = dict.fromkeys([*CURRENCIES, *([kept] if kept else [])])
        return [
            SelectChoice(
                code, f"{code}, {get_currency_name(code, locale=format_locale())}"
            )
            for code in codes
        ]

    def priority_choices(self, kept: tuple[int, str] | None = None) -> Choices:
        """List the priorities; one that was retired stays where it is stored."""
        named = {one.id: f"{one.rank}. {one.title}" for one in self.priorities}
        if kept is not None:
            named.setdefault(*kept)
        return [
            SelectChoice("", _("None yet")),
            *(SelectChoice(str(id_), title) for id_, title in named.items()),
        ]
