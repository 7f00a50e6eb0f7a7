"""The words of a quiz file in English and Spanish: keys, values and keywords.

Both may be used in any file, in any letter case and with or without accents. Code
knows the English word alone.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

FRONT = "front"
SECTION = "section"
QUESTION = "question"

LEVELS: dict[str, frozenset[str]] = {
    FRONT: frozenset(
        [
            "quiz",
            "title",
            "lang",
            "mode",
            "pass",
            "attempts",
            "wait",
            "grade",
            "time",
            "on-timeout",
            "shuffle",
            "feedback",
            "scoring",
            "translates",
        ]
    ),
    SECTION: frozenset(["draw", "points", "shuffle", "pool"]),
    QUESTION: frozenset(
        [
            "points",
            "type",
            "scoring",
            "shuffle",
            "competency",
            "module",
            "unit",
            "case",
            "accents",
            "typos",
            "grading",
            "void",
            "void-reason",
            "tags",
            "status",
            "source",
        ]
    ),
}
"""The keys that each level allows."""

SPANISH_KEYS: dict[str, str] = {
    "cuestionario": "quiz",
    "titulo": "title",
    "idioma": "lang",
    "modo": "mode",
    "aprobado": "pass",
    "intentos": "attempts",
    "espera": "wait",
    "nota": "grade",
    "tiempo": "time",
    "al-agotarse": "on-timeout",
    "barajar": "shuffle",
    "retroalimentacion": "feedback",
    "puntuacion": "scoring",
    "traduce": "translates",
    "sortear": "draw",
    "puntos": "points",
    "banco": "pool",
    "tipo": "type",
    "competencia": "competency",
    "modulo": "module",
    "unidad": "unit",
    "mayusculas": "case",
    "acentos": "accents",
    "erratas": "typos",
    "calificacion": "grading",
    "anulada": "void",
    "motivo": "void-reason",
    "etiquetas": "tags",
    "estado": "status",
    "fuente": "source",
}

SECTION_WORDS: dict[str, str] = {
    "pool": "pool",
    "banco": "pool",
    "section": "section",
    "seccion": "section",
    "case": "case",
    "caso": "case",
}

PART_WORDS: dict[str, str] = {
    "explanation": "explanation",
    "explicacion": "explanation",
    "hint": "hint",
    "pista": "hint",
    "right": "right",
    "correcto": "right",
    "partly": "partly",
    "parcial": "partly",
    "wrong": "wrong",
    "incorrecto": "wrong",
}

VALUES: dict[str, dict[str, str]] = {
    "mode": {
        "practice": "practice",
        "practica": "practice",
        "graded": "graded",
        "calificado": "graded",
    },
    "grade": {
        "highest": "highest",
        "mejor": "highest",
        "last": "last",
        "ultimo": "last",
        "first": "first",
        "primero": "first",
        "average": "average",
        "media": "average",
    },
    "on-timeout": {"submit": "submit", "enviar": "submit"},
    "feedback": {
        "immediate": "immediate",
        "inmediata": "immediate",
        "after-attempt": "after-attempt",
        "tras-el-intento": "after-attempt",
        "after-pass": "after-pass",
        "tras-aprobar": "after-pass",
        "never": "never",
        "nunca": "never",
    },
    "scoring": {
        name: name
        for name in [
            "balanced",
            "penalty",
            "decisions",
            "strict-part",
            "exact",
            "weights",
            "pairs",
            "position",
        ]
    },
    "type": {
        name: name
        for name in [
            "single",
            "truefalse",
            "multiple",
            "order",
            "match",
            "number",
            "words",
            "open",
        ]
    },
    "yes-no": {"yes": "yes", "si": "yes", "no": "no"},
    "strict": {"strict": "strict", "estricto": "strict"},
    "grading": {"self": "self", "propia": "self", "trainer": "trainer"},
    "void": {"full": "full", "drop": "drop"},
    "status": {
        "draft": "draft",
        "borrador": "draft",
        "retired": "retired",
        "retirada": "retired",
    },
    "shuffle": {
        "questions": "questions",
        "preguntas": "questions",
        "options": "options",
        "opciones": "options",
        "no": "no",
    },
}
"""For each key with a closed list: what may be written, to what it means."""

UNLIMITED = frozenset({"unlimited", "sin-limite"})

LONGEST_GUESS = 24
"""Longer words get no did-you-mean: comparing costs time and helps nobody."""

_ACCENTED = {"seccion": "Sección", "explicacion": "Explicación"}
_SEPARATORS = re.compile(r"[\s_-]+")


def folded(word: str) -> str:
    """Write a word as keys are compared: small letters, no accents, hyphens.

    Example:
        >>> folded("Al agotarse"), folded("TÍTULO")
        ('al-agotarse', 'titulo')
    """
    spread = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return _SEPARATORS.sub("-", bare.strip())


def english_key(written: str) -> str | None:
    """Say which key a written word is, or None when it is no key at any level."""
    key = folded(written)
    key = SPANISH_KEYS.get(key, key)
    return key if any(key in keys for keys in LEVELS.values()) else None


def canonical_spelling(written: str) -> str:
    """Write a known key as `fmt` does: its own language, no capitals, no accents."""
    return folded(written)


def both_words(key: str) -> str:
    """Write a key in both languages.

    Example:
        >>> both_words("title")
        'title/titulo'
    """
    spanish = [word for word, english in SPANISH_KEYS.items() if english == key]
    return "/".join([key, *spanish])


def keyword_spelling(written: str) -> str:
    """Write a keyword of a heading as `fmt` does: one capital, Spanish accents.

    Example:
        >>> keyword_spelling("EXPLICACION")
        'Explicación'
    """
    word = folded(written)
    return _ACCENTED.get(word, word.capitalize())


def suggested_key(written: str, level: str) -> str:
    """Name the key of a level that a misspelt word is closest to; empty for none."""
    spanish = [word for word, key in SPANISH_KEYS.items() if key in LEVELS[level]]
    return closest(written, (*sorted(LEVELS[level]), *spanish))


def closest(word: str, known: Iterable[str]) -> str:
    """Name the known word that a misspelt one is closest to; empty for none."""
    if len(word) > LONGEST_GUESS:
        return ""
    return _closest(folded(word), tuple(known))


@lru_cache(maxsize=4096)
def _closest(word: str, known: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), "")
