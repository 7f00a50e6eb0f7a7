"""A forgotten password: a link by mail, and the page behind it."""

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from conexx_learn.adapters.clock import now
from conexx_learn.domain.accounts import LONGEST_EMAIL, read_identity
from conexx_learn.domain.messages import Message
from conexx_learn.queries.accounts import Account, account_by_identity
from conexx_learn.services import accounts, outbox, sessions
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web import sign_in
from conexx_learn.web.access import public
from conexx_learn.web.account.links import read_reset, reset_path
from conexx_learn.web.account.new_passwords import NewPasswordForm
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.mails import password_changed_mail, reset_mail
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.passwords import hash_password

recovery = Blueprint("recovery", __name__, url_prefix="/account")
UNPROCESSABLE = 422


class ForgottenForm(PageForm):
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
        g.form_path = request.path
        return render_template("account/forgot.html", form=form), UNPROCESSABLE
    identity = read_identity(form.email.data)
    found = account_by_identity(reading(), identity=identity)
    has_mailbox = found is not None and found.email is not None
    # A message nobody gets is written too: no account answers faster than one.
    mail = _link_for(found) if found is not None and has_mailbox else _link_for_nobody()
    with unit_of_work() as session:
        sessions.count_try(session, address=request.remote_addr or "", now=now())
        if has_mailbox:
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
def edit(token: str) -> Response:
    """Ask for the new password."""
    return _page(NewPasswordForm(), token, read_reset(token))


@recovery.post("/reset/<token>")
@public
def update(token: str) -> ResponseReturnValue:
    """Set the new password, once, and sign in with it."""
    owner = read_reset(token)
    form = NewPasswordForm()
    if not form.accepts([owner.full_name, owner.email, owner.username]):
        return _page(form, token, owner), UNPROCESSABLE
    password_hash = hash_password(form.password.data)
    with unit_of_work() as session:
        accounts.reset_password(
            session,
            user_id=owner.id,
            former_hash=owner.password_hash,
            password_hash=password_hash,
            now=now(),
        )
        outbox.post(session, _told(owner), now=now())
    sign_in.enter(owner.id)
    flash(_("Your password has changed. You are signed in."), "success")
    return redirect(url_for("dashboard.index"), code=303)


def _link_for(owner: Account) -> Message:
    return reset_mail(
        recipient=owner.email or "",
        name=owner.full_name,
        path=reset_path(owner.id, owner.password_hash),
        lang=owner.locale or page_language(),
        now=now(),
    )


def _link_for_nobody() -> Message:
    return reset_mail(
        recipient="", name="", path=reset_path(0, None), lang=page_language(), now=now()
    )


def _told(owner: Account) -> Message:
    return password_changed_mail(
        recipient=owner.email or "",
        name=owner.full_name,
        lang=owner.locale or page_language(),
        now=now(),
    )


def _page(form: NewPasswordForm, token: str, owner: Account) -> Response:
    g.form_path = request.path
    page = render_template(
        "account/reset.html",
        form=form,
        action=url_for("recovery.edit", token=token),
        identity=owner.email or owner.username,
    )
    return Response(page, mimetype="text/html")
