"""What the live versions of courses hold and rest on; four statements for all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.content_sources import (
    CourseContent,
    NamedSource,
    QuestionUse,
    sources_of_question,
    sources_of_text,
)
from conexx_learn.domain.course_source.text_files import SPANISH_KEYS
from conexx_learn.domain.front_matter import COURSE_CODES, read_front_matter
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
    ModuleText,
    Quiz,
    QuizText,
)
from conexx_learn.queries.kept_reads import KeptReads

MOST_KEPT = 4
"""Sets of live versions whose content stays in memory; a new version makes another."""

_kept: KeptReads[tuple[tuple[int, str], ...], dict[int, CourseContent]] = KeptReads(
    MOST_KEPT
)


@dataclass(frozen=True, slots=True)
class LiveModule:
    """A module that newcomers read.

    Attributes:
        slug: Its address.
        titles: Language to title.
        valid_until: Last day on which it may be relied on, or None.
    """

    slug: str
    titles: Mapping[str, str]
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class LiveCourse:
    """A course with the version that newcomers get.

    Attributes:
        id: Of its row.
        slug: Its address.
        titles: Language to title.
        version: Such as `1.0`.
        published_at: When that was.
        modules: In order.
        content: What it rests on.
    """

    id: int
    slug: str
    titles: Mapping[str, str]
    version: str
    published_at: datetime
    modules: tuple[LiveModule, ...]
    content: CourseContent


def live_courses(session: Session) -> dict[str, LiveCourse]:
    """Return slug to course, by slug; two statements, and two more at first.

    A published version never changes: what it rests on is read once.
    """
    versions = session.execute(
        select(
            Course.id,
            Course.slug,
            CourseVersion.id.label("version_id"),
            CourseVersion.content_hash,
            CourseVersion.major,
            CourseVersion.minor,
            CourseVersion.published_at,
            CourseText.lang,
            CourseText.title,
        )
        .join(LiveVersion, LiveVersion.course_id == Course.id)
        .join(CourseVersion, CourseVersion.id == LiveVersion.course_version_id)
        .join(CourseText, CourseText.course_version_id == CourseVersion.id)
        .order_by(Course.slug, CourseText.lang)
    ).all()
    modules = _modules(session)
    key = tuple(sorted({(row.version_id, row.content_hash) for row in versions}))
    contents = _kept.value(key, lambda: _contents(session, modules))
    titles: dict[int, dict[str, str]] = {}
    for row in versions:
        titles.setdefault(row.id, {})[row.lang] = row.title
    return {
        row.slug: LiveCourse(
            id=row.id,
            slug=row.slug,
            titles=titles[row.id],
            version=f"{row.major}.{row.minor}",
            published_at=row.published_at,
            modules=tuple(modules.get(row.version_id, {}).values()),
            content=contents[row.version_id],
        )
        for row in versions
    }


def _modules(session: Session) -> dict[int, dict[int, LiveModule]]:
    """Return version to key of a module to the module, in the order of the course."""
    rows = session.execute(
        select(
            Module.id,
            Module.course_version_id,
            Module.slug,
            Module.valid_until,
            ModuleText.lang,
            ModuleText.title,
        )
        .join(LiveVersion, LiveVersion.course_version_id == Module.course_version_id)
        .join(ModuleText, ModuleText.module_id == Module.id)
        .order_by(Module.course_version_id, Module.number, ModuleText.lang)
    )
    found: dict[int, dict[int, LiveModule]] = {}
    for row in rows:
        here = found.setdefault(row.course_version_id, {})
        before = here.get(row.id)
        titles = {**(before.titles if before else {}), row.lang: row.title}
        here[row.id] = LiveModule(row.slug, titles, row.valid_until)
    return found


def _contents(
    session: Session, modules: Mapping[int, Mapping[int, LiveModule]]
) -> dict[int, CourseContent]:
    """Read what every live version rests on, by its key."""
    files = session.execute(
        select(CourseVersion.id, CourseVersion.sources)
        .join(LiveVersion, LiveVersion.course_version_id == CourseVersion.id)
        .order_by(CourseVersion.id)
    ).all()
    quizzes = session.execute(
        select(Quiz.course_version_id, Quiz.module_id, QuizText.lang, QuizText.document)
        .join(LiveVersion, LiveVersion.course_version_id == Quiz.course_version_id)
        .join(QuizText, QuizText.quiz_id == Quiz.id)
        .order_by(Quiz.course_version_id, Quiz.id, QuizText.lang)
    ).all()
    found = {}
    for version_id, sources in files:
        own = modules.get(version_id, {})
        asked = [
            (_slug(own, module_id), lang, question)
            for version, module_id, lang, document in quizzes
            if version == version_id
            for question in _questions(document)
        ]
        found[version_id] = _content([one.slug for one in own.values()], sources, asked)
    return found


def _slug(modules: Mapping[int, LiveModule], module_id: int | None) -> str | None:
    return modules[module_id].slug if module_id is not None else None


def _questions(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in document["quiz"]["sections"]:
        for question in section["questions"]:
            if not (question.get("draft") or question.get("retired")):
                yield question


Asked = tuple[str | None, str, dict[str, Any]]
"""Slug of the module whose quiz asks (None for the final), language, and question."""


def _content(
    slugs: Iterable[str], files: Mapping[str, str], asked: Iterable[Asked]
) -> CourseContent:
    wordings: dict[str, dict[str, str]] = {}

    def note(lang: str, sources: Iterable[NamedSource]) -> set[str]:
        names = set()
        for one in sources:
            names.add(one.name)
            # A module writes out what a question only names.
            if one.wording != one.name:
                wordings.setdefault(one.name, {}).setdefault(lang, one.wording)
        return names

    modules: dict[str, set[str]] = {slug: set() for slug in slugs}
    for name, text in sorted(files.items()):
        slug, lang = _module_and_language(name)
        if slug in modules:
            modules[slug] |= note(lang, sources_of_text(_listed(text)))
    titles: dict[str, dict[str, str]] = {}
    rests: dict[str, set[str]] = {}
    known: dict[str, Asked] = {}
    for one in asked:
        _, lang, question = one
        known.setdefault(question["id"], one)
        titles.setdefault(question["id"], {})[lang] = question["title"]
        rests.setdefault(question["id"], set()).update(
            note(lang, sources_of_question(question.get("sources", ())))
        )
    return CourseContent(
        modules={slug: frozenset(names) for slug, names in modules.items()},
        wordings=wordings,
        questions=tuple(
            QuestionUse(
                id=id_,
                titles=titles[id_],
                modules=frozenset(
                    slug for slug in (module, question.get("module")) if slug
                ),
                competencies=tuple(question.get("competencies", ())),
                sources=frozenset(rests[id_]),
            )
            for id_, (module, _, question) in known.items()
        ),
    )


def _module_and_language(name: str) -> tuple[str, str]:
    """Read a file's name: `01-the-well.en.md` is the module `the-well` in English."""
    stem, _, lang = name.removesuffix(".md").rpartition(".")
    return stem.partition("-")[2], lang


def _listed(text: str) -> list[str]:
    """Return the entries of a module's `sources`."""
    head, _ = read_front_matter(text.split("\n"), path="", codes=COURSE_CODES)
    for entry in head.entries:
        key = entry.key.lower()
        if SPANISH_KEYS.get(key, key) == "sources":
            return entry.value.split(";")
    return []
