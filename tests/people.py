"""People of the tests who sign in by the front door."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.models.accounts import User
from tests.factories import make_user

PASSWORD = "cuatro palabras sin relacion 8"
NEW_PASSWORD = "otra frase con lluvia y tren 3"
PASSWORD_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$lZJyDuE8h5AS4rx37v2/Fw$z/Jsif"
    "v+0mdVuJRs2RiIN/oq1jFteJmG8fl5bBObQss"
)
"""Of PASSWORD, with the settings of the product."""


def make_person(session: Session, **overrides: Any) -> User:
    """Make somebody with a password, kept even when a page ends the transaction."""
    user = make_user(session, **({"password": PASSWORD_HASH} | overrides))
    session.commit()
    return user


def enter(
    client: FlaskClient,
    email: str,
    password: str = PASSWORD,
    path: str = "/sign-in",
    **fields: str,
) -> TestResponse:
    """Send the sign-in form."""
    return client.post(path, data={"email": email, "password": password, **fields})
