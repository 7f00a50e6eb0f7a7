"""Checks of a course as a whole: hours, prerequisites, dates, what a paper needs."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from conexx_learn.domain.course_source.settings import CourseTable
from conexx_learn.domain.course_source.settings_check import SettingsCheck
from conexx_learn.domain.course_source.toml_lines import TomlFile
from conexx_learn.domain.problems import Problem

_MOST_SHARE = Decimal("0.15")
_MOST_MINUTES = 15
_REVIEW_AHEAD = timedelta(days=60)
_EUROPEAN_LIST = ("outcomes", "assessment", "participation", "quality_assurance")
"""Keys without which no certificate of the course is a micro-credential.

The other elements of the European list are obligatory anyway: title, hours, what each
outcome says, and the issuer with its country.
"""


def whole_course_problems(
    check: SettingsCheck,
    *,
    slug: str,
    competencies: Mapping[str, object],
    neighbours: Mapping[str, tuple[str, ...]],
    today: date,
) -> Iterator[Problem]:
    """Report what only the whole of a sound `course.toml` can tell."""
    source, table = check.source, check.table
    if source is None or table is None:
        return
    yield from _workload_problems(source, table)
    yield from _grant_problems(source, table, competencies)
    yield from _prerequisite_problems(source, table, slug, neighbours)
    yield from _review_problems(source, table, today)
    yield from _missing_elements(source, table)


def _workload_problems(source: TomlFile, table: CourseTable) -> Iterator[Problem]:
    stated = table.hours * 60
    apart = abs(stated - table.workload)
    if apart > _MOST_MINUTES and apart > stated * _MOST_SHARE:
        fitting = Decimal(table.workload) / 60
        quarters = max(Decimal(1), (fitting * 4).to_integral_value()) / 4
        facts = {
            "hours": f"{table.hours.normalize():f}",
            "minutes": str(table.workload),
        }
        facts["fitting"] = f"{quarters.normalize():f}"
        yield source.problem(("hours",), "E015", **facts)


def _grant_problems(
    source: TomlFile, table: CourseTable, competencies: Mapping[str, object]
) -> Iterator[Problem]:
    for index, grant in enumerate(table.grants):
        if grant.competency not in competencies:
            facts = {"code": grant.competency[:40], "known": ", ".join(competencies)}
            yield source.problem(("grants", index), "E501", **facts)


def _prerequisite_problems(
    source: TomlFile,
    table: CourseTable,
    slug: str,
    neighbours: Mapping[str, tuple[str, ...]],
) -> Iterator[Problem]:
    courses = {**neighbours, slug: table.prerequisites}
    for wanted in table.prerequisites:
        if wanted not in courses:
            facts = {"course": wanted, "known": ", ".join(sorted(neighbours)) or "0"}
            yield source.problem(("prerequisites",), "E014", **facts)
        elif slug in _all_before(wanted, courses):
            facts = {"course": wanted, "slug": slug, "variant": "circular"}
            yield source.problem(("prerequisites",), "E014", **facts)


def _all_before(slug: str, courses: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Collect a course and everything that must be completed before it."""
    found: set[str] = set()
    waiting = [slug]
    while waiting:
        course = waiting.pop()
        if course not in found:
            found.add(course)
            waiting.extend(courses.get(course, ()))
    return found


def _review_problems(
    source: TomlFile, table: CourseTable, today: date
) -> Iterator[Problem]:
    for index, module in enumerate(table.modules):
        if module.valid_until is None or module.valid_until - today > _REVIEW_AHEAD:
            continue
        facts = {"module": module.slug, "date": module.valid_until.isoformat()}
        facts["variant"] = "past" if module.valid_until < today else ""
        yield source.problem(("modules", index, "valid_until"), "W003", **facts)


def _missing_elements(source: TomlFile, table: CourseTable) -> Iterator[Problem]:
    for key in _EUROPEAN_LIST:
        if not getattr(table, key):
            yield source.problem((), "W005", variant=key)
