"""What can be told of Markdown without rendering it: its length, images, capitals."""

import re
from dataclasses import dataclass

_CODE = re.compile(r"`[^`\n]*`")
_FENCE = ("```", "~~~")
_IMAGE = re.compile(r"!\[(?P<text>[^\[\]]{0,500})\]\((?P<target>[^()\s]{1,500})")
_LINK = re.compile(r"!?\[(?P<text>[^\[\]]{0,500})\]\([^()]{0,500}\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)[^*_\n]{1,200}(?<=\S)\1")
_SHOUTED = re.compile(r"(?<![\w*_])(NOT|EXCEPT|NO|EXCEPTO)(?![\w*_])")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Image:
    """An image in Markdown.

    Attributes:
        text: The alternative text; may be empty.
        target: Where the file is.
        line: Lines below the first of the Markdown, from 0.
    """

    text: str
    target: str
    line: int


def images_of(markdown: str) -> list[Image]:
    """List the images of a text, code left out."""
    plain = _without_code(markdown)
    images: list[Image] = []
    line, place = 0, 0
    for found in _IMAGE.finditer(plain):
        line += plain.count("\n", place, found.start())
        place = found.start()
        images.append(Image(found["text"].strip(), found["target"], line))
    return images


def visible_length(markdown: str) -> int:
    """Count the signs that a reader sees, about.

    Example:
        >>> visible_length("**Two** [words](a.pdf)")
        9
    """
    shown = _LINK.sub(lambda found: found["text"], markdown)
    return len(" ".join(re.sub(r"[*_`]", "", shown).split()))


def shouted_word(markdown: str) -> str:
    """Find NOT, EXCEPT, NO or EXCEPTO in capitals outside bold; empty for none."""
    plain = _BOLD.sub("", _without_code(markdown))
    found = _SHOUTED.search(plain)
    return found[1] if found else ""


def needs_translation(text: str) -> bool:
    """Say whether a text has words, not only names, acronyms and figures.

    Example:
        >>> needs_translation("Fines"), needs_translation("Global Europe 2021")
        (True, False)
    """
    words = [word for word in _WORD.findall(text) if not word.isupper()]
    is_name = len(words) > 1 and all(word[0].isupper() for word in words)
    return bool(words) and not is_name


def _without_code(markdown: str) -> str:
    """Blank out code, line ends kept."""
    lines: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        mark = line.strip()
        if fence:
            is_end = mark.startswith(fence) and not mark.strip(fence[0])
            fence = "" if is_end else fence
            lines.append("")
        elif mark.startswith(_FENCE):
            fence = mark[:3]
            lines.append("")
        else:
            lines.append(_CODE.sub(" ", line))
    return "\n".join(lines)
