"""The headings that a quiz file reserves, and what is wrong with the others."""

import re
from dataclasses import dataclass, field

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import SectionKind
from conexx_learn.domain.quiz_source.keys import (
    PART_WORDS,
    SECTION_WORDS,
    closest,
    folded,
    keyword_spelling,
)
from conexx_learn.domain.quiz_source.lines import Row, excerpt, lookalike_facts

FEWEST_ID_SIGNS, MOST_ID_SIGNS = 3, 60

_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_HEADING = re.compile(r"^ {0,3}(?P<hashes>#{1,6})(?P<gap>[ \t\xa0]*)(?P<text>.*)$")
_CLOSING_HASHES = re.compile(r"[ \t\xa0]+#+$")
_SECTION_LEVEL, _QUESTION_LEVEL, _PART_LEVEL = 1, 2, 3
_SECTION = re.compile(r"^(?P<word>[^:|]{1,24}?)[ \t\xa0]*:(?P<name>.*)$")


@dataclass(slots=True)
class Heading:
    """One heading line, understood as far as it can be.

    Attributes:
        section: Kind of section that it opens, if any.
        part: Part of a question that it opens (`explanation` …), if any.
        is_question: It opens a question.
        id: Empty where missing or malformed.
        title: Plain text; may be empty.
        canonical: As `fmt` writes it.
        problems: E110, E111, E112, E103, W901.
    """

    section: SectionKind | None = None
    part: str | None = None
    is_question: bool = False
    id: str = ""
    title: str = ""
    canonical: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_unknown(self) -> bool:
        """Say whether the heading is none that the format knows."""
        return not (self.section or self.part or self.is_question)


def is_id(text: str) -> bool:
    """Say whether a text is an id: a-z 0-9, single hyphens, 3 to 60 characters."""
    return FEWEST_ID_SIGNS <= len(text) <= MOST_ID_SIGNS and bool(_ID.match(text))


def proposed_id(title: str) -> str:
    """Make an id of a title.

    Example:
        >>> proposed_id("Costes elegibles, ¿cuáles?")
        'costes-elegibles-cuales'
    """
    slug = re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-")
    slug = slug[:MOST_ID_SIGNS].strip("-")
    return slug if len(slug) >= FEWEST_ID_SIGNS else f"q-{slug or 'new'}"


def read_heading(row: Row, path: str) -> Heading | None:
    """Read a line as a heading; None where it is none."""
    if row.is_fenced or row.is_hidden:
        return None
    found = _HEADING.match(row.text)
    if not found:
        return None
    level = len(found["hashes"])
    text = _CLOSING_HASHES.sub("", found["text"].strip())
    heading = _known(level, text, row, path) if found["gap"] or not text else None
    if heading is None:
        return _unknown(level, text, row, path)
    if "\xa0" in found["gap"]:
        facts = lookalike_facts("\xa0", " ")
        column = found.start("gap") + 1
        heading.problems.append(Problem(path, row.number, column, "W901", facts))
    return heading


def _known(level: int, text: str, row: Row, path: str) -> Heading | None:
    """Read one of the three reserved kinds; None for any other heading."""
    if level == _SECTION_LEVEL:
        return _section(text, row, path)
    if level == _PART_LEVEL and folded(text) in PART_WORDS:
        part = PART_WORDS[folded(text)]
        word = keyword_spelling(text)
        return Heading(part=part, canonical=f"### {word}")
    if level == _QUESTION_LEVEL and not _is_keyword(text):
        return _question(text, row, path)
    return None


def _is_keyword(text: str) -> bool:
    """Say whether a text without id is a keyword at the wrong level."""
    section = _SECTION.match(text)
    word = folded(section["word"]) if section else folded(text)
    return "|" not in text and (word in PART_WORDS or word in SECTION_WORDS)


def _section(text: str, row: Row, path: str) -> Heading | None:
    found = _SECTION.match(text)
    kind = SECTION_WORDS.get(folded(found["word"])) if found else None
    if not found or not kind:
        return None
    id_, _, title = (part.strip() for part in found["name"].partition("|"))
    word = keyword_spelling(found["word"])
    heading = Heading(
        section=SectionKind(kind),
        title=title,
        canonical=f"# {word}: {id_} | {title}" if title else f"# {word}: {id_}",
    )
    _put_id(heading, id_, title or id_, row, path, pattern=f"# {word}: {{}}")
    if kind == "case" and not title:
        facts = {"proposal": f"# {word}: {id_} | …", "variant": "case"}
        heading.problems.append(Problem(path, row.number, 1, "E103", facts))
    return heading


def _question(text: str, row: Row, path: str) -> Heading:
    id_, bar, title = (part.strip() for part in text.partition("|"))
    heading = Heading(
        is_question=True, title=title, canonical=f"## {id_} | {title}".rstrip()
    )
    if bar and title:
        _put_id(heading, id_, title, row, path, pattern=f"## {{}} | {title}")
        return heading
    proposal = id_ if is_id(id_) else proposed_id(id_)
    facts = {"found": excerpt(row.text), "proposal": f"## {proposal} | {id_ or '…'}"}
    heading.problems.append(Problem(path, row.number, 1, "E111", facts))
    return heading


def _put_id(
    heading: Heading, id_: str, title: str, row: Row, path: str, *, pattern: str
) -> None:
    """Set the id of a heading, or report that it is missing or malformed."""
    if is_id(id_):
        heading.id = id_
        return
    proposal = pattern.format(proposed_id(id_ or title))
    code = "E112" if id_ else "E111"
    facts = {"found": excerpt(id_ or row.text), "proposal": proposal}
    heading.problems.append(Problem(path, row.number, 1, code, facts))


def _unknown(level: int, text: str, row: Row, path: str) -> Heading:
    facts = {"found": excerpt(row.text)}
    suggestion = _suggestion(level, text)
    if suggestion:
        facts |= {"suggestion": suggestion, "variant": "meant"}
    return Heading(problems=[Problem(path, row.number, 1, "E110", facts)])


def _suggestion(level: int, text: str) -> str:
    """Guess which reserved heading was meant; empty for none."""
    found = _SECTION.match(text)
    if found:
        word = closest(found["word"], SECTION_WORDS)
        return f"# {keyword_spelling(word)}: {found['name'].strip()}" if word else ""
    word = closest(text, PART_WORDS)
    if word:
        return f"### {keyword_spelling(word)}"
    if level == _QUESTION_LEVEL and "|" in text:
        return f"## {text}"
    return ""
