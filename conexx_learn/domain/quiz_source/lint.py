"""What is allowed in a quiz but unwise, and references that lead nowhere."""

from collections.abc import Collection, Iterator
from fractions import Fraction
from posixpath import normpath

from conexx_learn.domain.drawing import is_of_the_above
from conexx_learn.domain.guessing import quiz_expectation
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import (
    Answer,
    Mode,
    Question,
    QuestionType,
    Quiz,
    SectionKind,
)
from conexx_learn.domain.quiz_source.lines import excerpt
from conexx_learn.domain.quiz_source.sections import pool_size
from conexx_learn.domain.quiz_source.wording import (
    images_of,
    shouted_word,
    visible_length,
)

MOST_GUESSED = Fraction(35, 100)
"""Share of a quiz that a blind guess may earn on average."""

MOST_TIMES_AS_LONG = Fraction(18, 10)
LONG_OPTION = 40
SPARE_QUESTIONS = 2

_CHOICES = (QuestionType.SINGLE, QuestionType.TRUEFALSE, QuestionType.MULTIPLE)


def lint_quiz(
    quiz: Quiz,
    *,
    competencies: Collection[str] | None,
    modules: Collection[str] | None,
    images: Collection[str] | None,
) -> list[Problem]:
    """Report E501, E502, W310 to W315 and W501 to W503, by line.

    A translation should have inherited its attributes first.

    Args:
        quiz: The quiz.
        competencies: Codes that exist; None: not checked.
        modules: Slugs of the course's modules; None: not checked.
        images: Names of the files in `media/`, with or without that folder; None:
            not checked.
    """
    known_images = None if images is None else {_image_name(name) for name in images}
    problems = [*_quiz_problems(quiz)]
    for question in quiz.questions:
        problems += _references(quiz, question, competencies, modules)
        problems += _image_problems(quiz, question, known_images)
        problems += _wording(quiz, question)
        problems += _option_problems(quiz, question)
    return sorted(problems)


def _problem(quiz: Quiz, line: int, code: str, /, **facts: str) -> Problem:
    return Problem(quiz.path, line, 1, code, facts)


def _quiz_problems(quiz: Quiz) -> Iterator[Problem]:
    expectation = quiz_expectation(quiz)
    if expectation > MOST_GUESSED:
        percent = f"{float(expectation * 100):.1f}"
        first = quiz.questions[0].line if not quiz.id else 1
        yield _problem(quiz, first, "W315", percent=percent)
    for section in quiz.sections:
        if section.kind is not SectionKind.POOL:
            continue
        count = pool_size(section, quiz.sections)
        draw = section.draw or count
        if count and draw > count - SPARE_QUESTIONS:
            facts = {"id": section.id, "draw": str(draw), "usable": str(count)}
            yield _problem(quiz, section.line, "W313", **facts)


def _references(
    quiz: Quiz,
    question: Question,
    competencies: Collection[str] | None,
    modules: Collection[str] | None,
) -> Iterator[Problem]:
    """Check competency codes and the module to read again."""
    line = question.lines.get("competency", question.line)
    for code in question.competencies:
        if competencies is not None and code not in competencies:
            known = ", ".join(sorted(competencies))
            yield _problem(quiz, line, "E501", code=code, known=known)
    if quiz.settings.mode is Mode.GRADED and not question.competencies:
        yield _problem(quiz, question.line, "W501", id=question.id)
    if modules is not None and question.module and question.module not in modules:
        line = question.lines.get("module", question.line)
        yield _problem(quiz, line, "E502", target=question.module)


def _image_problems(
    quiz: Quiz, question: Question, images: Collection[str] | None
) -> Iterator[Problem]:
    for text, line in _texts(question):
        for image in images_of(text):
            place = line + image.line
            if images is not None and _image_name(image.target) not in images:
                yield _problem(quiz, place, "E502", target=image.target)
            if not image.text:
                yield _problem(quiz, place, "W502", target=image.target)


def _texts(question: Question) -> Iterator[tuple[str, int]]:
    """List every Markdown text of a question with the line where it begins, about."""
    yield question.prompt_md, question.lines.get("prompt", question.line)
    for answer in question.answers:
        yield answer.text_md, answer.line
        yield answer.feedback_md, answer.line
    for part in ("explanation", "hint", "right", "partly", "wrong"):
        line = question.lines.get(part, question.line)
        yield getattr(question.parts, part), line


def _image_name(target: str) -> str:
    return normpath(target).removeprefix("media/")


def _wording(quiz: Quiz, question: Question) -> Iterator[Problem]:
    word = shouted_word(question.prompt_md)
    if word:
        line = question.lines.get("prompt", question.line)
        yield _problem(quiz, line, "W503", word=word)


def _option_problems(quiz: Quiz, question: Question) -> Iterator[Problem]:
    if question.answers and _lacks_feedback(quiz, question):
        yield _problem(quiz, question.line, "W314", id=question.id)
    if question.type not in _CHOICES:
        return
    rights = [answer for answer in question.answers if answer.right]
    wrongs = [a for a in question.answers if not a.right and not a.void]
    for answer in question.answers:
        if is_of_the_above(answer.text_md):
            text = excerpt(answer.text_md)
            yield _problem(quiz, answer.line, "W310", text=text)
    yield from _telling_lengths(quiz, rights, wrongs)
    if question.type is QuestionType.MULTIPLE and len(rights) == 1:
        yield _problem(quiz, question.line, "W312", id=question.id)


def _lacks_feedback(quiz: Quiz, question: Question) -> bool:
    """Say whether a learner who erred is told too little.

    A graded quiz needs feedback on a wrong option and an explanation; in a practice
    quiz either will do.
    """
    wrongs = [a for a in question.answers if not a.right and not a.void]
    is_choice = question.type in _CHOICES and bool(wrongs)
    is_silent = is_choice and not any(answer.feedback_md for answer in wrongs)
    is_unexplained = not question.parts.explanation
    if quiz.settings.mode is Mode.GRADED:
        return is_silent or is_unexplained
    return is_silent and is_unexplained


def _telling_lengths(
    quiz: Quiz, rights: list[Answer], wrongs: list[Answer]
) -> Iterator[Problem]:
    longest = max((visible_length(answer.text_md) for answer in wrongs), default=0)
    for answer in rights:
        length = visible_length(answer.text_md)
        if wrongs and length > LONG_OPTION and length > longest * MOST_TIMES_AS_LONG:
            facts = {"length": str(length), "longest": str(longest)}
            yield _problem(quiz, answer.line, "W311", **facts)
