"""Questions of a text that is being written, tried as a learner would; none is kept."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from conexx_learn.domain.attempt_forms import Form
from conexx_learn.domain.drawing import draw_form
from conexx_learn.domain.previews import ShownFile, quiz_alone, sound_questions
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import QUIZ_JSON, Question, Quiz, Section, SectionKind
from conexx_learn.domain.responses import Response
from conexx_learn.web.self_checks import SelfCheckView, check_view, sent_responses

TRIAL = "trial"
"""Field that says what is tried."""

BEFORE_IDS = "q-"
"""Before the id of each question, so that none is the name of a field of the editor."""

SEED = "preview"

Fields = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Trial:
    """What can be tried by itself: a self-check, or one question of a quiz.

    Attributes:
        key: In its button and on the page.
        number: From 1; in a quiz the number of the question.
        title: Of the question; empty for a self-check.
        view: Its questions, with results where they were answered; None with errors.
        is_asked: No draft and not retired.
    """

    key: str
    number: int
    title: str
    view: SelfCheckView | None
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class TrialSection:
    """A part of a quiz with its questions."""

    title: str
    text_html: str
    draw: int | None
    trials: tuple[Trial, ...]


def self_check_trials(shown: ShownFile, fields: Fields | None) -> list[Trial]:
    """Make the self-checks of a module ready to be tried, in the order of its text."""
    return [
        Trial(f"check-{index}", index + 1, "", _checked(index, document, fields))
        for index, document in enumerate(shown.documents)
    ]


def quiz_trials(
    shown: ShownFile, problems: Collection[Problem], fields: Fields | None
) -> list[TrialSection]:
    """Make each question of a quiz ready to be tried; those with errors are named."""
    document = shown.documents[0]
    if document is None:
        return []
    quiz: Quiz = QUIZ_JSON.validate_python(document["quiz"])
    sound = sound_questions(quiz, problems)
    places = {question.id: n for n, question in enumerate(quiz.questions, start=1)}
    return [
        TrialSection(
            section.title,
            document["blocks"].get(section.text_md, ""),
            section.draw if section.kind is SectionKind.POOL else None,
            tuple(
                _question_trial(quiz, question, places, document, sound, fields)
                for question in section.questions
            ),
        )
        for section in quiz.sections
        if section.questions
    ]


def tried(trials: Collection[Trial], fields: Fields) -> Trial | None:
    """Find what a form tries; None where the text no longer has it."""
    return next((one for one in trials if one.key == fields.get(TRIAL)), None)


def all_trials(sections: Collection[TrialSection]) -> Iterator[Trial]:
    """List the trials of every section."""
    return (trial for section in sections for trial in section.trials)


def _question_trial(
    quiz: Quiz,
    question: Question,
    places: Mapping[str, int],
    document: Mapping[str, Any],
    sound: Collection[str],
    fields: Fields | None,
) -> Trial:
    view = None
    if question.id in sound:
        alone = _prefixed(quiz_alone(quiz, question))
        view = _view(places[question.id], f"ask-{question.id}", alone, document, fields)
    return Trial(
        f"ask-{question.id}",
        places[question.id],
        question.title,
        view,
        is_asked=question.is_asked,
    )


def _checked(
    index: int, document: Mapping[str, Any] | None, fields: Fields | None
) -> SelfCheckView | None:
    if document is None:
        return None
    quiz = _prefixed(QUIZ_JSON.validate_python(document["quiz"]))
    return _view(index, f"check-{index}", quiz, document, fields)


def _view(
    number: int,
    key: str,
    quiz: Quiz,
    document: Mapping[str, Any],
    fields: Fields | None,
) -> SelfCheckView:
    form: Form = draw_form(quiz, seed=SEED, seen={})
    responses: Mapping[str, Response] = {}
    if fields is not None and fields.get(TRIAL) == key:
        responses = sent_responses(quiz, form, fields)
    with_points = key.startswith("ask-")
    return check_view(number, quiz, form, document, responses, with_points=with_points)


def _prefixed(quiz: Quiz) -> Quiz:
    return replace(quiz, sections=tuple(map(_prefixed_section, quiz.sections)))


def _prefixed_section(section: Section) -> Section:
    questions = tuple(
        replace(question, id=f"{BEFORE_IDS}{question.id}")
        for question in section.questions
    )
    return replace(section, questions=questions)
