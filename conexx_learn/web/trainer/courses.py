"""The courses that trainers write: the list, and the workspace of each."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.course_reviews import may_look_at
from conexx_learn.domain.course_teams import may_write
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.problems import Severity
from conexx_learn.domain.section_questions import Pile
from conexx_learn.queries.appeals import open_appeal_count
from conexx_learn.queries.course_authors import authors_by_course, authors_of
from conexx_learn.queries.drafts import drafts_begun, last_bring, published_files
from conexx_learn.queries.live_versions import PublishedVersion, live_versions
from conexx_learn.queries.question_desk import pile_counts
from conexx_learn.queries.repairs import course_id_of
from conexx_learn.services.content_reviews import content_to_review
from conexx_learn.services.course_desk import (
    CourseDraft,
    PlacedProblem,
    SourceLine,
    course_drafts,
    desk_of,
    placed_problems,
)
from conexx_learn.services.draft_reading import Draft, draft_of, drafts_of
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.problem_words import problem_words
from conexx_learn.web.trainer.homes import course_homes, path_for_the_shell
from conexx_learn.web.trainer.workspace_rows import (
    course_languages,
    file_rows,
    module_rows,
)

courses = Blueprint("trainer_courses", __name__, url_prefix="/trainer")

UNDO_WITHIN = timedelta(hours=1)
"""How long the last change of several files can be taken back with one button."""


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
    """List the courses that one may write with their state, and the others beside."""
    published = live_versions(reading())
    drafts = _drafts()
    return render_template(
        "trainer/courses.html",
        rows=[(draft, _standing(draft, published.get(draft.slug))) for draft in drafts],
        others=sorted(set(published) - {draft.slug for draft in drafts}),
        to_review=len(
            content_to_review(reading(), drafts=drafts, today=today()).matters
        ),
    )


def _drafts() -> list[CourseDraft]:
    """Return the courses that who asks may write, as they see them."""
    authors = authors_by_course(reading())
    lying = {one.slug: one for one in course_drafts(course_homes(), today=today())}
    begun = {slug: count for slug, count in drafts_begun(reading()).items() if count}
    changed = drafts_of(
        reading(),
        {
            slug: count
            for slug, count in begun.items()
            if may_write(actor(), authors=authors.get(slug, ()))
        },
        homes=course_homes(),
    )
    seen = {
        slug: one
        for slug, one in lying.items()
        if may_write(actor(), authors=authors.get(slug, ()))
    }
    for draft in changed:
        seen[draft.slug] = desk_of(draft, homes=course_homes(), today=today())
    return [seen[slug] for slug in sorted(seen)]


@courses.get("/courses/<course>")
@requires(Role.TRAINER)
def show(course: str) -> str:
    """Show a course to who writes it; to others what they may do with it."""
    live = live_versions(reading()).get(course)
    authors = authors_of(reading(), course) if is_slug(course) else ()
    author_ids = [author.user_id for author in authors]
    if may_write(actor(), authors=author_ids):
        draft = draft_of(reading(), slug=course, homes=course_homes())
        return _workspace(draft, live)
    if live is None:
        raise NotFoundError
    return render_template(
        "trainer/course_taught.html",
        slug=course,
        live=live,
        may_look=may_look_at(actor(), authors=author_ids),
        **_waiting(course),
    )


def _workspace(draft: Draft, live: PublishedVersion | None) -> str:
    desk = desk_of(draft, homes=course_homes(), today=today())
    published = published_files(reading(), draft.slug)
    undo = last_bring(reading(), slug=draft.slug, since=now() - UNDO_WITHIN)
    return render_template(
        "trainer/course.html",
        draft=desk,
        standing=_standing(desk, live),
        live=live,
        files=file_rows(draft, published, desk.problems),
        modules=module_rows(draft, desk.problems, course_languages(draft)),
        media_count=sum(path.startswith("media/") for path in draft.files),
        changed_count=len(draft.changed),
        beneath_count=len(draft.beneath),
        undo=undo,
        has_versions=course_id_of(reading(), slug=draft.slug) is not None,
        authors=authors_of(reading(), draft.slug),
        problems=[
            _shown(number, problem)
            for number, problem in enumerate(
                placed_problems(desk, draft.files), start=1
            )
        ],
        folder=path_for_the_shell(draft.folder) if draft.folder else "",
        **(_waiting(draft.slug) if live else {}),
    )


def _waiting(course: str) -> dict[str, int]:
    """Count what learners wait for: answers to questions, and to reports."""
    piles = pile_counts(reading(), course=course, actor=actor(), today=today())
    appeals = open_appeal_count(reading(), course=course, actor=actor(), today=today())
    return {"open_questions": piles[Pile.WAITING], "open_appeals": appeals}


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
    message, hint = problem_words(problem)
    return ShownProblem(
        anchor=f"problem-{number}",
        place=problem.path,
        line=problem.line,
        code=problem.code,
        is_error=problem.severity is Severity.ERROR,
        message=message,
        hint=hint,
        lines=placed.lines,
    )
