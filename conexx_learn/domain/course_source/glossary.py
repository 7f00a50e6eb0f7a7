"""`glossary.<lang>.md` beside the courses: `## term`, then its text.

A heading may give the term an id and, in brackets, its other names:
`## costos elegibles (costes subvencionables) {: #eligible-costs }`. The front matter is
optional: `translates`, and `unlinked`, names that also mean something else and that no
module shall link, separated by `;`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conexx_learn.domain.course_source.file_names import FileKind, FileName
from conexx_learn.domain.course_source.headings import Heading, headings
from conexx_learn.domain.course_source.references import (
    Surroundings,
    reference_problems,
)
from conexx_learn.domain.course_source.source_files import (
    LIMITS,
    SourceFile,
    normalised,
    shown_size,
)
from conexx_learn.domain.course_source.text_files import (
    LONGEST_TITLE,
    TextFile,
    read_text,
)
from conexx_learn.domain.course_source.translations import translation_problems
from conexx_learn.domain.glossary import Glossary, Term
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.problems import Problem

GLOSSARY_FILES = "glossary.*.md"
"""What the files beside the courses are called, as a shell writes it."""

_NAME = re.compile(r"glossary\.(?P<lang>[a-z]{2,3})\.md")
_HEADING = re.compile(r"(?P<name>[^()]+?)(?:[ \t]*\((?P<others>[^()]+)\))?")
_KEYS = ("translates", "unlinked")
_TERM_LEVEL = 2
_NOTHING_AROUND = Surroundings({}, frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class _Placed:
    """A term and the line of its heading."""

    term: Term
    line: int


@dataclass(frozen=True, slots=True)
class _GlossaryFile:
    """A glossary in one language, read."""

    text: TextFile
    terms: tuple[_Placed, ...]
    problems: tuple[Problem, ...]

    @property
    def lang(self) -> str:
        return self.text.file.name.lang

    @property
    def ids(self) -> dict[str, int]:
        """Map the id of each term to the line of its heading."""
        return {placed.term.id: placed.line for placed in self.terms}


def read_glossary(files: Mapping[str, bytes]) -> tuple[Glossary, list[Problem]]:
    """Read the glossaries of a folder of courses; total for any bytes.

    Args:
        files: File name to content.

    Returns:
        The terms that can be used, by language, and every problem of every file.
    """
    found: list[_GlossaryFile] = []
    problems: list[Problem] = []
    for path, data in sorted(files.items()):
        name = _NAME.fullmatch(path)
        file = _file(path, name["lang"], data) if name else _unknown(path)
        if isinstance(file, Problem):
            problems.append(file)
        else:
            found.append(file)
            problems += file.problems
    problems += _translation_problems(found)
    terms = {file.lang: tuple(placed.term for placed in file.terms) for file in found}
    return terms, sorted(problems)


def _unknown(path: str) -> Problem:
    facts = {"name": path[:80], "meant": "glossary.es.md", "variant": "meant"}
    return Problem(path, 1, 1, "E007", facts)


def _file(path: str, lang: str, data: bytes) -> _GlossaryFile | Problem:
    limit = LIMITS[FileKind.GLOSSARY]
    if len(data) > limit:
        facts = {"size": shown_size(len(data)), "limit": shown_size(limit)}
        return Problem(path, 1, 1, "E008", {**facts, "variant": ""})
    name = FileName(path, FileKind.GLOSSARY, lang)
    text = read_text(SourceFile(name, normalised(data)), allowed=_KEYS, obligatory=())
    if isinstance(text, Problem):
        return text
    marks = headings(text.prose)
    terms = tuple(_terms(text, marks))
    problems = [
        *text.problems,
        *_heading_problems(text, marks),
        *_text_problems(text, marks),
        *_repeated(path, marks, terms),
        *_unknown_names(text, terms),
        *reference_problems(text.prose, path=path, around=_NOTHING_AROUND),
    ]
    return _GlossaryFile(text, terms, tuple(problems))


def _terms(text: TextFile, marks: list[Heading]) -> Iterator[_Placed]:
    """Read the terms in order; one that cannot be used is left out."""
    unlinked = set(_listed(text.value("unlinked"), ";"))
    seen: set[str] = set()
    for heading, body in _sections(text, marks):
        form = _HEADING.fullmatch(heading.title)
        if form and body and _is_sound(heading) and heading.anchor not in seen:
            seen.add(heading.anchor)
            names = (form["name"].strip(), *_listed(form["others"] or "", ","))
            linked = tuple(name for name in names if name not in unlinked)
            term = Term(heading.anchor, names[0], names[1:], body, linked)
            yield _Placed(term, heading.line)


def _is_sound(heading: Heading) -> bool:
    return heading.level == _TERM_LEVEL and is_slug(heading.anchor)


def _sections(text: TextFile, marks: list[Heading]) -> Iterator[tuple[Heading, str]]:
    """Pair each heading with the Markdown below it, up to the next."""
    lines = text.file.text.split("\n")
    ends = [*(heading.line - 1 for heading in marks[1:]), len(lines)]
    for heading, end in zip(marks, ends, strict=False):
        yield heading, "\n".join(lines[heading.line : end]).strip()


def _listed(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.split(sign) if part.strip()]


def _heading_problems(text: TextFile, marks: list[Heading]) -> Iterator[Problem]:
    told = {problem.line for problem in text.problems}
    for heading in marks:
        place = (text.file.path, heading.line, 1)
        facts = {"title": heading.title[:60], "value": heading.title[:60]}
        if heading.level != _TERM_LEVEL:
            if heading.line not in told:
                yield Problem(*place, "E011", {**facts, "variant": "term"})
        elif len(heading.title) > LONGEST_TITLE:
            yield Problem(*place, "E004", {**facts, "variant": "title"})
        elif not _HEADING.fullmatch(heading.title) or not is_slug(heading.anchor):
            yield Problem(*place, "E004", {**facts, "variant": "term"})


def _text_problems(text: TextFile, marks: list[Heading]) -> Iterator[Problem]:
    """Report a text that belongs to no term, and a term without a text."""
    path, first = text.file.path, marks[0].line if marks else None
    stray = next(
        (
            number
            for number, line in text.prose.numbered()
            if line.strip() and (first is None or number < first)
        ),
        None if marks else text.prose.first_line,
    )
    if stray is not None:
        yield Problem(path, stray, 1, "E003", {"variant": "term"})
    for heading, body in _sections(text, marks):
        if not body:
            facts = {"title": heading.title[:60], "variant": "explanation"}
            yield Problem(path, heading.line, 1, "E003", facts)


def _repeated(
    path: str, marks: list[Heading], terms: tuple[_Placed, ...]
) -> Iterator[Problem]:
    """Report an id that occurs twice, and a name that two terms share."""
    places = [(heading.anchor, heading.line) for heading in marks]
    yield from _twice(path, places)
    names = [
        (name.casefold(), placed.line)
        for placed in terms
        for name in {placed.term.name, *placed.term.other_names}
    ]
    yield from _twice(path, names)


def _twice(path: str, places: list[tuple[str, int]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for word, line in places:
        other = first.setdefault(word, line)
        if other != line:
            facts = {"id": word[:60], "line": str(line), "other_line": str(other)}
            yield Problem(path, line, 1, "E113", {**facts, "variant": "term"})


def _unknown_names(text: TextFile, terms: tuple[_Placed, ...]) -> Iterator[Problem]:
    names = {
        name
        for placed in terms
        for name in (placed.term.name, *placed.term.other_names)
    }
    for name in _listed(text.value("unlinked"), ";"):
        if name not in names:
            yield text.problem("unlinked", "E013", target=name[:80], variant="term")


def _translation_problems(files: list[_GlossaryFile]) -> Iterator[Problem]:
    """Compare each language with the source, which translates no other."""
    if not files:
        return
    source = next(
        (file for file in files if not file.text.value("translates")), files[0]
    )
    for file in files:
        if file is source:
            continue
        yield from translation_problems(file.text, source.text)
        path, ids = file.text.file.path, file.ids
        facts = {"source": source.text.file.path}
        for id_, line in source.ids.items():
            if id_ not in ids:
                missing = {"id": id_, "line": str(line), "variant": "missing"}
                yield Problem(path, 1, 1, "E401", {**facts, **missing})
        for id_, line in ids.items():
            if id_ not in source.ids:
                surplus = {"id": id_, "variant": "surplus"}
                yield Problem(path, line, 1, "E401", {**facts, **surplus})
