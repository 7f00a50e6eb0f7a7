r"""A GIFT file cut into its questions, each with its line; escapes put out of the way.

A backslash before one of `~ = # { } : \` makes it an ordinary sign, and `\n` is a line
end. Such signs are hidden behind marks that no text has, so that whoever looks for the
signs of the format finds only those that mean something.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conexx_learn.domain.question_exchange.remarks import MalformedFileError

MOST_QUESTIONS = 2_000
"""Of a file; five hundred of them can come."""

CATEGORY = "$CATEGORY:"

_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_SIGNS = "\\~=#{}:n"
_MARKS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"
_HIDDEN = str.maketrans(_SIGNS, _MARKS)
_SHOWN = str.maketrans(_MARKS, _SIGNS[:-1] + "\n")
_NEEDS_ESCAPE = re.compile(r"[\\~=#{}:]")
_NEW_QUESTION = ("::", CATEGORY)


@dataclass(frozen=True, slots=True)
class GiftBlock:
    """One question of a file, or a category.

    Attributes:
        line: Of its first line that is no comment, from 1.
        text: Without comments, its escapes hidden.
        comments: The lines that begin with `//`, in file order.
    """

    line: int
    text: str
    comments: tuple[str, ...]


def hidden(text: str) -> str:
    """Put escaped signs out of the way."""
    return _ESCAPE.sub(lambda found: found[1].translate(_HIDDEN), text)


def shown(text: str) -> str:
    """Bring hidden signs back, as what they stand for."""
    return text.translate(_SHOWN)


def escaped_for_gift(text: str) -> str:
    r"""Write a text so that GIFT reads it as it is, on one line.

    Example:
        >>> print(escaped_for_gift("a = b" + chr(10) + "c"))
        a \= b\nc
    """
    return _NEEDS_ESCAPE.sub(r"\\\g<0>", text).replace("\n", "\\n")


def gift_blocks(text: str) -> Iterator[GiftBlock]:
    """Cut a file at its empty lines, and where a question begins without one.

    Inside of braces an empty line parts nothing: people leave some there.

    Raises:
        MalformedFileError: Braces that do not close or do not open; too many questions.
    """
    cutter = _Cutter()
    for number, line in enumerate(text.split("\n"), start=1):
        yield from cutter.take(number, line.strip())
    yield from cutter.end()


class _Cutter:
    """Collects the lines of the question in hand."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.comments: list[str] = []
        self.line = 0
        self.open_line = 0
        self.is_answered = False
        self.count = 0

    def take(self, number: int, line: str) -> Iterator[GiftBlock]:
        # The path of a category has no escapes.
        plain = line if line.startswith(CATEGORY) else hidden(line)
        if self.open_line:
            self._refuse_unclosed(plain)
        elif self._is_next(plain):
            yield from self._whole()
        elif not plain:
            # A comment that stands alone belongs to no question.
            self.comments = []
        if plain.startswith("//"):
            self.comments.append(line)
        elif plain:
            self.line = self.line or number
            self.lines.append(plain)
            self._watch_braces(plain, number)
            if plain.startswith(CATEGORY):
                yield from self._whole()

    def end(self) -> Iterator[GiftBlock]:
        if self.open_line:
            raise MalformedFileError(self.open_line, "brace-open")
        yield from self._whole()

    def _is_next(self, plain: str) -> bool:
        if not self.lines:
            return False
        is_comment = plain.startswith("//") and self.is_answered
        return not plain or is_comment or plain.startswith(_NEW_QUESTION)

    def _refuse_unclosed(self, plain: str) -> None:
        """Notice that a question begins while the one before is still open."""
        if plain.startswith(_NEW_QUESTION):
            raise MalformedFileError(self.open_line, "brace-open")

    def _watch_braces(self, plain: str, number: int) -> None:
        if plain.startswith(CATEGORY):
            return
        for sign in re.findall(r"[{}]", plain):
            if sign == "{":
                if self.open_line:
                    raise MalformedFileError(number, "brace-inside")
                self.open_line = number
            elif not self.open_line:
                raise MalformedFileError(number, "brace-unopened")
            else:
                self.open_line = 0
                self.is_answered = True

    def _whole(self) -> Iterator[GiftBlock]:
        if self.lines:
            self.count += 1
            if self.count > MOST_QUESTIONS:
                limit = str(MOST_QUESTIONS)
                raise MalformedFileError(self.line, "too-many-in-file", limit=limit)
            yield GiftBlock(self.line, "\n".join(self.lines), tuple(self.comments))
            self.comments = []
        self.lines, self.line, self.is_answered = [], 0, False
