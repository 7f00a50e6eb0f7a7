"""The first day: who you are, whom you have, what you require. Every step is kept."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.adapters.standards import shipped_profiles
from conexx_learn.domain.errors import ShapeError
from conexx_learn.domain.job_profiles import ShippedProfile
from conexx_learn.domain.people_import import PeopleReading, RowProblem
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.sentences.people_comparison import import_sentence
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.posts import PostRow, holder_names, post_list
from conexx_learn.services.first_day import staff_posts
from conexx_learn.services.institutions import describe_institution
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import in_language
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.first_day_forms import (
    InstitutionForm,
    SinceForm,
    StaffEntry,
    StaffForm,
)
from conexx_learn.web.institution.refusals import UNPROCESSABLE, told
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language

first_day = Blueprint("first_day", __name__, url_prefix="/institutions")
MOST_POSTS = 30
"""With more the page would be no longer one for a first day."""

Problems = Mapping[str, Sequence[RowProblem]]


@first_day.get("/<slug>/start")
@requires(Role.MANAGER)
def show(slug: str) -> Response:
    """Show the first step: who are you."""
    place = managed_place(slug)
    return _first_page(place, InstitutionForm.of(place))


@first_day.post("/<slug>/start")
@requires(Role.MANAGER)
def describe(slug: str) -> ResponseReturnValue:
    """Keep who the institution is, and go on to the second step."""
    place, form = managed_place(slug), InstitutionForm()
    form.offer(place)
    if not form.validate():
        return _first_page(place, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            describe_institution(
                session,
                institution_id=place.id,
                name=form.name.data,
                country=form.country.data,
                timezone=form.timezone.data,
                population=form.population.data,
                mandate_ends_on=form.mandate_ends_on.data,
                now=now(),
            )
    except ShapeError as error:
        status = told(form, error)
        return _first_page(place, form), status
    return redirect(url_for("first_day.people", slug=slug), code=303)


@first_day.get("/<slug>/start/people")
@requires(Role.MANAGER)
def people(slug: str) -> ResponseReturnValue:
    """Show the second step: the usual posts, and those that are there."""
    place = managed_place(slug)
    posts = _posts(place)
    if len(posts) > MOST_POSTS:
        return redirect(url_for("posts.index", slug=slug), code=303)
    since = SinceForm(None, since=place.today(now()))
    return _second_page(place, since, _entries(place, posts, from_request=False), {})


@first_day.post("/<slug>/start/people")
@requires(Role.MANAGER)
def staff(slug: str) -> ResponseReturnValue:
    """Keep posts and people, and go on to the proposed plan."""
    place, since = managed_place(slug), SinceForm()
    entries = _entries(place, _posts(place), from_request=True)
    if not entries:
        raise ShapeError
    forms_are_good = [entry.form.validate() for entry in entries]
    readings = {entry.key: entry.form.reading() for entry in entries}
    problems: Problems = {
        key: found.problems for key, found in readings.items() if found.problems
    }
    if not (since.validate() and all(forms_are_good)) or problems:
        return _second_page(place, since, entries, problems), UNPROCESSABLE
    try:
        problems = _store(place, since, entries, readings)
    except ShapeError as error:
        status = told(since, error)
        return _second_page(place, since, entries, {}), status
    if problems:
        return _second_page(place, since, entries, problems), UNPROCESSABLE
    flash(_("Posts and people are saved."), "success")
    return redirect(url_for("plans.propose", slug=slug), code=303)


def _store(
    place: InstitutionPlace,
    since: SinceForm,
    entries: Sequence[StaffEntry],
    readings: Mapping[str, PeopleReading],
) -> Problems:
    with unit_of_work() as session:
        return staff_posts(
            session,
            institution_id=place.id,
            posts=[entry.form.post(entry, readings[entry.key]) for entry in entries],
            since=since.since.data,
            now=now(),
            by=actor(),
        )


def _posts(place: InstitutionPlace) -> list[PostRow]:
    today = place.today(now())
    every_post = post_list(reading(), institution_id=place.id, day=today)
    return [post for post in every_post if not post.is_closed(today)]


def _entries(
    place: InstitutionPlace, posts: Sequence[PostRow], *, from_request: bool
) -> list[StaffEntry]:
    """List the posts of the page: those that are there, then the usual ones.

    A form that is sent again names posts as usual that are there by now: it says which
    it means, and what it finds there it leaves.
    """
    names = holder_names(reading(), institution_id=place.id, day=place.today(now()))
    titles = {one.code: in_language(dict(one.titles)) for one in shipped_profiles()}
    there = [
        _known_entry(post, titles, names.get(post.id, []), from_request)
        for post in posts
        if not from_request or f"post{post.id}-seats" in request.form
    ]
    known = {post.traits.profile_code for post in posts}
    usual = [
        _usual_entry(profile, from_request)
        for profile in shipped_profiles()
        if (
            f"{profile.code}-seats" in request.form
            if from_request
            else profile.code not in known
        )
    ]
    return there + usual


def _known_entry(
    post: PostRow,
    titles: Mapping[str, str],
    names: Sequence[tuple[str, AppointmentKind]],
    from_request: bool,
) -> StaffEntry:
    key = f"post{post.id}"
    form = StaffForm(
        request.form if from_request else None,
        prefix=key,
        seats=post.traits.seats,
    )
    # What is there has a page of its own: here it is only shown.
    form.title.data, form.unit.data = post.traits.title, post.unit
    return StaffEntry(
        key,
        profile=post.traits.profile_code,
        profile_title=titles.get(post.traits.profile_code, ""),
        is_pmu=False,
        is_there=True,
        people=[name for name, _kind in names],
        form=form,
    )


def _usual_entry(profile: ShippedProfile, from_request: bool) -> StaffEntry:
    title = in_language(dict(profile.titles))
    form = StaffForm(
        request.form if from_request else None,
        prefix=profile.code,
        title=title,
        unit=in_language(dict(profile.units)),
        seats=profile.seats,
        ends_with_mandate=profile.ends_with_mandate,
    )
    return StaffEntry(
        profile.code,
        profile=profile.code,
        profile_title=title,
        is_pmu=profile.is_pmu,
        form=form,
    )


def _first_page(place: InstitutionPlace, form: InstitutionForm) -> Response:
    g.form_path = url_for("first_day.show", slug=place.slug)
    page = render_template(
        "institution/first_day.html",
        place=place,
        form=form,
        has_posts=bool(_posts(place)),
    )
    return Response(page, mimetype="text/html")


def _second_page(
    place: InstitutionPlace,
    since: SinceForm,
    entries: Sequence[StaffEntry],
    problems: Problems,
) -> Response:
    g.form_path = url_for("first_day.people", slug=place.slug)
    lang = page_language()
    page = render_template(
        "institution/first_day_people.html",
        place=place,
        since=since,
        entries=entries,
        problems={
            key: [(one.line, *import_sentence(one, lang)) for one in found]
            for key, found in problems.items()
        },
        problem_count=sum(map(len, problems.values())),
        has_posts=any(entry.is_there for entry in entries),
    )
    return Response(page, mimetype="text/html")
