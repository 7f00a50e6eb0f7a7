"""The readiness of one post: what it requires, who sits there and how they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.coverage import FunctionCoverage, coverage
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import InstitutionFacts, Post, Requirement
from conexx_learn.domain.readiness.matrix import Selection
from conexx_learn.domain.readiness.matrix import matrix as matrix_of
from conexx_learn.domain.readiness.standings import judgements
from conexx_learn.domain.readiness.tally import tally
from conexx_learn.queries.institution_facts import institution_facts
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.matrix_table import matrix_table
from conexx_learn.web.institution.plan_words import (
    due_words,
    reason_words,
    terms_words,
    weight_word,
)
from conexx_learn.web.institution.words import competency_title, course_title
from conexx_learn.web.language import page_language

post_readiness = Blueprint("post_readiness", __name__, url_prefix="/institutions")


@dataclass(frozen=True, slots=True)
class AskedCourse:
    """A course that a plan in force asks of the post.

    Attributes:
        slug: Of the course.
        title: Its title.
        due: By when, in words.
        terms: Weight, and what else is asked.
        reason: Why.
        plan_id: Of which plan.
        plan: Its title.
    """

    slug: str
    title: str
    due: str
    terms: str
    reason: str
    plan_id: int
    plan: str


@post_readiness.get("/<slug>/posts/<id:post_id>/readiness")
@requires(Role.MANAGER)
def show(slug: str, post_id: int) -> str:
    """Show how a post stands today; nine statements.

    Raises:
        NotFoundError: A post of another institution, or none.
    """
    place = managed_place(slug)
    today = place.today(now())
    known = institution_facts(reading(), place=place, as_of=today, lang=page_language())
    index = FactIndex(known)
    post = index.posts.get(post_id)
    if post is None:
        raise NotFoundError
    judged = judgements(index, today)
    shown = matrix_of(index, judged, today, Selection(post_id=post_id))
    return render_template(
        "institution/post_readiness.html",
        place=place,
        today=today,
        post=post,
        unit=next(unit.name for unit in known.units if unit.id == post.unit_id),
        is_open=post.active.contains(today),
        holders=index.staffing(today).holders.get(post_id, 0),
        counted=tally(shown.judged, today),
        asked=list(_asked(index, post)),
        table=matrix_table(slug, index, shown, shown.rows, today),
        covers=_covers(known, coverage(known, day=today), post_id),
    )


def _asked(index: FactIndex, post: Post) -> Iterator[AskedCourse]:
    """List what the plans in force ask of a post, line by line."""
    for plan in index.plans_in_force(index.as_of):
        for line in plan.requirements:
            if index.posts_of(line.audience, frozenset({post.id})):
                yield AskedCourse(
                    slug=line.course,
                    title=course_title(index.facts, line.course),
                    due=due_words(line),
                    terms=_terms(line),
                    reason=reason_words(line),
                    plan_id=plan.id,
                    plan=plan.title,
                )


def _terms(line: Requirement) -> str:
    return ", ".join([weight_word(line.weight), *terms_words(line)])


def _covers(
    known: InstitutionFacts, coverages: tuple[FunctionCoverage, ...], post_id: int
) -> list[tuple[str, str]]:
    """Return each function that somebody of the post covers, and who."""
    found = []
    for one in coverages:
        names = [
            holder.person.name for holder in one.holders if post_id in holder.post_ids
        ]
        if names:
            title = competency_title(known, one.minimum.competency)
            found.append((title, ", ".join(names)))
    return found
