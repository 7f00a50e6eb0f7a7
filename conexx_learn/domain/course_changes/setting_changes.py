"""Facts of a course and of its modules that are not as they were."""

from collections.abc import Iterator
from dataclasses import dataclass

from conexx_learn.domain.course import Course, Module

COURSE_FACTS = (
    "hours",
    "pass_mark",
    "final_minutes",
    "access",
    "validity_months",
    "outcomes",
    "grants",
    "prerequisites",
    "assessment",
    "participation",
    "eqf_level",
    "ects",
    "quality_assurance",
    "supervision",
    "source_language",
)
MODULE_FACTS = (
    "minutes",
    "quiz_minutes",
    "task_minutes",
    "required",
    "outcomes",
    "valid_until",
)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One fact that is not as it was.

    Attributes:
        key: As in `course.toml`; `title`, `summary` or an outcome's id for a text.
        before: As a short text, empty for none.
        after: The same.
        lang: Of a text; empty for a fact.
    """

    key: str
    before: str
    after: str
    lang: str = ""


def setting_changes(before: Course | None, after: Course) -> tuple[SettingChange, ...]:
    """List the facts and short texts of a course that changed."""
    if before is None:
        return ()
    return (*_facts(before, after, COURSE_FACTS), *_texts(before, after))


def module_setting_changes(before: Module, after: Module) -> tuple[SettingChange, ...]:
    """List the facts of a module that changed."""
    return tuple(_facts(before, after, MODULE_FACTS))


def _facts(
    before: Course | Module, after: Course | Module, keys: tuple[str, ...]
) -> Iterator[SettingChange]:
    for key in keys:
        old, new = written(getattr(before, key)), written(getattr(after, key))
        if old != new:
            yield SettingChange(key, old, new)


def _texts(before: Course, after: Course) -> Iterator[SettingChange]:
    for lang in sorted({*before.texts, *after.texts}):
        old, new = _short_texts(before, lang), _short_texts(after, lang)
        for key in dict.fromkeys([*new, *old]):
            was, becomes = old.get(key, ""), new.get(key, "")
            if was != becomes:
                yield SettingChange(key, was, becomes, lang)


def _short_texts(course: Course, lang: str) -> dict[str, str]:
    text = course.texts.get(lang)
    if text is None:
        return {}
    return {"title": text.title, "summary": text.summary, **text.outcomes}


def written(value: object) -> str:
    """Write a fact as a short text.

    Example:
        >>> written(("lo-1", "lo-2")), written(True), written(None)
        ('lo-1, lo-2', 'yes', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_listed(one) for one in value)
    return str(value)


def _listed(value: object) -> str:
    code, level = getattr(value, "competency", ""), getattr(value, "level", "")
    return f"{code} ({level})" if code else str(value)
