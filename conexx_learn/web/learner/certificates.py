"""My certificates, the name on them, and the paper itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.calendar import is_time_to_renew
from conexx_learn.domain.certificates import CertificateState
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped, read_number
from conexx_learn.domain.names import allowed_correction, printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.certification import (
    HeldCertificate,
    certificate_by_number,
    certificates_of,
)
from conexx_learn.queries.learning_cycles import (
    LearningCycle,
    SatisfiedRequirement,
    learning_cycles,
)
from conexx_learn.services import accounts, papers
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import public, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.local_paths import local_path

certificates = Blueprint("certificates", __name__)
MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a learner may do about a certificate that ends.

    Attributes:
        address: Where the button sends, or the course that is under way.
        is_under_way: Whether a new cycle has begun.
        counts_from: Last day of the old certificate, where the new one counts from it.
    """

    address: str
    is_under_way: bool
    counts_from: date | None


@certificates.get("/me/certificates")
@requires(Role.LEARNER)
def index() -> str:
    """List the learner's certificates with today's verdict, and every cycle."""
    held = certificates_of(reading(), user_id=current_user.id, today=today())
    cycles = learning_cycles(reading(), user_id=current_user.id, lang=page_language())
    satisfied = {cycle.number: cycle.satisfied for cycle in cycles}
    newest = _newest(held)
    return render_template(
        "learner/certificates.html",
        certificates=[
            {
                "title": item.claims.titles,
                "claims": item.claims,
                "verdict": item.verdict,
                "number": grouped(item.claims.number),
                "address": url_for(
                    "verification.show", number=grouped(item.claims.number)
                ),
                "paper_address": url_for(
                    "certificates.paper", number=grouped(item.claims.number)
                ),
                "renewal": _renewal(item, cycles) if item in newest else None,
                "satisfied": _plans(satisfied.get(item.claims.number, ())),
            }
            for item in held
        ],
        cycles=cycles,
    )


def _newest(held: Sequence[HeldCertificate]) -> list[HeldCertificate]:
    """Keep of each course the newest certificate that was not replaced."""
    found: dict[str, HeldCertificate] = {}
    for item in held:
        if item.verdict.state is not CertificateState.SUPERSEDED:
            found.setdefault(item.claims.course_slug, item)
    return list(found.values())


def _renewal(item: HeldCertificate, cycles: Sequence[LearningCycle]) -> Renewal | None:
    """Say whether it is time to renew; a course that was withdrawn cannot be."""
    slug, until = item.claims.course_slug, item.claims.valid_until
    ends = item.verdict.is_valid or item.verdict.state is CertificateState.EXPIRED
    of_course = [cycle for cycle in cycles if cycle.course == slug]
    if not (ends and is_time_to_renew(until, today())):
        return None
    if any(cycle.ended_at is None for cycle in of_course):
        return Renewal(url_for("catalogue.show", course=slug), True, None)
    if not any(cycle.is_live for cycle in of_course):
        return None
    counts_from = until if item.verdict.is_valid else None
    return Renewal(url_for("enrolments.create", course=slug), False, counts_from)


def _plans(satisfied: Sequence[SatisfiedRequirement]) -> list[SatisfiedRequirement]:
    """Keep one line of each plan: the learner is told the plan, not its rows."""
    return list({line.plan_id: line for line in satisfied}.values())


@certificates.get("/me/certificates/name")
@requires(Role.LEARNER)
def name() -> str:
    """Show the name exactly as it will be printed."""
    return _name_page(printed_name(current_user.full_name))


@certificates.post("/me/certificates/name")
@requires(Role.LEARNER)
def correct_name() -> ResponseReturnValue:
    """Correct accents, order and capitals; more goes to the manager."""
    proposed = printed_name(request.form.get("full_name", "")[:MOST_CHARACTERS])
    if not allowed_correction(current_user.full_name, proposed):
        error = _(
            "Here you can change accents, order and capitals. For anything more, "
            "write to your training manager."
        )
        return _name_page(proposed, error), 422
    with unit_of_work() as session:
        accounts.correct_name(
            session, user_id=current_user.id, full_name=proposed, now=now()
        )
    flash(_("Your certificates will say: %(name)s", name=proposed), "success")
    return redirect(local_path(request.args.get("next"), "/me/certificates"), code=303)


def _name_page(proposed: str, error: str = "") -> str:
    g.form_path = request.path
    name = printed_name(current_user.full_name)
    return render_template(
        "learner/certificate_name.html",
        name=name,
        proposed=proposed,
        error=error,
        uncovered=papers.uncovered(name),
        next=local_path(request.args.get("next"), "/me/certificates"),
    )


@certificates.get("/certificates/<number>.pdf")
@public
def paper(number: str) -> Response:
    """Give the paper; it answers anyone who has the address."""
    known = read_number(number)
    held = (
        certificate_by_number(reading(), number=known, today=today()) if known else None
    )
    if held is None:
        raise NotFoundError
    origin = current_app.config["PUBLIC_URL"]
    content = papers.certificate_paper(
        held.claims,
        verify_url=f"{origin}/verify/{grouped(held.claims.number)}",
        kept_in=current_app.config["PAPERS"],
    )
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = (
        f'inline; filename="{grouped(held.claims.number)}.pdf"'
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
