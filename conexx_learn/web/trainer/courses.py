"""The courses that trainers write: what the check says, beside the text."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import today
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.problems import Severity
from conexx_learn.domain.sentences import problem_sentence
from conexx_learn.queries.appeals import open_appeal_count
from conexx_learn.queries.live_versions import PublishedVersion, live_versions
from conexx_learn.services.course_desk import (
    CourseDraft,
    PlacedProblem,
    SourceLine,
    course_draft,
    course_drafts,
    placed_problems,
)
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.trainer.homes import course_homes, path_for_the_shell

courses = Blueprint("trainer_courses", __name__, url_prefix="/trainer")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a course folder stands beside what is published.

    Attributes:
        state: For the shape and colour of the word.
        text: The word.
    """

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem as the page shows it."""

    anchor: str
    place: str
    line: int
    code: str
    is_error: bool
    message: str
    hint: str
    lines: tuple[SourceLine, ...]


@courses.get("")
@requires(Role.TRAINER)
def begin() -> ResponseReturnValue:
    """Lead to the list."""
    return redirect(url_for("trainer_courses.index"), code=303)


@courses.get("/courses")
@requires(Role.TRAINER)
def index() -> str:
    """List the course folders with their state."""
    published = live_versions(reading())
    drafts = course_drafts(course_homes(), today=today())
    return render_template(
        "trainer/courses.html",
        rows=[(draft, _standing(draft, published.get(draft.slug))) for draft in drafts],
    )


@courses.get("/courses/<course>")
@requires(Role.TRAINER)
def show(course: str) -> str:
    """Show what the check says of one course, each problem beside its line."""
    draft = course_draft(course, course_homes(), today=today())
    live = live_versions(reading()).get(draft.slug)
    return render_template(
        "trainer/course.html",
        draft=draft,
        standing=_standing(draft, live),
        live=live,
        problems=[
            _shown(number, problem)
            for number, problem in enumerate(placed_problems(draft), start=1)
        ],
        folder=path_for_the_shell(draft.folder),
        open_appeals=_open_appeals(draft.slug) if live else 0,
    )


def _open_appeals(course: str) -> int:
    return open_appeal_count(reading(), course=course, actor=actor(), today=today())


def _standing(draft: CourseDraft, live: PublishedVersion | None) -> Standing:
    if draft.error_count:
        return Standing("blocked", _("Cannot be published yet"))
    if live is None:
        return Standing("none", _("Not published"))
    if live.content_hash != draft.content_hash:
        text = _("Changed since version %(version)s", version=live.label)
        return Standing("progress", text)
    return Standing("met", _("Published, version %(version)s", version=live.label))


def _shown(number: int, placed: PlacedProblem) -> ShownProblem:
    problem = placed.problem
    message, hint = problem_sentence(problem, page_language())
    return ShownProblem(
        anchor=f"problem-{number}",
        place=problem.path,
        line=problem.line,
        code=problem.code,
        is_error=problem.severity is Severity.ERROR,
        message=f"{message[:1].upper()}{message[1:]}.",
        hint=hint,
        lines=placed.lines,
    )
