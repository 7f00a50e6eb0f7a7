"""Names of people, as they are printed and as their owners may correct them."""

import unicodedata
from collections import Counter
from itertools import pairwise

LONGEST_NAME = 200
"""Characters, after tidying."""

_SPACES = frozenset({"Zs", "Zl", "Zp"})
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = frozenset("\u200c\u200d")
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that show nothing, though Unicode does not call them spaces."""
_LIKE_LETTERS = str.maketrans(
    {
        "\u2019": "'",
        "\u02bc": "'",
        "\u2018": "'",
        "`": "'",
        "\u00b4": "'",
        "\u0142": "l",
        "\u00f8": "o",
        "\u0111": "d",
        "\u0127": "h",
        "\u0131": "i",
        "\u00e6": "ae",
        "\u0153": "oe",
    }
)
"""Letters and apostrophes that Unicode does not take apart, but a hand does."""


def printed_name(text: str) -> str:
    """Return a name exactly as it will be printed.

    Unicode NFC; any run of spaces becomes one; control characters, private and
    unassigned ones, and marks that turn the direction of writing are left out, so
    that no name can show itself as another. Joiners stay: some scripts need them.

    Returns:
        The name; empty when nothing visible is left.

    Example:
        >>> printed_name("  Ana" + chr(0x202E) + chr(9) + " Ruiz ")
        'Ana Ruiz'
    """
    kept = (_printable(character) for character in unicodedata.normalize("NFC", text))
    words = "".join(kept).split()
    return unicodedata.normalize("NFC", " ".join(words)).strip("\u200c\u200d")


def allowed_correction(current: str, proposed: str) -> bool:
    """Say whether the holder may make this change alone.

    Accents, the order of the words, capitals and the form of an apostrophe may
    change. More than that is for the training manager.

    Args:
        current: The name on record.
        proposed: What the holder typed.
    """
    name = printed_name(proposed)
    if not name or len(name) > LONGEST_NAME or _has_stacked_marks(name):
        return False
    return _skeleton(printed_name(current)) == _skeleton(name)


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    is_blank = category in _SPACES or character in _BLANKS
    if is_blank or character in "\t\n\r\v\f\x85":
        return " "
    hidden = category in _INVISIBLE and character not in _JOINERS
    return "" if hidden else character


def _skeleton(name: str) -> Counter[str]:
    """Count the words without accents and capitals."""
    return Counter(_bare(word) for word in name.split())


def _bare(word: str) -> str:
    folded = word.casefold().translate(_LIKE_LETTERS)
    apart = unicodedata.normalize("NFD", folded)
    marks = {"Mn", "Cf"}
    return "".join(sign for sign in apart if unicodedata.category(sign) not in marks)


def _has_stacked_marks(name: str) -> bool:
    """Find two combining marks in a row: towers of accents, which no name needs."""
    marks = [unicodedata.category(character) == "Mn" for character in name]
    return any(first and second for first, second in pairwise(marks))
