"""Registration, where it is open, and the confirmation of an address."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from conexx_learn.adapters.clock import now
from conexx_learn.domain.accounts import (
    LONGEST_EMAIL,
    PRIVACY_VERSION,
    is_username,
    read_identity,
)
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.names import LONGEST_NAME, printed_name
from conexx_learn.queries.accounts import account_by_identity
from conexx_learn.services import accounts, mailboxes, outbox, sessions
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import public
from conexx_learn.web.account.links import confirmation_path, read_confirmation
from conexx_learn.web.account.new_passwords import NewPasswordForm
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.local_paths import local_path
from conexx_learn.web.mails import confirmation_mail, known_address_mail
from conexx_learn.web.passwords import hash_password

registration = Blueprint("registration", __name__, url_prefix="/account")
UNPROCESSABLE = 422


class RegistrationForm(NewPasswordForm):
    """Who somebody is; whether the identity is free is told by mail, or not at all."""

    full_name = StringField(
        _l("Full name"),
        validators=[
            InputRequired(_l("Write your name.")),
            Length(max=LONGEST_NAME, message=_l("This is too long.")),
        ],
        description=_l("As it will stand on your certificates."),
    )
    email = StringField(
        _l("E-mail or username"),
        validators=[
            InputRequired(_l("Write your e-mail address or choose a username.")),
            Length(max=LONGEST_EMAIL, message=_l("This is too long.")),
        ],
        description=_l("Without a mailbox of your own, choose a username."),
    )


@registration.get("/register")
@public
def new() -> ResponseReturnValue:
    """Show the form."""
    _refuse_while_closed()
    if current_user.is_authenticated:
        return redirect(url_for("dashboard.index"), code=303)
    return _page(RegistrationForm())


@registration.post("/register")
@public
def create() -> ResponseReturnValue:
    """Make an account; whether an address has one already is told to it alone."""
    _refuse_while_closed()
    form = RegistrationForm()
    is_good = form.accepts([form.full_name.data, form.email.data])
    identity = read_identity(form.email.data or "")
    is_good = _has_readable_fields(form, identity) and is_good
    if not is_good:
        return _page(form), UNPROCESSABLE
    with unit_of_work() as session:
        sessions.count_try(session, address=request.remote_addr or "", now=now())
    password_hash = hash_password(form.password.data)
    if not _is_registered_now(form, identity, password_hash):
        if "@" not in identity:
            form.email.errors = [
                *form.email.errors,
                _("Somebody has this username. Choose another one."),
            ]
            return _page(form), UNPROCESSABLE
        _tell_owner(identity)
    flash(_told(identity), "success")
    address = url_for("security.login", next=_next_path())
    return redirect(address, code=303)


@registration.get("/confirm/<token>")
@public
def confirm(token: str) -> str:
    """Ask for the press of a button: programs that follow links confirm nothing."""
    _user_id, email = read_confirmation(token)
    return render_template("account/confirm.html", token=token, email=email)


@registration.post("/confirm/<token>")
@public
def complete(token: str) -> ResponseReturnValue:
    """Note that the mailbox is its owner's."""
    user_id, email = read_confirmation(token)
    with unit_of_work() as session:
        mailboxes.confirm_email(session, user_id=user_id, email=email, now=now())
    flash(_("Your address is confirmed."), "success")
    return redirect(url_for("account.show"), code=303)


def _is_registered_now(
    form: RegistrationForm, identity: str, password_hash: str
) -> bool:
    """Make the account; say no where there is one, or a second press made it."""
    if account_by_identity(reading(), identity=identity) is not None:
        return False
    try:
        _register(form, identity, password_hash)
    except RuleError:
        return False
    return True


def _register(form: RegistrationForm, identity: str, password_hash: str) -> None:
    lang = page_language()
    with unit_of_work() as session:
        user_id = accounts.register_user(
            session,
            identity=identity,
            full_name=form.full_name.data,
            password_hash=password_hash,
            locale=lang,
            now=now(),
            privacy_version=PRIVACY_VERSION,
        )
        if "@" in identity:
            mail = confirmation_mail(
                recipient=identity,
                name=printed_name(form.full_name.data),
                path=confirmation_path(user_id, identity),
                lang=lang,
                now=now(),
            )
            outbox.post(session, mail, now=now())


def _tell_owner(email: str) -> None:
    owner = account_by_identity(reading(), identity=email)
    lang = (owner and owner.locale) or page_language()
    mail = known_address_mail(recipient=email, lang=lang, now=now())
    with unit_of_work() as session:
        outbox.post(session, mail, now=now())


def _told(identity: str) -> str:
    if "@" in identity:
        return _(
            "Now sign in with the password you chose. We have sent a message to "
            "%(email)s; if the address had an account already, it says so.",
            email=identity,
        )
    return _("Now sign in with the username and the password you chose.")


def _has_readable_fields(form: RegistrationForm, identity: str) -> bool:
    is_readable = True
    if identity and not (accounts.is_email(identity) or is_username(identity)):
        message = _(
            "This is neither an e-mail address nor a username. A username has 3 to 64 "
            "letters, digits, dots or hyphens."
        )
        form.email.errors = [*form.email.errors, message]
        is_readable = False
    if form.full_name.data and not printed_name(form.full_name.data):
        form.full_name.errors = [*form.full_name.errors, _("Write your name.")]
        is_readable = False
    return is_readable


def _refuse_while_closed() -> None:
    if not current_app.config["REGISTRATION_OPEN"]:
        raise NotFoundError


def _next_path() -> str | None:
    return local_path(request.values.get("next"), "") or None


def _page(form: RegistrationForm) -> Response:
    g.form_path = request.path
    page = render_template(
        "account/register.html",
        form=form,
        action=url_for("registration.new", next=_next_path()),
        privacy_version=PRIVACY_VERSION,
    )
    return Response(page, mimetype="text/html")
