"""What modules and questions say that they rest on: facts, laws, pages, by name.

A fact of the project's list has an id such as `I-012`: it is named by that, whatever is
written beside it. Anything else is named by its own words. A worked example rests on
nothing outside of the course, and is no source.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

FACT = re.compile(r"\b[A-Z]-\d{3}\b")
RANGE = re.compile(r"\b([A-Z])-(\d{3})\s+(?:a|to)\s+\1-(\d{3})\b")
LEADING = re.compile(r"^(?:[A-Z]-\d{3}|\ba\b|\bto\b|\by\b|\be\b|\band\b|[\s,.:])+")
EXAMPLE = re.compile(r"\s*(?:ejemplo|example)\b", re.IGNORECASE)
LONGEST_NAME = 120
WIDEST_RANGE = 100


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source as one place names it.

    Attributes:
        name: An id, or the words; at most `LONGEST_NAME` characters.
        wording: What is written beside an id; else the words.
    """

    name: str
    wording: str


@dataclass(frozen=True, slots=True)
class QuestionUse:
    """A question of the live version of a course.

    Attributes:
        id: Which.
        titles: Language to title.
        modules: Slugs of the module whose quiz asks it and of the one to read again;
            none for a question of the final quiz that names no module.
        competencies: Codes.
        sources: Names of what it rests on.
    """

    id: str
    titles: Mapping[str, str]
    modules: frozenset[str]
    competencies: tuple[str, ...]
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class CourseContent:
    """What a version of a course rests on.

    Attributes:
        modules: Slug to the names of what its text rests on.
        wordings: Name of a source to language to what is written of it.
        questions: All that may be asked, in the order of quizzes.
    """

    modules: Mapping[str, frozenset[str]]
    wordings: Mapping[str, Mapping[str, str]]
    questions: tuple[QuestionUse, ...]

    @property
    def sources(self) -> set[str]:
        """Name everything that a module or a question rests on."""
        found = {name for names in self.modules.values() for name in names}
        return found.union(*(one.sources for one in self.questions))

    def modules_on(self, source: str) -> list[str]:
        """List the modules whose text names a source, in their order."""
        return [slug for slug, names in self.modules.items() if source in names]

    def questions_on(self, source: str) -> list[QuestionUse]:
        """List the questions that name a source."""
        return [one for one in self.questions if source in one.sources]

    def questions_of(self, module: str) -> list[QuestionUse]:
        """List the questions that a module's quiz asks or that send back to it."""
        return [one for one in self.questions if module in one.modules]


def sources_of_text(listed: Iterable[str]) -> Iterator[NamedSource]:
    """Yield the sources of a module, of which each entry may name several facts.

    Example:
        >>> [one.name for one in sources_of_text(["I-001 a I-003 Regulation (2021)"])]
        ['I-001', 'I-002', 'I-003']
    """
    for entry in listed:
        text = " ".join(entry.split())
        facts = fact_ids(text)
        wording = LEADING.sub("", text) if facts else text
        for name in facts:
            yield NamedSource(name, wording)
        if text and not facts and not EXAMPLE.match(text):
            yield NamedSource(text[:LONGEST_NAME], text)


def sources_of_question(listed: Iterable[str]) -> Iterator[NamedSource]:
    """Yield the sources of a question, whose list a comma separates.

    Where an example is among them, what has no id belongs to its description.
    """
    entries = [" ".join(entry.split()) for entry in listed]
    has_example = any(EXAMPLE.match(entry) for entry in entries)
    for entry in entries:
        if fact_ids(entry) or not has_example:
            yield from sources_of_text([entry])


def fact_ids(text: str) -> list[str]:
    """List the facts that a text names, each once; a range stands for all between.

    Example:
        >>> fact_ids("P-002 y P-003, art. 4; I-010 to I-012")
        ['I-010', 'I-011', 'I-012', 'P-002', 'P-003']
    """
    found = set(FACT.findall(text))
    for letter, first, last in RANGE.findall(text):
        numbers = range(int(first), min(int(last), int(first) + WIDEST_RANGE) + 1)
        found.update(f"{letter}-{number:03}" for number in numbers)
    return sorted(found)
