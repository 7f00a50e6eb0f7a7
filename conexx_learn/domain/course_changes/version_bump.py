"""How far a version should rise, and why.

Minor: wording, no learning changed. Major: what is learned or asked changed.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from conexx_learn.domain.course_changes.module_changes import ModuleChange, ModuleState
from conexx_learn.domain.course_changes.question_changes import (
    QuestionChange,
    QuestionState,
    RuleChange,
)
from conexx_learn.domain.course_changes.setting_changes import SettingChange


class Bump(StrEnum):
    """Which of the two numbers of a version rises."""

    MINOR = "minor"
    MAJOR = "major"


class BumpReason(StrEnum):
    """Why a version should be a major one."""

    MODULES = "modules"
    OUTCOMES = "outcomes"
    COMPETENCIES = "competencies"
    HOURS = "hours"
    REQUIREMENTS = "requirements"
    QUESTIONS = "questions"
    SCORING = "scoring"
    RULES = "rules"


_BY_SETTING = {
    "outcomes": BumpReason.OUTCOMES,
    "grants": BumpReason.COMPETENCIES,
    "hours": BumpReason.HOURS,
    "prerequisites": BumpReason.REQUIREMENTS,
    "pass_mark": BumpReason.RULES,
    "final_minutes": BumpReason.RULES,
    "required": BumpReason.REQUIREMENTS,
}
_WHOLE_MODULES = {ModuleState.ADDED, ModuleState.REMOVED}
_WHOLE_QUESTIONS = {QuestionState.ADDED, QuestionState.REMOVED}


def bump_reasons(
    settings: Sequence[SettingChange],
    modules: Sequence[ModuleChange],
    questions: Sequence[QuestionChange],
    rules: Sequence[RuleChange],
) -> tuple[BumpReason, ...]:
    """List why a version should be a major one, each reason once."""
    found = {
        *_of_settings(settings),
        *_of_modules(modules),
        *_of_questions(questions),
        *(BumpReason.RULES for rule in rules if rule.touches_results),
    }
    return tuple(reason for reason in BumpReason if reason in found)


def suggested_bump(reasons: Sequence[BumpReason]) -> Bump:
    """Say which number should rise; without a reason, wording alone changed."""
    return Bump.MAJOR if reasons else Bump.MINOR


def raised(version: tuple[int, int] | None, bump: Bump) -> tuple[int, int]:
    """Compute the number after the newest one; the first version is 1.0.

    What was only piloted has a number below that.

    Example:
        >>> raised((1, 4), Bump.MINOR), raised((1, 4), Bump.MAJOR)
        ((1, 5), (2, 0))
    """
    major, minor = version or (0, 0)
    if not major:
        return 1, 0
    return (major + 1, 0) if bump == Bump.MAJOR else (major, minor + 1)


def _of_settings(settings: Sequence[SettingChange]) -> Iterator[BumpReason]:
    for change in settings:
        if change.key in _BY_SETTING:
            yield _BY_SETTING[change.key]


def _of_modules(modules: Sequence[ModuleChange]) -> Iterator[BumpReason]:
    for module in modules:
        if module.state in _WHOLE_MODULES or module.former_slug:
            yield BumpReason.MODULES
        yield from _of_settings(module.settings)


def _of_questions(questions: Sequence[QuestionChange]) -> Iterator[BumpReason]:
    for question in questions:
        if question.is_graded and question.state in _WHOLE_QUESTIONS:
            yield BumpReason.QUESTIONS
        elif question.is_graded and question.state is QuestionState.RESCORED:
            yield BumpReason.SCORING
