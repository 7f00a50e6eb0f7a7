"""Answer lines as values: options, steps, pairs, numbers and phrases."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from string import ascii_lowercase

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import Answer
from conexx_learn.domain.quiz_source.blocks import (
    AnswerBlock,
    QuestionBlock,
    feedback_markdown,
    option_markdown,
    set_canonical_continuation,
)
from conexx_learn.domain.quiz_source.lines import excerpt, lookalike_facts
from conexx_learn.domain.quiz_source.markers import Family, Marker
from conexx_learn.domain.quiz_source.numbers import BadNumberError, read_number_entry

MOST_OPTIONS = len(ascii_lowercase)

_ARROW = re.compile(r"(?:^|[ \xa0\n]+)(?P<sign>->)[ \xa0\n]+")
_ARROW_LOOKALIKE = re.compile(r"(?:^|[ \xa0\n]+)(?P<sign>→|⇒|=>)[ \xa0\n]+")
_STAR = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """What the answer lines of one question came to.

    Attributes:
        answers: In source order.
        markers: Of each answer.
        is_whole: Every line was understood, so that they may be counted.
    """

    answers: tuple[Answer, ...]
    markers: tuple[Marker, ...]
    is_whole: bool


def read_answers(
    block: QuestionBlock, *, path: str, problems: list[Problem]
) -> AnswerReading:
    """Read the answer lines of a question: E008, E216, E217, E218 and W901."""
    reader = _AnswerReader(path, problems)
    answers: list[Answer] = []
    markers: list[Marker] = []
    for index, answer_block in enumerate(block.answers):
        set_canonical_continuation(answer_block)
        if index == MOST_OPTIONS:
            facts = {
                "size": str(len(block.answers)),
                "limit": str(MOST_OPTIONS),
                "variant": "options",
            }
            place = (path, answer_block.row.number, 1)
            problems.append(Problem(*place, "E008", facts))
        if answer_block.marker:
            markers.append(answer_block.marker)
            answers.append(reader.answer(answer_block, answer_key(index)))
    is_whole = reader.is_whole and not block.is_broken
    return AnswerReading(tuple(answers), tuple(markers), is_whole)


def answer_key(index: int) -> str:
    """Name an answer by its place from 0: a to z, then a2, b2 and so on.

    Example:
        >>> answer_key(0), answer_key(26)
        ('a', 'a2')
    """
    turn, letter = divmod(index, MOST_OPTIONS)
    return ascii_lowercase[letter] + (str(turn + 1) if turn else "")


class _AnswerReader:
    """Reads one answer after another and collects what is wrong."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.is_whole = True

    def answer(self, block: AnswerBlock, key: str) -> Answer:
        marker = block.marker
        text = option_markdown(block)
        plain = Answer(
            key=key,
            marker=marker.text if marker else "",
            weight=marker.weight if marker else None,
            text_md=text,
            feedback_md=feedback_markdown(block),
            line=block.row.number,
        )
        if not marker:
            return plain
        if not text:
            self._report(block, "E218")
            return plain
        readers: dict[Family, Callable[[AnswerBlock, Answer, Marker], Answer]] = {
            Family.ORDER: _step,
            Family.MATCH: self._pair,
            Family.NUMBER: self._number,
            Family.WORDS: self._phrase,
        }
        return readers.get(marker.family, _option)(block, plain, marker)

    def _report(self, block: AnswerBlock, code: str, /, **facts: str) -> None:
        known = {"found": excerpt(block.row.text), **facts}
        column = len(block.row.text) - len(block.text.lstrip()) + 1
        if code != "W901":
            self.is_whole = False
        self.problems.append(Problem(self.path, block.row.number, column, code, known))

    def _pair(self, block: AnswerBlock, plain: Answer, marker: Marker) -> Answer:
        found = _ARROW.search(plain.text_md)
        if not found:
            found = _ARROW_LOOKALIKE.search(plain.text_md)
            if not found:
                proposal = f"- {marker.text} … -> …"
                self._report(block, "E216", proposal=proposal)
                return plain
            self._report(block, "W901", **lookalike_facts(found["sign"], "->"))
        left = plain.text_md[: found.start()].strip()
        right = plain.text_md[found.end() :].strip()
        text = f"{left} -> {right}".lstrip()
        self._rewrite(block, text, marker)
        return replace(plain, text_md=text, left_md=left, right_md=right)

    def _rewrite(self, block: AnswerBlock, text: str, marker: Marker) -> None:
        """Say how `fmt` writes the first line."""
        if not block.row.has_comment:
            first_line = text.partition("\n")[0]
            block.row.canonical = f"- {marker.text} {first_line}"

    def _number(self, block: AnswerBlock, plain: Answer, marker: Marker) -> Answer:
        try:
            entry = read_number_entry(" ".join(plain.text_md.split("\n")))
        except BadNumberError as error:
            self._report(block, "E217", proposal=error.proposal or "3.5")
            return plain
        if entry.lookalike:
            self._report(block, "W901", **lookalike_facts(entry.lookalike, "+-"))
        if not block.more:
            self._rewrite(block, entry.canonical, marker)
        return replace(plain, text_md=entry.canonical, number=entry.spec)

    def _phrase(self, block: AnswerBlock, plain: Answer, marker: Marker) -> Answer:
        phrase = " ".join(plain.text_md.split())
        if not _STAR.sub("", phrase).strip():
            self._report(block, "E218")
        if not block.more:
            self._rewrite(block, phrase, marker)
        return replace(plain, text_md=phrase, phrase=phrase)


def _option(_block: AnswerBlock, plain: Answer, marker: Marker) -> Answer:
    return replace(plain, right=marker.right, void=marker.void)


def _step(_block: AnswerBlock, plain: Answer, marker: Marker) -> Answer:
    return replace(plain, position=marker.step)
