"""Texts rendered to be compared: images and links are named, not followed."""

import re

from conexx_learn.domain.course import ModuleText
from conexx_learn.domain.course_changes.text_blocks import (
    Block,
    BlockKind,
    Piece,
    text_blocks,
    text_pieces,
)
from conexx_learn.domain.markup import render_block, render_document, render_inline

_NUMBER = re.compile(r"^[0-9]+-")


def compared_block(text: str, lang: str) -> str:
    """Render a prompt, a part of a question, the public page of a course."""
    return render_block(text, media_url=_image, link_url=_link, locale=lang)


def compared_line(text: str, lang: str) -> str:
    """Render an option."""
    return render_inline(text, media_url=_image, link_url=_link, locale=lang)


def module_blocks(text: ModuleText | None) -> list[Block]:
    """Render a module and cut it; what it rests on is read after it.

    A self-check is a block that names its questions, which are compared for themselves.
    """
    if text is None:
        return []
    document = render_document(
        text.body_md, media_url=_image, link_url=_link, locale=text.lang
    )
    found: list[Block] = []
    for segment in document.segments:
        if isinstance(segment, str):
            found += text_blocks(segment)
        else:
            found.append(_self_check(text, segment))
    sources = [tuple(text_pieces(source)) for source in text.sources]
    return [*found, *(Block(BlockKind.SOURCE, pieces) for pieces in sources)]


def _self_check(text: ModuleText, number: int) -> Block:
    titles = [one.title for one in text.self_checks[number].questions]
    return Block(BlockKind.SELF_CHECK, (Piece(" · ".join(titles) or "·"),))


def _image(name: str) -> str:
    return f"/media/{name}"


def _link(target: str) -> str:
    """Name a module without its number: where the course reorders, no link changes."""
    return _NUMBER.sub("", target)
