"""Sign in and sign out."""

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
from flask_login import current_user
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from conexx_learn.adapters.clock import now
from conexx_learn.domain.accounts import (
    LONGEST_EMAIL,
    PRIVACY_VERSION,
    read_identity,
)
from conexx_learn.queries.accounts import account_by_identity
from conexx_learn.services import accounts, sessions
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web import sign_in
from conexx_learn.web.access import public
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.local_paths import local_path
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.passwords import hash_is_old, hash_password, password_matches

security = Blueprint("security", __name__)
UNPROCESSABLE = 422


class SignInForm(PageForm):
    """Who one is and the proof of it; whether they fit is for the view to say."""

    email = StringField(
        _l("E-mail or username"),
        validators=[
            InputRequired(_l("Write your e-mail address or your username.")),
            Length(max=LONGEST_EMAIL, message=_l("This is too long.")),
        ],
    )
    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Write your password."))]
    )
    shared = BooleanField(_l("This is a shared computer"))


@security.get("/sign-in", endpoint="login")
@public
def new() -> ResponseReturnValue:
    """Ask who one is; who is signed in already goes on."""
    if current_user.is_authenticated:
        return redirect(_next_path(), code=303)
    return _page(SignInForm())


@security.post("/sign-in", endpoint="enter")
@public
def create() -> ResponseReturnValue:
    """Sign in; a wrong password and an unknown account answer alike."""
    form = SignInForm()
    if not form.validate():
        return _page(form), UNPROCESSABLE
    user_id = _known_user(read_identity(form.email.data), form.password.data)
    if user_id is None:
        form.form_errors.append(
            _(
                "The e-mail address or username and the password do not match. "
                "Check both; capitals count in the password."
            )
        )
        return _page(form), UNPROCESSABLE
    sign_in.enter(user_id, shared_computer=form.shared.data)
    return redirect(_next_path(), code=303)


@security.post("/sign-out", endpoint="logout")
@public
def destroy() -> ResponseReturnValue:
    """Sign out; on a shared computer the browser forgets what it keeps of us."""
    is_shared = current_user.is_authenticated and sign_in.on_shared_computer()
    sign_in.leave()
    flash(_("You have signed out."), "success")
    response = redirect(url_for("home.index"), code=303)
    if is_shared:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _known_user(identity: str, password: str) -> int | None:
    """Return whose account this is, or None; as slow for one as for the other."""
    found = account_by_identity(reading(), identity=identity)
    user_id, kept = (found.id, found.password_hash) if found else (None, None)
    # One account has one count, whichever of its names is typed.
    tried = f"user:{user_id}" if user_id else f"identity:{identity}"
    with unit_of_work() as session:
        sessions.count_try(
            session, address=request.remote_addr or "", now=now(), account=tried
        )
    matches = password_matches(password, kept)
    renewed = (
        hash_password(password) if kept and matches and hash_is_old(kept) else None
    )
    with unit_of_work() as session:
        if user_id is None or not matches:
            accounts.note_refusal(session, user_id=user_id, now=now())
            return None
        sessions.forgive_tries(session, account=tried)
        accounts.note_entry(
            session,
            user_id=user_id,
            privacy_version=PRIVACY_VERSION,
            renewed_hash=renewed,
            now=now(),
        )
    return user_id


def _next_path() -> str:
    wanted = request.values.get("next")
    return local_path(wanted, "/" if wanted else url_for("dashboard.index"))


def _page(form: SignInForm) -> Response:
    g.form_path = request.path
    page = render_template(
        "account/sign_in.html",
        form=form,
        action=url_for("security.login", next=request.values.get("next")),
        next_path=request.values.get("next"),
        privacy_version=PRIVACY_VERSION,
    )
    return Response(page, mimetype="text/html")
