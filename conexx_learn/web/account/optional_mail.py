"""Mail that nobody requires: given up by a link, or chosen on the account page."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.accounts import Account
from conexx_learn.queries.accounts import account as account_of
from conexx_learn.services import reminders
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import public, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.signed_links import read_optional_mail

optional_mail = Blueprint("optional_mail", __name__)


@optional_mail.get("/mail/optional/<signed>")
@public
def edit(signed: str) -> str:
    """Ask whether the reminders are to stop; opening the link alone stops nothing."""
    return render_template(
        "account/optional_mail.html", signed=signed, me=_owner(signed)
    )


@optional_mail.post("/mail/optional/<signed>")
@public
def update(signed: str) -> ResponseReturnValue:
    """Stop the reminders of what nobody requires, or take them up again."""
    _choose(_owner(signed).id)
    return redirect(url_for("optional_mail.edit", signed=signed), code=303)


@optional_mail.post("/account/reminders")
@requires(Role.LEARNER)
def choose() -> ResponseReturnValue:
    """Keep the choice of who is signed in."""
    _choose(current_user.id)
    flash(_("Your choice is saved."), "success")
    return redirect(f"{url_for('account.show')}#my-reminders", code=303)


def _choose(user_id: int) -> None:
    with unit_of_work() as session:
        reminders.choose_optional_mail(
            session,
            user_id=user_id,
            wanted=request.form.get("wanted") == "yes",
            now=now(),
        )


def _owner(signed: str) -> Account:
    """Return whose mail a link is about.

    Raises:
        NotFoundError: The link is not ours, or the account is gone.
    """
    me = account_of(reading(), user_id=read_optional_mail(signed))
    if me is None:
        raise NotFoundError
    return me
