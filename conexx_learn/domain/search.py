"""Text as a search sees it: without accents, capitals and signs."""

import unicodedata

MOST_WORDS = 8


def folded(text: str) -> str:
    """Fold a text for search.

    Example:
        >>> folded("Convocatoria: ¿Qué ES la Unión?")
        'convocatoria que es la union'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        sign if sign.isalnum() else " "
        for sign in plain
        if not unicodedata.combining(sign)
    )
    return " ".join("".join(kept).split())


def search_words(query: str) -> list[str]:
    """Split what was typed into at most eight folded words."""
    return folded(query[:200]).split()[:MOST_WORDS]
