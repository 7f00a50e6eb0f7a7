"""Anyone verifies a certificate: by its number, without an account."""

from babel import Locale
from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.identifiers import grouped, read_number
from conexx_learn.queries.certification import (
    HeldCertificate,
    certificate_by_number,
    neighbours,
)
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.limits import count_miss

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
        return _uncached(Response(page, status=NOT_FOUND, mimetype="text/html"))
    return _uncached(Response(_page(held), mimetype="text/html"))


def _uncached(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-cache"
    return response


def verify_url(number: str) -> str:
    """Return the absolute address of a number's page, from the configured origin."""
    return f"{current_app.config['PUBLIC_URL']}/verify/{grouped(number)}"


def _page(held: HeldCertificate) -> str:
    claims = held.claims
    names = Locale.parse(page_language()).territories
    around = neighbours(reading(), number=claims.number)
    return render_template(
        "public/verification.html",
        claims=claims,
        verdict=held.verdict,
        checked_at=now(),
        number=grouped(claims.number),
        verify_url=verify_url(claims.number),
        country=names.get(claims.issuer.country, claims.issuer.country),
        events=sorted(held.events, key=lambda event: event.at),
        successor=around.successor,
        predecessor=around.predecessor,
        holder_hidden=False,
        show_score=False,
        downloads=[(_("The paper, as PDF"), _paper_address(claims.number))],
        checks=[],
    )


def _paper_address(number: str) -> str:
    return url_for("certificates.paper", number=grouped(number))
