"""The outline of a course as rows of its component."""

from dataclasses import dataclass

from conexx_learn.domain.graded_work.handing_in import WorkProgress
from conexx_learn.domain.progress import Outline, OutlineModule, QuizProgress
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.work_words import SHAPES, state_words


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One row, as `components/outline.html` reads it."""

    number: int | str
    title: str
    address: str
    minutes: int | None
    state: str
    state_text: str
    current: bool = False
    note: str = ""


def outline_rows(
    course: str,
    outline: Outline,
    *,
    may_read: bool,
    may_answer: bool,
    current: str | None = None,
) -> list[OutlineRow]:
    """List modules, their graded quizzes and the final.

    Args:
        course: Slug of the course.
        outline: As the reader stands on it.
        may_read: Whether the modules open.
        may_answer: Whether the quizzes open.
        current: Slug of the module that is shown, "final", or None.
    """
    rows: list[OutlineRow] = []
    for module in outline.modules:
        rows.append(_module_row(course, module, may_read, current))
        if module.quiz is not None and may_answer:
            rows.append(_quiz_row(course, module, module.quiz, current))
    if outline.final is not None:
        rows.append(_final_row(course, outline, may_answer, current))
    if outline.work is not None:
        rows.append(_work_row(course, outline.work, may_answer))
    return rows


def outline_key(outline: Outline) -> tuple[tuple[bool, str], ...]:
    """Return all that differs between the rows of two readers of one version."""
    states = [
        (module.is_read, _quiz_standing(module.quiz)) for module in outline.modules
    ]
    work = outline.work.state if outline.work else ""
    return (*states, (False, _quiz_standing(outline.final)), (False, work))


def _module_row(
    course: str, module: OutlineModule, may_read: bool, current: str | None
) -> OutlineRow:
    address = url_for("modules.show", course=course, module=module.slug)
    return OutlineRow(
        number=module.number,
        title=module.title,
        address=address if may_read else "",
        minutes=module.minutes + module.task_minutes,
        state="met" if module.is_read else "none",
        state_text=_("read") if module.is_read else _("not read"),
        current=module.slug == current,
        note="" if module.required else _("Optional"),
    )


def _quiz_row(
    course: str, module: OutlineModule, quiz: QuizProgress, current: str | None
) -> OutlineRow:
    return OutlineRow(
        number="",
        title=_("Quiz of module %(number)s", number=module.number),
        address=url_for("quizzes.show", course=course, module=module.slug),
        minutes=module.quiz_minutes,
        current=current == f"{module.slug}/quiz",
        **_quiz_state(quiz),
    )


def _quiz_standing(quiz: QuizProgress | None) -> str:
    if quiz is None or not quiz.attempts:
        return "none"
    return "met" if quiz.passed else "progress"


def _quiz_state(quiz: QuizProgress) -> dict[str, str]:
    texts = {
        "met": _("passed"),
        "progress": _("in progress"),
        "none": _("not started"),
    }
    state = _quiz_standing(quiz)
    return {"state": state, "state_text": texts[state]}


def _final_row(
    course: str, outline: Outline, may_answer: bool, current: str | None
) -> OutlineRow:
    assert outline.final is not None  # noqa: S101 (the caller asked)
    return OutlineRow(
        number="",
        title=_("Final quiz"),
        address=url_for("finals.show_final", course=course) if may_answer else "",
        minutes=outline.final_minutes or None,
        current=current == "final",
        **_quiz_state(outline.final),
    )


def _work_row(course: str, work: WorkProgress, may_hand_in: bool) -> OutlineRow:
    return OutlineRow(
        number="",
        title=_("Work that people grade"),
        address=url_for("graded_work.show", course=course) if may_hand_in else "",
        minutes=None,
        state=SHAPES[work.state],
        state_text=state_words(work.state),
    )
