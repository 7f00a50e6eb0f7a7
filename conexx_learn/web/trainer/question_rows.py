"""The statistics of a course's questions as rows: one for a question and a language."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from conexx_learn.domain.item_statistics import ItemStatistics, wide_gaps
from conexx_learn.domain.quiz import Answer, Question
from conexx_learn.domain.repairs import in_any
from conexx_learn.queries.item_answers import (
    CHOICES,
    CourseStatistics,
    course_statistics,
)
from conexx_learn.web.language import page_language

WHOLE = 100


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option, and how many chose it.

    Attributes:
        key: In the file, from `a`.
        text: As it is written there.
        is_right: Whether it earns all or part of the points.
        picks: How many chose it.
        percent: Of the learners, 0 to 100.
    """

    key: str
    text: str
    is_right: bool
    picks: int
    percent: int

    @property
    def is_unpicked(self) -> bool:
        """Say whether it is wrong, and nobody falls for it."""
        return not self.is_right and self.picks == 0


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """How a question proves in one language.

    Attributes:
        question_id: Which question.
        title: In the reader's language.
        quiz_id: Of the newest quiz that asks it.
        quiz: Title of that.
        is_asked: Whether the newest version asks it, marked as it is here.
        lang: Of the learners; empty where it is not known.
        sittings: Attempts that asked it.
        learners: Who counted, each once.
        is_shown: Whether enough learners answered.
        is_confident: Whether the numbers can be trusted.
        facility: Percent, 0 to 100, rounded.
        discrimination: From minus 100 to 100, rounded; None where there is none.
        unanswered: How many left it out.
        seconds: Median of what the answer took, from 1; None where too few were
            measured.
        options: Empty where one types.
        has_gap: Whether it proves unlike in two languages.
    """

    question_id: str
    title: str
    quiz_id: int
    quiz: str
    is_asked: bool
    lang: str
    sittings: int
    learners: int
    is_shown: bool
    is_confident: bool
    facility: int
    discrimination: int | None
    unanswered: int
    seconds: int | None
    options: tuple[OptionRow, ...]
    has_gap: bool

    @property
    def unpicked(self) -> tuple[OptionRow, ...]:
        """List the wrong options that nobody chose."""
        return tuple(option for option in self.options if option.is_unpicked)


def question_rows(session: Session, *, course_id: int) -> list[QuestionRow]:
    """Return the rows of a course, in the order of quizzes and files."""
    return rows_of(course_statistics(session, course_id=course_id))


def rows_of(found: CourseStatistics) -> list[QuestionRow]:
    """Make rows of the statistics of a course."""
    gaps = set(wide_gaps(found.items))
    order = {place: number for number, place in enumerate(found.questions)}
    newest = _newest_marking(found)
    rows = [
        (
            order[_place(one)],
            _row(
                found,
                one,
                has_gap=_place(one) in gaps,
                is_asked=newest[one.key.question_id] == one.key.scoring_revision,
            ),
        )
        for one in found.items
    ]
    rows.sort(
        key=lambda one: (
            not one[1].is_asked,
            one[1].quiz_id if one[1].is_asked else 0,
            one[1].quiz,
            one[0],
            one[1].lang,
        )
    )
    return [row for _, row in rows]


def _newest_marking(found: CourseStatistics) -> dict[str, str]:
    """Return question id to the scoring revision of its newest quiz."""
    newest: dict[str, str] = {}
    for place in sorted(found.quiz_ids, key=lambda one: found.quiz_ids[one]):
        newest[place[0]] = place[1]
    return newest


def _place(one: ItemStatistics) -> tuple[str, str]:
    return one.key.question_id, one.key.scoring_revision


def _row(
    found: CourseStatistics, one: ItemStatistics, *, has_gap: bool, is_asked: bool
) -> QuestionRow:
    place = _place(one)
    wordings, quiz_id = found.questions[place], found.quiz_ids[place]
    lang = page_language()
    question = wordings.get(lang) or next(iter(wordings.values()))
    r = one.discrimination
    return QuestionRow(
        question_id=question.id,
        title=question.title,
        quiz_id=quiz_id,
        quiz=in_any(found.quizzes[quiz_id].titles, lang),
        is_asked=is_asked,
        lang=one.key.lang,
        sittings=found.sittings[one.key],
        learners=one.learners,
        is_shown=one.is_shown,
        is_confident=one.is_confident,
        facility=round(one.facility * WHOLE),
        discrimination=None if r is None else round(r * WHOLE),
        unanswered=one.unanswered,
        seconds=None if one.seconds is None else max(1, round(one.seconds)),
        options=_options(question, one) if one.is_shown else (),
        has_gap=has_gap,
    )


def _options(question: Question, one: ItemStatistics) -> tuple[OptionRow, ...]:
    if question.type not in CHOICES:
        return ()
    return tuple(
        OptionRow(
            key=answer.key,
            text=answer.text_md,
            is_right=_earns(answer),
            picks=one.picks.get(answer.key, 0),
            percent=round(one.picks.get(answer.key, 0) * WHOLE / one.learners),
        )
        for answer in question.answers
    )


def _earns(answer: Answer) -> bool:
    return answer.right or answer.void or bool(answer.weight and answer.weight > 0)
