"""The functions of an institution: who covers each, until when, and what each needs."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.capabilities import Holder
from conexx_learn.domain.readiness.coverage import (
    Departure,
    FunctionCoverage,
    FunctionOutlook,
    coverage_outlook,
    departures,
)
from conexx_learn.domain.readiness.facts import FunctionMinimum, InstitutionFacts
from conexx_learn.queries.frameworks import competency_list
from conexx_learn.queries.functions import function_minima
from conexx_learn.queries.institution_facts import InstitutionPlace, institution_facts
from conexx_learn.services import functions as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.competency_words import level_word
from conexx_learn.web.institution.as_of import as_of_day
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.holder_words import (
    ProofWords,
    holder_name,
    loss_words,
    post_words,
    proof_words,
)
from conexx_learn.web.institution.minima_forms import MinimaForm, minima_form
from conexx_learn.web.institution.words import (
    competency_title,
    cover_word,
    short_day,
)
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext, page_language

functions = Blueprint("functions", __name__, url_prefix="/institutions")
UNPROCESSABLE = 422
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class ShownHolder:
    """Who covers a function, with all that proves it."""

    name: str
    address: str
    proofs: tuple[ProofWords, ...]
    post: str


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A function on a day.

    Attributes:
        label: Of the day.
        count: Such as: 1 of 2.
        state: Colour and shape.
        holders: Who covers it.
        lost: Who did on the first day, and why no longer.
    """

    label: str
    count: str
    state: str
    holders: tuple[ShownHolder, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownFunction:
    """A function with its days."""

    title: str
    need: str
    state: str
    words: str
    days: tuple[ShownDay, ...]


@functions.get("/<slug>/functions")
@requires(Role.MANAGER)
def show(slug: str) -> str:
    """Show who covers each function, on several days; nine statements."""
    place = managed_place(slug)
    today = place.today(now())
    day, day_error = as_of_day(today)
    known = institution_facts(reading(), place=place, as_of=today, lang=page_language())
    days = _days(place, today, day)
    outlooks = coverage_outlook(known, days=[on for _label, on in days])
    labels = [label for label, _on in days]
    return render_template(
        "institution/functions.html",
        place=place,
        day=day,
        day_error=day_error,
        today=today,
        labels=labels,
        functions=[_function(slug, known, one, labels) for one in outlooks],
        departures=[
            _departure(known, one)
            for one in departures([outlook.coverages[0] for outlook in outlooks])
        ],
    )


@functions.get("/<slug>/functions/edit")
@requires(Role.MANAGER)
def edit(slug: str) -> str:
    """Show what each function needs, to change it."""
    place = managed_place(slug)
    stored = function_minima(reading(), institution_id=place.id)
    form = minima_form(competency_list(reading()), stored=stored)
    form.read_as.data = verbs.minima_fingerprint(stored)
    return _form_page(place, form)


@functions.post("/<slug>/functions/edit")
@requires(Role.MANAGER)
def update(slug: str) -> ResponseReturnValue:
    """Set what each function needs; who comes second is told and loses nothing."""
    place = managed_place(slug)
    form = minima_form(competency_list(reading()), request.form)
    if not form.validate():
        return _form_page(place, form), UNPROCESSABLE
    with unit_of_work() as session:
        is_set = verbs.set_minima(
            session,
            institution_id=place.id,
            minima=form.minima(),
            read_as=form.read_as.data or "",
            now=now(),
        )
    if not is_set:
        stored = function_minima(reading(), institution_id=place.id)
        form.read_as.data = verbs.minima_fingerprint(stored)
        return _form_page(place, form, others=stored), CONFLICT
    flash(_("What the functions need is saved."), "success")
    return redirect(url_for("functions.show", slug=slug), code=303)


def _form_page(
    place: InstitutionPlace,
    form: MinimaForm,
    *,
    others: list[FunctionMinimum] | None = None,
) -> str:
    g.form_path = request.path
    return render_template(
        "institution/function_minima.html",
        place=place,
        form=form,
        others=None
        if others is None
        else [(form.titles.get(one.competency, ""), _need(one)) for one in others],
    )


def _days(place: InstitutionPlace, today: date, day: date) -> list[tuple[str, date]]:
    """Return label and day of each column, today first."""
    days = [(_("Today"), today)]
    if day != today:
        days.append((short_day(day), day))
    end = place.mandate_ends_on
    if end is not None and end >= today:
        days.append((_("End of the mandate"), end))
    return days


def _function(
    slug: str, known: InstitutionFacts, one: FunctionOutlook, labels: list[str]
) -> ShownFunction:
    first = one.coverages[0]
    state, words = cover_word(first.cover, -first.margin, lapses=one.lapses)
    return ShownFunction(
        title=competency_title(known, one.minimum.competency),
        need=_need(one.minimum),
        state=state,
        words=words,
        days=tuple(
            _day(slug, label, first, coverage)
            for label, coverage in zip(labels, one.coverages, strict=True)
        ),
    )


def _need(minimum: FunctionMinimum) -> str:
    """Say what a function needs: 2 people, trained, critical."""
    people = ngettext("%(num)s person", "%(num)s people", minimum.holders)
    level = level_word(minimum.level)
    if minimum.is_critical:
        return _("%(people)s, %(level)s, critical", people=people, level=level)
    return _("%(people)s, %(level)s", people=people, level=level)


def _day(
    slug: str, label: str, first: FunctionCoverage, one: FunctionCoverage
) -> ShownDay:
    there = {holder.person.id for holder in one.holders}
    return ShownDay(
        label=label,
        count=_(
            "%(there)s of %(wanted)s",
            there=len(one.holders),
            wanted=one.minimum.holders,
        ),
        state="met" if one.margin >= 0 else "overdue",
        holders=tuple(_holder(slug, holder) for holder in one.holders),
        lost=tuple(
            loss_words(holder)
            for holder in first.holders
            if holder.person.id not in there
        ),
    )


def _holder(slug: str, holder: Holder) -> ShownHolder:
    return ShownHolder(
        name=holder_name(holder),
        address=url_for("person.show", slug=slug, user_id=holder.person.id),
        proofs=tuple(proof_words(proof) for proof in holder.proofs),
        post=post_words(holder),
    )


def _departure(known: InstitutionFacts, one: Departure) -> tuple[str, str, str]:
    """Return name, functions that nobody else covers, and those with too few left."""
    alone = {minimum.competency for minimum in one.only_holder_of}
    return (
        one.person.name,
        ", ".join(competency_title(known, code) for code in sorted(alone)),
        ", ".join(
            competency_title(known, minimum.competency)
            for minimum in one.falls_short
            if minimum.competency not in alone
        ),
    )
