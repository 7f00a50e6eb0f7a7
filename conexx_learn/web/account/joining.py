"""An invitation, or a code for a new password: taken once, without any mail."""

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
from wtforms import StringField
from wtforms.validators import Length, Optional

from conexx_learn.adapters.clock import now
from conexx_learn.domain.accounts import (
    LONGEST_USERNAME,
    PRIVACY_VERSION,
    is_link_token,
    is_username,
    read_identity,
)
from conexx_learn.domain.identifiers import read_code
from conexx_learn.queries.accounts import OpenCode, account_by_identity, open_code
from conexx_learn.services import access_codes, sessions
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web import sign_in
from conexx_learn.web.access import public
from conexx_learn.web.account.new_passwords import NewPasswordForm
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.passwords import hash_password

joining = Blueprint("joining", __name__)
NOT_FOUND, UNPROCESSABLE = 404, 422
LONGEST_CODE = 64


class JoiningForm(NewPasswordForm):
    """A password, and for who has no mailbox a username to remember."""

    username = StringField(
        _l("Username"),
        validators=[
            Optional(),
            Length(max=LONGEST_USERNAME, message=_l("This is too long.")),
        ],
        description=_l("With it you sign in. You may keep this one or choose another."),
    )


@joining.get("/join")
@public
def index() -> ResponseReturnValue:
    """Ask for the code; with one, lead to its page."""
    entry = request.args.get("code", "").strip()[:LONGEST_CODE]
    if entry:
        return redirect(url_for("joining.show", code=entry), code=303)
    return _entry_page("", "")


@joining.get("/join/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Show what the code opens; one that opens nothing is asked for again."""
    opened = _opened(code)
    if opened is None:
        return _spent(code)
    if opened.admission_id is not None and _is_for_owner(opened, code):
        return _to_answer(opened.admission_id)
    return _page(JoiningForm(username=opened.username), opened, code)


@joining.post("/join/<code>")
@public
def create(code: str) -> ResponseReturnValue:
    """Take the code: the account has its password, and its owner is signed in."""
    opened = _opened(code)
    if opened is None:
        return _spent(code)
    form = JoiningForm()
    is_good = form.accepts([opened.full_name, opened.institution, form.username.data])
    if not (_has_free_username(form, opened) and is_good):
        return _page(form, opened, code), UNPROCESSABLE
    if opened.admission_id is not None:
        # Who stands in for an account from elsewhere never has a password.
        return _to_answer(opened.admission_id)
    password_hash = hash_password(form.password.data)
    with unit_of_work() as session:
        user_id = access_codes.take_code(
            session,
            entry=code,
            password_hash=password_hash,
            username=_chosen_username(form, opened),
            privacy_version=PRIVACY_VERSION,
            now=now(),
        )
    sign_in.enter(user_id)
    flash(_("Your account is ready. You are signed in."), "success")
    return redirect(url_for("dashboard.index"), code=303)


def _opened(code: str) -> OpenCode | None:
    """Look a code up; a miss counts against the address that asks.

    Who has missed too often is refused before the code is looked up: otherwise the
    right one would still stand out among the refusals.
    """
    moment, address = now(), request.remote_addr or ""
    sessions.refuse_guessing(reading(), address=address, now=moment)
    found = open_code(reading(), code_hash=access_codes.code_hash(code), now=moment)
    if found is None:
        with unit_of_work() as session:
            sessions.count_try(session, address=address, now=moment)
    return found


def _is_for_owner(opened: OpenCode, code: str) -> bool:
    """Say whether the page may tell that there is an account already.

    A link came by the mailbox of its owner. A code on paper is in other hands first:
    its page looks as any other, until the owner is signed in.
    """
    owner = current_user.id if current_user.is_authenticated else None
    return is_link_token(code) or owner == opened.owner_id


def _to_answer(admission_id: int) -> ResponseReturnValue:
    return redirect(url_for("admissions.show", admission_id=admission_id), code=303)


def _chosen_username(form: JoiningForm, opened: OpenCode) -> str | None:
    """Return another username than the one given, if one was chosen."""
    chosen = read_identity(form.username.data or "")
    is_theirs_to_choose = not opened.email and chosen != opened.username
    return chosen if chosen and is_theirs_to_choose else None


def _has_free_username(form: JoiningForm, opened: OpenCode) -> bool:
    chosen = _chosen_username(form, opened)
    if chosen is None:
        return True
    problem = ""
    if not is_username(chosen):
        problem = _("A username has 3 to 64 letters, digits, dots or hyphens.")
    elif account_by_identity(reading(), identity=chosen) is not None:
        problem = _("Somebody has this username. Choose another one.")
    if problem:
        form.username.errors = [*form.username.errors, problem]
    return not problem


def _spent(code: str) -> ResponseReturnValue:
    error = _("This code was used, has run out, or is mistyped. Ask for a new one.")
    entry = code if read_code(code) else code[:LONGEST_CODE]
    return _entry_page(entry, error), NOT_FOUND


def _entry_page(entry: str, error: str) -> Response:
    page = render_template("account/join.html", entry=entry, error=error)
    return Response(page, mimetype="text/html")


def _page(form: JoiningForm, opened: OpenCode, code: str) -> Response:
    g.form_path = request.path
    page = render_template(
        "account/join_code.html",
        form=form,
        opened=opened,
        action=url_for("joining.show", code=code),
        offers_sign_in=opened.purpose == "invitation"
        and not current_user.is_authenticated,
        privacy_version=PRIVACY_VERSION,
    )
    return Response(page, mimetype="text/html")
