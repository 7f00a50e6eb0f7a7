"""Courses rest on checked facts: each names those it uses, and only those that exist.

`facts.csv` beside this file is the list. `confidence` is the best of a fact's letters:
A was read in the law, B in an official document, C in a secondary source only, U is
unverified; `computed` is a worked example. `also` has the letters of its weaker parts:
what is C is taught with its year, and what is U is never taught as certain. `cited_by`
names the courses whose curriculum asks for the fact.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from conexx_learn.domain.course import ModuleText
from conexx_learn.domain.quiz import Question
from conexx_learn.services.course_checking import PROJECT_COURSES
from tests.house.course_readers import course_of, quizzes

FACTS = Path(__file__).with_name("facts.csv")
SURE = {"A", "B", "computed"}
ID = re.compile(r"\b[IPBKX]-\d{3}\b")
RANGE = re.compile(r"\b([IPBKX])-(\d{3})\s+(?:a|to)\s+\1-(\d{3})\b")
WORKED_EXAMPLE = re.compile(r"\b(?:ejemplo|example)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the list."""

    confidence: str
    also: str
    cited_by: frozenset[str]


@cache
def facts() -> dict[str, Fact]:
    """Read the list: id to fact."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Fact(
                row["confidence"], row["also"], frozenset(row["cited_by"].split())
            )
            for row in csv.DictReader(file)
        }


def named(text: str) -> set[str]:
    """Name the facts of a text; "I-012 a I-017" stands for all that exist between."""
    found = set(ID.findall(text))
    for letter, first, last in RANGE.findall(text):
        between = {
            f"{letter}-{number:03}" for number in range(int(first), int(last) + 1)
        }
        found |= between & set(facts())
    return found


def listed(text: ModuleText) -> set[str]:
    """Name the facts that a module lists as its sources."""
    return named("; ".join(text.sources))


def asked(question: Question) -> set[str]:
    """Name the facts that a question rests on."""
    return named("; ".join(question.sources))


def written() -> list[str]:
    """List the courses in the folder for which the curriculum asks for facts."""
    asked_for = {slug for fact in facts().values() for slug in fact.cited_by}
    return sorted(
        folder.name for folder in PROJECT_COURSES.iterdir() if folder.name in asked_for
    )


COURSE = pytest.mark.parametrize("slug", written())


def test_the_list_of_facts_can_be_read() -> None:
    letters = {fact.confidence for fact in facts().values()}

    assert len(facts()) > 300
    assert letters == {"A", "B", "C", "U", "computed"}
    assert all(ID.fullmatch(name) for name in facts())
    assert all(set(fact.also) <= set("ABCU") for fact in facts().values())
    assert len(written()) >= 1


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("I-010 Reglamento; P-002 y P-003", "I-010 P-002 P-003", id="list"),
        pytest.param("I-090 a I-093 art. 3", "I-090 I-091 I-092 I-093", id="range"),
        pytest.param(
            "I-035 to I-041 Arts.", "I-035 I-040 I-041", id="range with a gap"
        ),
        pytest.param("EI-0101, AI-1234", "", id="no ids"),
    ],
)
def test_ids_are_found_in_a_text(text: str, ids: str) -> None:
    assert named(text) == set(ids.split())


@COURSE
def test_every_sure_fact_of_a_course_is_in_a_modules_sources(slug: str) -> None:
    wanted = {
        name
        for name, fact in facts().items()
        if slug in fact.cited_by and fact.confidence in SURE
    }
    course = course_of(slug)
    for lang in course.texts:
        taught = {
            name
            for module in course.modules
            if lang in module.texts
            for name in listed(module.texts[lang])
        }

        assert wanted
        assert not wanted - taught, (
            f"{slug} ({lang}): teach these and list them: {sorted(wanted - taught)}"
        )


@COURSE
def test_a_module_rests_on_the_same_facts_in_every_language(slug: str) -> None:
    course = course_of(slug)
    lists = {
        (module.slug, lang): listed(text)
        for module in course.modules
        for lang, text in module.texts.items()
    }
    lacking = {
        f"{module} ({lang})": sorted(lists[module, course.source_language] ^ found)
        for (module, lang), found in lists.items()
        if lists[module, course.source_language] != found
    }

    assert not lacking, f"{slug}: listed in one language only: {lacking}"


@COURSE
def test_every_question_cites_a_fact_or_a_worked_example(slug: str) -> None:
    idle = sorted(
        {
            f"{quiz.path}:{question.line}: {question.id}"
            for quiz in quizzes(course_of(slug))
            for question in quiz.questions
            if not asked(question)
            and not WORKED_EXAMPLE.search("; ".join(question.sources))
        }
    )

    assert not idle, f"{slug}: say what these rest on (source: …): {idle}"


@COURSE
def test_a_quiz_asks_only_what_its_module_lists(slug: str) -> None:
    """The final asks what any module of the course lists."""
    course = course_of(slug)
    everything = {
        name
        for module in course.modules
        for text in module.texts.values()
        for name in listed(text)
    }
    reach = [
        (quiz, listed(module.texts[lang]))
        for module in course.modules
        for lang, quiz in module.quizzes.items()
        if lang in module.texts
    ]
    reach += [(quiz, everything) for quiz in course.finals.values()]
    beyond = [
        f"{quiz.path}:{question.line}: {sorted(asked(question) - taught)}"
        for quiz, taught in reach
        for question in quiz.questions
        if asked(question) - taught
    ]

    assert not beyond, f"{slug}: list these among the module's sources: {beyond}"


def test_no_course_names_a_fact_that_does_not_exist() -> None:
    paths = [path for path in PROJECT_COURSES.rglob("*.md") if path.is_file()]
    unknown = [
        f"{path.relative_to(PROJECT_COURSES).as_posix()}:{number}: {name}"
        for path in sorted(paths)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        for name in ID.findall(line)
        if name not in facts()
    ]

    assert paths
    assert not unknown, f"No such fact: {unknown}"
