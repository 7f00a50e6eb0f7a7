"""Secrets in links by mail: signed, short-lived, bound to what they open."""

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from conexx_learn.domain.accounts import (
    INVITATION_TERM,
    MAILED_RESET_TERM,
    token_hash,
)
from conexx_learn.domain.errors import CodeSpentError
from conexx_learn.queries.accounts import Account, account
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.addresses import url_for


def confirmation_path(user_id: int, email: str) -> str:
    """Return the path that confirms an address for an account; it lasts seven days.

    It dies when the account gets another address by another link: an old link does
    not bring an old address back.
    """
    found = account(reading(), user_id=user_id)
    token = _serializer("confirm").dumps([user_id, email, _mail_state(found)])
    return url_for("registration.confirm", token=token)


def read_confirmation(token: str) -> tuple[int, str]:
    """Return whose account a link confirms, and the address.

    Raises:
        CodeSpentError: Not ours, too old, or overtaken by another address.
    """
    content = _content("confirm", token, INVITATION_TERM.total_seconds())
    user_id, email, state = int(content[0]), str(content[1]), content[2]
    found = account(reading(), user_id=user_id)
    if found is None or (found.email != email and _mail_state(found) != state):
        raise CodeSpentError
    return user_id, email


def _mail_state(found: Account | None) -> str:
    """Say which address an account has, and whether it was confirmed."""
    if found is None:
        return token_hash("")
    return token_hash(f"{found.email or ''} {found.has_confirmed}")


def reset_path(user_id: int, password_hash: str | None) -> str:
    """Return the path to a new password; it dies with the password of today."""
    token = _serializer("reset").dumps([user_id, token_hash(password_hash or "")])
    return url_for("recovery.edit", token=token)


def read_reset(token: str) -> Account:
    """Return whose password a link may set anew.

    Raises:
        CodeSpentError: Not ours, used, or older than an hour.
    """
    content = _content("reset", token, MAILED_RESET_TERM.total_seconds())
    found = account(reading(), user_id=int(content[0]))
    if found is None or token_hash(found.password_hash or "") != content[1]:
        raise CodeSpentError
    return found


def _content(purpose: str, token: str, max_age: float) -> list[Any]:
    try:
        content: list[Any] = _serializer(purpose).loads(token, max_age=int(max_age))
    except BadSignature as error:
        raise CodeSpentError from error
    return content


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    """Return the signer that Flask-Security made for a purpose."""
    security = current_app.extensions["security"]
    serializer: URLSafeTimedSerializer = getattr(security, f"{purpose}_serializer")
    return serializer
