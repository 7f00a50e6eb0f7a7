"""Addresses that open without a session because nobody else can know them."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.web.addresses import url_for

OPTIONAL_MAIL = "optional-mail"
CALENDAR = "calendar"


def optional_mail_path(user_id: int) -> str:
    """Return where somebody gives up mail that nobody requires; it lasts for ever."""
    signed = _signer(OPTIONAL_MAIL).dumps(user_id)
    return url_for("optional_mail.edit", signed=signed)


def read_optional_mail(signed: str) -> int:
    """Return whose mail an address is about.

    Raises:
        NotFoundError: It is not ours.
    """
    match _content(OPTIONAL_MAIL, signed):
        case int(user_id):
            return user_id
    raise NotFoundError


def calendar_path(user_id: int, edition: int) -> str:
    """Return the secret address of somebody's calendar; the next edition ends it."""
    signed = _signer(CALENDAR).dumps([user_id, edition])
    return url_for("calendars.show", signed=signed)


def read_calendar(signed: str) -> tuple[int, int]:
    """Return whose calendar an address is, and its edition.

    Raises:
        NotFoundError: It is not ours.
    """
    match _content(CALENDAR, signed):
        case [int(user_id), int(edition)]:
            return user_id, edition
    raise NotFoundError


def _content(purpose: str, signed: str) -> object:
    try:
        content: object = _signer(purpose).loads(signed)
    except BadSignature as error:
        raise NotFoundError from error
    return content


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=purpose)
