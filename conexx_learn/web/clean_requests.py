"""Requests that no page of ours makes are refused at the door.

A database either refuses the sign NUL or cuts the text there; neither is an answer
for a person, so that it never gets that far.
"""

from flask import Flask, abort, request

from conexx_learn.domain.errors import NotFoundError

NUL = "\x00"
FIELDS = "application/x-www-form-urlencoded"
FORMS = frozenset({FIELDS, "multipart/form-data"})
MOST_FIELDS = 1000


def refuse_broken_body() -> None:
    """Refuse a body that breaks off or whose chunks have no size."""
    try:
        request.get_data()
    except OSError:
        abort(400)


def refuse_endless_form() -> None:
    """Refuse a form of more fields than a page has; the parser counts parts only."""
    if request.mimetype == FIELDS and request.get_data().count(b"&") >= MOST_FIELDS:
        abort(413)


def refuse_nul() -> None:
    """Refuse NUL in an address (not found) and in what it carries (bad request).

    A number to verify is read before it is looked up, and a malformed one answers as
    an unknown one does.
    """
    if NUL in request.path and request.blueprint != "verification":
        raise NotFoundError
    carried = list(request.args.values())
    if request.mimetype in FORMS:
        carried += request.form.values()
    if any(NUL in text for text in carried):
        abort(400)


def init_app(app: Flask) -> None:
    """Bind the checks to the application."""
    app.before_request(refuse_broken_body)
    app.before_request(refuse_endless_form)
    app.before_request(refuse_nul)
