"""Who is signed in: the cookie's opaque id, its session, and what follows from it."""

import secrets

from flask import Flask, Response, current_app, g, request, session
from flask_login import LoginManager, UserMixin
from flask_security import Security, UserDatastore
from sqlalchemy.exc import SQLAlchemyError

from conexx_learn.adapters.clock import now
from conexx_learn.domain.accounts import (
    MAILED_RESET_TERM,
    SEEN_INTERVAL,
    SHORTEST_PASSWORD,
    token_hash,
)
from conexx_learn.queries import accounts
from conexx_learn.services import sessions
from conexx_learn.services.audit import Origin, origin
from conexx_learn.services.unit_of_work import reading, unit_of_work

COOKIE_ID = "sid"
"""Key of the opaque session id in the signed cookie."""

CSRF_KEYS = ("csrf_token",)
KEPT_AT_SIGN_IN = ("read",)
"""What the cookie of a visitor keeps when they sign in."""

SETTINGS: dict[str, object] = {
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_REGISTER_URL": "/account/register",
    "SECURITY_CONFIRM_URL": "/account/confirm",
    "SECURITY_RESET_URL": "/account/reset",
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_RESET_PASSWORD_WITHIN": MAILED_RESET_TERM,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    "SECURITY_PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "ID",
        "argon2__memory_cost": 19 * 1024,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    "SECURITY_DATETIME_FACTORY": now,
    # The product has its own commands and pages for these.
    "SECURITY_CLI_USERS_NAME": "",
    "SECURITY_CLI_ROLES_NAME": "",
    # The cookie is written when its content changes, not with every answer.
    "SESSION_REFRESH_EACH_REQUEST": False,
    # The session in the database is what counts, not the browser's name.
    "SESSION_PROTECTION": None,
}


class SignedIn(UserMixin):
    """Who is signed in, as pages ask for them; a value apart from the database."""

    def __init__(self, found: accounts.OpenSession) -> None:
        self.id = found.user_id
        self.full_name = found.full_name
        self.email = found.email
        self.locale = found.locale
        self.places = found.places
        self.managed = found.managed
        self.extra_time_percent = found.extra_time_percent
        self.is_asked = found.is_asked


def init_app(app: Flask, datastore: UserDatastore) -> None:
    """Bind accounts and sessions to the application."""
    app.config.from_mapping(SETTINGS)
    app.config["SECURITY_REGISTERABLE"] = app.config["REGISTRATION_OPEN"]
    security = Security(app, datastore, register_blueprint=False)
    # It would ask for the user before every request, also where nobody is needed.
    security.principal.identity_loaders.clear()
    login_manager: LoginManager = security.login_manager
    login_manager.user_loader(_nobody)
    login_manager.request_loader(_user_of_request)
    app.before_request(_note_origin)
    app.after_request(_keep_nothing_on_shared_computers)
    app.after_request(_note_use)
    app.teardown_request(_forget_origin)
    app.context_processor(_page_values)


def enter(user_id: int, *, shared_computer: bool = False) -> None:
    """Sign somebody in, in this browser, under a new session id."""
    _note_origin(user_id)
    token, before = secrets.token_urlsafe(32), session.get(COOKIE_ID)
    with unit_of_work() as work:
        former_id = sessions.open_session(
            work,
            user_id=user_id,
            token=token,
            shared_computer=shared_computer,
            user_agent=request.headers.get("User-Agent", ""),
            now=now(),
            replaces=before,
        )
    # Who comes back after a session has run out still has pages open: their forms
    # stay good. For anybody else the forms of before are void.
    keys = KEPT_AT_SIGN_IN + (CSRF_KEYS if former_id == user_id else ())
    _begin_cookie(keys)
    session[COOKIE_ID] = token
    session.permanent = not shared_computer


def leave() -> None:
    """Sign out in this browser: the session is gone, and its cookie empty."""
    token = session.get(COOKIE_ID)
    if token is not None:
        with unit_of_work() as work:
            sessions.end_session(work, token=token, now=now())
    _begin_cookie(())


def on_shared_computer() -> bool:
    """Say whether the session of this request is one on a shared computer."""
    return bool(g.get("shared_computer", False))


def _begin_cookie(keys: tuple[str, ...]) -> None:
    kept = {key: session[key] for key in keys if key in session}
    session.clear()
    session.update(kept)
    g.pop("csrf_token", None)
    _forget_user()


def _forget_user() -> None:
    """Let the next look at `current_user` read the session anew."""
    g.pop("_login_user", None)
    g.pop("shared_computer", None)


def forget_person() -> None:
    """Make the rest of this request one of a visitor, without asking the database."""
    reading().rollback()
    _forget_user()
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined] # noqa: SLF001 (the extension keeps the person there)
    g.use_is_old = False


def _nobody(_user_id: str) -> None:
    """Find nobody by the library's own cookie key, which we never write."""


def _user_of_request(_request: object) -> UserMixin | None:
    """Return who is signed in, with their places; one statement, on first use."""
    token = session.get(COOKIE_ID)
    if token is None:
        return None
    found = accounts.open_session(reading(), token_hash=token_hash(token), now=now())
    if found is None:
        return None
    g.timezone, g.country = found.timezone, found.country
    g.shared_computer = found.shared_computer
    g.use_is_old = found.last_seen_at <= now() - SEEN_INTERVAL
    _note_origin(found.user_id)
    return SignedIn(found)


def _note_origin(user_id: int | None = None) -> None:
    """Let the audit trail know where the acts of this request come from."""
    origin.set(Origin(user_id, request.remote_addr or "", g.get("request_id", "")))


def _forget_origin(_error: BaseException | None) -> None:
    origin.set(Origin())


def _note_use(response: Response) -> Response:
    """Write that the session is in use, at most every five minutes."""
    token = session.get(COOKIE_ID)
    if token is not None and g.get("use_is_old", False):
        try:
            with unit_of_work() as work:
                sessions.mark_seen(work, token=token, now=now())
        except SQLAlchemyError as error:
            # The answer is made; a busy database is no reason to lose it.
            current_app.logger.warning("use not noted: %s", type(error).__name__)
    return response


def _keep_nothing_on_shared_computers(response: Response) -> Response:
    if on_shared_computer():
        response.headers["Cache-Control"] = "no-store"
    return response


class _SharedComputer:
    """Says, when a template asks, whether others use this machine."""

    def __bool__(self) -> bool:
        return on_shared_computer()


def _page_values() -> dict[str, object]:
    return {"shared_computer": _SharedComputer()}
