"""Usernames for people without an e-mail address."""

import unicodedata
from collections.abc import Collection, Sequence

from conexx_learn.domain.accounts import LONGEST_USERNAME, is_username
from conexx_learn.domain.people_import.person_names import names_in

_LONGEST_BASE = LONGEST_USERNAME - 8
"""Room for a number behind."""

_FALLBACK = "persona"
"""For names of which no ASCII letter is left."""

_LETTERS = str.maketrans(
    {"\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u0127": "h", "\u0131": "i"}
    | {"\u00e6": "ae", "\u0153": "oe"}
)
"""Letters that Unicode does not take apart."""

_MANY_NAMES = 4


def proposed_usernames(names: Sequence[str], *, taken: Collection[str]) -> list[str]:
    """Propose a username for each name: given name, dot, first surname.

    A name of four names or more has two surnames at its end; one of two or three has
    its first surname in second place. Who shares both gets a number, from 2.

    Args:
        names: As they are printed.
        taken: Usernames that are in use; capitals do not matter.

    Returns:
        One username for each name, in the same order: 3 to 64 of a-z, digits and dots,
        none twice, and none that is taken.

    Example:
        >>> names = ["Juan Hernández López", "Juan Carlos Hernández Ruiz"]
        >>> proposed_usernames(names, taken={"ana.ruiz"})
        ['juan.hernandez', 'juan.hernandez2']
    """
    used = {username.casefold() for username in taken}
    numbers: dict[str, int] = {}
    proposals = []
    for name in names:
        base = _base(name)
        number = numbers.get(base, 1)
        proposal = base if number == 1 else f"{base}{number}"
        while proposal in used:
            number += 1
            proposal = f"{base}{number}"
        numbers[base] = number + 1
        used.add(proposal)
        proposals.append(proposal)
    return proposals


def _base(name: str) -> str:
    """Return the username of a name when nobody else has it."""
    words = [word for word in map(_ascii, names_in(name)) if word]
    if len(words) >= _MANY_NAMES:
        words = [words[0], words[-2]]
    base = ".".join(words[:2])[:_LONGEST_BASE].strip(".")
    if is_username(base):
        return base
    return f"{_FALLBACK}.{base}" if base else _FALLBACK


def _ascii(name: str) -> str:
    """Keep the letters and digits of a name's last word: *de la Cruz* gives cruz."""
    last = unicodedata.normalize("NFKC", name.rsplit(maxsplit=1)[-1])
    apart = unicodedata.normalize("NFKD", last.casefold().translate(_LETTERS))
    return "".join(sign for sign in apart if sign.isascii() and sign.isalnum())
