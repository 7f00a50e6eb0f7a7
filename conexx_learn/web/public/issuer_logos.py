"""The logo of who certifies, as it stands beside the issuer file."""

import re

from flask import Blueprint, Response

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.web.access import public
from conexx_learn.web.issuer_logo import logo_named

issuer_logos = Blueprint("issuer_logos", __name__)
NAME = re.compile(r"[\w.-]{1,100}")


@issuer_logos.get("/issuer/<name>.svg")
@public
def show(name: str) -> Response:
    """Give a logo; whatever it holds can neither run nor reach out."""
    logo = logo_named(f"{name}.svg") if NAME.fullmatch(name) else None
    if logo is None:
        raise NotFoundError
    response = Response(logo, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    )
    return response
