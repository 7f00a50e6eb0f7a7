"""My account: name, language, address, password, sessions, erasure."""

from collections.abc import Callable

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
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.accounts import read_identity, token_hash
from conexx_learn.domain.messages import Message
from conexx_learn.domain.names import allowed_correction, printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.accounts import (
    Account,
    account_by_identity,
    sessions_of,
)
from conexx_learn.queries.accounts import account as account_of
from conexx_learn.queries.memberships import managed_institutions
from conexx_learn.services import accounts, outbox, sessions
from conexx_learn.services.certificate_erasure import sweep_papers
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web import sign_in
from conexx_learn.web.access import actor, requires
from conexx_learn.web.account.account_forms import (
    EmailForm,
    ErasureForm,
    LanguageForm,
    NameForm,
    PasswordForm,
)
from conexx_learn.web.account.links import confirmation_path
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.mails import (
    absolute,
    confirmation_mail,
    email_changed_mail,
    known_address_mail,
    password_changed_mail,
)
from conexx_learn.web.own_password import is_own_password
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.passwords import hash_password
from conexx_learn.web.signed_links import calendar_path

account = Blueprint("account", __name__, url_prefix="/account")
UNPROCESSABLE = 422


@account.get("")
@requires(Role.LEARNER)
def show() -> Response:
    """Show the account with one form a matter."""
    return _page()


@account.post("/name")
@requires(Role.LEARNER)
def correct_name() -> ResponseReturnValue:
    """Correct the name within what its holder may change alone."""
    form = NameForm(prefix="name")
    proposed = printed_name(form.full_name.data or "")
    is_good = form.validate()
    if is_good and not allowed_correction(current_user.full_name, proposed):
        message = _(
            "Here you can change accents, order and capitals. For anything more, "
            "write to your training manager."
        )
        form.full_name.errors = [message]
        is_good = False
    if not is_good:
        return _page(name=form), UNPROCESSABLE
    with unit_of_work() as session:
        accounts.correct_name(
            session, user_id=current_user.id, full_name=proposed, now=now()
        )
    return _back(_("Your name is saved."))


@account.post("/language")
@requires(Role.LEARNER)
def choose_language() -> ResponseReturnValue:
    """Keep the language."""
    form = LanguageForm(prefix="language")
    if not form.validate():
        return _page(language=form), UNPROCESSABLE
    with unit_of_work() as session:
        accounts.choose_locale(
            session, user_id=current_user.id, locale=form.locale.data
        )
    response = redirect(url_for("account.show", lang=form.locale.data), code=303)
    flash(_("Your language is saved."), "success")
    return response


@account.post("/email")
@requires(Role.LEARNER)
def change_email() -> ResponseReturnValue:
    """Send a link to the new address; it counts once its owner has confirmed it."""
    form = EmailForm(prefix="email")
    email = read_identity(form.email.data or "")
    is_good = form.validate() and is_own_password(form.current_password)
    if is_good and not accounts.is_email(email):
        form.email.errors = [
            _("Write the whole address, such as ana@xaltepec.example.")
        ]
        is_good = False
    if not is_good:
        return _page(email=form), UNPROCESSABLE
    me = _me()
    taken = account_by_identity(reading(), identity=email)
    with unit_of_work() as session:
        if taken is None or taken.id == me.id:
            mail = confirmation_mail(
                recipient=email,
                name=me.full_name,
                path=confirmation_path(me.id, email),
                lang=page_language(),
                now=now(),
            )
        else:
            # Nobody learns from here who has an account.
            mail = known_address_mail(
                recipient=email, lang=taken.locale or page_language(), now=now()
            )
        outbox.post(session, mail, now=now())
        if me.email and me.email != email:
            outbox.post(session, _to_old_address(me), now=now())
    return _back(
        _("We have sent a message to %(email)s. Confirm it there.", email=email)
    )


@account.post("/password")
@requires(Role.LEARNER)
def change_password() -> ResponseReturnValue:
    """Change the password; this browser goes on, all others are signed out."""
    form = PasswordForm(prefix="password")
    me = _me()
    names = [me.full_name, me.email, me.username]
    if not (form.accepts(names) and is_own_password(form.current_password)):
        return _page(password=form), UNPROCESSABLE
    password_hash = hash_password(form.password.data)
    with unit_of_work() as session:
        accounts.change_password(
            session, user_id=me.id, password_hash=password_hash, now=now()
        )
        if me.email:
            mail = password_changed_mail(
                recipient=me.email,
                name=me.full_name,
                lang=me.locale or page_language(),
                now=now(),
            )
            outbox.post(session, mail, now=now())
    sign_in.enter(me.id, shared_computer=sign_in.on_shared_computer())
    return _back(_("Your password has changed. Your other sessions have ended."))


@account.post("/sessions/end")
@requires(Role.LEARNER)
def end_session() -> ResponseReturnValue:
    """End one of one's sessions."""
    with unit_of_work() as session:
        sessions.end_one_session(
            session,
            user_id=current_user.id,
            stored_hash=request.form.get("session", ""),
            now=now(),
        )
    return _back(_("The session has ended."))


@account.post("/sessions/end-others")
@requires(Role.LEARNER)
def end_other_sessions() -> ResponseReturnValue:
    """End all sessions but this one."""
    with unit_of_work() as session:
        sessions.end_other_sessions(
            session,
            user_id=current_user.id,
            but=cookie.get(sign_in.COOKIE_ID),
            now=now(),
        )
    return _back(_("Your other sessions have ended."))


@account.post("/erasure")
@requires(Role.LEARNER)
def erase() -> ResponseReturnValue:
    """Erase the account; the register keeps its certificates without the holder."""
    form = ErasureForm(prefix="erasure")
    if not (form.validate() and is_own_password(form.current_password)):
        return _page(erasure=form), UNPROCESSABLE
    with unit_of_work() as session:
        accounts.erase_account(session, user_id=current_user.id, now=now())
    sweep_papers(kept_in=current_app.config["PAPERS"])
    sign_in.leave()
    flash(_("Your account is erased."), "success")
    return redirect(url_for("home.index"), code=303)


def _me() -> Account:
    found = account_of(reading(), user_id=current_user.id)
    if found is None:
        raise AssertionError("who is signed in has an account")
    return found


def _to_old_address(me: Account) -> Message:
    return email_changed_mail(
        recipient=me.email or "",
        name=me.full_name,
        lang=me.locale or page_language(),
        now=now(),
    )


def _back(told: str) -> ResponseReturnValue:
    flash(told, "success")
    return redirect(url_for("account.show"), code=303)


def _page(**tried: PageForm) -> Response:
    """Render the page; a form that was refused comes back as it was filled in."""
    g.form_path = url_for("account.show")
    me = _me()
    forms: dict[str, Callable[[], PageForm]] = {
        "name": lambda: NameForm(None, prefix="name", full_name=me.full_name),
        "language": lambda: LanguageForm(
            None, prefix="language", locale=me.locale or page_language()
        ),
        "email": lambda: EmailForm(None, prefix="email", email=me.email),
        "password": lambda: PasswordForm(None, prefix="password"),
        "erasure": lambda: ErasureForm(None, prefix="erasure"),
    }
    shown = {key: tried[key] if key in tried else make() for key, make in forms.items()}
    page = render_template(
        "account/account.html",
        me=me,
        forms=shown,
        refused=next(iter(tried.values()), None),
        sessions=sessions_of(reading(), user_id=me.id, now=now()),
        this_session=token_hash(cookie.get(sign_in.COOKIE_ID, "")),
        managed=managed_institutions(reading(), actor=actor()),
        calendar=absolute(calendar_path(me.id, me.calendar_edition)),
    )
    return Response(page, mimetype="text/html")
