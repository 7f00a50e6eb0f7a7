r"""Words as learners type them, compared with the phrases that a question accepts.

Letter case, accents, spaces and punctuation do not count unless the question says so;
articles do. `*` in a phrase stands for any run of characters, `\*` for itself.
"""

import re
import unicodedata

FEWEST_LETTERS_FOR_TYPOS = 6

_STAR = re.compile(r"(?<!\\)\*")


def phrase_matches(
    phrase: str,
    text: str,
    *,
    case_strict: bool = False,
    accents_strict: bool = False,
    typos: int = 0,
) -> bool:
    """Say whether a typed text is the phrase.

    Args:
        phrase: As the trainer wrote it; unescaped `*` is any run of characters.
        text: As the learner typed it.
        case_strict: Letter case counts.
        accents_strict: Accents count.
        typos: Edits forgiven (0 or 1) in a phrase of six letters or more without `*`.

    Example:
        >>> phrase_matches("marco lógico", "  Marco-LOGICO ")
        True
    """
    typed = normalised(text, case_strict=case_strict, accents_strict=accents_strict)
    pieces = [
        _folded(
            piece.replace("\\*", "*"),
            case_strict=case_strict,
            accents_strict=accents_strict,
        )
        for piece in _STAR.split(phrase)
    ]
    if len(pieces) > 1:
        return _fits([pieces[0].lstrip(), *pieces[1:-1], pieces[-1].rstrip()], typed)
    expected = pieces[0].strip()
    if not expected:  # A phrase of signs alone, such as "%", is compared as it stands.
        return phrase.replace("\\*", "*").strip() == text.strip()
    return typed == expected or (
        typos > 0
        and sum(map(str.isalpha, expected)) >= FEWEST_LETTERS_FOR_TYPOS
        and _one_edit_apart(expected, typed)
    )


def normalised(text: str, *, case_strict: bool, accents_strict: bool) -> str:
    """Write a text as it is compared: folded, and without spaces at its ends."""
    return _folded(text, case_strict=case_strict, accents_strict=accents_strict).strip()


def _folded(text: str, *, case_strict: bool, accents_strict: bool) -> str:
    folded = unicodedata.normalize("NFKC", text)
    if not case_strict:
        folded = unicodedata.normalize("NFKC", folded.casefold())
    if not accents_strict:
        folded = "".join(
            sign
            for sign in unicodedata.normalize("NFD", folded)
            if unicodedata.category(sign) != "Mn"
        )
    spaced = "".join(" " if _separates(sign) else sign for sign in folded)
    return re.sub(" +", " ", unicodedata.normalize("NFC", spaced))


def _separates(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign).startswith("P")


def _fits(pieces: list[str], text: str) -> bool:
    """Match pieces in order with anything between: greedy, so the time is linear."""
    first, *middle, last = pieces
    if len(first) + len(last) > len(text):
        return False
    if not (text.startswith(first) and text.endswith(last)):
        return False
    place, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _one_edit_apart(one: str, other: str) -> bool:
    """Say whether one insertion, deletion or replacement makes one text the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next(
        (place for place, sign in enumerate(short) if sign != long[place]), len(short)
    )
    rest = short[same + 1 :] if len(short) == len(long) else short[same:]
    return rest == long[same + 1 :]
