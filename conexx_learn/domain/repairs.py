"""Repair: what the voids of a new version change in results that are there already.

A void is laid over the questions that an attempt really asked, and only what it changes
is added to the recorded points: everything else stays as it was marked at the time. A
result may only rise; the attempt itself never changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from pydantic import TypeAdapter

from conexx_learn.domain.course import Course
from conexx_learn.domain.grading import Grade, grade_attempt
from conexx_learn.domain.quiz import Answer, Question, Quiz, Void
from conexx_learn.domain.quiz_source.revision import scoring_revision
from conexx_learn.domain.responses import Response

MASK = "void"
"""Stands for everything that marks of an option whose marking no longer counts."""


@dataclass(frozen=True, slots=True)
class VoidMark:
    """What a version voids of one question, and which older questions that is about.

    Attributes:
        question_id: Which question.
        void: What the whole question gives; None where options alone are voided.
        options: Source keys of the voided options.
        frame: Scoring revision of the question without its voids and its voided
            options: equal where nothing else that marks was changed.
        lang: Language of the texts.
        texts: The options as that language words them, in file order, to notice that
            an option moved under another key; empty without voided options.
        titles: Language to the title of the question.
        reasons: Language to why.
    """

    question_id: str
    void: Void | None
    options: tuple[str, ...]
    frame: str
    lang: str
    texts: tuple[str, ...]
    titles: dict[str, str]
    reasons: dict[str, str]


MARKS_JSON: TypeAdapter[tuple[VoidMark, ...]] = TypeAdapter(tuple[VoidMark, ...])
"""Turns marks into JSON values and back."""

Translations = Mapping[str, Mapping[str, Question]]
"""Language to question id to question, of one quiz."""


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A result that rises.

    Attributes:
        before: What counted until now.
        after: What counts from now on.
    """

    before: Grade
    after: Grade

    @property
    def passes(self) -> bool:
        """Say whether the attempt is passed because of it."""
        return self.before.passed is False and self.after.passed is True


@dataclass(frozen=True, slots=True)
class CorrectedResult:
    """What a repair made of the result of an attempt.

    Attributes:
        change: What counted before it, and what counts since.
        at: When.
        marks: Everything that the repair voided in the course.
    """

    change: ScoreChange
    at: datetime
    marks: tuple[VoidMark, ...]


def void_marks(quizzes: Iterable[Mapping[str, Quiz]], source: str) -> list[VoidMark]:
    """List what the quizzes of a version void.

    Args:
        quizzes: Each in all its languages: ids, keys and voids are the same in all.
        source: Language whose texts tell whether an option moved.
    """
    return [
        _mark(question, quiz, lang)
        for quiz in quizzes
        for lang in [source if source in quiz else min(quiz)]
        for question in quiz[lang].questions
        if question.void is not None or any(a.void for a in question.answers)
    ]


def course_marks(course: Course) -> tuple[VoidMark, ...]:
    """List what the quizzes of a course void, in the order of their ids."""
    quizzes = [*(module.quizzes for module in course.modules), course.finals]
    marks = void_marks([quiz for quiz in quizzes if quiz], course.source_language)
    return tuple(sorted(marks, key=lambda mark: mark.question_id))


def _mark(question: Question, quiz: Mapping[str, Quiz], lang: str) -> VoidMark:
    options = tuple(answer.key for answer in question.answers if answer.void)
    written = {
        code: known[question.id]
        for code, known in by_id(quiz).items()
        if question.id in known
    }
    return VoidMark(
        question_id=question.id,
        void=question.void,
        options=options,
        frame=frame(question, options),
        lang=lang,
        texts=_texts(question) if options else (),
        titles={code: one.title for code, one in written.items()},
        reasons={
            code: one.void_reason for code, one in written.items() if one.void_reason
        },
    )


def by_id(quiz: Mapping[str, Quiz]) -> dict[str, dict[str, Question]]:
    """Return language to question id to question."""
    return {
        lang: {question.id: question for question in one.questions}
        for lang, one in quiz.items()
    }


def frame(question: Question, options: Sequence[str]) -> str:
    """Return the scoring revision of a question without its voids.

    Args:
        question: With or without voids.
        options: Keys whose marking is left out, besides those voided in `question`.
    """
    answers = tuple(
        replace(answer, marker=MASK, weight=None, right=False, void=False)
        if answer.void or answer.key in options
        else answer
        for answer in question.answers
    )
    return scoring_revision(replace(question, void=None, answers=answers))


def _texts(question: Question) -> tuple[str, ...]:
    return tuple(" ".join(answer.text_md.split()) for answer in question.answers)


def applies(mark: VoidMark, question: Question) -> bool:
    """Say whether a mark is about a question of an older version.

    It is where all else that marks is equal: the number of options, their weights, the
    points, the formula. Words may differ, but no option may have changed its place.
    """
    return frame(question, mark.options) == mark.frame and not _moved(
        mark.texts, _texts(question)
    )


def _moved(newer: Sequence[str], older: Sequence[str]) -> bool:
    """Say whether a text stands under another key than it did."""
    return any(
        text in older and older[place] != text for place, text in enumerate(newer)
    )


def voided(question: Question, mark: VoidMark, lang: str = "") -> Question:
    """Lay a void over a question as it was asked."""
    return replace(
        question,
        void=mark.void or question.void,
        void_reason=reason(mark, lang),
        answers=tuple(_voided_option(a, mark) for a in question.answers),
    )


def _voided_option(answer: Answer, mark: VoidMark) -> Answer:
    return replace(answer, void=answer.void or answer.key in mark.options)


def reason(mark: VoidMark, lang: str) -> str:
    """Say why, in a language, else in the first there is."""
    return in_any(mark.reasons, lang)


def in_any(texts: Mapping[str, str], lang: str) -> str:
    """Return a text in a language, else in the first there is."""
    return texts.get(lang) or next(iter(texts.values()), "")


def applying_marks(
    marks: Iterable[VoidMark], known: Translations
) -> dict[str, VoidMark]:
    """Return question id to the mark that is about it, for one published quiz.

    Args:
        marks: Of the repair.
        known: The questions of the quiz.
    """
    return {
        mark.question_id: mark
        for mark in marks
        for questions in [known.get(mark.lang) or next(iter(known.values()), {})]
        if mark.question_id in questions and applies(mark, questions[mark.question_id])
    }


def score_change(
    first: Grade,
    recorded: Grade,
    *,
    asked: Sequence[str],
    known: Translations,
    responses: Mapping[str, Response],
    marks: Mapping[str, VoidMark],
) -> ScoreChange | None:
    """Say how a result rises; None where it does not.

    Args:
        first: What the attempt earned when it was submitted.
        recorded: What counts now: that, or what an earlier repair made of it.
        asked: Ids of the questions of the attempt.
        known: The questions of its quiz.
        responses: Question id to response in source keys.
        marks: Question id to the mark that is about it.
    """
    earned, possible = first.earned, first.possible
    for question_id in asked:
        mark = marks.get(question_id)
        if mark is not None:
            was, became = _points(known, mark, responses.get(question_id))
            earned += became[0] - was[0]
            possible += became[1] - was[1]
    after = Grade(earned, possible, first.pass_percent)
    return ScoreChange(recorded, after) if after.score > recorded.score else None


Points = tuple[Fraction, Fraction]
"""Earned and possible."""


def _points(
    known: Translations, mark: VoidMark, response: Response
) -> tuple[Points, Points]:
    """Mark one response without and with the void; the better language counts."""
    questions = [one[mark.question_id] for one in known.values()]
    return (
        max(_earned(question, response) for question in questions),
        max(_earned(voided(question, mark), response) for question in questions),
    )


def _earned(question: Question, response: Response) -> Points:
    grade = grade_attempt([question], {question.id: response}, pass_percent=None).grade
    return grade.earned, grade.possible
