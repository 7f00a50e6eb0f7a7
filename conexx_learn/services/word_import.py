"""A document, or what was pasted of one, becomes an arrival that a person looks at."""

from conexx_learn.adapters.word_documents import read_word_document
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.refusals import refusal
from conexx_learn.domain.word_import.arrival import WordArrival
from conexx_learn.domain.word_import.making import Setting, arrival_of
from conexx_learn.domain.word_import.page import read_page

MOST_PASTED = 2 * 1000 * 1000
"""Bytes of HTML that one paste may have; a hundred pages of Word have less."""

_LOST = {
    "picture-kind": "picture-unshown",
    "picture-pixels": "picture-too-large",
    "picture-size": "picture-too-large",
    "picture-many": "picture-too-many",
}


def word_arrival(
    data: bytes,
    *,
    name: str,
    language: str,
    first_number: int = 1,
    taken_slugs: frozenset[str] = frozenset(),
) -> WordArrival:
    """Read a .docx as modules of a course; nothing is stored.

    Args:
        data: The bytes of the file.
        name: Of the file.
        language: Of its text, a tag such as `es`.
        first_number: Of the first module.
        taken_slugs: Of the modules that the course has.

    Raises:
        ContentError: The file is refused; its problem says why and what to do.
    """
    document = read_word_document(data, name=name)
    page = read_page(document.html, name=name)
    page.notes.take(document.remarks)
    lost = {path: _loss(error) for path, error in document.lost_pictures.items()}
    setting = Setting(name, language, first_number, taken_slugs)
    return arrival_of(page, setting, pictures=document.pictures, lost_pictures=lost)


def pasted_arrival(
    html: str,
    *,
    name: str,
    language: str,
    first_number: int = 1,
    taken_slugs: frozenset[str] = frozenset(),
) -> WordArrival:
    """Read what was pasted from Word, LibreOffice or Google Docs; nothing is stored.

    Args:
        html: As the clipboard has it.
        name: What the paste is called, for the title of its only module.
        language: Of its text.
        first_number: Of the first module.
        taken_slugs: Of the modules that the course has.

    Raises:
        ContentError: It is too large or holds nothing; its problem says what to do.
    """
    if len(html.encode(errors="replace")) > MOST_PASTED:
        limit = str(MOST_PASTED // 1000 // 1000)
        raise refusal(name, "E008", "paste-size", limit=limit)
    page = read_page(html, name=name)
    setting = Setting(name, language, first_number, taken_slugs)
    return arrival_of(page, setting, pictures={}, lost_pictures={})


def _loss(error: ContentError) -> str:
    variant = error.problems[0].facts["variant"] if error.problems else ""
    return _LOST.get(variant, "picture-unshown")
