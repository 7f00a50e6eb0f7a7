"""Institutions: taken in once, under a slug that stays."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import RuleError, ShapeError
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
        name=printed_name(name)[:200],
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
