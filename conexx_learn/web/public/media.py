"""Images and PDFs of published courses, under the hash of their content."""

from flask import Blueprint, Response

from conexx_learn.queries.catalogue import media_file
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public

media = Blueprint("media", __name__)
FOREVER = "public, max-age=31536000, immutable"


@media.get("/media/<digest>.<ending>")
@public
def show(digest: str, ending: str) -> Response:  # noqa: ARG001 (the ending is for people)
    """Give a file; whatever it holds can neither run nor reach out."""
    mime, content = media_file(reading(), sha256=digest)
    response = Response(content, mimetype=mime)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    )
    return response
