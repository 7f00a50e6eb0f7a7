"""A translation that begins: the source's structure, its texts to be translated."""

import re

from conexx_learn.domain.front_matter import normalised_text
from conexx_learn.domain.quiz_source.keys import PART_WORDS, SECTION_WORDS, folded
from conexx_learn.domain.translation_desk.documents import read_document
from conexx_learn.domain.translation_desk.passages import UnitKind
from conexx_learn.domain.translation_desk.stated_sources import following

_SECTION_HEAD = re.compile(r"^# (\w+):", re.MULTILINE)
_PART_HEAD = re.compile(r"^### (\w+)[ \t]*$", re.MULTILINE)
_SPANISH = {
    "pool": "Banco",
    "section": "Sección",
    "case": "Caso",
    "explanation": "Explicación",
    "hint": "Pista",
    "right": "Correcto",
    "partly": "Parcial",
    "wrong": "Incorrecto",
}


def begun_translation(source: str, data: bytes, *, path: str, language: str) -> bytes:
    """Write the file that a translator begins with.

    Args:
        source: Name of the source.
        data: Its bytes; a text.
        path: Of the new file.
        language: Of the new file.
    """
    text = normalised_text(data.decode())
    document = read_document(path, text.encode())
    is_quiz = document is not None and document.is_quiz
    if document:
        pieces, behind = [], 0
        for unit in document.units:
            has_words = unit.kind in {
                UnitKind.QUESTION,
                UnitKind.SECTION,
                UnitKind.SELF_CHECK,
            }
            if has_words:
                pieces.append(text[behind : unit.start])
                pieces.append(with_keywords(text[unit.start : unit.end], language))
                behind = unit.end
        text = "".join([*pieces, text[behind:]])
    shown = following(
        text, source=source, data=data, language=language if is_quiz else ""
    )
    return shown.encode()


def with_keywords(text: str, language: str) -> str:
    """Write the reserved headings of questions in the words of a language."""

    def section(found: re.Match[str]) -> str:
        return f"# {_word(found[1], SECTION_WORDS, language)}:"

    def part(found: re.Match[str]) -> str:
        return f"### {_word(found[1], PART_WORDS, language)}"

    return _PART_HEAD.sub(part, _SECTION_HEAD.sub(section, text))


def _word(written: str, known: dict[str, str], language: str) -> str:
    meaning = known.get(folded(written))
    if meaning is None:
        return written
    return _SPANISH[meaning] if language == "es" else meaning.capitalize()
