"""Whether the institution is ready, why, and what to do next: the one screen."""

from datetime import date

from flask import Blueprint, render_template, request

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness
from conexx_learn.domain.readiness.situation import Situation, situation
from conexx_learn.domain.readiness.standings import Standing
from conexx_learn.queries.institution_facts import (
    InstitutionPlace,
    institution_facts,
)
from conexx_learn.queries.institution_surroundings import surroundings
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.institution import board, board_tables, charts, observed, words
from conexx_learn.web.institution.as_of import as_of_day
from conexx_learn.web.institution.doors import may_see_names, watched_place
from conexx_learn.web.language import page_language

readiness = Blueprint("readiness", __name__, url_prefix="/institutions")


@readiness.get("/<slug>")
@requires(Role.MANAGER, Role.OBSERVER)
def show(slug: str) -> str:
    """Show whether the institution is ready; ten statements, whatever it holds."""
    place = watched_place(slug)
    today = place.today(now())
    day, day_error = as_of_day(today) if may_see_names(place) else (today, "")
    facts = institution_facts(reading(), place=place, as_of=day, lang=page_language())
    here = situation(facts, day)
    plan = here.plan(_series())
    if not may_see_names(place):
        return _aggregates(place, here, plan)
    if not facts.posts:
        return render_template("institution/nothing_yet.html", place=place)
    near = surroundings(reading(), institution_id=place.id)
    days = board.coming_days(place, near, day)
    listed = board_tables.lists_of(slug, None if day == today else day)
    return render_template(
        "institution/readiness.html",
        place=place,
        day=day,
        day_error=day_error,
        today=today,
        is_today=day == today,
        situation=here,
        plan=plan,
        **_answer(plan, day),
        line=_line(here, plan) if plan else None,
        listed=listed,
        to_do=board.to_do(slug, here, plan) if plan else [],
        days=[label for label, _on in days],
        functions=board_tables.function_rows(slug, here, days),
        spare=board_tables.nobody_to_spare(here),
        posts=board_tables.post_rows(slug, here, plan.judged if plan else (), listed),
        also=board.also(place, here, near),
        exceptions=here.exceptions(plan) if plan else [],
        exempt=plan.counted.exempt if plan else 0,
        suspended=plan.counted.counts.get(Standing.SUSPENDED, 0) if plan else 0,
    )


def _series() -> int | None:
    return request.args.get("plan", type=int)


def _answer(plan: PlanReadiness | None, day: date) -> dict[str, object]:
    """Put the answer of a plan into words and pictures; empty without a plan."""
    if plan is None:
        return {"bar": None, "range": None}
    target = plan.plan.target_bp
    return {
        "bar": charts.readiness_bar(plan.counted, target),
        "range": charts.forecast_range(plan.foretold, day, plan.plan.ends_on),
        "label": words.label_word(plan.label),
        "label_state": words.LABEL_STATES[plan.label],
        "sentence": words.label_sentence(plan, day),
        "pace": words.pace_sentence(plan.foretold),
        "method": words.method_sentences(plan),
    }


def _line(here: Situation, plan: PlanReadiness) -> charts.TrendLine:
    return charts.trend_line(here.trend(plan.plan.series), plan.plan.target_bp)


def _aggregates(
    place: InstitutionPlace, here: Situation, plan: PlanReadiness | None
) -> str:
    """Show an observer the figures of the whole, and none that tell of few people."""
    enough = observed.are_enough(here, plan)
    told = observed.without_few(plan, here.day) if plan and enough else None
    line = _line(here, told) if told else None
    if line and not observed.has_history(here, (mark.on for mark in line.known)):
        line = None
    answer = _answer(told, here.day)
    if told is not None:
        # What was met in single weeks tells of single people.
        answer |= {"pace": "", "method": words.method_sentences(told)[1:]}
    return render_template(
        "institution/aggregates.html",
        place=place,
        day=here.day,
        plan=told,
        enough=enough,
        line=line,
        **answer,
    )
