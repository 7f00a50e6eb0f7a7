"""The one screen of an institution as its template reads it.

Everything here is taken from the situation and put into words; nothing is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from conexx_learn.domain.readiness.bottlenecks import Bottleneck
from conexx_learn.domain.readiness.call_readiness import CallReadiness, call_readiness
from conexx_learn.domain.readiness.coverage import FunctionCoverage, FunctionOutlook
from conexx_learn.domain.readiness.plan_exceptions import ExceptionKind, PlanException
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness
from conexx_learn.domain.readiness.situation import PostSituation, Situation
from conexx_learn.domain.readiness.standings import Judgement, Standing
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.institution_surroundings import CallInHand, Surroundings
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.filters import number
from conexx_learn.web.institution.words import (
    competency_title,
    course_title,
    cover_word,
    short_day,
)
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext

MOST_TO_DO = 5
NEAREST_CALLS = 3
PRIORITIES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do first.

    Attributes:
        name: Of the person or post that it is about.
        address: Where it is done.
        text: What to do.
        hint: What it is good for, or "".
        gain: What it brings, in points, or another word for it.
    """

    name: str
    address: str
    text: str
    hint: str
    gain: str


@dataclass(frozen=True, slots=True)
class FunctionCell:
    """How many hold a function on a day, of how many that are wanted."""

    label: str
    there: int
    wanted: int
    names: str


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One function with its days."""

    title: str
    address: str
    cells: tuple[FunctionCell, ...]
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post with its figures."""

    title: str
    address: str
    holders: int
    seats: int
    percent: int | None
    in_progress: int
    overdue: int
    expiring: int


@dataclass(frozen=True, slots=True)
class Also:
    """A line of what else there is: a name, a linked text, what stands behind it."""

    name: str
    address: str
    text: str
    rest: str


def to_do(slug: str, here: Situation, plan: PlanReadiness) -> list[ToDo]:
    """List what to do first: what brings most, then what cannot be worked out."""
    found = [_gain(slug, here, one) for one in here.bottlenecks(plan.judged)]
    undated = [
        _undated(slug, here, one)
        for one in here.exceptions(plan)
        if one.kind is ExceptionKind.NO_APPOINTMENT_DATE
    ]
    distinct: dict[tuple[str, str], ToDo] = {}
    for one in found:
        distinct.setdefault((one.name, one.text), one)
    room = MOST_TO_DO - min(len(undated), 1)
    return [*list(distinct.values())[:room], *undated[:1]]


def _gain(slug: str, here: Situation, one: Bottleneck) -> ToDo:
    owed = one.judged.obligation
    gain = _("+%(points)s points", points=number(Fraction(round(one.gain * 1000), 10)))
    if owed.person_id is None:
        post = here.index.posts[owed.post_ids[0]]
        return ToDo(
            name=_("vacant seat"),
            address=url_for("posts.show", slug=slug, post_id=post.id),
            text=_("Fill a seat of “%(post)s”.", post=post.title),
            hint="",
            gain=gain,
        )
    person = here.person(owed.person_id)
    return ToDo(
        name=person.name,
        address=url_for("person.show", slug=slug, user_id=person.id),
        text=_act(here, one),
        hint=_good_for(here, one),
        gain=gain,
    )


def _act(here: Situation, one: Bottleneck) -> str:
    """Say what the person, or somebody for them, has to do."""
    course = course_title(here.facts, one.judged.obligation.course)
    hours = number(Fraction(round(one.hours * 2), 2))
    match one.judged.standing:
        case Standing.IN_PROGRESS:
            return _("finish “%(course)s”, %(hours)s h.", course=course, hours=hours)
        case Standing.EXPIRED:
            return _("renew “%(course)s”, %(hours)s h.", course=course, hours=hours)
        case Standing.BLOCKED:
            return _("no attempts left in “%(course)s”.", course=course)
        case Standing.LOCKED:
            return _("“%(course)s” needs another course first.", course=course)
        case Standing.SUSPENDED:
            return _("the certificate of “%(course)s” is suspended.", course=course)
        case Standing.NOT_INVITED:
            return _("invite them; then “%(course)s”.", course=course)
        case _:
            return _("start “%(course)s”, %(hours)s h.", course=course, hours=hours)


def _good_for(here: Situation, one: Bottleneck) -> str:
    """Say what it is good for, or who helps."""
    if one.judged.standing is Standing.BLOCKED:
        return _("Ask the trainer for another attempt.")
    owed = one.judged.obligation
    if owed.person_id is None:
        return ""
    closed = here.closes(owed.person_id, owed.course)
    if not closed:
        return ""
    titles = ", ".join(competency_title(here.facts, m.competency) for m in closed)
    return _("Covers %(functions)s.", functions=titles)


def _undated(slug: str, here: Situation, one: PlanException) -> ToDo:
    person = here.person(one.person_id or 0)
    return ToDo(
        name=person.name,
        address=url_for("people.show", slug=slug, user_id=person.id),
        text=_("the start date of the appointment is missing."),
        hint="",
        gain=_("makes it computable"),
    )


def function_rows(
    slug: str, here: Situation, days: Sequence[tuple[str, date]]
) -> list[FunctionRow]:
    """List the functions with today and the other days.

    Args:
        slug: Of the institution.
        here: How it stands.
        days: Heading and day, without today.
    """
    labels = [_("Today"), *(label for label, _day in days)]
    return [
        _function_row(slug, here, outlook, labels)
        for outlook in here.outlook([on for _label, on in days])
    ]


def _function_row(
    slug: str, here: Situation, outlook: FunctionOutlook, labels: Sequence[str]
) -> FunctionRow:
    today = outlook.coverages[0]
    state, words = cover_word(today.cover, -today.margin, lapses=outlook.lapses)
    return FunctionRow(
        title=competency_title(here.facts, outlook.minimum.competency),
        address=url_for("functions.show", slug=slug),
        cells=tuple(
            _function_cell(label, one)
            for label, one in zip(labels, outlook.coverages, strict=True)
        ),
        state=state,
        words=words,
    )


def _function_cell(label: str, one: FunctionCoverage) -> FunctionCell:
    names = ", ".join(holder.person.name for holder in one.holders)
    return FunctionCell(label, len(one.holders), one.minimum.holders, names)


def nobody_to_spare(here: Situation) -> str:
    """Say in one sentence what happens when one person leaves."""
    felt = [one for one in here.departures() if one.falls_short]
    if not here.coverages:
        return ""
    if any(one.margin < 0 for one in here.coverages):
        return _("If one person leaves, there is nobody to spare.")
    if not felt:
        return _("If any one person leaves, every function is still covered.")
    names = ", ".join(one.person.name for one in felt[:2])
    return _("If %(names)s leaves, a function is no longer covered.", names=names)


def post_rows(slug: str, here: Situation, judged: Sequence[Judgement]) -> list[PostRow]:
    """List the posts in which something is required, then the others."""
    rows = [_post_row(slug, one) for one in here.posts(judged)]
    return sorted(rows, key=lambda row: row.percent is None)


def _post_row(slug: str, one: PostSituation) -> PostRow:
    counts = one.counted.counts
    return PostRow(
        title=one.post.title,
        address=url_for("matrix.show", slug=slug, post=one.post.id),
        holders=one.holders,
        seats=one.post.seats,
        percent=one.counted.seats.percent,
        in_progress=counts.get(Standing.IN_PROGRESS, 0),
        overdue=one.counted.overdue,
        expiring=counts.get(Standing.EXPIRING, 0),
    )


def coming_days(
    place: InstitutionPlace, near: Surroundings, today: date
) -> list[tuple[str, date]]:
    """Return the days that count: the next deadline and the end of the mandate."""
    zone = ZoneInfo(place.timezone)
    deadlines = sorted(
        on
        for call in near.calls
        if (on := call.deadline_at.astimezone(zone).date()) >= today
    )
    days = [(short_day(on), on) for on in deadlines[:1]]
    end = place.mandate_ends_on
    if end is not None and end >= today:
        days.append((_("End of the mandate"), end))
    return days


def also(place: InstitutionPlace, here: Situation, near: Surroundings) -> list[Also]:
    """List what else there is: calls and priorities."""
    zone = ZoneInfo(place.timezone)
    calls = [
        one for one in near.calls if one.deadline_at.astimezone(zone).date() >= here.day
    ]
    found = [_call(place, here, one) for one in calls[:NEAREST_CALLS]]
    cited = [
        requirement.reason.id
        for plan in here.plans
        for requirement in plan.plan.requirements
        if requirement.reason.kind == "priority"
    ]
    found.extend(
        Also(
            name=_("Priority %(rank)s", rank=priority.rank),
            address=url_for("priorities.index", slug=place.slug),
            text=priority.title,
            rest=ngettext(
                "%(num)s requirement",
                "%(num)s requirements",
                cited.count(priority.id),
            ),
        )
        for priority in near.priorities[:PRIORITIES_SHOWN]
    )
    return found


def _call(place: InstitutionPlace, here: Situation, call: CallInHand) -> Also:
    ready = call_readiness(
        here.facts,
        needs=call.needs,
        owed=here.owed_courses(),
        deadline=call.deadline_at,
        zone=ZoneInfo(place.timezone),
    )
    return Also(
        name=_("Call"),
        address=url_for("calls.show", slug=place.slug, call_id=call.id),
        text=f"{call.title}, {in_words(ready.deadline_on)}",
        rest=_call_words(ready),
    )


def _call_words(ready: CallReadiness) -> str:
    """Say how many of a call's functions have their people on the deadline."""
    if not ready.needs:
        return _("no functions entered yet")
    met = sum(need.is_met_on_deadline for need in ready.needs)
    if met == len(ready.needs):
        return _("the team is complete")
    return _("not yet, %(met)s of %(all)s functions", met=met, all=len(ready.needs))
