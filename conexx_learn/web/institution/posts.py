"""Posts of an institution: seats, vacancies, who is in them, and who was."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.units import in_tree_order
from conexx_learn.queries.frameworks import (
    JobProfile,
    competency_list,
    job_profiles,
)
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.posts import (
    PostRow,
    UnitRow,
    appointments_of_post,
    post_list,
    unit_list,
)
from conexx_learn.services import posts as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import in_language
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.person_forms import LastDayForm
from conexx_learn.web.institution.post_forms import NewPostForm, PostForm
from conexx_learn.web.institution.refusals import REFUSALS, UNPROCESSABLE, told
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext

posts = Blueprint("posts", __name__, url_prefix="/institutions")


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A unit with its posts, as the list shows it.

    Attributes:
        unit: The unit.
        depth: How deep it lies, from 0.
        path: Names of the units around it, outermost first.
        posts: Those that are not over, by title.
    """

    unit: UnitRow
    depth: int
    path: tuple[str, ...]
    posts: tuple[PostRow, ...]


@posts.get("/<slug>/posts")
@requires(Role.MANAGER)
def index(slug: str) -> str:
    """List units and posts with their seats; five statements."""
    place = managed_place(slug)
    today = place.today(now())
    units = unit_list(reading(), institution_id=place.id)
    every_post = post_list(reading(), institution_id=place.id, day=today)
    lasting = [post for post in every_post if not post.is_closed(today)]
    return render_template(
        "institution/posts.html",
        place=place,
        units=_shown_units(units, lasting),
        profiles=_titles(job_profiles(reading())),
        seats=sum(post.traits.seats for post in lasting),
        vacant=sum(post.vacancies for post in lasting),
        pmu_count=sum(unit.traits.is_pmu for unit in units if unit.closed_on is None),
        closed_units=[unit for unit in units if unit.closed_on is not None],
        closed_posts=[post for post in every_post if post.is_closed(today)],
    )


def _shown_units(units: list[UnitRow], posts_: list[PostRow]) -> list[ShownUnit]:
    there = [unit for unit in units if unit.closed_on is None]
    names = {unit.id: unit.traits for unit in there}
    ordered = in_tree_order(
        there, id_of=lambda one: one.id, parent_of=lambda one: one.traits.parent_id
    )
    shown = []
    for depth, unit in ordered:
        path: list[str] = []
        around = unit.traits.parent_id
        while around in names and len(path) < depth:
            path.insert(0, names[around].name)
            around = names[around].parent_id
        inside = tuple(post for post in posts_ if post.traits.unit_id == unit.id)
        shown.append(ShownUnit(unit, depth, tuple(path), inside))
    return shown


def _titles(profiles: list[JobProfile]) -> dict[str, str]:
    """Return code to title of each job profile, in the language of the page."""
    return {one.code: in_language(dict(one.titles)) for one in profiles}


@posts.get("/<slug>/posts/new")
@requires(Role.MANAGER)
def new(slug: str) -> Response:
    """Show the form of a new post; the address may name its unit."""
    place = managed_place(slug)
    form = NewPostForm(
        None,
        unit=request.args.get("unit", 0, type=int),
        active_from=place.today(now()),
    )
    return _new_page(place, form)


@posts.post("/<slug>/posts")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Create a post; its seats are vacant at first."""
    place, form = managed_place(slug), NewPostForm()
    _offer(place, form)
    if not form.validate():
        return _new_page(place, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            post_id = verbs.create_post(
                session,
                institution_id=place.id,
                traits=form.traits(),
                active_from=form.active_from.data,
                now=now(),
            )
    except REFUSALS as error:
        status = told(form, error)
        return _new_page(place, form), status
    flash(_("The post is saved. Its seats are vacant."), "success")
    return redirect(url_for("posts.show", slug=slug, post_id=post_id), code=303)


@posts.get("/<slug>/posts/<id:post_id>")
@requires(Role.MANAGER)
def show(slug: str, post_id: int) -> str:
    """Show a post: seats, holders, deputies, and who was there before."""
    place = managed_place(slug)
    post, today = _found(place, post_id), place.today(now())
    rows = appointments_of_post(reading(), institution_id=place.id, post_id=post_id)
    there = [row for row in rows if row.holds_on(today)]
    profiles = {one.code: one for one in job_profiles(reading())}
    return render_template(
        "institution/post.html",
        place=place,
        post=post,
        is_closed=post.is_closed(today),
        holders=[row for row in there if row.term.kind is AppointmentKind.HOLDER],
        deputies=[row for row in there if row.term.kind is AppointmentKind.DEPUTY],
        coming=[row for row in rows if not (row.holds_on(today) or row.is_over(today))],
        past=[row for row in rows if row.is_over(today)],
        profile=profiles.get(post.traits.profile_code),
        competencies={
            one.code: in_language(dict(one.titles))
            for one in competency_list(reading())
        },
    )


@posts.get("/<slug>/posts/<id:post_id>/edit")
@requires(Role.MANAGER)
def edit(slug: str, post_id: int) -> Response:
    """Show the form of a post."""
    place = managed_place(slug)
    post = _found(place, post_id)
    form = PostForm(None)
    form.fill(post.traits)
    return _edit_page(place, post, form)


@posts.post("/<slug>/posts/<id:post_id>/edit")
@requires(Role.MANAGER)
def update(slug: str, post_id: int) -> ResponseReturnValue:
    """Change a post."""
    place, form = managed_place(slug), PostForm()
    post = _found(place, post_id)
    _offer(place, form)
    if not form.validate():
        return _edit_page(place, post, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            verbs.change_post(
                session,
                institution_id=place.id,
                post_id=post_id,
                traits=form.traits(),
                seen=form.seen.data or "",
                now=now(),
            )
    except REFUSALS as error:
        status = told(form, error)
        post = _found(place, post_id)
        form.seen.data = post.traits.fingerprint
        return _edit_page(place, post, form), status
    flash(_("The post is saved."), "success")
    return redirect(url_for("posts.show", slug=slug, post_id=post_id), code=303)


@posts.get("/<slug>/posts/<id:post_id>/closing")
@requires(Role.MANAGER)
def closing(slug: str, post_id: int) -> Response:
    """Ask once more before a post is closed, and say who loses it."""
    place = managed_place(slug)
    post = _found(place, post_id)
    return _closing_page(place, post, LastDayForm(None, last_day=place.today(now())))


@posts.post("/<slug>/posts/<id:post_id>/closing")
@requires(Role.MANAGER)
def close(slug: str, post_id: int) -> ResponseReturnValue:
    """Close a post after a day."""
    place, form = managed_place(slug), LastDayForm()
    post = _found(place, post_id)
    if not form.validate():
        return _closing_page(place, post, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            ended = verbs.close_post(
                session,
                institution_id=place.id,
                post_id=post_id,
                last_day=form.last_day.data,
                now=now(),
            )
    except REFUSALS as error:
        status = told(form, error)
        return _closing_page(place, post, form), status
    flash(
        ngettext(
            "The post closes on that day, and %(num)s appointment ends with it.",
            "The post closes on that day, and %(num)s appointments end with it.",
            ended,
        ),
        "success",
    )
    return redirect(url_for("posts.index", slug=slug), code=303)


@posts.post("/<slug>/posts/<id:post_id>/reopening")
@requires(Role.MANAGER)
def reopen(slug: str, post_id: int) -> ResponseReturnValue:
    """Take back the end of a post."""
    place = managed_place(slug)
    with unit_of_work() as session:
        verbs.reopen_post(session, institution_id=place.id, post_id=post_id, now=now())
    flash(_("The post is open again. Its seats are vacant."), "success")
    return redirect(url_for("posts.show", slug=slug, post_id=post_id), code=303)


def _found(place: InstitutionPlace, post_id: int) -> PostRow:
    """Return a post of an institution, over or not.

    Raises:
        NotFoundError: It is another one's, or not there.
    """
    today = place.today(now())
    every_post = post_list(reading(), institution_id=place.id, day=today)
    found = next((post for post in every_post if post.id == post_id), None)
    if found is None:
        raise NotFoundError
    return found


def _offer(place: InstitutionPlace, form: PostForm) -> None:
    units = unit_list(reading(), institution_id=place.id)
    form.offer(units, job_profiles(reading()))


def _new_page(place: InstitutionPlace, form: NewPostForm) -> Response:
    g.form_path = url_for("posts.new", slug=place.slug)
    _offer(place, form)
    page = render_template("institution/post_new.html", place=place, form=form)
    return Response(page, mimetype="text/html")


def _edit_page(place: InstitutionPlace, post: PostRow, form: PostForm) -> Response:
    g.form_path = url_for("posts.edit", slug=place.slug, post_id=post.id)
    _offer(place, form)
    page = render_template(
        "institution/post_edit.html",
        place=place,
        post=post,
        form=form,
        profiles=_titles(job_profiles(reading())),
    )
    return Response(page, mimetype="text/html")


def _closing_page(
    place: InstitutionPlace, post: PostRow, form: LastDayForm
) -> Response:
    g.form_path = url_for("posts.closing", slug=place.slug, post_id=post.id)
    today = place.today(now())
    rows = appointments_of_post(reading(), institution_id=place.id, post_id=post.id)
    page = render_template(
        "institution/post_closing.html",
        place=place,
        post=post,
        form=form,
        appointments=[row for row in rows if not row.is_over(today)],
    )
    return Response(page, mimetype="text/html")
