"""The page of a call as its template reads it: put into words, nothing is counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from conexx_learn.domain.readiness.call_gates import CallDecision
from conexx_learn.domain.readiness.call_readiness import NeedReadiness
from conexx_learn.domain.readiness.call_starts import Start
from conexx_learn.domain.readiness.situation import Situation
from conexx_learn.domain.readiness.teams import Team
from conexx_learn.web.competency_words import level_word
from conexx_learn.web.filters import number
from conexx_learn.web.institution.holder_words import holder_name, loss_words
from conexx_learn.web.institution.words import (
    competency_title,
    course_title,
    short_day,
)
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people are there for a need, and who.

    Attributes:
        state: Colour and shape.
        count: Such as: 1 of 2.
        names: Who is there.
        lines: Who is not any more, and what else is to say.
    """

    state: str
    count: str
    names: tuple[str, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One function that a call asks for.

    Attributes:
        title: What they do, and how many.
        level: Competency and level in words.
        now: Today.
        then: On the deadline, if nothing is done.
        kept: On the deadline, if the plan is kept.
        start_by: In short; "" where nothing has to start.
        starts: Who has to start what.
    """

    title: str
    level: str
    now: Cell
    then: Cell
    kept: Cell
    start_by: str
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody has to do, and by when.

    Attributes:
        text: Who and what.
        until: In short; "" without a day.
        is_late: Whether that day is past.
        course: What the plan has to take up, as a slug; "" for nothing.
        person_id: For whom.
    """

    text: str
    until: str = ""
    is_late: bool = False
    course: str = ""
    person_id: int = 0


def need_rows(here: Situation, decision: CallDecision) -> list[NeedRow]:
    """List the functions of a call in its order."""
    return [_need_row(here, one) for one in decision.people.needs]


def _need_row(here: Situation, one: NeedReadiness) -> NeedRow:
    need = one.need
    there = {holder.person.id for holder in one.on_deadline}
    lost = [holder for holder in one.now if holder.person.id not in there]
    return NeedRow(
        title=ngettext(
            "%(function)s, %(num)s person",
            "%(function)s, %(num)s people",
            need.holders,
            function=function_title(here, one),
        ),
        level=_(
            "%(code)s, %(level)s", code=need.competency, level=level_word(need.level)
        ),
        now=_cell(need.holders, [holder_name(holder) for holder in one.now]),
        then=_cell(
            need.holders,
            [holder_name(holder) for holder in one.on_deadline],
            [loss_words(holder) for holder in lost],
        ),
        kept=_cell(
            need.holders, [person.name for person in one.if_kept], _plan_lines(one)
        ),
        start_by=short_day(one.latest_start),
        starts=tuple(
            _("%(name)s, %(hours)s h", name=s.person.name, hours=_hours(s))
            for s in one.starts
        ),
    )


def function_title(here: Situation, one: NeedReadiness) -> str:
    """Name a function: what they do in the team, else the competency."""
    return one.need.role or competency_title(here.facts, one.need.competency)


def _cell(wanted: int, names: Sequence[str], lines: Sequence[str] = ()) -> Cell:
    return Cell(
        state="met" if len(names) >= wanted else "overdue",
        count=_("%(there)s of %(wanted)s", there=len(names), wanted=wanted),
        names=tuple(names),
        lines=tuple(lines),
    )


def _plan_lines(one: NeedReadiness) -> list[str]:
    """Say why the plan does not bring enough people; nothing where it does."""
    if one.is_met_if_kept:
        return []
    if not one.has_requirement:
        return [_("not in the plan")]
    return [_("in the plan for too few people, or due too late")]


def _hours(start: Start) -> str:
    """Write the hours of a start, rounded up to half hours."""
    return number(Fraction(-(-start.hours_left * 2 // 1), 2))


def deeds(
    here: Situation, decision: CallDecision, *, is_archived: bool = False
) -> list[Deed]:
    """List who must do what by when, the most urgent first.

    For a call that was put aside, or is over, the plan takes nothing up any more.
    """
    today = decision.people.as_of
    found = [_start_deed(here, start, today) for start in decision.people.starts]
    found += [
        _gap_deed(here, one)
        for one in decision.people.needs
        if len(one.on_deadline) + len(one.starts) < one.need.holders
    ]
    if not decision.gates.all_passed:
        found.append(Deed(_("Settle the conditions below that are open.")))
    if is_archived or decision.people.is_over:
        return [replace(deed, course="") for deed in found]
    return found


def _start_deed(here: Situation, start: Start, today: date) -> Deed:
    name, hours = start.person.name, _hours(start)
    course = course_title(here.facts, start.course)
    until, is_late = short_day(start.latest_start), start.is_too_late(today)
    if start.is_blocked:
        text = _(
            "%(name)s has no attempts left in “%(course)s”: ask the trainer for one.",
            name=name,
            course=course,
        )
        return Deed(text, until, is_late)
    if start.is_planned:
        text = _(
            "Give %(name)s %(hours)s h for “%(course)s”.",
            name=name,
            hours=hours,
            course=course,
        )
        return Deed(text, until, is_late)
    text = _(
        "Put “%(course)s” into the plan for %(name)s, %(hours)s h.",
        name=name,
        hours=hours,
        course=course,
    )
    return Deed(text, until, is_late, start.course, start.person.id)


def _gap_deed(here: Situation, one: NeedReadiness) -> Deed:
    missing = one.need.holders - len(one.on_deadline) - len(one.starts)
    return Deed(
        ngettext(
            "%(function)s: %(num)s person more is needed, and nobody in a post can "
            "learn it. Appoint somebody, or have prior learning recognised.",
            "%(function)s: %(num)s people more are needed, and nobody in a post can "
            "learn it. Appoint them, or have prior learning recognised.",
            missing,
            function=function_title(here, one),
        )
    )


def team_sentence(team: Team) -> str:
    """Say how many places different people fill."""
    places = team.size + len(team.unfilled)
    if team.is_complete:
        return _("Different people fill all %(places)s places.", places=places)
    return _(
        "Different people fill %(filled)s of %(places)s places.",
        filled=team.size,
        places=places,
    )


def team_places(here: Situation, team: Team) -> list[tuple[str, str]]:
    """List the places of the team: role, and who fills it."""
    filled = [(role, here.person(person_id).name) for role, person_id in team.pairs]
    return [*filled, *((role, _("nobody")) for role in team.unfilled)]


def counted_twice(here: Situation, team: Team) -> list[str]:
    """Name who is counted for more than one function."""
    return [
        _(
            "%(name)s is counted for %(functions)s.",
            name=here.person(person_id).name,
            functions=", ".join(roles),
        )
        for person_id, roles in team.counted_repeatedly.items()
    ]
