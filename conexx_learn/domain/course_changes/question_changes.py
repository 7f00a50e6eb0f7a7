"""Which questions two versions ask, word or mark otherwise, and by which rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction

from conexx_learn.domain.course import Course
from conexx_learn.domain.course_changes.alignment import Effort, aligned
from conexx_learn.domain.course_changes.renderings import (
    compared_block,
    compared_line,
)
from conexx_learn.domain.course_changes.text_changes import (
    NO_CHANGE,
    TextChange,
    marked_line,
    marked_words,
    text_change,
    whole_text,
)
from conexx_learn.domain.quiz import Answer, Question, Quiz, SectionKind

FINAL = "final"
WITHOUT_RESULTS = frozenset(
    {"title", "shuffle_questions", "shuffle_options", "feedback", "scoring"}
)
"""Rules that no result depends on; how a question is scored is told beside it."""


class QuestionState(StrEnum):
    """What became of a question; the worst that happened to it in any language."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RESCORED = "rescored"


class OptionState(StrEnum):
    """What became of an option."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RESCORED = "rescored"


@dataclass(frozen=True, slots=True)
class OptionChange:
    """An option beside what it was.

    Attributes:
        state: What became of it.
        html: Safe inline HTML, marked.
        marker_before: As the file writes it, which is also its key; empty if added.
        marker_after: The same, empty if removed.
    """

    state: OptionState
    html: str
    marker_before: str
    marker_after: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in one language beside what it was.

    Attributes:
        lang: BCP 47 primary tag.
        title: Safe HTML, marked.
        prompt: Its difference, or all of it where it did not change.
        options: In file order.
        parts: Name of a part (`explanation` …) to its difference, changed ones only.
    """

    lang: str
    title: str
    prompt: TextChange
    options: tuple[OptionChange, ...]
    parts: dict[str, TextChange]


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question that is not as it was.

    Attributes:
        id: Stable.
        place: Slug of its module, or `final`.
        is_self_check: Stands inside the module's text and never counts.
        is_graded: Its quiz counts.
        state: What became of it.
        wordings: In each language in which it changed, the source's first.
        points_before: None if it was not there.
        points_after: None if it is not there.
        voided: It is void now and was not.
    """

    id: str
    place: str
    is_self_check: bool
    is_graded: bool
    state: QuestionState
    wordings: tuple[Wording, ...]
    points_before: Fraction | None
    points_after: Fraction | None
    voided: bool


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule of a quiz that is not as it was.

    Attributes:
        place: Slug of its module, or `final`.
        key: `pass_percent`, `attempts` …; `title`; `quiz` where all of it came or
            went; `draw:` with the name of a pool.
        before: As a short text, empty for none.
        after: The same.
        is_graded: The quiz counts, now or before.
    """

    place: str
    key: str
    before: str
    after: str
    is_graded: bool

    @property
    def touches_results(self) -> bool:
        """Say whether the same answers may end in another result."""
        return self.is_graded and self.key not in WITHOUT_RESULTS


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question where it stands, in all its languages."""

    place: str
    is_self_check: bool
    is_graded: bool
    texts: dict[str, Question]

    @property
    def any_text(self) -> Question:
        return next(iter(self.texts.values()))

    @property
    def is_void(self) -> bool:
        question = self.any_text
        return question.void is not None or any(a.void for a in question.answers)


def question_changes(
    before: Course | None, after: Course
) -> tuple[QuestionChange, ...]:
    """List the questions that are not as they were, in the order of the course.

    Removed ones stand at the end. A question that is kept for its history alone
    counts as removed.
    """
    old = _asked(before) if before else {}
    new = _asked(after)
    lists = [
        *(_change(old.get(id_), asked, id_) for id_, asked in new.items()),
        *(_change(asked, None, id_) for id_, asked in old.items() if id_ not in new),
    ]
    return tuple(one for one in lists if one)


def quizzes_of(course: Course) -> dict[str, Mapping[str, Quiz]]:
    """Return place to the quiz in its languages, the source's first."""
    found = {module.slug: module.quizzes for module in course.modules if module.quizzes}
    if course.finals:
        found[FINAL] = course.finals
    return {
        place: _source_first(quizzes, course.source_language)
        for place, quizzes in found.items()
    }


def _source_first(quizzes: Mapping[str, Quiz], source: str) -> dict[str, Quiz]:
    return dict(sorted(quizzes.items(), key=lambda item: (item[0] != source, item[0])))


def _asked(course: Course) -> dict[str, _Asked]:
    found: dict[str, _Asked] = {}
    for place, quizzes in quizzes_of(course).items():
        for quiz in quizzes.values():
            _collect(found, quiz, place, is_self_check=False)
    for module in course.modules:
        texts = sorted(
            module.texts.values(), key=lambda text: text.lang != course.source_language
        )
        for text in texts:
            for check in text.self_checks:
                _collect(found, check, module.slug, is_self_check=True, lang=text.lang)
    return found


def _collect(
    found: dict[str, _Asked],
    quiz: Quiz,
    place: str,
    *,
    is_self_check: bool,
    lang: str = "",
) -> None:
    for question in quiz.questions:
        if question.is_asked:
            asked = found.setdefault(
                question.id,
                _Asked(place, is_self_check, quiz.settings.mode == "graded", {}),
            )
            asked.texts[lang or quiz.lang] = question


def _change(old: _Asked | None, new: _Asked | None, id_: str) -> QuestionChange | None:
    before = old.texts if old else {}
    after = new.texts if new else {}
    langs = [*after, *(lang for lang in before if lang not in after)]
    changed = [lang for lang in langs if not _equal(before.get(lang), after.get(lang))]
    shown = new or old
    if not changed or shown is None:
        return None
    return QuestionChange(
        id=id_,
        place=shown.place,
        is_self_check=shown.is_self_check,
        is_graded=shown.is_graded,
        state=_state(before, after),
        wordings=tuple(
            _wording(before.get(lang), after.get(lang), lang) for lang in changed
        ),
        points_before=old.any_text.points if old else None,
        points_after=new.any_text.points if new else None,
        voided=bool(new and new.is_void and not (old and old.is_void)),
    )


def _equal(before: Question | None, after: Question | None) -> bool:
    if before is None or after is None:
        return before is after
    return before.revision == after.revision


def _state(
    before: Mapping[str, Question], after: Mapping[str, Question]
) -> QuestionState:
    if not before:
        return QuestionState.ADDED
    if not after:
        return QuestionState.REMOVED
    marked_anew = any(
        before[lang].scoring_revision != question.scoring_revision
        for lang, question in after.items()
        if lang in before
    )
    return QuestionState.RESCORED if marked_anew else QuestionState.REWORDED


def _wording(before: Question | None, after: Question | None, lang: str) -> Wording:
    return Wording(
        lang=lang,
        title=marked_words(
            before.title if before else "", after.title if after else ""
        ),
        prompt=_prompt_change(
            before.prompt_md if before else "", after.prompt_md if after else "", lang
        ),
        options=tuple(
            _option_changes(
                before.answers if before else (), after.answers if after else (), lang
            )
        ),
        parts=dict(_part_changes(before, after, lang)),
    )


def _part_changes(
    before: Question | None, after: Question | None, lang: str
) -> Iterator[tuple[str, TextChange]]:
    shown = after or before
    for part in fields(shown.parts) if shown else ():
        old = getattr(before.parts, part.name) if before else ""
        new = getattr(after.parts, part.name) if after else ""
        if change := _block_change(old, new, lang):
            yield part.name, change
    old = "\n\n".join(a.feedback_md for a in before.answers) if before else ""
    new = "\n\n".join(a.feedback_md for a in after.answers) if after else ""
    if change := _block_change(old, new, lang):
        yield "feedback", change


def _prompt_change(before: str, after: str, lang: str) -> TextChange:
    change = _block_change(before, after, lang)
    return change or whole_text(compared_block(after, lang))


def _block_change(before: str, after: str, lang: str) -> TextChange:
    """Compare two Markdown texts as they are read; equal ones are not rendered."""
    if before == after:
        return NO_CHANGE
    return text_change(compared_block(before, lang), compared_block(after, lang))


def _option_changes(
    before: tuple[Answer, ...], after: tuple[Answer, ...], lang: str
) -> Iterator[OptionChange]:
    """Put options side by side: the same text first, then by their order."""
    old, new = [_said(a) for a in before], [_said(a) for a in after]
    for run in aligned(old, new, Effort()):
        gone, come = before[slice(*run.old)], after[slice(*run.new)]
        paired = min(len(gone), len(come))
        for one, other in zip(gone, come, strict=False):
            yield _option(one, other, lang)
        yield from (_option(one, None, lang) for one in gone[paired:])
        yield from (_option(None, one, lang) for one in come[paired:])


def _option(before: Answer | None, after: Answer | None, lang: str) -> OptionChange:
    old, new = compared_line(_said(before), lang), compared_line(_said(after), lang)
    marks = before.marker if before else "", after.marker if after else ""
    return OptionChange(_option_state(before, after), marked_line(old, new), *marks)


def _said(answer: Answer | None) -> str:
    return answer.text_md if answer else ""


def _option_state(before: Answer | None, after: Answer | None) -> OptionState:
    if before is None:
        return OptionState.ADDED
    if after is None:
        return OptionState.REMOVED
    if before.marker != after.marker:
        return OptionState.RESCORED
    same = before.text_md == after.text_md
    return OptionState.KEPT if same else OptionState.REWORDED


def rule_changes(before: Course | None, after: Course) -> tuple[RuleChange, ...]:
    """List the rules of quizzes that are not as they were; none for a first version."""
    if before is None:
        return ()
    old, new = quizzes_of(before), quizzes_of(after)
    found: list[RuleChange] = []
    for place in [*new, *(place for place in old if place not in new)]:
        pair = _first(old.get(place)), _first(new.get(place))
        is_graded = any(quiz and quiz.settings.mode == "graded" for quiz in pair)
        rules = _rules(pair[0]), _rules(pair[1])
        found += [
            RuleChange(place, key, was, becomes, is_graded)
            for key in dict.fromkeys([*rules[1], *rules[0]])
            for was, becomes in [(rules[0].get(key, ""), rules[1].get(key, ""))]
            if was != becomes and (all(pair) or key == "quiz")
        ]
    return tuple(found)


def _first(quizzes: Mapping[str, Quiz] | None) -> Quiz | None:
    return next(iter(quizzes.values())) if quizzes else None


def _rules(quiz: Quiz | None) -> dict[str, str]:
    """Write the rules of a quiz as short texts."""
    if quiz is None:
        return {"quiz": ""}
    settings = quiz.settings
    rules = {one.name: _short(getattr(settings, one.name)) for one in fields(settings)}
    draws = {
        f"draw:{section.title or section.id}": _short(section.draw)
        for section in quiz.sections
        if section.kind is SectionKind.POOL
    }
    return {"quiz": quiz.id, "title": quiz.title, **rules, **draws}


def _short(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
