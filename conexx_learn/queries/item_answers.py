"""What learners answered, question by question, for the statistics of a course."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from sqlalchemy import Integer, Row, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.domain.answer_times import seconds_taken
from conexx_learn.domain.grading import chosen_answers, earned_fraction, is_answered
from conexx_learn.domain.item_statistics import (
    LEAST_LEARNERS,
    GivenAnswer,
    ItemKey,
    ItemResponse,
    ItemStatistics,
    item_statistics,
    rest_share,
)
from conexx_learn.domain.quiz import Question, QuestionType
from conexx_learn.domain.responses import Response
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.repairs import (
    AT_ONCE,
    StoredQuiz,
    asked_ids,
    stored_quizzes,
)

MOST_REMEMBERED = 2_000
"""Different answers to a question whose marking is remembered."""


CHOICES = frozenset(
    {QuestionType.SINGLE, QuestionType.TRUEFALSE, QuestionType.MULTIPLE}
)
"""The types of which it is counted who picked what."""


@dataclass(frozen=True, slots=True)
class CourseStatistics:
    """The statistics of every question that a course ever asked.

    Attributes:
        items: In no order.
        sittings: Question to how many attempts asked it, repeated ones included.
        questions: Id and scoring revision to the newest wording, by language.
        quiz_ids: Id and scoring revision to the newest quiz that asks it.
        quizzes: Key to quiz.
        durations: Key of a quiz to the median length of its attempts; without those
            that too few learners sat.
    """

    items: tuple[ItemStatistics, ...]
    sittings: Mapping[ItemKey, int]
    questions: Mapping[tuple[str, str], Mapping[str, Question]]
    quiz_ids: Mapping[tuple[str, str], int]
    quizzes: Mapping[int, StoredQuiz]
    durations: Mapping[int, timedelta]


ANSWERS = (
    select(
        Attempt.user_id,
        Attempt.quiz_id,
        Attempt.lang,
        Attempt.form,
        Attempt.responses,
        Attempt.saves,
        Attempt.points_earned,
        Attempt.points_possible,
        Attempt.started_at,
        Attempt.closed_at,
    )
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .where(
        Enrolment.course_id == bindparam("course_id", type_=Integer),
        Attempt.closed_at.is_not(None),
    )
    .order_by(Attempt.user_id, Attempt.id)
)
"""Selects the closed attempts of a course, each learner's together, oldest first."""


def course_statistics(session: Session, *, course_id: int) -> CourseStatistics:
    """Return the statistics of a course; two statements, however many attempts.

    The attempts go by a few at a time: what is kept are sums.
    """
    quizzes = stored_quizzes(session, course_id=course_id)
    reading = _Reading({key: _asked_questions(one) for key, one in quizzes.items()})
    rows = session.execute(
        ANSWERS, {"course_id": course_id}, execution_options={"yield_per": AT_ONCE}
    )
    items = item_statistics(
        response for row in rows for response in reading.responses(row)
    )
    questions, quiz_ids = _newest(quizzes)
    return CourseStatistics(
        items=tuple(items.values()),
        sittings=reading.sittings,
        questions=questions,
        quiz_ids=quiz_ids,
        quizzes=quizzes,
        durations={
            quiz_id: timedelta(seconds=median(seconds))
            for quiz_id, seconds in reading.seconds.items()
            if reading.learners[quiz_id] >= LEAST_LEARNERS
        },
    )


def _newest(
    quizzes: Mapping[int, StoredQuiz],
) -> tuple[dict[tuple[str, str], dict[str, Question]], dict[tuple[str, str], int]]:
    """Return id and scoring revision to wordings, and to the quiz that has them."""
    questions: dict[tuple[str, str], dict[str, Question]] = {}
    quiz_ids: dict[tuple[str, str], int] = {}
    for quiz_id, stored in sorted(quizzes.items()):
        for lang, known in stored.known.items():
            for question in known.values():
                place = question.id, _marking(stored, question.id)
                questions.setdefault(place, {})[lang] = question
                quiz_ids[place] = quiz_id
    return questions, quiz_ids


def _marking(stored: StoredQuiz, question_id: str) -> str:
    """Return the scoring revision by which all translations of a question go.

    The words that are accepted may differ by language: one translation speaks for all.
    """
    return stored.known[min(stored.known)][question_id].scoring_revision


@dataclass(slots=True)
class _Asked:
    """A question of a quiz, and what is remembered of the answers to it.

    Attributes:
        translations: In every language.
        points: That it offers.
        place: Id and scoring revision.
        keys: Language of learners to the key of its statistics.
        marked: Response to what it earns; most learners answer alike.
        given: The same answers, each once.
    """

    translations: tuple[Question, ...]
    points: float
    place: tuple[str, str]
    keys: dict[str, ItemKey] = field(default_factory=dict)
    marked: dict[object, tuple[GivenAnswer, float]] = field(default_factory=dict)
    given: dict[tuple[object, ...], GivenAnswer] = field(default_factory=dict)

    def key(self, lang: str) -> ItemKey:
        """Return the key of the statistics of who answered in a language."""
        found = self.keys.get(lang)
        if found is None:
            found = self.keys[lang] = ItemKey(*self.place, lang)
        return found

    def answer(self, response: Response) -> tuple[GivenAnswer, float]:
        """Mark a response, once for all who gave the same."""
        said = _hashable(response)
        found = self.marked.get(said)
        if found is None:
            if len(self.marked) >= MOST_REMEMBERED:
                self.marked.clear()
            answer = self._marked(response)
            found = self.marked[said] = answer, float(answer.share)
        return found

    def _marked(self, response: Response) -> GivenAnswer:
        question = self.translations[0]
        chosen: tuple[str, ...] = ()
        if question.type in CHOICES:
            chosen = tuple(one.key for one in chosen_answers(question, response))
        share = max(earned_fraction(one, response) for one in self.translations)
        said = share, chosen, is_answered(question, response)
        return self.given.setdefault(said, GivenAnswer(*said))


@dataclass(slots=True)
class _Reading:
    """Marks answers as they go by.

    Attributes:
        questions: Key of a quiz to question id to question.
        sittings: Question to how many attempts asked it.
        seconds: Key of a quiz to the lengths of its attempts.
        user_id: Whose attempts go by.
        seen: What they were asked so far: id and scoring revision.
        learners: Quiz to how many learners sat it.
        sat: The quizzes that the learner whose attempts go by sat.
    """

    questions: Mapping[int, Mapping[str, _Asked]]
    sittings: Counter[ItemKey] = field(default_factory=Counter)
    seconds: dict[int, list[float]] = field(default_factory=dict)
    user_id: int = 0
    seen: set[tuple[str, str]] = field(default_factory=set)
    learners: Counter[int] = field(default_factory=Counter)
    sat: set[int] = field(default_factory=set)

    def responses(self, row: Row[*tuple[Any, ...]]) -> Iterator[ItemResponse]:
        """Yield what counts of an attempt."""
        if row.user_id != self.user_id:
            self.user_id = row.user_id
            self.seen.clear()
            self.sat.clear()
        if row.quiz_id not in self.sat:
            self.sat.add(row.quiz_id)
            self.learners[row.quiz_id] += 1
        length = (row.closed_at - row.started_at).total_seconds()
        self.seconds.setdefault(row.quiz_id, []).append(length)
        known, lang = self.questions[row.quiz_id], row.lang or ""
        responses = row.responses
        seconds = seconds_taken((row.saves or {}).get("times", {}))
        earned = float(Fraction(row.points_earned))
        possible = float(Fraction(row.points_possible))
        for question_id in asked_ids(row.form):
            asked = known.get(question_id)
            if asked is None:
                continue
            key = asked.key(lang)
            self.sittings[key] += 1
            if asked.place not in self.seen:
                self.seen.add(asked.place)
                answer, share = asked.answer(responses.get(question_id))
                own = asked.points * share, asked.points
                yield ItemResponse(
                    key,
                    answer,
                    share,
                    rest_share(earned, possible, own),
                    seconds.get(question_id),
                )


def _asked_questions(stored: StoredQuiz) -> dict[str, _Asked]:
    """Return question id to question, those that earn what can be counted."""
    return {
        question_id: _Asked(
            translations=tuple(known[question_id] for known in stored.known.values()),
            points=float(question.points),
            place=(question_id, _marking(stored, question_id)),
        )
        for question_id, question in stored.known[min(stored.known)].items()
        if question.void is None and question.type is not QuestionType.OPEN
    }


def _hashable(response: Response) -> object:
    if isinstance(response, dict):
        return tuple(sorted(response.items()))
    return tuple(response) if isinstance(response, list) else response
