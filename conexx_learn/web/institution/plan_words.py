"""The words of plans on the screen: states, audiences, days, reasons, changes."""

from collections.abc import Iterable
from fractions import Fraction

from conexx_learn.domain.planning.states import PlanState
from conexx_learn.domain.planning.suggestions import Need, cited_need
from conexx_learn.domain.readiness.amendments import ChangeKind
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    Requirement,
)
from conexx_learn.domain.readiness.obligations import Obligation
from conexx_learn.domain.sentences.reasons import need_sentence, reason_sentence
from conexx_learn.queries.planning import PlanDocument
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.filters import number
from conexx_learn.web.institution.plan_desk import PlansDesk
from conexx_learn.web.institution.words import competency_title
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext, page_language

STATE_SHAPES = {
    PlanState.DRAFT: "none",
    PlanState.IN_REVIEW: "progress",
    PlanState.APPROVED: "met",
    PlanState.ACTIVE: "met",
    PlanState.COMPLETED: "exempt",
    PlanState.SUPERSEDED: "exempt",
    PlanState.CANCELLED: "exempt",
}
"""State to the colour and shape of a standing."""


def state_word(state: PlanState) -> str:
    """Return the word of a plan's state."""
    return {
        PlanState.DRAFT: _("Draft"),
        PlanState.IN_REVIEW: _("In review"),
        PlanState.APPROVED: _("Approved"),
        PlanState.ACTIVE: _("In force"),
        PlanState.COMPLETED: _("Closed"),
        PlanState.SUPERSEDED: _("Replaced by a newer version"),
        PlanState.CANCELLED: _("Given up"),
    }[state]


def state_sentence(document: PlanDocument) -> str:
    """Say what the state of a plan means for who reads it."""
    act, day = document.act_reference, in_words(document.act_on)
    match document.state:
        case PlanState.DRAFT:
            return _("A draft: it binds nobody until the institution approves it.")
        case PlanState.IN_REVIEW:
            return _(
                "The coordination has had it since %(day)s. It stays as it is until it "
                "comes back.",
                day=in_words(document.sent_at),
            )
        case PlanState.APPROVED:
            return _(
                "Approved by “%(act)s” of %(day)s. Its period begins on %(begin)s.",
                act=act,
                day=day,
                begin=in_words(document.starts_on),
            )
        case PlanState.ACTIVE:
            return _(
                "In force since %(since)s, by “%(act)s” of %(day)s.",
                since=in_words(document.approved_on),
                act=act,
                day=day,
            )
        case PlanState.COMPLETED:
            return _("Closed on %(day)s.", day=in_words(document.completed_on))
        case PlanState.SUPERSEDED:
            return _(
                "A newer version took its place on %(day)s.",
                day=in_words(document.superseded_on),
            )
        case PlanState.CANCELLED:
            return _("Given up on %(day)s.", day=in_words(document.cancelled_on))


def period(document: PlanDocument) -> str:
    """Write from when until when a plan runs."""
    return _(
        "%(begin)s to %(end)s",
        begin=in_words(document.starts_on),
        end=in_words(document.ends_on),
    )


def weight_word(weight: int) -> str:
    """Return the word of a weight."""
    return {1: _("useful"), 2: _("important"), 3: _("critical")}[weight]


def audience_words(audience: Audience, desk: PlansDesk) -> str:
    """Say whom a line binds; what is gone keeps its number."""
    key = audience.key
    match audience.kind:
        case AudienceKind.PROFILE:
            title = desk.profile_titles.get(key, key)
            return _("Profile: %(title)s", title=title)
        case AudienceKind.POST:
            post = desk.index.posts.get(int(key))
            return _("Post: %(title)s", title=post.title if post else key)
        case AudienceKind.UNIT:
            units = {unit.id: unit.name for unit in desk.facts.units}
            name = units.get(int(key), key)
            return _("Unit and everything inside it: %(name)s", name=name)
        case AudienceKind.PERSON:
            person = desk.index.people.get(int(key))
            return person.name if person else _("Person %(number)s", number=key)
        case AudienceKind.PMU:
            return _("Everyone in the project unit")
        case AudienceKind.INSTITUTION:
            return _("Everyone who has a post")


def due_words(line: Requirement) -> str:
    """Say by when a line is due."""
    if line.due_on is not None:
        return in_words(line.due_on)
    return ngettext(
        "%(num)s day after the appointment",
        "%(num)s days after the appointment",
        line.due_days or 0,
    )


def terms_words(line: Requirement) -> list[str]:
    """Say what else a line asks: how recent, which version, how many people."""
    said = []
    if line.recert_months is not None:
        said.append(
            ngettext(
                "again every month", "again every %(num)s months", line.recert_months
            )
        )
    if line.min_major is not None:
        said.append(_("version %(major)s or newer", major=line.min_major))
    if line.min_holders is not None:
        said.append(
            ngettext(
                "at least %(num)s person", "at least %(num)s people", line.min_holders
            )
        )
    return said


def reason_words(line: Requirement) -> str:
    """Say why a line is there: what was typed as it is, what was proposed anew."""
    if line.reason.kind == "priority":
        return _("Priority %(title)s", title=line.reason.text)
    if line.reason.kind == "call":
        return _("Call: %(title)s", title=line.reason.text)
    return reason_sentence(line.reason, page_language())


def need_words(need: Need, desk: PlansDesk) -> str:
    """Say what a profile or the institution needs."""
    cited = cited_need(need)
    return need_sentence(
        profile=desk.profile_titles.get(cited.profile, cited.profile),
        competency=competency_title(desk.facts, cited.competency),
        holders=cited.holders,
        lang=page_language(),
    )


def people_words(people: int, seats: int) -> str:
    """Say how many owe something: 2 people and 1 vacant seat."""
    of_people = ngettext("%(num)s person", "%(num)s people", people)
    if not seats:
        return of_people
    of_seats = ngettext("%(num)s vacant seat", "%(num)s vacant seats", seats)
    if not people:
        return of_seats
    return _("%(people)s and %(seats)s", people=of_people, seats=of_seats)


def hours_words(hours: Fraction) -> str:
    """Write hours: 7.5 h."""
    return f"{number(hours)}\N{NO-BREAK SPACE}h"


def change_word(kind: ChangeKind) -> str:
    """Return the heading of a kind of change."""
    return {
        ChangeKind.ADDED: _("New"),
        ChangeKind.REMOVED: _("No longer required"),
        ChangeKind.RELAXED: _("Less is asked"),
        ChangeKind.TIGHTENED: _("More is asked"),
    }[kind]


def obligation_words(owed: Obligation) -> str:
    """Say by when something is owed, and how heavy it is."""
    said = [
        in_words(owed.due_on) if owed.due_on else _("no date yet"),
        weight_word(owed.weight),
    ]
    if owed.recert_months is not None:
        said.append(
            ngettext(
                "again every month", "again every %(num)s months", owed.recert_months
            )
        )
    if owed.min_major is not None:
        said.append(_("version %(major)s or newer", major=owed.min_major))
    return ", ".join(said)


def names(person_ids: Iterable[int], desk: PlansDesk) -> list[str]:
    """Name some people, in the order given."""
    return [desk.index.people[person_id].name for person_id in person_ids]
