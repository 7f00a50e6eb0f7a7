"""What pages show of published courses: plain values, in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from conexx_learn.domain.folder import OwnWork
from conexx_learn.domain.progress import Outline
from conexx_learn.domain.reading_sections import ModuleReading

QUARTERS = Decimal(4)


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course in the catalogue.

    Attributes:
        slug: In its address.
        title: In the reader's language, or the course's own.
        summary: Likewise.
        lang: Language that the two are in.
        languages: Every language of the course.
        hours: Workload.
        access: `open` or `members`.
        module_count: Modules of the live version.
        grants: Codes of the competencies that the certificate gives evidence of.
        validity_months: Of the certificate, or None.
        is_enrolled: Whether the reader has an open enrolment.
        certificate_number: Of the reader's newest certificate, or None.
    """

    slug: str
    title: str
    summary: str
    lang: str
    languages: tuple[str, ...]
    hours: Decimal
    access: str
    module_count: int
    grants: tuple[str, ...]
    validity_months: int | None
    is_enrolled: bool = False
    certificate_number: str | None = None


@dataclass(frozen=True, slots=True)
class CoursePlace:
    """The version of a course that a reader stands on.

    Attributes:
        course_id: Key of the course.
        slug: In its address.
        version_id: The version that is shown.
        content_hash: Of its content.
        version: `(major, minor)` of it.
        newer_version_id: The live version where it is another, else None.
        newer_version: `(major, minor)` of that.
        change_note: Language to what changed in that.
        is_live: Whether newcomers may enrol.
        enrolment_id: The reader's newest enrolment, or None.
        enrolment_ended: Whether it is over.
        started_at: When it began.
        access: `open` or `members`.
        source_language: Of the version.
        hours: Workload.
        validity_months: Of the certificate, or None.
        eqf_level: Or None.
        byte_count: Of the whole course in one language.
        final_minutes: Time for the final quiz.
        published_at: When this version was.
        facts: Grants, outcomes and what else a certificate copies.
    """

    course_id: int
    slug: str
    version_id: int
    content_hash: str
    version: tuple[int, int]
    newer_version_id: int | None
    newer_version: tuple[int, int] | None
    change_note: dict[str, Any]
    is_live: bool
    enrolment_id: int | None
    enrolment_ended: bool
    started_at: datetime | None
    access: str
    source_language: str
    hours: Decimal
    validity_months: int | None
    eqf_level: int | None
    byte_count: int
    final_minutes: int
    published_at: datetime
    facts: dict[str, Any]

    @property
    def is_enrolled(self) -> bool:
        """Say whether the reader has ever enrolled; a finished course stays open."""
        return self.enrolment_id is not None

    @property
    def version_label(self) -> str:
        """Write the version: 1.0."""
        return f"{self.version[0]}.{self.version[1]}"


@dataclass(frozen=True, slots=True)
class CoursePage:
    """The public page of a course, and where the reader stands on it."""

    place: CoursePlace
    title: str
    summary: str
    lang: str
    languages: tuple[str, ...]
    outcomes: dict[str, str]
    body_html: str
    outline: Outline


@dataclass(frozen=True, slots=True)
class ModulePage:
    """A module to read.

    Attributes:
        place: The version it is of.
        course_title: In the language of the text.
        module_id: Key of the module.
        slug: In its address.
        title: In `lang`.
        lang: The reader's, or the course's own where a translation is missing.
        reading: Its text in safe HTML, cut at its sections.
        self_checks: A quiz document for each.
        task_title: What its task makes; empty where it has no name.
        work: What the reader wrote in it.
        outline: Of the course.
    """

    place: CoursePlace
    course_title: str
    module_id: int
    slug: str
    title: str
    lang: str
    reading: ModuleReading
    self_checks: list[Any]
    task_title: str
    work: OwnWork
    outline: Outline


@dataclass(frozen=True, slots=True)
class QuizPlace:
    """A quiz within its course, for the page of its rules.

    Attributes:
        place: The version it is of.
        course_title: In the reader's language.
        module_slug: None for the final.
        pass_percent: 1 to 100, or None.
        outline: Of the course.
    """

    place: CoursePlace
    course_title: str
    module_slug: str | None
    pass_percent: Fraction | None
    outline: Outline
