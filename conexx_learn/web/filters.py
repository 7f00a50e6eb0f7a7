"""How values are written on a page, in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, g
from markupsafe import Markup

from conexx_learn.domain.folder import passages
from conexx_learn.domain.identifiers import grouped
from conexx_learn.web.language import format_locale, page_language

NBSP = "\N{NO-BREAK SPACE}"
MINUTES_PER_HOUR = 60
SECONDS_PER_MINUTE = 60
KILO = 1000


def day(value: date | datetime | None) -> str:
    """Write a day in words: 3 de diciembre de 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _local(value)
    return format_date(value, "long", locale=format_locale())


def _local(value: datetime) -> datetime:
    return value.astimezone(ZoneInfo(g.get("timezone", "UTC")))


def clock(value: datetime | None) -> str:
    """Write the hour and minute in the institution's zone: 10:42."""
    return "" if value is None else _local(value).strftime("%H:%M")


def moment(value: datetime | None) -> str:
    """Write a day and its hour, with the zone where it is the world's."""
    if value is None:
        return ""
    local = _local(value)
    zone = f"{NBSP}UTC" if g.get("timezone", "UTC") == "UTC" else ""
    return f"{day(local)}, {local:%H:%M}{zone}"


def number(value: Decimal | Fraction | float | None) -> str:
    """Write a number with the separators of the reader's country."""
    if value is None:
        return ""
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator)
        if isinstance(value, Fraction)
        else value
    )
    return str(format_decimal(exact, "#,##0.##", locale=format_locale()))


def percent(value: Fraction | float | str) -> str:
    """Write a percentage; a number of 0 to 100, not a share."""
    shown = value if isinstance(value, str) else number(value)
    return f"{shown}{NBSP}%"


def minutes(value: int | None) -> str:
    """Write a length of time: 75 → 1 h 15 min."""
    if not value:
        return f"0{NBSP}min"
    hours, rest = divmod(value, MINUTES_PER_HOUR)
    parts = [f"{hours}{NBSP}h"] if hours else []
    return f"{NBSP}".join(parts + ([f"{rest}{NBSP}min"] if rest else []))


def seconds(value: int) -> str:
    """Write a short length of time: 45 → 45 s, 95 → 1 min 35 s."""
    whole, rest = divmod(value, SECONDS_PER_MINUTE)
    if not whole:
        return f"{rest}{NBSP}s"
    return minutes(whole) + (f"{NBSP}{rest}{NBSP}s" if rest else "")


def byte_size(value: int) -> str:
    """Write a size in kB or MB, thousands to the step."""
    if value < KILO * KILO:
        return f"{number(max(1, round(value / KILO)))}{NBSP}kB"
    return f"{number(round(value / KILO / KILO, 1))}{NBSP}MB"


def safe_html(value: object) -> Markup:
    """Pass HTML that `domain.markup` made and cleaned; nothing else goes through here.

    This is the one reviewed place where text becomes markup.
    """
    return Markup(str(value))  # noqa: S704 (the reviewed place)


def in_language(texts: dict[str, Any] | None) -> str:
    """Pick a text by the reader's language, else the first there is."""
    if not texts:
        return ""
    return str(texts.get(page_language()) or next(iter(texts.values())))


def init_app(app: Flask) -> None:
    """Offer the filters to templates."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        clock=clock,
        number=number,
        percent=percent,
        minutes=minutes,
        seconds=seconds,
        bytes=byte_size,
        safe_html=safe_html,
        in_language=in_language,
        folio=grouped,
        passages=passages,
    )
