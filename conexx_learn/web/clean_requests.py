"""Requests with signs that no keyboard makes are refused at the door.

A database either refuses the sign NUL or cuts the text there; neither is an answer
for a person, so that it never gets that far.
"""

from flask import Flask, abort, request

from conexx_learn.domain.errors import NotFoundError

NUL = "\x00"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


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
    """Bind the check to the application."""
    app.before_request(refuse_nul)
