"""The forms of the first day: who the institution is, and whom it has."""

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from conexx_learn.domain.people_import import PeopleReading, read_pasted_people
from conexx_learn.domain.people_import.reading import MOST_PASTED
from conexx_learn.domain.search import folded
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.services.first_day import StaffedPost
from conexx_learn.services.institutions import LONGEST_NAME, MOST_PEOPLE
from conexx_learn.services.posts import MOST_SEATS
from conexx_learn.services.units import LONGEST_NAME as LONGEST_TITLE
from conexx_learn.web.institution.entry_fields import (
    NO_NUMBER,
    TOO_LONG,
    ChoiceField,
    WholeNumberField,
    squeezed,
)
from conexx_learn.web.language import page_language
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField

REGION_CODES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ"})
"""Two letters of what is no country with towns."""

COUNTRY_LETTERS = 2


class InstitutionForm(PageForm):
    """Who the institution is."""

    name = StringField(
        _l("Name of the institution"),
        filters=[squeezed],
        validators=[
            InputRequired(_l("Write the name of the institution.")),
            Length(max=LONGEST_NAME, message=TOO_LONG),
        ],
        description=_l("As your papers print it."),
    )
    country = ChoiceField(_l("Country"))
    timezone = ChoiceField(
        _l("Time zone"),
        description=_l("By its clock a day ends, and with it what is due."),
    )
    population = WholeNumberField(
        _l("Inhabitants"),
        validators=[
            Optional(),
            NumberRange(0, MOST_PEOPLE, NO_NUMBER),
        ],
        description=_l("About how many; may stay empty."),
    )
    mandate_ends_on = DayField(
        _l("Last day of the mandate"),
        validators=[Optional()],
        description=_l(
            "Then elected people and those they brought leave; the pages show who is "
            "left. May stay empty."
        ),
    )

    @classmethod
    def of(cls, place: InstitutionPlace) -> "InstitutionForm":
        """Fill the form with what is known."""
        form = cls(
            None,
            name=place.name,
            country=place.country,
            timezone=place.timezone,
            population=place.population,
            mandate_ends_on=place.mandate_ends_on,
        )
        form.offer(place)
        return form

    def offer(self, place: InstitutionPlace) -> None:
        """Offer the countries and time zones of the world."""
        lang = page_language()
        zones = zone_choices(lang)
        if place.timezone not in dict(zones):
            zones = ((place.timezone, place.timezone), *zones)
        self.country.choices, self.timezone.choices = country_choices(lang), zones


class SinceForm(PageForm):
    """What all appointments of the first day have in common."""

    since = DayField(
        _l("In their posts since"),
        validators=[Optional()],
        description=_l(
            "For all of them; you can correct it person by person. Empty: the plan "
            "will ask for it."
        ),
    )


class StaffForm(Form):
    """One post with its people, inside of the one form of the page."""

    title = StringField(
        _l("Title of the post"),
        filters=[squeezed],
        validators=[Length(max=LONGEST_TITLE, message=TOO_LONG)],
    )
    unit = StringField(
        _l("Unit"),
        filters=[squeezed],
        validators=[Length(max=LONGEST_TITLE, message=TOO_LONG)],
    )
    seats = WholeNumberField(
        _l("Seats"),
        validators=[
            InputRequired(NO_NUMBER),
            NumberRange(0, MOST_SEATS, _l("Write a number from 0 to 999.")),
        ],
    )
    names = TextAreaField(
        _l("Names"),
        validators=[Length(max=MOST_PASTED, message=TOO_LONG)],
    )
    ends_with_mandate = BooleanField(_l("They leave when the mandate ends"))

    def reading(self) -> PeopleReading:
        """Read the names; a post without any is vacant."""
        text = self.names.data or ""
        return read_pasted_people(text) if text.strip() else PeopleReading((), ())

    def post(self, entry: "StaffEntry", reading: PeopleReading) -> StaffedPost:
        """Return what was entered; asked after `validate`."""
        return StaffedPost(
            key=entry.key,
            profile=entry.profile,
            title=self.title.data or "",
            unit=self.unit.data or "",
            is_pmu=entry.is_pmu,
            seats=self.seats.data,
            ends_with_mandate=bool(self.ends_with_mandate.data),
            rows=reading.rows,
        )


class StaffEntry:
    """A post of the page: one that is there, or a usual one that is offered.

    Attributes:
        key: Prefix of its fields.
        profile: Code of its job profile.
        profile_title: In the language of the page.
        is_pmu: Whether its unit runs externally financed projects.
        is_there: It was saved before: title and unit are changed on its own page.
        people: Who is in it already.
        form: Its fields.
    """

    def __init__(
        self,
        key: str,
        *,
        profile: str,
        profile_title: str,
        is_pmu: bool,
        is_there: bool = False,
        people: Iterable[str] = (),
        form: StaffForm,
    ) -> None:
        self.key = key
        self.profile = profile
        self.profile_title = profile_title
        self.is_pmu = is_pmu
        self.is_there = is_there
        self.people = tuple(people)
        self.form = form


@lru_cache(maxsize=4)
def country_choices(lang: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of every country, by name."""
    found = (
        (code, name)
        for code, name in Locale(lang).territories.items()
        if len(code) == COUNTRY_LETTERS and code not in REGION_CODES
    )
    return tuple(sorted(found, key=lambda choice: folded(choice[1])))


@lru_cache(maxsize=4)
def zone_choices(lang: str) -> tuple[tuple[str, str], ...]:
    """Return key and place of every time zone, by country and town."""
    territories = get_global("territory_zones")
    found: list[tuple[str, str]] = []
    for code, country in country_choices(lang):
        zones = territories.get(code, [])
        if len(zones) == 1:
            found.append((zones[0], country))
        else:
            towns = (
                (zone, get_timezone_location(zone, locale=lang, return_city=True))
                for zone in zones
            )
            found += [(zone, f"{country}: {town}") for zone, town in towns]
    return tuple(sorted(dict(found).items(), key=lambda choice: folded(choice[1])))
