"""What single cells may say: refused signs, words for yes, kinds, identities."""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from conexx_learn.domain.accounts import LONGEST_EMAIL, is_username, read_identity
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.search import folded

_FORMULA_SIGNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""With one of these a spreadsheet begins to calculate; also in their wide forms."""

_NOTHING = frozenset(
    {
        *("", "-", "--", "---", "\u2013", "\u2014", "n/a", "n.a.", "s/d"),
        *("no aplica", "sin dato", "sin datos", "no tiene", "sin correo"),
        *("ninguno", "ninguna", "none", "null", "not applicable", "no email"),
    }
)
"""How people write that there is nothing, in small letters."""

_ACCENTED = (
    "[\u00c2\u00c3]["
    + re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore"))
    + "]"
)
"""One letter of UTF-8 read as CP1252: two signs, of which the first is a capital A."""

_STRAY = (
    "[=<>{}|\\\\@\ufffd\u00a1-\u00a9\u00ac\u00ae\u00af\u00b1-\u00b3\u00b6\u00b8\u00b9"
    "\u00bc-\u00bf\u00d7\u00f7\u0192\u201a\u201e-\u2022\u2026\u2030\u2039\u203a\u20ac"
    "\u2122]"
)
"""Signs that no name has; most are letters of DOS read as CP1252."""

_MISREAD = re.compile(f"{_ACCENTED}|{_STRAY}")

_LOCAL_PART = re.compile(r"[a-z0-9_-](?:\.?[a-z0-9_+-])*")
"""What stands before the @ in nearly every address, and needs no closer look."""

YES = frozenset(("si", "s", "yes", "y", "x", "1", "verdadero", "true"))
NO = frozenset(("no", "n", "0", "falso", "false"))

KINDS = {
    "titular": AppointmentKind.HOLDER,
    "propietario": AppointmentKind.HOLDER,
    "propietaria": AppointmentKind.HOLDER,
    "interino": AppointmentKind.HOLDER,
    "interina": AppointmentKind.HOLDER,
    "encargado": AppointmentKind.HOLDER,
    "encargada": AppointmentKind.HOLDER,
    "holder": AppointmentKind.HOLDER,
    "suplente": AppointmentKind.DEPUTY,
    "sustituto": AppointmentKind.DEPUTY,
    "sustituta": AppointmentKind.DEPUTY,
    "alterno": AppointmentKind.DEPUTY,
    "alterna": AppointmentKind.DEPUTY,
    "deputy": AppointmentKind.DEPUTY,
    "substitute": AppointmentKind.DEPUTY,
}
"""Folded word to kind: who stands in takes a seat, who replaces at times does not."""


def is_nothing(cell: str) -> bool:
    """Say whether a cell is empty, or says that there is nothing."""
    return not cell or cell.casefold() in _NOTHING


def unescaped(cell: str) -> str:
    """Take off the apostrophe that our own files put before signs of a formula.

    Example:
        >>> unescaped("'+Agua"), unescaped("'hola")
        ('+Agua', "'hola")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA_SIGNS else cell


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would calculate with a cell instead of showing it."""
    return cell[:1] in _FORMULA_SIGNS


def misread_sign(text: str) -> str:
    """Return what no name of a person, area or post has, or nothing.

    Args:
        text: As it stands in the file, before anything was tidied.

    Example:
        >>> misread_sign("Mu¤oz"), misread_sign("JosÃ©"), misread_sign("Muñoz")
        ('¤', 'Ã©', '')
    """
    found = _MISREAD.search(text)
    return found[0] if found else ""


def sign_of_no_name(written: str, name: str) -> str:
    """Return the sign for which a text is not the name of a person, or nothing.

    Args:
        written: The name as it stands in the file.
        name: As it would be printed; not empty.
    """
    sign = misread_sign(written)
    if sign:
        return sign
    if ";" in name:
        return ";"
    has_letters = any(letter.isalpha() for letter in name)
    return "" if has_letters and not is_formula(name) else name[0]


@lru_cache(maxsize=256)
def read_yes(cell: str) -> bool | None:
    """Read yes or no; None for any other word."""
    word = folded(cell)
    if word in YES:
        return True
    return False if word in NO else None


@lru_cache(maxsize=256)
def read_kind(cell: str) -> AppointmentKind | None:
    """Read a kind of appointment by its first word; None for any other."""
    return KINDS.get(folded(cell).partition(" ")[0])


def read_email(cell: str) -> str:
    """Return an e-mail address in the form that is stored, or nothing.

    Example:
        >>> read_email("Ana@Xaltepec.example"), read_email("ana@@xaltepec.example")
        ('ana@xaltepec.example', '')
    """
    address = read_identity(cell)
    local, _, domain = address.rpartition("@")
    if len(address) > LONGEST_EMAIL or not local or not _is_domain(domain):
        return ""
    is_plain = _LOCAL_PART.fullmatch(local) is not None
    return address if is_plain or _is_address(address) else ""


def read_username(cell: str) -> str:
    """Return a username in the form that is stored, or nothing."""
    username = read_identity(cell)
    return username if is_username(username) else ""


@lru_cache(maxsize=1024)
def _is_domain(domain: str) -> bool:
    """Check a domain once: a town hall has one, and all its people have it."""
    return _is_address(f"a@{domain}")


def _is_address(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
