"""Who may open a page: the door, not the rule. Every route says so, or a test fails."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Actor, Role, holds
from conexx_learn.web.addresses import url_for

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

PERMISSION = "_permission"
"""Attribute of a view that says who may open it."""


def public(view: View[P]) -> View[P]:
    """Mark a view that everybody may open."""
    setattr(view, PERMISSION, "public")
    return view


def requires(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Let in who holds one of the roles; any account is a learner.

    A visitor is sent to sign in and comes back; a script is told 401; an account
    without the role is told that there is no such page.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if not holds(actor(), *roles):
                raise NotFoundError
            return view(*args, **kwargs)

        setattr(guarded, PERMISSION, ",".join(roles))
        return guarded

    return guard


def actor() -> Actor:
    """Return who asks, with the roles that the session's statement brought."""
    if not current_user.is_authenticated:
        return Actor(user_id=None)
    return Actor(user_id=current_user.id, places=current_user.places)


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a visitor to sign in; a POST comes back to the page it came from."""
    if request.is_json:
        return jsonify(error="sign in first"), 401
    wanted = request.full_path if request.method == "GET" else _page_before()
    return redirect(url_for("security.login", next=wanted.rstrip("?")), code=303)


def _page_before() -> str:
    """Name the page that a form of this address stands on: its parent path."""
    return request.path.rsplit("/", 1)[0] or "/"
