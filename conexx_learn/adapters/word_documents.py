"""A .docx becomes HTML by mammoth; its pictures and its losses come beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, tostring

import mammoth

from conexx_learn.adapters.office_archive import (
    WORD,
    OfficeParts,
    read_office,
    rewritten,
)
from conexx_learn.adapters.pictures import pixels_of, shown_picture
from conexx_learn.adapters.word_parts import (
    LETTER_ALONE,
    LETTER_UNDER_NUMBER,
    losses,
    ready_body,
    relations_of,
    style_letters,
)
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.pictures import Picture
from conexx_learn.domain.refusals import refusal
from conexx_learn.domain.word_import.remarks import ArrivalRemark

MOST_PICTURES = 300
MOST_PIXELS_TOGETHER = 400_000_000
"""Pixels decoded for one document, whatever its pictures are."""

_STYLE_MAP = f"""
p.{LETTER_UNDER_NUMBER} => ul|ol > li > ol.letters > li:fresh
p.{LETTER_ALONE} => ol.letters > li:fresh
p[style-name='Title'] => p.title:fresh
p[style-name='Título'] => p.title:fresh
p[style-name='Título 1'] => h1:fresh
p[style-name='Título 2'] => h2:fresh
p[style-name='Título 3'] => h3:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
p[style-name^='toc '] => p.toc:fresh
p[style-name='TOC Heading'] => p.toc:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
u => u
highlight => mark
"""
_BODIES = ("footnotes.xml", "endnotes.xml")


@dataclass(frozen=True, slots=True)
class WordDocument:
    """What a document is made of, before it becomes a course.

    Attributes:
        html: Of its text, as mammoth gives it; not clean. A picture's address is a
            key of `pictures` or of `lost_pictures`.
        pictures: Path in the file to what can be shown.
        lost_pictures: Path in the file to why it cannot.
        remarks: What was passed over.
    """

    html: str
    pictures: Mapping[str, Picture]
    lost_pictures: Mapping[str, ContentError]
    remarks: tuple[ArrivalRemark, ...]


def read_word_document(data: bytes, *, name: str) -> WordDocument:
    """Read a .docx without fetching anything and without running anything.

    Args:
        data: The bytes of the file.
        name: Of the file, for the messages.

    Raises:
        ContentError: It is refused; its problem says why and what to do.
    """
    parts = read_office(data, name=name, kind=WORD)
    main = next(path for path in parts.trees if WORD.root.fullmatch(path))
    document = parts.trees[main]
    remarks = losses(parts, document).remarks
    known = frozenset([*parts.trees, *parts.media])
    for path, tree in parts.trees.items():
        if path == main or path.endswith(_BODIES):
            rels = parts.trees.get(f"word/_rels/{path.rpartition('/')[2]}.rels")
            ready_body(tree, relations_of(rels, known))
    style_letters(document, parts.trees.get("word/numbering.xml"))
    html = _html(parts, name)
    pictures, lost = _pictures(parts.media, html)
    return WordDocument(html, pictures, lost, remarks)


def _html(parts: OfficeParts, name: str) -> str:
    """Let mammoth read the parts; in the place of pictures stand their paths."""
    contents = {path: tostring(tree) for path, tree in _kept(parts.trees)}
    contents |= {path: path.encode() for path in parts.media}
    try:
        made = mammoth.convert_to_html(
            rewritten(contents),
            style_map=_STYLE_MAP,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(_address),
        )
    except Exception as error:
        raise refusal(name, "E009", "office-damaged", ending=WORD.ending) from error
    return str(made.value)


def _kept(trees: Mapping[str, Element]) -> Iterator[tuple[str, Element]]:
    """Leave out what mammoth reads and nobody asked for."""
    for path, tree in trees.items():
        if not path.endswith(("comments.xml", "commentsExtended.xml")):
            yield path, tree


def _address(image: Any) -> dict[str, str]:  # noqa: ANN401 (mammoth has no types)
    with image.open() as content:
        return {"src": content.read(300).decode()}


def _pictures(
    media: Mapping[str, bytes], html: str
) -> tuple[dict[str, Picture], dict[str, ContentError]]:
    shown: dict[str, Picture] = {}
    lost: dict[str, ContentError] = {}
    pixels = 0
    for path in media:
        if f'"{path}"' not in html:
            continue
        name = path.rpartition("/")[2]
        try:
            pixels += pixels_of(media[path], name=name)
            if len(shown) >= MOST_PICTURES or pixels > MOST_PIXELS_TOGETHER:
                raise refusal(name, "E008", "picture-many", limit=str(MOST_PICTURES))
            shown[path] = shown_picture(media[path], name=name)
        except ContentError as error:
            # Not a refusal of the document: this one picture stays behind, and is told.
            lost[path] = error
    return shown, lost
