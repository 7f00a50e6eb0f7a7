"""The messages that would be sent, readable on this machine alone."""

from flask import Blueprint, Response, current_app, render_template, request

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.queries.post_box import kept_mail, newest_mails
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public

post_box = Blueprint("post_box", __name__, url_prefix="/dev/mail")
THIS_MACHINE = frozenset({"127.0.0.1", "::1"})


@post_box.get("")
@public
def index() -> Response:
    """List the messages, the newest first."""
    _refuse_elsewhere()
    return _uncached(
        render_template("public/post_box.html", mails=newest_mails(reading()))
    )


@post_box.get("/<id:mail_id>")
@public
def show(mail_id: int) -> Response:
    """Show one message."""
    _refuse_elsewhere()
    mail = kept_mail(reading(), mail_id=mail_id)
    if mail is None:
        raise NotFoundError
    return _uncached(render_template("public/mail.html", mail=mail))


def _refuse_elsewhere() -> None:
    """Open only on a loopback site, to this machine, where nothing is really sent."""
    settings = current_app.config
    is_kept_here = settings["DEMO"] or not settings["MAIL_URL"]
    is_here = settings["IS_LOOPBACK"] and request.remote_addr in THIS_MACHINE
    if not (is_kept_here and is_here):
        raise NotFoundError


def _uncached(page: str) -> Response:
    response = Response(page, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response
