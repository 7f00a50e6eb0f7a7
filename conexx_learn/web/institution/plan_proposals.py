"""The proposed plan: what profiles ask for and people lack, line by line, to untick."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, g, render_template, request

from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.planning.suggestions import Suggestion, cited_need, suggestions
from conexx_learn.domain.planning.terms import LONGEST_REASON, RequirementTerms
from conexx_learn.domain.readiness.facts import Reason
from conexx_learn.domain.readiness.proposals import (
    ProfileRequirement,
    Proposal,
    proposals,
)
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.institution import plan_words as words
from conexx_learn.web.institution.plan_desk import PlansDesk
from conexx_learn.web.institution.plan_forms import PlanForm
from conexx_learn.web.institution.words import course_title
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext

YEAR = 12
USUAL_TARGET = 90


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A proposed line as the page lists it.

    Attributes:
        key: What its tick sends.
        is_ticked: Whether it stays if nobody does anything.
        course: Title.
        audience: For whom, in words.
        bound: How many would owe it, in words.
        due: By when, in words.
        weight_word: How heavy it weighs.
        hours: Of all of them together, in words.
        reason: Why, in words.
        hints: What to know before it is ticked.
    """

    key: str
    is_ticked: bool
    course: str
    audience: str
    bound: str
    due: str
    weight_word: str
    hours: str
    reason: str
    hints: tuple[str, ...]


def suggested(desk: PlansDesk) -> list[Suggestion]:
    """Work out what a plan might ask beside all that is in force."""
    return suggestions(desk.index, _proposed(desk), desk.today)


def _proposed(desk: PlansDesk) -> list[Proposal]:
    needs = [need for profile in desk.profiles for need in profile.requirements]
    return proposals(desk.index, needs, desk.today)


def chosen_lines(
    desk: PlansDesk, lines: Sequence[Suggestion], keys: Sequence[str]
) -> list[RequirementTerms]:
    """Turn the lines that stayed ticked into lines of a plan."""
    return [
        RequirementTerms(
            audience=line.audience,
            course=line.course,
            due_on=line.due_on,
            due_days=line.due_days,
            weight=line.weight,
            reason=_reason(line, desk),
        )
        for line in lines
        if line.key in keys
    ]


def _reason(line: Suggestion, desk: PlansDesk) -> Reason:
    is_of_profile = isinstance(line.needs[0], ProfileRequirement)
    text = "; ".join(words.need_words(need, desk) for need in line.needs)
    return Reason(
        "profile" if is_of_profile else "other",
        text[:LONGEST_REASON],
        needs=tuple(cited_need(need) for need in line.needs),
    )


def proposed_page(desk: PlansDesk, refused: PlanForm | None) -> Response:
    """Render the proposal; a form that was refused comes back as it was filled in."""
    g.form_path = url_for("plans.propose", slug=desk.place.slug)
    lines = suggested(desk)
    sent = request.form.getlist("line") if refused is not None else None
    nothing_ticked = sent is not None and not sent
    page = render_template(
        "institution/plan_proposal.html",
        place=desk.place,
        here="plans",
        lines=[_line(line, desk, sent) for line in lines],
        without_course=_without_course(desk),
        form=refused or _usual_form(desk, lines),
        refused=refused,
        nothing_ticked=nothing_ticked,
        has_posts=bool(desk.facts.posts),
    )
    return Response(page, mimetype="text/html")


def _usual_form(desk: PlansDesk, lines: Sequence[Suggestion]) -> PlanForm:
    last = [line.due_on for line in lines if line.due_on is not None]
    ends_on = max([add_months(desk.today, YEAR), *last])
    return PlanForm(
        None,
        title=_usual_title(desk.today, ends_on),
        starts_on=desk.today,
        ends_on=ends_on,
        target_percent=USUAL_TARGET,
    )


def _usual_title(starts_on: date, ends_on: date) -> str:
    years = (
        str(starts_on.year)
        if starts_on.year == ends_on.year
        else f"{starts_on.year}\N{EN DASH}{ends_on.year}"
    )
    return _("Training plan %(years)s", years=years)


def _line(line: Suggestion, desk: PlansDesk, sent: list[str] | None) -> ProposedLine:
    course = desk.facts.courses[line.course]
    hints = []
    if line.also_needs:
        titles = ", ".join(course_title(desk.facts, one) for one in line.also_needs)
        hints.append(_("It wants another course first: %(courses)s.", courses=titles))
    return ProposedLine(
        key=line.key,
        is_ticked=sent is None or line.key in sent,
        course=course.title,
        audience=words.audience_words(line.audience, desk),
        bound=words.people_words(len(line.person_ids), line.vacant_seats),
        due=_due(line),
        weight_word=words.weight_word(line.weight),
        hours=words.hours_words(line.hours),
        reason=_reason(line, desk).text,
        hints=tuple(hints),
    )


def _due(line: Suggestion) -> str:
    if line.due_on is not None:
        return in_words(line.due_on)
    return ngettext(
        "%(num)s day after the appointment",
        "%(num)s days after the appointment",
        line.due_days or 0,
    )


def _without_course(desk: PlansDesk) -> list[str]:
    """Say for what is missing there is no course."""
    said = [
        words.need_words(one.need, desk)
        for one in _proposed(desk)
        if one.course is None
    ]
    return list(dict.fromkeys(said))
