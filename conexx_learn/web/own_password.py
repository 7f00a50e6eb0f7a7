"""The password of today, asked again before what is not easily undone."""

from flask import request
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import PasswordField
from wtforms.validators import InputRequired

from conexx_learn.adapters.clock import now
from conexx_learn.queries.accounts import account
from conexx_learn.services import sessions
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.language import gettext as _
from conexx_learn.web.passwords import password_matches


def password_asked_again() -> PasswordField:
    """Make the field of a form."""
    return PasswordField(
        _l("Your current password"),
        validators=[InputRequired(_l("Write your password."))],
    )


def is_own_password(field: PasswordField) -> bool:
    """Say whether the password is that of who is signed in; tries count as at the door.

    The field says it where it is not.
    """
    me, tried = account(reading(), user_id=current_user.id), f"user:{current_user.id}"
    with unit_of_work() as session:
        sessions.count_try(
            session, address=request.remote_addr or "", now=now(), account=tried
        )
    if not password_matches(field.data, me.password_hash if me else None):
        field.errors = [_("This is not your password.")]
        return False
    with unit_of_work() as session:
        sessions.forgive_tries(session, account=tried)
    return True
