"""Ids that occur twice in a repository (E113)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import Quiz

_TAG = re.compile(r"\.[a-z]{2,3}\.md$")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an id stands: which quiz of the sequence, its file, and the line."""

    quiz: int
    path: str
    line: int

    @property
    def source(self) -> str:
        """Name the file without its language: translations share it."""
        return _TAG.sub("", self.path)

    def excuses(self, other: "_Place") -> bool:
        """Say whether the same id may stand here and there."""
        is_translation = self.source == other.source and self.path != other.path
        return is_translation or self.quiz == other.quiz


def duplicate_ids(quizzes: Sequence[Quiz]) -> list[Problem]:
    """Report quiz and question ids that occur twice, each naming the first place.

    Translations of one quiz share its ids. What occurs twice within one file,
    `parse_quiz` has reported already.

    Args:
        quizzes: Of the whole repository, self-checks included; paths tell them apart.
    """
    places: dict[tuple[str, str], list[_Place]] = {}
    for number, quiz in enumerate(quizzes):
        for kind, id_, line in _ids(quiz):
            place = _Place(number, quiz.path, line)
            places.setdefault((kind, id_), []).append(place)
    return [
        problem
        for (_, id_), found in places.items()
        for problem in _repeated(id_, found)
    ]


def _ids(quiz: Quiz) -> Iterator[tuple[str, str, int]]:
    if quiz.id:
        yield "quiz", quiz.id, quiz.lines.get("quiz", 1)
    for question in quiz.questions:
        yield "question", question.id, question.line


def _repeated(id_: str, places: list[_Place]) -> Iterator[Problem]:
    first = places[0]
    for place in places[1:]:
        if place.excuses(first):
            continue
        facts = {
            "id": id_,
            "path": place.path,
            "line": str(place.line),
            "other_path": first.path,
            "other_line": str(first.line),
        }
        yield Problem(place.path, place.line, 1, "E113", facts)
