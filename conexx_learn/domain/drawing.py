"""Drawing an attempt: which questions of a quiz it asks, and in what order."""

import random
import unicodedata
from collections.abc import Mapping, Sequence

from conexx_learn.domain.attempt_forms import (
    FORM_JSON,
    Form,
    FormQuestion,
    FormSection,
    ShownOption,
    ShownOptions,
    shown_options,
    to_shown,
    to_source,
)
from conexx_learn.domain.partial_credit import right_side
from conexx_learn.domain.quiz import (
    Answer,
    Question,
    QuestionType,
    Quiz,
    Section,
    SectionKind,
    Void,
)

__all__ = [
    "FORM_JSON",
    "Form",
    "FormQuestion",
    "FormSection",
    "ShownOption",
    "ShownOptions",
    "draw_form",
    "is_of_the_above",
    "shown_options",
    "to_shown",
    "to_source",
]

_ABOVE = (
    "all of the above",
    "all the above",
    "none of the above",
    "todas las anteriores",
    "todos los anteriores",
    "todo lo anterior",
    "ninguna de las anteriores",
    "ninguno de los anteriores",
    "nada de lo anterior",
)


def draw_form(quiz: Quiz, *, seed: str, seen: Mapping[str, int]) -> Form:
    """Assemble an attempt.

    Drafts, retired questions and those voided as `drop` are never asked. A pool gives
    `draw` questions (or whole cases, where cases name it): unseen ones first, then
    those seen longest ago, then by lot.

    Args:
        quiz: In any of its languages: ids and keys are the same.
        seed: Decides every lot; unguessable, one for each attempt.
        seen: Question id to the number of the last attempt of this learner that
            showed it; higher is more recent.
    """
    cases = _drawn_cases(quiz, seed, seen)
    sections = [
        FormSection(index, tuple(_shown(question, quiz, seed) for question in drawn))
        for index, section in enumerate(quiz.sections)
        if section.pool is None or index in cases
        if (drawn := _drawn(section, quiz, seed, seen))
    ]
    return Form(seed, tuple(sections))


def is_of_the_above(text_md: str) -> bool:
    """Say whether an option ends in "all of the above" or its like, es or en."""
    spread = unicodedata.normalize("NFKC", text_md).casefold()
    words = " ".join(spread.split()).rstrip(" .*_")
    return words.endswith(_ABOVE)


def _lot(*seeds: str) -> random.Random:
    """Make the generator for one decision, independent of every other decision."""
    return random.Random("\n".join(seeds))  # noqa: S311  # The seed is the secret, and the form must be made again from it.


def _usable(section: Section) -> list[Question]:
    return [
        question
        for question in section.questions
        if question.is_asked and question.void is not Void.DROP
    ]


def _drawn_cases(quiz: Quiz, seed: str, seen: Mapping[str, int]) -> set[int]:
    """Choose the cases of every pool of cases: places in `Quiz.sections`."""
    chosen: set[int] = set()
    for pool in quiz.sections:
        if pool.kind is SectionKind.POOL:
            members = {
                index: [question.id for question in _usable(section)]
                for index, section in enumerate(quiz.sections)
                if section.pool == pool.id and _usable(section)
            }
            lot = _lot(seed, "cases", pool.id)
            chosen.update(_least_seen(list(members), members, pool.draw, lot, seen))
    return chosen


def _drawn(
    section: Section, quiz: Quiz, seed: str, seen: Mapping[str, int]
) -> list[Question]:
    """Choose the questions of one section and put them in shown order."""
    usable = _usable(section)
    lot = _lot(seed, "section", section.id)
    if section.kind is SectionKind.POOL:
        ids = {place: [question.id] for place, question in enumerate(usable)}
        places = _least_seen(list(ids), ids, section.draw, lot, seen)
        usable = [usable[place] for place in sorted(places)]
    is_shuffled = quiz.settings.shuffle_questions and section.shuffle
    if is_shuffled and section.kind is not SectionKind.CASE:
        lot.shuffle(usable)
    return usable


def _least_seen(
    places: list[int],
    ids: Mapping[int, Sequence[str]],
    draw: int | None,
    lot: random.Random,
    seen: Mapping[str, int],
) -> list[int]:
    """Choose `draw` places: unseen first, then seen longest ago, then by lot.

    Args:
        places: What there is to choose from.
        ids: Place to the questions that are drawn with it.
        draw: How many; None for all.
        lot: Decides among equals.
        seen: Question id to the attempt that showed it last.
    """
    unseen = min(seen.values(), default=0) - 1
    lot.shuffle(places)
    places.sort(key=lambda place: max(seen.get(id_, unseen) for id_ in ids[place]))
    return places[:draw]


def _shown(question: Question, quiz: Quiz, seed: str) -> FormQuestion:
    """Decide the order in which a question shows what can be chosen."""
    lot = _lot(seed, "question", question.id)
    is_shuffled = quiz.settings.shuffle_options and question.shuffle
    keys: list[str] = []
    lefts: list[str] = []
    if question.type in (QuestionType.SINGLE, QuestionType.MULTIPLE):
        keys = _option_keys(question.answers, lot if is_shuffled else None)
    elif question.type is QuestionType.TRUEFALSE:
        keys = [answer.key for answer in question.answers]
    elif question.type is QuestionType.ORDER:
        keys = _step_keys(question.answers, lot)
    elif question.type is QuestionType.MATCH:
        keys = _right_keys(question.answers, lot)
        lefts = [answer.key for answer in question.answers if answer.left_md]
        if is_shuffled:
            lot.shuffle(lefts)
    return FormQuestion(question.id, question.revision, tuple(keys), tuple(lefts))


def _option_keys(answers: Sequence[Answer], lot: random.Random | None) -> list[str]:
    """Shuffle options; "all of the above" keeps its place."""
    movable = [answer.key for answer in answers if not is_of_the_above(answer.text_md)]
    if lot:
        lot.shuffle(movable)
    rest = iter(movable)
    return [
        answer.key if is_of_the_above(answer.text_md) else next(rest)
        for answer in answers
    ]


def _step_keys(answers: Sequence[Answer], lot: random.Random) -> list[str]:
    """Shuffle steps, even under `shuffle: no`: trainers write them in right order.

    Nobody is shown the right order: an untouched order is unanswered, and it would be
    unfair to a learner who found it right as it stood.
    """
    steps = [answer.key for answer in answers]
    right = [answer.key for answer in sorted(answers, key=lambda a: a.position or 0)]
    lot.shuffle(steps)
    return steps if steps != right else [*steps[1:], steps[0]]


def _right_keys(answers: Sequence[Answer], lot: random.Random) -> list[str]:
    """Shuffle right sides, each text once, even under `shuffle: no`.

    In source order the rows themselves would be the key.
    """
    firsts: dict[str, str] = {}
    for answer in answers:
        firsts.setdefault(right_side(answer), answer.key)
    rights = list(firsts.values())
    lot.shuffle(rights)
    return rights
