"""Texts of ours on their way out: Markdown, which Moodle reads too, with pictures."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping

from conexx_learn.domain.question_exchange.foreign import (
    NO_TEXT,
    ForeignText,
    Form,
    TextForm,
)
from conexx_learn.domain.question_exchange.plain_text import is_dressed, plain_of
from conexx_learn.domain.question_exchange.remarks import Notes
from conexx_learn.domain.question_exchange.sound_text import (
    sound_feedback,
    sound_option,
    sound_part,
    sound_prompt,
)
from conexx_learn.domain.question_exchange.texts import PLUGIN_FILE

_MEDIA = re.compile(r"\]\(media/(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,99})\)")


class TextSender:
    """Makes foreign texts of ours, and notes what they lose.

    Attributes:
        notes: Where that is told; of the question in hand.
    """

    def __init__(self, form: Form, media: Mapping[str, bytes]) -> None:
        self.form = form
        self._media = media
        self.notes = Notes(1, "")

    def prompt(self, text: str) -> ForeignText:
        """Send a prompt or a narrative."""
        return self._sent(text, sound_prompt)

    def part(self, text: str) -> ForeignText:
        """Send an explanation, a hint or their like."""
        return self._sent(text, sound_part)

    def feedback(self, text: str) -> ForeignText:
        """Send the feedback of an answer."""
        return self._sent(text, sound_feedback)

    def option(self, text: str) -> ForeignText:
        """Send an option, on one line."""
        return self._sent(text, sound_option)

    def plain(self, text: str) -> str:
        """Send what has to be plain text there."""
        sound = sound_option(text)
        if is_dressed(sound):
            self.notes.add("plain-only", what=text)
        return plain_of(sound)

    def _sent(self, text: str, sound: Callable[[str], str]) -> ForeignText:
        made = sound(text)
        if made != text:
            self.notes.add("text-adjusted", what=text)
        if not made:
            return NO_TEXT
        files: dict[str, str] = {}

        def addressed(found: re.Match[str]) -> str:
            name = found["name"]
            content = self._media.get(name)
            if self.form is Form.GIFT or content is None:
                code = "picture-stays" if content is not None else "file-missing"
                self.notes.add(code, what=name)
                return found[0]
            files[name] = b64encode(content).decode()
            return f"]({PLUGIN_FILE}{name})"

        return ForeignText(_MEDIA.sub(addressed, made), TextForm.MARKDOWN, files)
