"""The words of a difference: what a key, a state and a reason are called on a page."""

from conexx_learn.domain.course_changes.module_changes import ModuleChange, ModuleState
from conexx_learn.domain.course_changes.question_changes import QuestionState
from conexx_learn.domain.course_changes.text_changes import BlockState
from conexx_learn.domain.course_changes.version_bump import Bump, BumpReason
from conexx_learn.web.language import gettext as _


def setting_word(key: str) -> str:
    """Name a fact of a course or of a module."""
    words = {
        "hours": _("Hours"),
        "pass_mark": _("Pass mark"),
        "final_minutes": _("Minutes of the final quiz"),
        "access": _("Access"),
        "validity_months": _("Months that the certificate is valid"),
        "outcomes": _("Outcomes"),
        "grants": _("Competencies"),
        "prerequisites": _("Courses that come first"),
        "assessment": _("Kinds of assessment"),
        "participation": _("How one takes part"),
        "eqf_level": _("EQF level"),
        "ects": _("ECTS credits"),
        "quality_assurance": _("Quality assurance"),
        "supervision": _("Supervision"),
        "source_language": _("Language of the original"),
        "minutes": _("Minutes of reading"),
        "quiz_minutes": _("Minutes of the quiz"),
        "task_minutes": _("Minutes of the task"),
        "required": _("Required"),
        "valid_until": _("Can be relied on until"),
        "title": _("Title"),
        "summary": _("Summary"),
    }
    return words.get(key, key)


def rule_word(key: str) -> str:
    """Name a rule of a quiz."""
    if key.startswith("draw:"):
        return _("Questions drawn from “%(pool)s”", pool=key.partition(":")[2])
    words = {
        "quiz": _("The whole quiz"),
        "title": _("Title"),
        "mode": _("Whether it counts"),
        "pass_percent": _("Pass mark"),
        "attempts": _("Attempts"),
        "wait_seconds": _("Seconds between attempts"),
        "grade": _("Attempt that counts"),
        "time_seconds": _("Seconds for an attempt"),
        "shuffle_questions": _("Questions in another order each time"),
        "shuffle_options": _("Options in another order each time"),
        "feedback": _("Feedback"),
        "scoring": _("How points are given"),
    }
    return words.get(key, key)


def value_word(value: str) -> str:
    """Write a value; the yes and no of the files in the reader's language."""
    return {"yes": _("Yes"), "no": _("No"), "": _("none")}.get(value, value)


def block_word(state: BlockState) -> str:
    """Say what became of a block, for who does not see its colour."""
    words = {
        BlockState.ADDED: _("Added:"),
        BlockState.REMOVED: _("Removed:"),
        BlockState.CHANGED: _("Changed:"),
    }
    return words.get(state, "")


def question_word(state: QuestionState) -> str:
    """Say what became of a question."""
    return {
        QuestionState.ADDED: _("New question"),
        QuestionState.REMOVED: _("No longer asked"),
        QuestionState.REWORDED: _("Other words, same marking"),
        QuestionState.RESCORED: _("Marked otherwise"),
    }[state]


def part_word(name: str) -> str:
    """Name a part of a question."""
    return {
        "explanation": _("Explanation"),
        "hint": _("Hint"),
        "right": _("When it is right"),
        "partly": _("When it is partly right"),
        "wrong": _("When it is wrong"),
        "feedback": _("Feedback"),
    }[name]


def module_word(module: ModuleChange) -> str:
    """Say what became of a module as a whole."""
    if module.state is ModuleState.ADDED:
        return _("New module")
    if module.state is ModuleState.REMOVED:
        return _("Module removed")
    if module.former_slug:
        return _("Another address; before: %(slug)s", slug=module.former_slug)
    if module.is_moved:
        return _(
            "Moved from place %(before)s to %(after)s",
            before=module.number_before,
            after=module.number_after,
        )
    return _("Changed")


def reason_word(reason: BumpReason) -> str:
    """Say why a version should be a major one."""
    return {
        BumpReason.MODULES: _("modules came or went"),
        BumpReason.OUTCOMES: _("the outcomes changed"),
        BumpReason.COMPETENCIES: _("the certificate is evidence of something else"),
        BumpReason.HOURS: _("the hours changed"),
        BumpReason.REQUIREMENTS: _("what has to be completed changed"),
        BumpReason.QUESTIONS: _("questions that count came or went"),
        BumpReason.SCORING: _("questions that count are marked otherwise"),
        BumpReason.RULES: _("the rules of a quiz that counts changed"),
    }[reason]


def bump_word(bump: Bump | str) -> str:
    """Name the two ways in which a version rises."""
    return _("major version") if bump == Bump.MAJOR else _("minor version")


WORDS = {
    "setting_word": setting_word,
    "rule_word": rule_word,
    "value_word": value_word,
    "block_word": block_word,
    "question_word": question_word,
    "part_word": part_word,
    "module_word": module_word,
    "reason_word": reason_word,
    "bump_word": bump_word,
}
"""What `components/changes.html` asks for, as one value of a page."""
