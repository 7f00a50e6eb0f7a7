"""A forgotten password: a link by mail, and the page behind it."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from conexx_learn.adapters.clock import now
from conexx_learn.domain.accounts import LONGEST_EMAIL, read_identity
from conexx_learn.domain.errors import CodeSpentError
from conexx_learn.models.accounts import User
from conexx_learn.queries.accounts import account, account_by_identity
from conexx_learn.services import accounts, outbox, sessions
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web import sign_in
from conexx_learn.web.access import public
from conexx_learn.web.account.links import read_reset, reset_path
from conexx_learn.web.account.new_passwords import NewPasswordForm
from conexx_learn.web.language import page_language
from conexx_learn.web.mails import password_changed_mail, reset_mail
from conexx_learn.web.passwords import hash_password

recovery = Blueprint("recovery", __name__, url_prefix="/account")
UNPROCESSABLE = 422


class ForgottenForm(FlaskForm):
    """Whose password it was."""

    email = StringField(
        _l("E-mail or username"),
        validators=[
            InputRequired(_l("Write your e-mail address or your username.")),
            Length(max=LONGEST_EMAIL, message=_l("This is too long.")),
        ],
    )


@recovery.get("/forgot")
@public
def new() -> str:
    """Ask whose password it was."""
    return render_template("account/forgot.html", form=ForgottenForm())


@recovery.post("/forgot")
@public
def create() -> ResponseReturnValue:
    """Send the link, if there is where to; the answer is the same in any case."""
    form = ForgottenForm()
    if not form.validate():
        return render_template("account/forgot.html", form=form), UNPROCESSABLE
    found = account_by_identity(reading(), identity=read_identity(form.email.data))
    mail = None
    if found is not None and found.email:
        mail = reset_mail(
            recipient=found.email,
            name=found.full_name,
            path=reset_path(found.id, found.password),
            lang=found.locale or page_language(),
            now=now(),
        )
    with unit_of_work() as session:
        sessions.count_try(session, address=request.remote_addr or "", now=now())
        if mail is not None:
            outbox.post(session, mail, now=now())
    flash(
        _(
            "If the account has an e-mail address, a link to a new password is on its "
            "way; it works for 60 minutes. Without an address, ask your training "
            "manager for a code."
        ),
        "success",
    )
    return redirect(url_for("security.login"), code=303)


@recovery.get("/reset/<token>")
@public
def edit(token: str) -> str:
    """Ask for the new password."""
    read_reset(token)
    return _page(NewPasswordForm(), token)


@recovery.post("/reset/<token>")
@public
def update(token: str) -> ResponseReturnValue:
    """Set the new password, once, and sign in with it."""
    owner = _owner(read_reset(token))
    form = NewPasswordForm()
    if not form.accepts([owner.full_name, owner.email, owner.username]):
        return _page(form, token), UNPROCESSABLE
    password_hash = hash_password(form.password.data)
    # Asked again: the link may have been used while the password was hashed.
    read_reset(token)
    with unit_of_work() as session:
        accounts.change_password(
            session, user_id=owner.id, password_hash=password_hash, now=now()
        )
        outbox.post(session, _told(owner), now=now())
    sign_in.enter(owner.id)
    flash(_("Your password has changed. You are signed in."), "success")
    return redirect(url_for("dashboard.index"), code=303)
