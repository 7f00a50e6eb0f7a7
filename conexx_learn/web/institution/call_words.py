"""The words of a call on the screen: its verdict, its conditions, its sums and days."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from babel.numbers import format_decimal

from conexx_learn.domain.calls import CallTerms
from conexx_learn.domain.readiness.call_gates import (
    CallDecision,
    CallVerdict,
    Gate,
    GateAnswer,
)
from conexx_learn.domain.readiness.call_readiness import Reach
from conexx_learn.web.filters import NBSP
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.language import format_locale, ngettext
from conexx_learn.web.language import gettext as _

ANSWER_STATES = {
    GateAnswer.YES: "met",
    GateAnswer.NO: "overdue",
    GateAnswer.UNKNOWN: "none",
}
"""Answer to the colour and shape of a standing."""

VERDICT_STATES = {
    CallVerdict.READY: "met",
    CallVerdict.WITHIN_REACH: "expiring",
    CallVerdict.NOT_READY: "overdue",
}


def gate_sentence(gate: Gate) -> str:
    """Say what a call demands before anybody reads the application."""
    return {
        Gate.APPLICANT: _("An institution of our kind and country may apply"),
        Gate.REGISTRATION: _("We are registered in the system of the funder"),
        Gate.PARTNERS: _("Number, kind and country of the partners are right"),
        Gate.DURATION: _("The project is as long as the call allows"),
        Gate.GRANT: _("What we would ask for is within the limits"),
        Gate.COFINANCING: _(
            "Our own contribution is within the limits, and the council has resolved it"
        ),
        Gate.SCOPE: _("Theme and place are those of the call"),
        Gate.SIGNATORY: _("Somebody may sign for the institution"),
        Gate.EXCLUSION: _("No ground for exclusion applies to us, and we can sign so"),
        Gate.DOCUMENTS: _("All documents are ready before the deadline"),
    }[gate]


def answer_word(answer: GateAnswer) -> str:
    """Return the word of an answer."""
    return {
        GateAnswer.YES: _("Yes"),
        GateAnswer.NO: _("No"),
        GateAnswer.UNKNOWN: _("Not known yet"),
    }[answer]


def verdict_state(decision: CallDecision) -> str:
    """Return the colour and shape of a verdict."""
    return "none" if decision.people.is_over else VERDICT_STATES[decision.verdict]


def verdict_words(decision: CallDecision) -> str:
    """Say the verdict in a few words, such as: Not yet: 0 of 3 functions."""
    people = decision.people
    if people.is_over:
        return _("The deadline is over")
    if decision.verdict is CallVerdict.READY:
        if not people.needs:
            return _("Yes: the conditions are met")
        return _("Yes: team and conditions are there")
    if decision.verdict is CallVerdict.WITHIN_REACH:
        return _within_reach(len(people.starts))
    met = sum(need.is_met_on_deadline for need in people.needs)
    if met < len(people.needs):
        return _(
            "Not yet: %(met)s of %(all)s functions", met=met, all=len(people.needs)
        )
    if not people.team.is_complete:
        return _("Not yet: too few different people")
    missing = len(decision.gates.refused) + len(decision.gates.unknown)
    return ngettext(
        "Not yet: %(num)s condition is open",
        "Not yet: %(num)s conditions are open",
        missing,
    )


def _within_reach(starts: int) -> str:
    if not starts:
        return _("Within reach, if the plan is kept")
    return ngettext(
        "Within reach: %(num)s thing has to start",
        "Within reach: %(num)s things have to start",
        starts,
    )


def verdict_sentence(decision: CallDecision) -> str:
    """Say the verdict in one sentence: the people, then the conditions."""
    if decision.people.is_over:
        return _(
            "It closed on %(day)s; this is how it would stand.",
            day=in_words(decision.people.deadline_on),
        )
    return f"{_people_clause(decision)} {_gates_clause(decision)}"


def _people_clause(decision: CallDecision) -> str:
    people = decision.people
    on = in_words(people.deadline_on)
    if not people.needs:
        return _("The call has no functions yet, so that only the conditions count.")
    if people.reach is Reach.MET:
        if people.team.is_complete:
            return _(
                "On %(day)s there are different people for every function.", day=on
            )
        return _(
            "On %(day)s every function has its people, but the same ones are counted "
            "more than once.",
            day=on,
        )
    if people.reach is Reach.NOBODY:
        return _("There are not enough people in a post who could be ready in time.")
    if people.first_start is None:
        return _("Who could learn what is missing has no hours a week for learning.")
    first = in_words(people.first_start)
    if people.reach is Reach.TOO_LATE:
        return _(
            "What is missing can no longer be finished in time: it had to start by "
            "%(day)s.",
            day=first,
        )
    return ngettext(
        "It can only be reached if %(num)s thing starts, by %(day)s.",
        "It can only be reached if %(num)s things start, the first by %(day)s.",
        len(people.starts),
        day=first,
    )


def _gates_clause(decision: CallDecision) -> str:
    gates = decision.gates
    if gates.all_passed:
        return _("All ten conditions are met.")
    return _(
        "Of the ten conditions %(passed)s are met, %(refused)s are not and %(unknown)s "
        "are not known yet, which counts as no.",
        passed=len(gates.passed),
        refused=len(gates.refused),
        unknown=len(gates.unknown),
    )


def deadline_words(terms: CallTerms) -> str:
    """Write a deadline as the call states it: 15 January 2027, 17:00 (Brussels)."""
    local = terms.deadline_at.astimezone(ZoneInfo(terms.timezone))
    place = zone_name(terms.timezone)
    return f"{in_words(local.date())}, {local:%H:%M} ({place})"


def zone_name(name: str) -> str:
    """Name a time zone by its city."""
    if name == "UTC":
        return name
    city = str(get_timezone_location(name, locale=format_locale(), return_city=True))
    return city.rpartition("/")[2]


def sum_words(cents: int, currency: str) -> str:
    """Write a sum: 1,700,000.50 EUR; whole units without decimals."""
    pattern = "#,##0.00" if cents % 100 else "#,##0"
    shown = format_decimal(Decimal(cents) / 100, pattern, locale=format_locale())
    return f"{shown}{NBSP}{currency}"
