"""The one screen of an institution in words: what to do first, and what else there is.

Everything here is taken from the situation and put into words; nothing is counted. Its
tables are in `board_tables`.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from conexx_learn.domain.readiness.bottlenecks import Bottleneck
from conexx_learn.domain.readiness.call_readiness import CallReadiness, call_readiness
from conexx_learn.domain.readiness.plan_exceptions import ExceptionKind, PlanException
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness
from conexx_learn.domain.readiness.situation import Situation
from conexx_learn.domain.readiness.standings import Standing
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.institution_surroundings import CallInHand, Surroundings
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import NBSP, number
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.institution.words import (
    competency_title,
    course_title,
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
class Also:
    """A line of what else there is: a name, then a link with its text and standing."""

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
    hours = f"{number(Fraction(round(one.hours * 2), 2))}{NBSP}h"
    match one.judged.standing:
        case Standing.IN_PROGRESS:
            return _("finish “%(course)s”, %(hours)s.", course=course, hours=hours)
        case Standing.EXPIRED:
            return _("renew “%(course)s”, %(hours)s.", course=course, hours=hours)
        case Standing.BLOCKED:
            return _("no attempts left in “%(course)s”.", course=course)
        case Standing.LOCKED:
            return _("“%(course)s” needs another course first.", course=course)
        case Standing.SUSPENDED:
            return _("the certificate of “%(course)s” is suspended.", course=course)
        case Standing.NOT_INVITED:
            return _("invite them; then “%(course)s”.", course=course)
        case _:
            return _("start “%(course)s”, %(hours)s.", course=course, hours=hours)


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
