"""Everything that changed between two versions of a course, in one value."""

from dataclasses import dataclass
from hashlib import sha256

from conexx_learn.domain.course import Course
from conexx_learn.domain.course_changes.module_changes import (
    ModuleChange,
    ModuleState,
    TextDifference,
    module_changes,
)
from conexx_learn.domain.course_changes.page_changes import (
    page_changes,
    quiz_text_changes,
    rubric_changes,
)
from conexx_learn.domain.course_changes.question_changes import (
    QuestionChange,
    RuleChange,
    question_changes,
    rule_changes,
)
from conexx_learn.domain.course_changes.setting_changes import (
    SettingChange,
    setting_changes,
)
from conexx_learn.domain.course_changes.source_changes import source_changes
from conexx_learn.domain.course_changes.stale_translations import (
    StaleTranslation,
    stale_translations,
)
from conexx_learn.domain.course_changes.version_bump import (
    Bump,
    BumpReason,
    bump_reasons,
    suggested_bump,
)


@dataclass(frozen=True, slots=True)
class MediaChange:
    """A file of `media/`: sizes in bytes, None where it is not there."""

    name: str
    bytes_before: int | None
    bytes_after: int | None


@dataclass(frozen=True, slots=True)
class CourseChanges:
    """What somebody who reviews a version asks of it.

    Attributes:
        is_first: There was no version before.
        settings: Facts and short texts of the course.
        bodies: Languages in which the public page changed.
        rubrics: The same of the rubric.
        quiz_texts: What changed around the questions of quizzes.
        modules: Every module of both versions.
        questions: Questions that are not as they were.
        rules: Rules of quizzes that are not as they were.
        media: Images and documents that came, went or changed.
        sources: Every line of every file that changed; none for a first version.
        stale: Translations that follow an older source.
        reasons: Why the version should be a major one; empty for a minor one.
    """

    is_first: bool
    settings: tuple[SettingChange, ...]
    bodies: tuple[TextDifference, ...]
    rubrics: tuple[TextDifference, ...]
    quiz_texts: tuple[TextDifference, ...]
    modules: tuple[ModuleChange, ...]
    questions: tuple[QuestionChange, ...]
    rules: tuple[RuleChange, ...]
    media: tuple[MediaChange, ...]
    sources: tuple[TextDifference, ...]
    stale: tuple[StaleTranslation, ...]
    reasons: tuple[BumpReason, ...]

    def __bool__(self) -> bool:
        """Say whether anything changed at all."""
        return bool(self.is_first or self.sources or self.media)

    @property
    def texts(self) -> tuple[TextDifference, ...]:
        """List every text that changed, as it is read."""
        modules = (text for one in self.changed_modules for text in one.texts)
        return (*self.bodies, *self.rubrics, *modules, *self.quiz_texts)

    @property
    def changed_modules(self) -> tuple[ModuleChange, ...]:
        """List the modules that are not as they were."""
        return tuple(one for one in self.modules if one.state is not ModuleState.KEPT)

    @property
    def kept_modules(self) -> tuple[ModuleChange, ...]:
        """List the modules that who has read them need not read again."""
        return tuple(one for one in self.modules if one.keeps)

    @property
    def reread_modules(self) -> tuple[ModuleChange, ...]:
        """List the modules that who moves to this version reads anew."""
        return tuple(
            one
            for one in self.modules
            if not one.keeps and one.number_after is not None
        )

    @property
    def scored_questions(self) -> tuple[QuestionChange, ...]:
        """List the changed questions of graded quizzes."""
        return tuple(one for one in self.questions if one.is_graded)

    @property
    def result_rules(self) -> tuple[RuleChange, ...]:
        """List the changed rules by which the same answers may end otherwise."""
        return tuple(one for one in self.rules if one.touches_results)

    @property
    def bump(self) -> Bump:
        """Suggest how far the version should rise."""
        return suggested_bump(self.reasons)


def course_changes(before: Course | None, after: Course) -> CourseChanges:
    """Compare a version of a course with the one before it.

    Args:
        before: None for the first version.
        after: Free of errors, as `before`.
    """
    settings = setting_changes(before, after)
    modules = module_changes(before, after)
    questions = question_changes(before, after)
    rules = rule_changes(before, after)
    return CourseChanges(
        is_first=before is None,
        settings=settings,
        bodies=page_changes(before, after),
        rubrics=rubric_changes(before, after),
        quiz_texts=quiz_text_changes(before, after),
        modules=modules,
        questions=questions,
        rules=rules,
        media=_media(before, after),
        sources=source_changes(before, after),
        stale=stale_translations(before, after),
        reasons=(
            () if before is None else bump_reasons(settings, modules, questions, rules)
        ),
    )


def _media(before: Course | None, after: Course) -> tuple[MediaChange, ...]:
    old = {file.name: file.content for file in before.media} if before else {}
    new = {file.name: file.content for file in after.media}
    return tuple(
        MediaChange(name, _size(old.get(name)), _size(new.get(name)))
        for name in sorted({*old, *new})
        if _digest(old.get(name)) != _digest(new.get(name))
    )


def _size(content: bytes | None) -> int | None:
    return None if content is None else len(content)


def _digest(content: bytes | None) -> str:
    return "" if content is None else sha256(content).hexdigest()
