"""What an exchange of questions has to say: place, question, kind and facts.

The sentences, in Spanish and English, are in `domain.sentences.question_exchange`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

LONGEST_SHOWN = 60


class Severity(StrEnum):
    """How much a remark weighs.

    `fault`: the file is malformed and brings nothing. `left-out`: one question stays
    behind. `changed`: it came, and something of it is not as it was.
    """

    FAULT = "fault"
    LEFT_OUT = "left-out"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing that whoever exchanges questions should know.

    Attributes:
        line: Of the file that is read, from 1.
        question: Its name or id; empty where the remark is of the whole file.
        code: Which sentence; stable.
        severity: What it means for the question.
        facts: What the sentence needs, by placeholder.
    """

    line: int
    question: str
    code: str
    severity: Severity = Severity.CHANGED
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)


class NoCounterpartError(ValueError):
    """A question cannot be said in the other format; it stays behind.

    Attributes:
        code: Which sentence says why.
        facts: What the sentence needs.
    """

    def __init__(self, code: str, **facts: str) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


class MalformedFileError(ValueError):
    """A file cannot be read at all; nothing of it comes.

    Attributes:
        line: Where, from 1.
        code: Which sentence says why.
        facts: What the sentence needs.
    """

    def __init__(self, line: int, code: str, **facts: str) -> None:
        self.line = line
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(slots=True)
class Notes:
    """The remarks on one question while it is being made.

    Attributes:
        line: Of the question.
        question: Its name.
        remarks: In the order of their finding; the same one is kept once.
    """

    line: int
    question: str
    remarks: list[Remark] = field(default_factory=list)

    def add(self, code: str, **facts: str) -> None:
        """Note that something changes on the way."""
        shown = {key: excerpt(value) for key, value in facts.items()}
        remark = Remark(self.line, self.question, code, facts=shown)
        known = [(one.code, dict(one.facts)) for one in self.remarks]
        if (code, shown) not in known:
            self.remarks.append(remark)

    def left_out(self, error: NoCounterpartError) -> Remark:
        """Say that the question stays behind; what had changed no longer matters."""
        shown = {key: excerpt(value) for key, value in error.facts.items()}
        remark = Remark(self.line, self.question, error.code, facts=shown)
        return replace(remark, severity=Severity.LEFT_OUT)


def excerpt(text: str) -> str:
    """Write a piece of a file as a sentence quotes it: short, visible, on one line.

    Example:
        >>> excerpt(" a" + chr(10) + "b" + chr(0x202E))
        'a b'
    """
    start = text[: 4 * LONGEST_SHOWN]
    spaced = (sign if sign.isprintable() else " " * sign.isspace() for sign in start)
    plain = " ".join("".join(spaced).split())
    return plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1] + "…"
