"""Whom to tell in person: who has no confirmed mailbox, and what they have to know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.identifiers import read_key
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.facts import Person
from conexx_learn.domain.readiness.owed import Owed, owed
from conexx_learn.domain.reminders import Matter, own_matters, required_matters
from conexx_learn.queries.institution_facts import institution_facts
from conexx_learn.queries.reminders import Untold, untold
from conexx_learn.services.reminders import note_told_in_person
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.words import course_title
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.reminder_words import (
    MatterWords,
    rest_sentences,
    when_sentence,
)

tell = Blueprint("tell", __name__, url_prefix="/institutions")


@dataclass(frozen=True, slots=True)
class Visit:
    """One person to be told, and what.

    Attributes:
        person: Whom.
        posts: Titles of their posts.
        since: Day since which they wait.
        matters: What is still so, the nearest day first.
        reminder_ids: Everything that one tick settles.
    """

    person: Person
    posts: str
    since: date
    matters: tuple[MatterWords, ...]
    reminder_ids: tuple[int, ...]


@tell.get("/<slug>/tell")
@requires(Role.MANAGER)
def index(slug: str) -> str:
    """List who is to be told what; ten statements, however many people."""
    place = managed_place(slug)
    day = place.today(now())
    waiting = untold(reading(), institution_id=place.id, day=day)
    facts = institution_facts(reading(), place=place, as_of=day, lang=page_language())
    here = owed(facts, day)
    return render_template(
        "institution/tell.html", place=place, day=day, visits=_visits(here, waiting)
    )


@tell.post("/<slug>/tell/<id:user_id>")
@requires(Role.MANAGER)
def update(slug: str, user_id: int) -> ResponseReturnValue:
    """Tick off what a person was told."""
    place = managed_place(slug)
    with unit_of_work() as session:
        note_told_in_person(
            session,
            institution_id=place.id,
            user_id=user_id,
            reminder_ids=[
                key
                for entry in request.form.getlist("reminder")
                if (key := read_key(entry)) is not None
            ],
            now=now(),
        )
    flash(_("Noted: told in person."), "success")
    return redirect(url_for("tell.index", slug=slug), code=303)


def _visits(here: Owed, waiting: Iterable[Untold]) -> list[Visit]:
    """Gather what waits by person; what was met meanwhile is told no more."""
    by_person: dict[int, list[Untold]] = {}
    for one in waiting:
        by_person.setdefault(one.user_id, []).append(one)
    today = {
        (matter.person_id, matter.course): matter
        for matter in [*required_matters(here), *own_matters(here)]
    }
    visits = []
    for user_id, theirs in by_person.items():
        courses = {one.course for one in theirs}
        matters = [
            today[user_id, course] for course in courses if (user_id, course) in today
        ]
        if matters:
            visits.append(_visit(here, user_id, theirs, matters))
    return sorted(visits, key=lambda visit: visit.since)


def _visit(
    here: Owed, user_id: int, theirs: list[Untold], matters: list[Matter]
) -> Visit:
    held = here.index.staffing(here.day).appointments.get(user_id, ())
    posts = dict.fromkeys(here.index.posts[one.post_id].title for one in held)
    return Visit(
        person=here.person(user_id),
        posts=", ".join(posts),
        since=min(one.since for one in theirs),
        matters=tuple(
            _words(here, matter)
            for matter in sorted(matters, key=lambda one: (one.about_on, one.course))
        ),
        reminder_ids=tuple(one.id for one in theirs),
    )


def _words(here: Owed, matter: Matter) -> MatterWords:
    return MatterWords(
        title=course_title(here.facts, matter.course),
        address=url_for("catalogue.show", course=matter.course),
        when=when_sentence(matter, here.day),
        rest=rest_sentences(here, matter),
    )
