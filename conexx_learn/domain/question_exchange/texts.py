"""Texts of other systems as Markdown of ours, with the pictures that come in them."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from urllib.parse import unquote

from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.media import media_problem
from conexx_learn.domain.course_source.source_files import LIMITS, SourceFile
from conexx_learn.domain.markup_source import cleared_source
from conexx_learn.domain.question_exchange.foreign import ForeignText, TextForm
from conexx_learn.domain.question_exchange.html_reading import (
    Surroundings,
    html_to_line,
    html_to_markdown,
)
from conexx_learn.domain.question_exchange.plain_text import (
    escaped,
    escaped_inside,
)
from conexx_learn.domain.question_exchange.remarks import NoCounterpartError, Notes
from conexx_learn.domain.question_exchange.sound_text import (
    MOST_SIGNS,
    sound_feedback,
    sound_option,
    sound_part,
    sound_prompt,
)

PLUGIN_FILE = "@@PLUGINFILE@@/"
"""How Moodle addresses a file that travels with its text."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&[a-zA-Z]{2,10};|&#\d{2,6};")
_BLOCK_TAG = re.compile(r"<(?:p|br|div|li|ul|ol|table|h[1-6])[\s/>]", re.IGNORECASE)
_FILE_LINK = re.compile(
    r"(?P<image>!?)\[(?P<label>[^\[\]]*)\]\(@@PLUGINFILE@@/(?P<name>[^()\s]{1,300})\)"
)
_DATA = re.compile(r"data:image/(?P<kind>[a-z+]{1,10});base64,(?P<data>.*)", re.DOTALL)
_INSIDE = re.compile(r"data:image/[a-z+]{1,10};base64,[A-Za-z0-9+/=]*")
_MOST_WRITTEN = 4 * MOST_SIGNS
"""Signs of a text with all its tags, pictures inside of it not counted."""

_KINDS = {"jpeg": "jpg", "svg+xml": "svg"}
_FORMULA = re.compile(r"\$\$|\\\(|\\\[")
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 80
_LINKABLE = ("http://", "https://", "mailto:")


class TextMaker:
    """Makes Markdown of the texts of one file, and collects their pictures.

    Attributes:
        media: Name in `media/` to content, of all texts so far.
        notes: Where what changes is told; of the question in hand.
    """

    def __init__(self) -> None:
        self.media: dict[str, bytes] = {}
        self.notes = Notes(1, "")

    def prompt(self, text: ForeignText) -> str:
        """Make a prompt or a narrative."""
        return self._made(text, self._block, sound_prompt)

    def part(self, text: ForeignText) -> str:
        """Make an explanation, a hint or their like."""
        return self._made(text, self._block, sound_part)

    def feedback(self, text: ForeignText) -> str:
        """Make the feedback of an answer."""
        return self._made(text, self._block, sound_feedback)

    def option(self, text: ForeignText) -> str:
        """Make an option: one line."""
        return self._made(text, self._line, sound_option)

    def _made(
        self,
        text: ForeignText,
        write: Callable[[ForeignText], str],
        sound: Callable[[str], str],
    ) -> str:
        if not text.text.strip():
            return ""
        if len(_INSIDE.sub("", text.text)) > _MOST_WRITTEN:
            raise NoCounterpartError("text-too-long", limit=str(MOST_SIGNS // 1024))
        made = sound(write(text))
        if len(made) >= MOST_SIGNS:
            raise NoCounterpartError("text-too-long", limit=str(MOST_SIGNS // 1024))
        if _FORMULA.search(text.text):
            self.notes.add("formula-typed")
        return made

    def _block(self, text: ForeignText) -> str:
        if text.form is TextForm.MARKDOWN:
            return self._markdown(text)
        if _is_tagged(text):
            return html_to_markdown(_with_breaks(text), self._surroundings(text))
        paragraphs = re.split(r"\n[ \t]*\n", text.text)
        return "\n\n".join(_plain_lines(one) for one in paragraphs)

    def _line(self, text: ForeignText) -> str:
        if text.form is TextForm.MARKDOWN:
            return self._markdown(text)
        if _is_tagged(text):
            return html_to_line(text.text, self._surroundings(text))
        return escaped(" ".join(text.text.split()))

    def _surroundings(self, text: ForeignText) -> Surroundings:
        def picture(source: str, words: str) -> str:
            return self._picture(source, words, text)

        def address(target: str) -> str:
            return self._address(target, text)

        return Surroundings(picture, address, self._note)

    def _note(self, code: str, what: str) -> None:
        self.notes.add(code, what=what)

    def _markdown(self, text: ForeignText) -> str:
        if "<" in text.text and cleared_source(text.text[:MOST_SIGNS]).removed:
            self.notes.add("tags-removed")

        def linked(found: re.Match[str]) -> str:
            name = self._taken(unquote(found["name"]), text)
            label = found["label"]
            return f"{found['image']}[{label}](media/{name})" if name else label

        return _FILE_LINK.sub(linked, text.text)

    def _picture(self, source: str, words: str, text: ForeignText) -> str:
        shown = " ".join(re.sub(r"[\[\]\\<>`*_]", " ", words).split())
        name = self._picture_name(source, text)
        return f"![{shown}](media/{name})" if name else escaped_inside(shown)

    def _picture_name(self, source: str, text: ForeignText) -> str:
        if source.startswith(PLUGIN_FILE):
            path = source.removeprefix(PLUGIN_FILE).partition("?")[0]
            return self._taken(unquote(path), text)
        inside = _DATA.match(source)
        if inside:
            kind = _KINDS.get(inside["kind"], inside["kind"])
            name = f"picture-{len(self.media) + 1}.{kind}"
            return self._kept(name, unquote(inside["data"]))
        self.notes.add("picture-outside", what=source[:200])
        return ""

    def _address(self, target: str, text: ForeignText) -> str:
        if target.startswith(PLUGIN_FILE):
            path = target.removeprefix(PLUGIN_FILE).partition("?")[0]
            name = self._taken(unquote(path), text)
            return f"media/{name}" if name else ""
        if target.lower().startswith(_LINKABLE):
            return target
        self.notes.add("link-lost", what=target[:200])
        return ""

    def _taken(self, path: str, text: ForeignText) -> str:
        """Take in a file that travels with a text; empty where it cannot come."""
        name = path.rpartition("/")[2]
        if name not in text.files:
            self.notes.add("file-missing", what=name)
            return ""
        return self._kept(name, text.files[name])

    def _kept(self, name: str, data: str) -> str:
        """Keep a file under a name that `media/` may have."""
        try:
            content = b64decode("".join(data.split()), validate=True)
        except (Base64Error, ValueError):
            self.notes.add("file-damaged", what=name)
            return ""
        free = self._free_name(_sound_name(name), content)
        known = file_name(f"media/{free}")
        if known.kind is not FileKind.MEDIA or media_problem(
            SourceFile(known, content)
        ):
            self.notes.add("file-kind", what=name)
            return ""
        if len(content) > LIMITS[FileKind.MEDIA]:
            self.notes.add("file-too-large", what=name)
            return ""
        self.media[free] = content
        return free

    def _free_name(self, name: str, content: bytes) -> str:
        """Find a name that is free, or has this very content."""
        stem, _, ending = name.rpartition(".")
        candidate, number = name, 2
        while self.media.get(candidate, content) != content:
            candidate = f"{stem}-{number}.{ending}"
            number += 1
        return candidate


def _sound_name(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    plain = _NO_NAME.sub("-", stem).strip("-._")[:_LONGEST_NAME] or "picture"
    kind = ending.lower()
    return f"{plain}.{_KINDS.get(kind, kind)}"


def _is_tagged(text: ForeignText) -> bool:
    if text.form is TextForm.HTML:
        return True
    return text.form is TextForm.AUTO and bool(_TAG.search(text.text))


def _with_breaks(text: ForeignText) -> str:
    """Keep the line ends of a text that is HTML only here and there."""
    if text.form is TextForm.HTML or _BLOCK_TAG.search(text.text):
        return text.text
    return text.text.strip().replace("\n", "<br>")


def _plain_lines(paragraph: str) -> str:
    lines = [" ".join(line.split()) for line in paragraph.split("\n")]
    return "  \n".join(escaped(line) for line in lines if line)
