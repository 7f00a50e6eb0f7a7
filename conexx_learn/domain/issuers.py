"""Who certifies: read from a small TOML file, frozen into every certificate."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_LOGO = re.compile(r"[\w.-]+\.svg")
_OBLIGATORY = ("name", "url", "email", "country", "address", "registration")
_LONGEST = 300


class IssuerFileError(ValueError):
    """The issuer file cannot be used; the message names the entry, for an operator."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that certifies, as it is printed and published.

    Attributes:
        name: Legal name.
        url: Its public site, absolute.
        email: Where doubts about a certificate are reported.
        country: ISO 3166-1 code of two capitals.
        region: Region or state; empty where there is none.
        address: Postal address on one line.
        registration: Tax or register number, with its kind.
        signatory: Name of the person who signs.
        signatory_post: Language to the post of that person; a single text in the
            file stands under every language that the paper knows.
        logo: File name of an SVG beside the issuer file; empty for a drawn mark.
        demo: A fictional issuer, whose certificates prove nothing.
    """

    name: str
    url: str
    email: str
    country: str
    region: str
    address: str
    registration: str
    signatory: str
    signatory_post: dict[str, str]
    logo: str = ""
    demo: bool = False


DEMO_ISSUER = Issuer(
    name="Conexx Learn (demostración)",
    url="https://learn.conexx.example",
    email="constancias@conexx.example",
    country="BE",
    region="Bruselas",
    address="Calle Ficticia 12",
    registration="DEMO-0000.000.000",
    signatory="Marta Lindqvist Soto",
    signatory_post={"es": "Dirección de Capacitación", "en": "Director of Training"},
    demo=True,
)
"""Fictional: no such person or body exists."""


def read_issuer(text: str) -> Issuer:
    """Read the issuer file.

    Args:
        text: TOML with the keys `name url email country address registration`, a
            table `[signatory]` of `name` and `post` (a text, or a table by language),
            and, where they exist, `region` and `logo`.

    Raises:
        IssuerFileError: The text is no TOML, an entry is missing, or one is wrong;
            the message names all that are missing, or the one that is wrong.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise IssuerFileError(f"not TOML: {error}") from error
    signatory = table.get("signatory")
    signing = signatory if isinstance(signatory, dict) else {}
    _refuse_gaps(table, signing)
    return Issuer(
        name=_text(table, "name"),
        url=_url(table),
        email=_matching(table, "email", _ADDRESS, "an e-mail address"),
        country=_matching(table, "country", _COUNTRY, "two capitals, such as MX"),
        region=_text(table, "region") if table.get("region") else "",
        address=_text(table, "address"),
        registration=_text(table, "registration"),
        signatory=_text(signing, "name", "signatory.name"),
        signatory_post=_post(signing["post"]),
        logo=_matching(table, "logo", _LOGO, "the name of an SVG file beside this one")
        if table.get("logo")
        else "",
    )


def _refuse_gaps(table: dict[str, Any], signing: dict[str, Any]) -> None:
    missing = [key for key in _OBLIGATORY if not table.get(key)]
    missing += [f"signatory.{key}" for key in ("name", "post") if not signing.get(key)]
    if missing:
        raise IssuerFileError(f"missing: {', '.join(missing)}")


def _text(table: dict[str, Any], key: str, shown: str | None = None) -> str:
    value = table[key]
    line = " ".join(value.split()) if isinstance(value, str) else ""
    if not line or len(line) > _LONGEST:
        raise IssuerFileError(f"{shown or key}: use a text of 1 to {_LONGEST} signs")
    return line


def _matching(
    table: dict[str, Any], key: str, pattern: re.Pattern[str], what: str
) -> str:
    value = _text(table, key)
    if not pattern.fullmatch(value):
        raise IssuerFileError(f"{key}: use {what}")
    return value


def _url(table: dict[str, Any]) -> str:
    value = _text(table, "url")
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise IssuerFileError(f"url: {error}") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in value:
        raise IssuerFileError("url: use an address that begins with https://")
    return value


def _post(value: object) -> dict[str, str]:
    """Read the signatory's post: one text for all languages, or one each."""
    if isinstance(value, str):
        line = _text({"post": value}, "post", "signatory.post")
        return {"es": line, "en": line}
    if not isinstance(value, dict) or not {"es", "en"} <= set(value):
        raise IssuerFileError("signatory.post: use a text, or a table with es and en")
    for lang in value:
        if not _LANGUAGE.fullmatch(lang):
            raise IssuerFileError(f"signatory.post: {lang} is no language")
    return {lang: _text(value, lang, f"signatory.post.{lang}") for lang in value}
