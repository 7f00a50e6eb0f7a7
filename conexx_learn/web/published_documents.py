"""Documents for everybody: any site may read them, any cache may keep them."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin


def published_document(body: str | bytes, *, media_type: str, seconds: int) -> Response:
    """Answer with a document that is the same for whoever asks.

    Args:
        body: Its exact bytes.
        media_type: As the format asks for it.
        seconds: How long a copy may be kept.
    """
    response = Response(body, content_type=media_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    response.make_conditional(request)
    return response


class SessionOfOne(SecureCookieSessionInterface):
    """Keeps cookies out of what is for everybody.

    A cache would hand one person's cookie to the next, or keep a copy for each.
    """

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Write the cookie of a session, unless the answer is for everybody."""
        if response.cache_control.public:
            response.headers.remove("Set-Cookie")
            return
        super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Bind the rule to the application."""
    app.session_interface = SessionOfOne()
