"""Anyone verifies a certificate: by its number, without an account."""

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.identifiers import read_number
from conexx_learn.queries.certification import certificate_by_number
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.addresses import url_for
from conexx_learn.web.limits import count_miss
from conexx_learn.web.public.register_page import certificate_page

verification = Blueprint("verification", __name__)
NOT_FOUND = 404


@verification.get("/verify")
@public
def index() -> ResponseReturnValue:
    """Show the form; with a number, lead to its page."""
    entry = request.args.get("number", "").strip()[:64]
    if entry:
        return redirect(url_for("verification.show", number=entry), code=303)
    return render_template("public/verify.html", entry="")


@verification.get("/verify/<number>")
@verification.get("/v/<number>", endpoint="show_short")
@verification.get("/verificar/<number>", endpoint="show_spanish")
@public
def show(number: str) -> ResponseReturnValue:
    """Answer a number: the verdict, then everything that the paper says.

    A number that is malformed and one that is unknown answer alike, and only these
    count against the limit: who verifies a true certificate never waits.
    """
    known = read_number(number)
    # A malformed number is looked up too, so that both take the same time.
    held = certificate_by_number(reading(), number=known or "?" * 12, today=today())
    if held is None:
        count_miss("verify")
        page = render_template(
            "public/verification.html", claims=None, verdict=None, checked_at=now()
        )
        return uncached(Response(page, status=NOT_FOUND, mimetype="text/html"))
    return uncached(Response(certificate_page(held), mimetype="text/html"))


def uncached(response: Response) -> Response:
    """Let nobody keep or index an answer: it may be another one tomorrow."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-cache"
    return response
