"""`flask readiness`: an institution's figures, as its own screen shows them."""

import json
from datetime import date
from typing import Any

import click
from flask.cli import with_appcontext

from conexx_learn.adapters.clock import now
from conexx_learn.cli.groups import LearnCommand
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.readiness.forecast import Forecast
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness
from conexx_learn.domain.readiness.situation import Situation, situation
from conexx_learn.domain.readiness.standings import Judgement
from conexx_learn.domain.readiness.tally import Share
from conexx_learn.domain.sentences.readiness_commands import (
    readiness_command_sentence,
)
from conexx_learn.queries.institution_facts import institution_facts, institution_place
from conexx_learn.services.unit_of_work import reading

EXAMPLE = "Example: flask readiness xaltepec --as-of 2026-11-16 --format json"
Figures = dict[str, Any]


@click.command("readiness", cls=LearnCommand, epilog=EXAMPLE)
@click.argument("slug")
@click.option("--as-of", metavar="DATE", help="Such as 2026-11-16; else today.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@with_appcontext
def readiness(*, slug: str, as_of: str | None, output: str) -> None:
    """Say how the institution SLUG stands, plan by plan in force."""
    place = institution_place(reading(), slug=slug)
    if place is None:
        raise NotFoundError("institution-unknown", slug=slug[:60])
    day = _day(as_of) if as_of else place.today(now())
    lang = shell_language()
    facts = institution_facts(reading(), place=place, as_of=day, lang=lang)
    here = situation(facts, day)
    plans = [_figures(here, plan) for plan in here.plans]
    if output == "json":
        click.echo(json.dumps(plans, ensure_ascii=False, indent=2))
        return
    for figures in plans:
        _print(figures, lang)
    if not plans:
        click.echo(readiness_command_sentence("no-plan", lang))


def _day(entry: str) -> date:
    try:
        return date.fromisoformat(entry)
    except ValueError:
        raise ShapeError("day-unreadable", entry=entry[:20]) from None


def _figures(here: Situation, plan: PlanReadiness) -> Figures:
    counted = plan.counted
    progress = counted.seats_with_progress.value
    return {
        "plan": plan.plan.id,
        "title": plan.plan.title,
        "version": plan.plan.version,
        "as_of": here.day.isoformat(),
        "label": plan.label.value,
        "seats": _share(counted.seats),
        "people": _share(counted.people),
        "due": _share(counted.due),
        "with_progress": str(progress) if progress is not None else None,
        "unmet": counted.unmet,
        "critical": counted.critical,
        "overdue": counted.overdue,
        "weekly": list(plan.foretold.weekly),
        "forecast": _forecast(plan.foretold),
        "obligations": [_obligation(here, one) for one in plan.judged],
    }


def _share(share: Share) -> list[int]:
    """Return what is met and what is required, in points of weight."""
    return [int(share.part), share.whole]


def _forecast(foretold: Forecast) -> dict[str, int | None] | None:
    if foretold.p50_weeks is None and foretold.p85_weeks is None:
        return None
    return {"p50": foretold.p50_weeks, "p85": foretold.p85_weeks}


def _obligation(here: Situation, one: Judgement) -> dict[str, Any]:
    owed = one.obligation
    person = here.index.people[owed.person_id] if owed.person_id is not None else None
    posts = [here.index.posts[post_id].title for post_id in owed.post_ids]
    return {
        "person": person.identity if person else None,
        "post": posts[0] if posts else None,
        "course": owed.course,
        "weight": owed.weight,
        "due": owed.due_on.isoformat() if owed.due_on else None,
        "standing": one.standing.value,
    }


def _print(figures: Figures, lang: str) -> None:
    shown = figures | {
        key: "{}/{}".format(*figures[key]) for key in ("seats", "people", "due")
    }
    for key in ("plan", "shares", "counts"):
        click.echo(readiness_command_sentence(key, lang, **shown))
    if figures["forecast"]:
        weeks = figures["forecast"]
        click.echo(readiness_command_sentence("forecast", lang, **weeks))
