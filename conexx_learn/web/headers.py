"""What every answer carries: policies, cache rules, a request id."""

import secrets

from flask import Flask, Response, current_app, g, request

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
YEAR_SECONDS = 365 * 24 * 3600


def begin_request() -> None:
    """Give the request a name for the log and the error page."""
    g.request_id = secrets.token_hex(8)


def add_headers(response: Response) -> Response:
    """Set the policies; a view that set its own keeps it."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers.update(https_promise(current_app))
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = _cache_rule()
    return response


def https_promise(app: Flask) -> dict[str, str]:
    """Return the header that binds a browser to https; none on plain http."""
    if not app.config["HSTS"]:
        return {}
    rule = f"max-age={YEAR_SECONDS}; includeSubDomains"
    return {"Strict-Transport-Security": rule}


def _cache_rule() -> str:
    if request.path.startswith(("/account", "/sign-in", "/institutions", "/admin")):
        return "no-store"
    return "private, no-cache"


def init_app(app: Flask) -> None:
    """Bind the headers to the application."""
    app.before_request(begin_request)
    app.after_request(add_headers)
