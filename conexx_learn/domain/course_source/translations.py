"""Whether each language has what the source has, and is as new as it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from conexx_learn.domain.course_source.headings import headings
from conexx_learn.domain.course_source.markdown_lines import Prose
from conexx_learn.domain.course_source.text_files import TextFile
from conexx_learn.domain.problems import Problem

_TRANSLATES = re.compile(r"(?P<file>[^@\s]+)@(?P<hash>[0-9a-f]{12})")
_NUMBER = re.compile(r"\d+")
_MARKUP = re.compile(r"\]\(|\||^[ \t]*(?:[-*+]|\d+\.)[ \t]", re.MULTILINE)
"""Of a link only where its address begins: to look for both ends is quadratic."""

_MOST_SECTIONS = 8


@dataclass(frozen=True, slots=True)
class _Part:
    """One section of a text: its title, and what a translation of it shares."""

    title: str
    shape: tuple[object, ...]


def translation_problems(translation: TextFile, source: TextFile) -> Iterator[Problem]:
    """Report a `translates` that is wrong (E004) or older than its source (W006)."""
    stated = translation.value("translates")
    if not stated:
        return
    expected = f"{source.file.path}@{source.file.source_hash}"
    match = _TRANSLATES.fullmatch(stated)
    if not match or match["file"] != source.file.path:
        facts = {"value": stated[:80], "expected": expected, "variant": "translates"}
        yield translation.problem("translates", "E004", **facts)
    elif match["hash"] != source.file.source_hash:
        sections = ", ".join(_changed_sections(translation.prose, source.prose))
        facts = {"source": source.file.path, "expected": expected, "sections": sections}
        yield translation.problem("translates", "W006", **facts)


def _changed_sections(translation: Prose, source: Prose) -> list[str]:
    """List the source's sections that differ in shape; all where none stands out.

    The source as it was when it was translated is not at hand. What both languages
    share are numbers, links, table cells and list items: a section where they differ
    was changed on one side only.
    """
    ours, theirs = _parts(translation), _parts(source)
    titles = [part.title for part in theirs]
    if len(ours) == len(theirs):
        pairs = zip(ours, theirs, strict=True)
        changed = [new.title for old, new in pairs if old.shape != new.shape]
        titles = changed or titles
    shown = [f"«{title}»" for title in titles if title] or ["…"]
    return shown[:_MOST_SECTIONS] + ["…"] * (len(shown) > _MOST_SECTIONS)


def _parts(prose: Prose) -> list[_Part]:
    marks = headings(prose)
    starts = [prose.first_line, *(heading.line for heading in marks)]
    ends = [*starts[1:], prose.first_line + len(prose.lines)]
    titles = ["", *(heading.title for heading in marks)]
    return [
        _Part(title, _shape(prose, start, end))
        for title, start, end in zip(titles, starts, ends, strict=True)
    ]


def _shape(prose: Prose, start: int, end: int) -> tuple[object, ...]:
    lines = prose.lines[start - prose.first_line : end - prose.first_line]
    text = "\n".join(lines)
    paragraphs = sum(1 for block in text.split("\n\n") if block.strip())
    numbers = sorted(_NUMBER.findall(text))
    fences = sum(1 for fence in prose.fences if start <= fence.first_line < end)
    return paragraphs, len(_MARKUP.findall(text)), fences, tuple(numbers)


def missing_translations(
    languages: Collection[str],
    *,
    source_language: str,
    present: dict[str, dict[str, str]],
) -> Iterator[Problem]:
    """Warn of what a language lacks and the source language has (W004).

    Args:
        languages: Every language of the course.
        source_language: The one that the others translate.
        present: Thing (a module's slug, `course` …) to its path by language.
    """
    for language in sorted(set(languages) - {source_language}):
        for paths in present.values():
            if source_language in paths and language not in paths:
                path = paths[source_language]
                facts = {"language": language, "file": _renamed(path, language)}
                yield Problem(path, 1, 1, "W004", facts)


def _renamed(path: str, language: str) -> str:
    stem, _, _ = path.removesuffix(".md").rpartition(".")
    return f"{stem}.{language}.md"
