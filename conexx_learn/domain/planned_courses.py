"""Courses that are announced before their texts are written."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from conexx_learn.domain.errors import RuleError

IN_PREPARATION = "preparation"
"""Access of a version that nobody can start."""

_MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class PlannedModule:
    """A module that will be.

    Attributes:
        slug: In its address.
        minutes: Of the module as a whole, with its quiz and its task.
        titles: Language to title.
    """

    slug: str
    minutes: int
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """A course that will be.

    Attributes:
        slug: In its address.
        titles: Language to title.
        summaries: Language to one sentence.
        hours: Workload; the minutes of its modules.
        validity_months: Of the certificate.
        eqf_level: That it is designed with reference to.
        grants: Competency and level that the certificate will be evidence of.
        prerequisites: Slugs of the courses that come first.
        modules: In order.
        content_hash: Hex SHA-256 of all that is said here.
    """

    slug: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    hours: Decimal
    validity_months: int
    eqf_level: int
    grants: tuple[tuple[str, int], ...]
    prerequisites: tuple[str, ...]
    modules: tuple[PlannedModule, ...]
    content_hash: str


def read_planned_courses(text: str) -> tuple[PlannedCourse, ...]:
    """Read the file of planned courses, in its order.

    Raises:
        ValueError: It is not TOML, a course lacks a part, or its modules do not add up
            to its hours: a mistake of ours.
    """
    document = tomllib.loads(text)
    return tuple(_course(slug, entry) for slug, entry in document.items())


def refuse_in_preparation(access: str) -> None:
    """Refuse to begin or go on with a course that is only announced.

    Raises:
        RuleError: Its texts are not written.
    """
    if access == IN_PREPARATION:
        raise RuleError("course-in-preparation")


def _course(slug: str, entry: dict[str, Any]) -> PlannedCourse:
    try:
        course = PlannedCourse(
            slug=slug,
            titles=entry["title"],
            summaries=entry["summary"],
            hours=Decimal(str(entry["hours"])),
            validity_months=entry["validity_months"],
            eqf_level=entry["eqf_level"],
            grants=tuple((one["competency"], one["level"]) for one in entry["grants"]),
            prerequisites=tuple(entry.get("prerequisites", ())),
            modules=tuple(
                PlannedModule(one["slug"], one["minutes"], one["title"])
                for one in entry["modules"]
            ),
            content_hash=sha256(f"{slug} {entry!r}".encode()).hexdigest(),
        )
    except KeyError as error:
        raise ValueError(f"{slug} lacks {error}") from error
    minutes = sum(module.minutes for module in course.modules)
    if minutes != course.hours * _MINUTES_PER_HOUR:
        raise ValueError(f"{slug}: {minutes} min are not {course.hours} h")
    return course
