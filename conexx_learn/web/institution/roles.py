"""Who has which role at an institution: named and withdrawn, with one's password."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.memberships import Member, members_of
from conexx_learn.services import memberships as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.entry_fields import ChoiceField
from conexx_learn.web.institution.refusals import REFUSALS, UNPROCESSABLE, told
from conexx_learn.web.language import gettext as _
from conexx_learn.web.own_password import is_own_password, password_asked_again
from conexx_learn.web.page_forms import PageForm

roles = Blueprint("roles", __name__, url_prefix="/institutions")
NAMED_HERE = (Role.MANAGER, Role.OBSERVER)
"""What is given and taken on these pages; trainers are named by the coordination."""


class RoleForm(PageForm):
    """Who receives which role."""

    person = ChoiceField(_l("Who"), coerce=int)
    role = RadioField(
        _l("Role"),
        choices=[
            SelectChoice(
                Role.MANAGER.value,
                _l("Training manager: runs people, plans and calls, as you do"),
            ),
            SelectChoice(
                Role.OBSERVER.value,
                _l(
                    "Observer: sees figures without names of the institutions that "
                    "share them with this one"
                ),
            ),
        ],
        validators=[InputRequired(_l("Choose a role."))],
    )
    current_password = password_asked_again()


class WithdrawalForm(PageForm):
    """The password that confirms it."""

    current_password = password_asked_again()


@roles.get("/<slug>/roles")
@requires(Role.MANAGER)
def index(slug: str) -> Response:
    """List who has which role, with the form to name somebody; two statements."""
    place = managed_place(slug)
    person = request.args.get("person", type=int)
    return _page(place, RoleForm(None, person=person))


@roles.post("/<slug>/roles")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Give one of the people a role; it counts on their next page."""
    place, form = managed_place(slug), RoleForm()
    _offer(form, _members(place))
    if not (form.validate() and is_own_password(form.current_password)):
        return _page(place, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.grant_to_member(
            session,
            user_id=form.person.data,
            role=Role(form.role.data),
            institution_id=place.id,
            now=now(),
            by=actor(),
        )
    flash(_("The role is given."), "success")
    return redirect(url_for("roles.index", slug=slug), code=303)


@roles.get("/<slug>/roles/<id:user_id>/<role>")
@requires(Role.MANAGER)
def edit(slug: str, user_id: int, role: str) -> Response:
    """Say what it means to withdraw a role, and ask for the password."""
    place = managed_place(slug)
    member, named = _holder(place, user_id, role)
    return _withdrawal_page(place, member, named, WithdrawalForm(None))


@roles.post("/<slug>/roles/<id:user_id>/<role>/withdrawal")
@requires(Role.MANAGER)
def withdraw(slug: str, user_id: int, role: str) -> ResponseReturnValue:
    """Withdraw a role; the last training manager only the coordination takes."""
    place, form = managed_place(slug), WithdrawalForm()
    member, named = _holder(place, user_id, role)
    if not (form.validate() and is_own_password(form.current_password)):
        return _withdrawal_page(place, member, named, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            verbs.withdraw_role(
                session,
                user_id=user_id,
                role=named,
                institution_id=place.id,
                now=now(),
                by=actor(),
            )
    except REFUSALS as error:
        status = told(form, error)
        return _withdrawal_page(place, member, named, form), status
    flash(_("The role is withdrawn."), "success")
    if _gave_up_ones_own(member, named):
        return redirect(url_for("dashboard.index"), code=303)
    return redirect(url_for("roles.index", slug=slug), code=303)


def role_word(role: Role) -> str:
    """Return the word of a role."""
    return {
        Role.LEARNER: _("Learner"),
        Role.TRAINER: _("Trainer"),
        Role.MANAGER: _("Training manager"),
        Role.COORDINATOR: _("Coordination"),
        Role.OBSERVER: _("Observer"),
    }[role]


def _gave_up_ones_own(member: Member, role: Role) -> bool:
    """Say whether the reader has no way back to these pages."""
    is_own = member.user_id == current_user.id and role is Role.MANAGER
    return is_own and not holds(actor(), Role.COORDINATOR)


def _members(place: InstitutionPlace) -> list[Member]:
    return members_of(reading(), institution_id=place.id, today=place.today(now()))


def _holder(place: InstitutionPlace, user_id: int, role: str) -> tuple[Member, Role]:
    """Find who holds a role that is given here.

    Raises:
        NotFoundError: Nobody of this institution, or not that role.
    """
    for member in _members(place):
        for held in member.roles:
            if (member.user_id, held.value) == (user_id, role) and held in NAMED_HERE:
                return member, held
    raise NotFoundError


def _offer(form: RoleForm, members: list[Member]) -> None:
    form.person.choices = [
        (one.user_id, f"{one.full_name} ({one.identity})") for one in members
    ]


def _page(place: InstitutionPlace, form: RoleForm) -> Response:
    g.form_path = url_for("roles.index", slug=place.slug)
    members = _members(place)
    _offer(form, members)
    page = render_template(
        "institution/roles.html",
        place=place,
        form=form,
        holders=[
            (one, [(role, role_word(role), role in NAMED_HERE) for role in held])
            for one in members
            if (held := sorted(set(one.roles) - {Role.LEARNER}))
        ],
    )
    return Response(page, mimetype="text/html")


def _withdrawal_page(
    place: InstitutionPlace, member: Member, role: Role, form: WithdrawalForm
) -> Response:
    g.form_path = url_for(
        "roles.edit", slug=place.slug, user_id=member.user_id, role=role.value
    )
    page = render_template(
        "institution/role_withdrawal.html",
        place=place,
        member=member,
        role=role,
        word=role_word(role),
        form=form,
        is_own=member.user_id == current_user.id,
    )
    return Response(page, mimetype="text/html")
