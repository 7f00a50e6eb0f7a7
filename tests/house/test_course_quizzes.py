"""The quizzes of the courses teach too: enough questions, and a word on each answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

import pytest

from conexx_learn.domain.course import Course, Module
from conexx_learn.domain.quiz import (
    Mode,
    Question,
    QuestionType,
    SectionKind,
)
from tests.house.course_readers import (
    all_quizzes,
    asked_in,
    cases,
    catalogue,
    course_of,
    graded,
    titles,
)

FEWEST = 5
FINAL = range(12, 21)
ALIKE = 0.85
CHOICES = {QuestionType.SINGLE, QuestionType.TRUEFALSE, QuestionType.MULTIPLE}
ARRANGED = {QuestionType.MATCH, QuestionType.ORDER}
POINTER = re.compile(r"\b(?:Vea|See)\b(.+)$", re.MULTILINE)
NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
NUMBERED = re.compile(r"\b(?:módulo|module) (\d)\b")
COURSE = pytest.mark.parametrize("slug", catalogue())


def pointers(question: Question) -> list[str]:
    """List the sections that an explanation sends back to."""
    explanation = question.parts.explanation.replace("**", "")
    return [
        name for told in POINTER.findall(explanation) for name in NAMED.findall(told)
    ]


def reach(
    course: Course, lang: str, module: Module | None, question: Question
) -> set[str]:
    """Name the sections that a question may send to: its module's, and of one named."""
    numbers = {int(n) for n in NUMBERED.findall(question.parts.explanation)}
    slug = module.slug if module else re.sub(r"^\d+-", "", question.module or "")
    return {
        title
        for each in course.modules
        if each.slug == slug or each.number in numbers
        for title in titles(each.texts[lang])
    }


@COURSE
def test_each_module_has_a_quiz_of_some_questions(slug: str) -> None:
    for module in course_of(slug).modules:
        assert set(module.quizzes) == set(module.texts), module.slug
        for quiz in module.quizzes.values():
            assert quiz.settings.mode is Mode.GRADED, quiz.path
            assert len(quiz.questions) >= FEWEST, quiz.path


@COURSE
def test_a_final_draws_from_enough_and_has_a_case(slug: str) -> None:
    for final in course_of(slug).finals.values():
        assert asked_in(final) in FINAL, final.path
        assert cases(final) >= 1, final.path
        for section in final.sections:
            if section.kind is SectionKind.POOL:
                assert section.draw, f"{final.path}:{section.line}"
                assert len(section.questions) >= 2 * section.draw, (
                    f"{final.path}:{section.line}: at least twice {section.draw}"
                )


@COURSE
def test_every_wrong_option_says_why(slug: str) -> None:
    silent = [
        f"{quiz.path}:{answer.line}: {answer.text_md[:40]}"
        for quiz, _, question in graded(course_of(slug))
        if question.type in CHOICES
        for answer in question.answers
        if not answer.right and not answer.feedback_md
    ]

    assert not silent, f"{slug}: add a line of feedback to these: {silent}"


@COURSE
def test_every_explanation_sends_to_a_section_that_exists(slug: str) -> None:
    course = course_of(slug)
    lost = [
        f"{quiz.path}:{question.line}: {question.id}: {pointers(question)}"
        for quiz, module, question in graded(course)
        if not pointers(question)
        or set(pointers(question)) - reach(course, quiz.lang, module, question)
    ]

    assert not lost, f"{slug}: end with Vea *…* / See *…*: {lost}"


def test_every_type_of_question_is_used() -> None:
    used = {
        question.type
        for slug in catalogue()
        for lang in course_of(slug).texts
        for quiz in all_quizzes(course_of(slug), lang)
        for question in quiz.questions
    }

    assert used >= set(QuestionType) - {QuestionType.OPEN}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is read: its prompt, after the story of its case if any."""

    id: str
    story: str
    prompt: str

    def beside(self, other: "Asked") -> str:
        """Return what is compared: of one case, what follows the common story."""
        return self.prompt if self.story == other.story else self.story + self.prompt


def plain(markdown: str) -> str:
    """Return the words of a text in small letters."""
    return "".join(f"{word} " for word in re.findall(r"\w+", markdown.lower()))


def words_of(question: Question) -> str:
    """Return the words of a question; what is matched or put in order is part of it."""
    answers = question.answers if question.type in ARRANGED else ()
    texts = [question.prompt_md, *(answer.text_md for answer in answers)]
    return "".join(map(plain, texts))


def everything_asked(lang: str) -> Iterator[Asked]:
    """List the questions of the catalogue in a language, self-checks included."""
    for slug in catalogue():
        for quiz in all_quizzes(course_of(slug), lang):
            for section in quiz.sections:
                story = plain(section.text_md)
                for question in section.questions:
                    yield Asked(question.id, story, words_of(question))


@cache
def vocabulary(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


def are_alike(one: str, other: str) -> bool:
    """Say whether two texts are nearly the same; few common words say no at once."""
    first, second = vocabulary(one), vocabulary(other)
    if 2 * len(first & second) < max(len(first), len(second)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > ALIKE


@pytest.mark.parametrize("lang", ["es", "en"])
def test_no_question_is_asked_twice(lang: str) -> None:
    twice = [
        f"{one.id}, {other.id}: {one.prompt}"
        for one, other in combinations(everything_asked(lang), 2)
        if are_alike(one.beside(other), other.beside(one))
    ]

    assert not twice, f"These are nearly the same: {twice}"
