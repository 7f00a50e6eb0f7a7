"""A name as it stands in a list becomes a name as it is printed.

What is changed is only what a column or a sign shows, and all of it is told:

- *Order.* Surnames go behind the given names where columns hold them apart, where a
  single comma does (`López Hernández, Juan`), or where the heading says that surnames
  come first and there are two to four names (one surname of two, two of three or four).
  Capitals alone say nothing about order: `HERNANDEZ LOPEZ JUAN` in a column *Nombre*
  keeps it.
- *Capitals.* A part all in capitals, or all in small letters, gets a capital for each
  name; particles such as *de la* stay small inside the name.
- *Accents* are never added: nobody can know them but the person.

Each of these the holder of the name may correct alone (`domain.names`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.people_import.plain_text import tidied
from conexx_learn.domain.search import folded

_PARTICLES = frozenset(
    {
        *(
            "da",
            "das",
            "de",
            "del",
            "den",
            "der",
            "di",
            "do",
            "dos",
            "la",
            "las",
            "los",
        ),
        *("van", "von", "y"),
    }
)
_NUMERALS = frozenset({"II", "III", "IV"})
_BEHIND_A_COMMA = frozenset(
    {
        *(
            "arq",
            "cp",
            "dr",
            "dra",
            "hijo",
            "ii",
            "iii",
            "ing",
            "iv",
            "jr",
            "lic",
            "mba",
        ),
        *("msc", "mtra", "mtro", "phd", "sr"),
    }
)
"""What stands behind a comma and is no given name."""

FORMULA_SIGNS = "=+-@"
_NAME_PART = re.compile(r"[^\s'\u2019-]+")
_SURNAMES_OF = {2: 1, 3: 2, 4: 2}
"""Number of names to how many of them are surnames."""


class NameChange(StrEnum):
    """What was done to a name, or would have been."""

    NOTHING = ""
    CAPITALS = "name-capitals"
    TURNED = "name-turned"
    ORDER_UNKNOWN = "name-order-unknown"
    """A comma or a heading speaks of surnames, and where they end is not clear."""


@dataclass(frozen=True, slots=True)
class ImportedName:
    """A name, and what was done to it.

    Attributes:
        name: As it is printed; empty where there was none.
        change: The most that was done.
    """

    name: str
    change: NameChange = NameChange.NOTHING


def name_of_parts(given: str, surnames: str) -> ImportedName:
    """Join given names and surnames that stood in columns of their own.

    Example:
        >>> name_of_parts("JUAN", "DE LA CRUZ LOPEZ").name
        'Juan de la Cruz Lopez'
    """
    return _joined(tidied(given), tidied(surnames), NameChange.NOTHING)


def name_of_whole(text: str, *, surnames_first: bool = False) -> ImportedName:
    """Read a whole name.

    Args:
        text: Of one cell.
        surnames_first: Whether the heading says so.

    Example:
        >>> name_of_whole("López Hernández, Juan").name
        'Juan López Hernández'
        >>> name_of_whole("HERNANDEZ LOPEZ JUAN").name
        'Hernandez Lopez Juan'
        >>> name_of_whole("HERNANDEZ LOPEZ JUAN", surnames_first=True).name
        'Juan Hernandez Lopez'
    """
    name = tidied(text)
    if "," in name:
        before, _, behind = (part.strip() for part in name.partition(","))
        if before and behind and _is_given_name(behind):
            return _joined(behind, before, NameChange.TURNED)
        return ImportedName(name, NameChange.ORDER_UNKNOWN)
    if surnames_first and " " in name:
        names = names_in(name)
        surnames = _SURNAMES_OF.get(len(names))
        if surnames is None:
            return ImportedName(_capitalised(name), NameChange.ORDER_UNKNOWN)
        return _joined(
            " ".join(names[surnames:]), " ".join(names[:surnames]), NameChange.TURNED
        )
    return _joined(name, "", NameChange.NOTHING)


def names_in(text: str) -> list[str]:
    """Split a name into names; a particle belongs to the name behind it.

    Example:
        >>> names_in("María de los Ángeles Ruiz")
        ['María', 'de los Ángeles', 'Ruiz']
    """
    names: list[str] = []
    particles: list[str] = []
    for word in text.split():
        particles.append(word)
        if word.casefold() not in _PARTICLES:
            names.append(" ".join(particles))
            particles = []
    if particles:
        names.append(" ".join(particles))
    return names


def _is_given_name(text: str) -> bool:
    """Say whether what stands behind a comma would be put to the front.

    A full stop or the like would not; a sign that begins a formula would, so that it
    is seen there and refused.
    """
    is_word = text[0].isalpha() or text[0] in FORMULA_SIGNS
    is_title = folded(text).replace(" ", "") in _BEHIND_A_COMMA
    return is_word and "," not in text and not is_title


def _joined(given: str, surnames: str, change: NameChange) -> ImportedName:
    """Put a name together, its capitals set right part by part."""
    plain = f"{given} {surnames}".strip()
    name = f"{_capitalised(given)} {_capitalised(surnames, inside=bool(given))}".strip()
    if name != plain and change is NameChange.NOTHING:
        change = NameChange.CAPITALS
    return ImportedName(name, change)


def _capitalised(text: str, *, inside: bool = False) -> str:
    """Give each name its capital where all letters are large, or all are small.

    Args:
        text: Tidied.
        inside: Whether another name stands before it, so that it may begin small.
    """
    has_one_size = text in {text.upper(), text.lower()} and text.upper() != text.lower()
    has_a_name = any(sum(map(str.isalpha, word)) > 1 for word in text.split())
    if not (has_one_size and has_a_name):
        return text
    words: list[str] = []
    for word in text.split():
        is_first = not words and not inside
        words.append(_capitalised_word(word, is_first=is_first))
    return " ".join(words)


def _capitalised_word(word: str, *, is_first: bool) -> str:
    if word.upper() in _NUMERALS:
        return word.upper()
    small = word.lower()
    if small in _PARTICLES and not is_first:
        return small
    return _NAME_PART.sub(lambda part: part[0][0].upper() + part[0][1:], small)
