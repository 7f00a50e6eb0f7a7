"""A course as its folder tells it: the canonical model of COURSE and MODULE files."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from conexx_learn.domain.quiz import Quiz

SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""Small letters, digits and single hyphens; 3 to 60 characters."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A competency and the level of it that a certificate is evidence of (1 to 4)."""

    competency: str
    level: int


@dataclass(frozen=True, slots=True)
class Competency:
    """One entry of `competencies.toml`: title by language, function it belongs to."""

    code: str
    title: dict[str, str]
    function: str


@dataclass(frozen=True, slots=True)
class CourseText:
    """`course.<lang>.md`: what the course is, in one language.

    Attributes:
        lang: BCP 47 primary tag.
        title: Plain text.
        summary: Plain text, at most 300 characters.
        outcomes: Outcome id to its text.
        body_md: Markdown of the public course page.
    """

    lang: str
    title: str
    summary: str
    outcomes: dict[str, str]
    body_md: str


@dataclass(frozen=True, slots=True)
class ModuleText:
    """One module in one language.

    Attributes:
        lang: BCP 47 primary tag.
        title: Plain text.
        body_md: The Markdown, self-checks included as fenced blocks.
        sources: What the text rests on, in file order.
        self_checks: The quizzes of the `quiz` fences, in order.
        path: File name.
        byte_count: Size of the file.
    """

    lang: str
    title: str
    body_md: str
    sources: tuple[str, ...]
    self_checks: tuple[Quiz, ...]
    path: str
    byte_count: int


@dataclass(frozen=True, slots=True)
class Module:
    """One module in all its languages.

    Attributes:
        slug: File stem without its number.
        number: From 1, the order in the course.
        minutes: Of reading.
        quiz_minutes: Of its quiz.
        task_minutes: Of the task in the learner's municipality.
        required: Whether completion of the course needs it.
        outcomes: Ids of the outcomes it serves.
        valid_until: Last day on which the text may be relied on, inclusive.
        texts: Language to text.
        quizzes: Language to quiz; empty where the module has none.
        content_hash: Hex SHA-256 over its texts, quizzes and images.
    """

    slug: str
    number: int
    minutes: int
    quiz_minutes: int
    task_minutes: int
    required: bool
    outcomes: tuple[str, ...]
    valid_until: date | None
    texts: dict[str, ModuleText]
    quizzes: dict[str, Quiz]
    content_hash: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """An image or PDF of `media/`, checked to be what its name says."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course, free of errors.

    Attributes:
        slug: Folder name.
        version: `(major, minor)`.
        hours: Notional workload, in quarters of an hour.
        eqf_level: 1 to 8, "designed with reference to", or None.
        validity_months: Of a certificate, or None for no end.
        pass_mark: Percent 1 to 100, for quizzes that say nothing else; or None.
        texts: Language to course text.
        modules: In order.
        finals: Language to final quiz; empty when there is none.
        rubric_md: Language to the rubric file's text, as it stands.
        content_hash: Hex SHA-256 over every file's name and normalised content.
        files: Every text file as it was read, name to normalised text, for export.
    """

    slug: str
    version: tuple[int, int]
    source_language: str
    hours: Decimal
    eqf_level: int | None
    validity_months: int | None
    pass_mark: int | None
    grants: tuple[Grant, ...]
    prerequisites: tuple[str, ...]
    outcomes: tuple[str, ...]
    assessment: tuple[str, ...]
    participation: str | None
    quality_assurance: str | None
    ects: Decimal | None
    supervision: str | None
    access: str
    final_minutes: int | None
    texts: dict[str, CourseText]
    modules: tuple[Module, ...]
    finals: dict[str, Quiz]
    rubric_md: dict[str, str]
    media: tuple[MediaFile, ...]
    content_hash: str
    files: dict[str, str]
