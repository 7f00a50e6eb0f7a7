"""The people of an institution: listed, found, taken in, corrected, invited."""

from datetime import date, datetime

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.appointments import Term
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.units import below
from conexx_learn.queries.admissions import declined_at
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.people import PersonRow, Wanted, people_of, person_row
from conexx_learn.queries.posts import (
    PostRow,
    UnitRow,
    appointments_of_person,
    post_list,
    unit_list,
)
from conexx_learn.services import outbox
from conexx_learn.services import people as verbs
from conexx_learn.services.appointments import appoint
from conexx_learn.services.people import Arrival
from conexx_learn.services.person_corrections import correct_person
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.invitations import (
    MOST_INVITED,
    invite_by_mail,
    waits,
)
from conexx_learn.web.institution.people_filters import PeopleFilters, who_words
from conexx_learn.web.institution.person_forms import (
    AppointmentForm,
    NewPersonForm,
    PersonForm,
)
from conexx_learn.web.institution.post_forms import choices
from conexx_learn.web.institution.refusals import REFUSALS, UNPROCESSABLE, told
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.mails import email_changed_mail

people = Blueprint("people", __name__, url_prefix="/institutions")
ON_A_PAGE = 50


@people.get("/<slug>/people")
@requires(Role.MANAGER)
def index(slug: str) -> str:
    """List the people; six statements, however many there are."""
    place, filters = managed_place(slug), PeopleFilters.asked()
    today = place.today(now())
    units = unit_list(reading(), institution_id=place.id)
    posts = open_posts(place)
    everybody = people_of(reading(), institution_id=place.id, day=today)
    inside = _inside(units, filters.unit)
    wanted = Wanted.typed(filters.query, inside, filters.post or None, filters.who)
    found = [one for one in everybody if wanted.fits(one, today)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(filters.page, pages)
    return render_template(
        "institution/people.html",
        place=place,
        today=today,
        filters=filters,
        people=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        found=len(found),
        first=(page - 1) * ON_A_PAGE + 1,
        here_count=sum(not one.has_left(today) for one in everybody),
        page=page,
        pages=pages,
        address=lambda number: filters.address(slug, number),
        units=choices(units),
        posts=[(post.id, f"{post.traits.title} · {post.unit}") for post in posts],
        who_words=who_words(),
        waiting=sum(waits(one, place, today) for one in everybody),
    )


def _inside(units: list[UnitRow], unit_id: int) -> set[int]:
    """Return a unit with all that is inside; empty for any unit."""
    parents = {unit.id: unit.traits.parent_id for unit in units}
    return below(parents, unit_id) if unit_id else set()


@people.get("/<slug>/people/new")
@requires(Role.MANAGER)
def new(slug: str) -> Response:
    """Show the form of somebody new; the address may name the post."""
    place = managed_place(slug)
    form = NewPersonForm(
        None,
        post=request.args.get("post", 0, type=int),
        from_on=place.today(now()),
    )
    return _new_page(place, form)


@people.post("/<slug>/people")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Take somebody in, put them into a post, and invite them, all at once."""
    place, form = managed_place(slug), NewPersonForm()
    form.offer(open_posts(place))
    if not form.validate():
        return _new_page(place, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            added = _add(session, place, form)
    except REFUSALS as error:
        status = told(form, error)
        return _new_page(place, form), status
    flash(_added_words(added.arrival, form), "success")
    return redirect(url_for("people.show", slug=slug, user_id=added.user_id), code=303)


def _add(
    session: Session, place: InstitutionPlace, form: NewPersonForm
) -> verbs.AddedPerson:
    moment = now()
    added = verbs.add_person(
        session, institution_id=place.id, traits=form.traits(), now=moment, by=actor()
    )
    if form.post.data:
        appoint(
            session,
            institution_id=place.id,
            user_id=added.user_id,
            post_id=form.post.data,
            term=Term(from_on=form.from_on.data),
            now=moment,
            by=actor(),
        )
    if form.invites.data and form.email.data and added.arrival is Arrival.NEW:
        invite_by_mail(session, place, added.user_id)
    return added


def _added_words(arrival: Arrival, form: NewPersonForm) -> str:
    if arrival is not Arrival.NEW:
        return _("The person is here, under the account that they had already.")
    if form.email.data and form.invites.data:
        return _("The person is here, and the invitation is on its way.")
    if form.email.data:
        return _("The person is here. Invite them when it suits you.")
    return _("The person is here. Print a code, so that they can sign in.")


@people.get("/<slug>/people/<id:user_id>/edit")
@requires(Role.MANAGER)
def show(slug: str, user_id: int) -> Response:
    """Show one person: who they are, where they sit, and what can be done."""
    place = managed_place(slug)
    person = found_person(place, user_id)
    return person_page(place, person, PersonForm.of(person.traits))


@people.post("/<slug>/people/<id:user_id>/edit")
@requires(Role.MANAGER)
def update(slug: str, user_id: int) -> ResponseReturnValue:
    """Correct what is written of a person; an old address is told."""
    place, form = managed_place(slug), PersonForm()
    person = found_person(place, user_id)
    if person.has_left(place.today(now())):
        raise NotFoundError
    if not form.validate():
        return person_page(place, person, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            former = correct_person(
                session,
                institution_id=place.id,
                user_id=user_id,
                traits=form.traits(),
                seen=form.seen.data or "",
                now=now(),
                by=actor(),
            )
            if former is not None:
                _tell_old_address(session, place, former, person.traits.full_name)
    except REFUSALS as error:
        status = told(form, error)
        person = found_person(place, user_id)
        form.seen.data = person.traits.fingerprint
        return person_page(place, person, form), status
    flash(_("The changes are saved."), "success")
    return redirect(url_for("people.show", slug=slug, user_id=user_id), code=303)


@people.post("/<slug>/people/<id:user_id>/invitation")
@requires(Role.MANAGER)
def invite(slug: str, user_id: int) -> ResponseReturnValue:
    """Mail an invitation to one person; older ones are void."""
    place = managed_place(slug)
    person = found_person(place, user_id)
    if not person.traits.email:
        return redirect(url_for("handed_codes.new", slug=slug), code=303)
    with unit_of_work() as session:
        invite_by_mail(session, place, user_id)
    flash(_("The invitation is on its way."), "success")
    return redirect(url_for("people.show", slug=slug, user_id=user_id), code=303)


@people.post("/<slug>/people/invitations")
@requires(Role.MANAGER)
def invite_all(slug: str) -> ResponseReturnValue:
    """Mail an invitation to everybody with a mailbox who had none yet."""
    place = managed_place(slug)
    today = place.today(now())
    everybody = people_of(reading(), institution_id=place.id, day=today)
    waiting = [one.id for one in everybody if waits(one, place, today)]
    with unit_of_work() as session:
        for user_id in waiting[:MOST_INVITED]:
            invite_by_mail(session, place, user_id)
    sent = min(len(waiting), MOST_INVITED)
    words = ngettext(
        "%(num)s invitation is on its way.",
        "%(num)s invitations are on their way.",
        sent,
    )
    if len(waiting) > sent:
        words += " " + _("Press again for the others.")
    flash(words, "success")
    return redirect(url_for("people.index", slug=slug), code=303)


def open_posts(place: InstitutionPlace) -> list[PostRow]:
    """List the posts of an institution that are not over; one statement."""
    today = place.today(now())
    posts = post_list(reading(), institution_id=place.id, day=today)
    return [post for post in posts if not post.is_closed(today)]


def found_person(place: InstitutionPlace, user_id: int) -> PersonRow:
    """Return one of the people of an institution, gone or not.

    Raises:
        NotFoundError: Nobody of this institution.
    """
    found = person_row(
        reading(), institution_id=place.id, user_id=user_id, day=place.today(now())
    )
    if found is None:
        raise NotFoundError
    return found


def person_page(
    place: InstitutionPlace,
    person: PersonRow,
    form: PersonForm,
    *,
    appointment: AppointmentForm | None = None,
) -> Response:
    """Render a person's page, with the form that was refused, if any."""
    g.form_path = url_for("people.show", slug=place.slug, user_id=person.id)
    today = place.today(now())
    if appointment is None:
        appointment = AppointmentForm(None, prefix="new", from_on=today)
    appointment.offer(open_posts(place))
    page = render_template(
        "institution/person_edit.html",
        place=place,
        person=person,
        form=form,
        appointment=appointment,
        appointments=appointments_of_person(
            reading(), institution_id=place.id, user_id=person.id
        ),
        today=today,
        is_own=person.id == current_user.id,
        declined_at=_declined_at(place, person, today),
        has_left=person.has_left(today),
    )
    return Response(page, mimetype="text/html")


def _declined_at(
    place: InstitutionPlace, person: PersonRow, today: date
) -> datetime | None:
    """Return when somebody said no; only who has left may have."""
    if not person.has_left(today):
        return None
    return declined_at(reading(), institution_id=place.id, user_id=person.id)


def _new_page(place: InstitutionPlace, form: NewPersonForm) -> Response:
    g.form_path = url_for("people.new", slug=place.slug)
    form.offer(open_posts(place))
    page = render_template("institution/person_new.html", place=place, form=form)
    return Response(page, mimetype="text/html")


def _tell_old_address(
    session: Session, place: InstitutionPlace, address: str, name: str
) -> None:
    mail = email_changed_mail(
        recipient=address, name=name, lang=place.locale, now=now()
    )
    outbox.post(session, mail, now=now())
