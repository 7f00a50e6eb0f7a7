"""How an institution sees who signs in with what: as it typed it, until they answer.

An account that stands in for one from elsewhere has neither its address nor its
username; the institution sees those that it typed, as it would of anybody new.
"""

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from conexx_learn.models.accounts import User
from conexx_learn.models.requests import Admission

_OF_USER = Admission.user_id == User.id

SHOWN_EMAIL: ColumnElement[str | None] = func.coalesce(
    User.email,
    select(Admission.email).where(_OF_USER).correlate(User).scalar_subquery(),
)
"""Selects the address of an account as an institution sees it."""

STANDS_IN = and_(
    # Two columns at hand spare nearly every row the look at another table.
    User.email.is_(None),
    User.password.is_(None),
    exists().where(_OF_USER).correlate(User),
)
"""Says whether an account stands in for one from elsewhere."""

SHOWN_USERNAME: ColumnElement[str | None] = case(
    (
        STANDS_IN,
        select(Admission.username).where(_OF_USER).correlate(User).scalar_subquery(),
    ),
    else_=User.username,
)
"""Selects the username of an account as an institution sees it."""
