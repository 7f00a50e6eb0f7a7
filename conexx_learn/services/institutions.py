"""Institutions: taken in once, under a slug that stays."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.appointments import is_sensible
from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.names import printed_name
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.institutions import Institution
from conexx_learn.services import audit

KINDS = (
    "municipality",
    "region",
    "mancomunidad",
    "association",
    "network",
    "university",
    "ngo",
)
LOCALES = ("es", "en")
MEXICO_CITY = "America/Mexico_City"
MADRID = "Europe/Madrid"
LONGEST_NAME = 200
MOST_PEOPLE = 50_000_000
"""Inhabitants; the largest region stays below."""

CAPITAL_ZONES = {"MX": MEXICO_CITY, "ES": MADRID}
"""Countries with several zones whose institutions mostly live in one."""


def create_institution(
    session: Session,
    *,
    slug: str,
    name: str,
    kind: str,
    country: str,
    now: datetime,
    timezone: str | None = None,
    locale: str = "es",
) -> None:
    """Take an institution in.

    Args:
        session: Where to write.
        slug: Its word in addresses.
        name: As it is printed.
        kind: One of `KINDS`.
        country: ISO 3166-1 alpha-2.
        now: This moment.
        timezone: Of its clocks; None takes the country's, UTC where it has several.
        locale: `es` or `en`, the language of its papers.

    Raises:
        ShapeError: One of the values is none of those allowed.
        RuleError: The slug is taken.
    """
    code = country.upper()
    zone = timezone or zone_of(code)
    _refuse_unless(is_slug(slug), "slug", "a-z, 0-9, -: 3-60")
    _refuse_unless(bool(printed_name(name)), "name", "1-200")
    _refuse_unless(kind in KINDS, "kind", ", ".join(KINDS))
    _refuse_unless(code in Locale("en").territories, "country", "ISO 3166-1: MX, GT…")
    _refuse_unless(_is_zone(zone), "timezone", MEXICO_CITY)
    _refuse_unless(locale in LOCALES, "locale", ", ".join(LOCALES))
    made = insert_once(
        session,
        Institution,
        slug=slug,
        name=printed_name(name)[:LONGEST_NAME],
        kind=kind,
        country=code,
        timezone=zone,
        default_locale=locale,
        created_at=now,
    )
    if not made:
        raise RuleError("institution-exists", slug=slug)
    audit.record(
        session, act="institution-create", thing=f"institution:{slug}", now=now
    )


def held_institution(session: Session, institution_id: int) -> Institution:
    """Take an institution's row for this transaction: who writes beside waits.

    Raises:
        NotFoundError: It is not there.
    """
    row = session.scalars(
        select(Institution)
        .where(Institution.id == institution_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFoundError
    return row


def first_day(place: Institution, now: datetime) -> date:
    """Return today at an institution, or in UTC where that is the earlier day."""
    return min(day_at(place, now), now.date())


def day_at(place: Institution, now: datetime) -> date:
    """Return the calendar day at an institution."""
    return now.astimezone(ZoneInfo(place.timezone)).date()


def describe_institution(
    session: Session,
    *,
    institution_id: int,
    name: str,
    country: str,
    timezone: str,
    population: int | None,
    mandate_ends_on: date | None,
    now: datetime,
) -> None:
    """Write who an institution is, as its own people say it.

    Args:
        session: Where to write.
        institution_id: Which one.
        name: As it is printed.
        country: ISO 3166-1 alpha-2.
        timezone: Of its clocks.
        population: How many live there; None where nobody knows.
        mandate_ends_on: Last day of the political mandate, or None.
        now: This moment.

    Raises:
        ShapeError: One of the values is none of those allowed.
    """
    row = held_institution(session, institution_id)
    code = country.upper()
    printed = printed_name(name)[:LONGEST_NAME]
    _refuse_unless(bool(printed), "name", "1-200")
    _refuse_unless(code in Locale("en").territories, "country", "ISO 3166-1: MX, GT…")
    _refuse_unless(_is_zone(timezone), "timezone", MEXICO_CITY)
    _refuse_unless(
        population is None or 0 <= population <= MOST_PEOPLE,
        "population",
        f"0-{MOST_PEOPLE:,}",
    )
    _refuse_unless(is_sensible(mandate_ends_on), "mandate", "1950-2100")
    row.name, row.country, row.timezone = printed, code, timezone
    row.population, row.mandate_ends_on = population, mandate_ends_on
    audit.record(
        session,
        act="institution-describe",
        thing=f"institution:{row.slug}",
        now=now,
        institution_id=row.id,
    )


def zone_of(country: str) -> str:
    """Return the time zone of a country's institutions; UTC where that is open."""
    zones = get_global("territory_zones").get(country, [])
    if len(zones) == 1:
        return str(zones[0])
    return CAPITAL_ZONES.get(country, "UTC")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _refuse_unless(is_good: bool, name: str, allowed: str) -> None:
    if not is_good:
        raise ShapeError("institution-unreadable", name=name, allowed=allowed)
