"""My certificates, the name on them, and the paper itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import (
    Blueprint,
    Response,
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
from conexx_learn.domain.certificate_life import open_request
from conexx_learn.domain.certificates import CertificateState, EventKind
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped, read_number
from conexx_learn.domain.names import allowed_correction, printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.certification import (
    HeldCertificate,
    certificates_of,
)
from conexx_learn.queries.correction_requests import (
    CorrectionRequest,
    correction_requests,
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
from conexx_learn.web.paper_files import paper_response

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
    newest, requests = _newest(held), _requests(held)
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
                "own_address": url_for(
                    "certificate_choices.show", number=grouped(item.claims.number)
                ),
                "renewal": _renewal(item, cycles) if item in newest else None,
                "satisfied": _plans(satisfied.get(item.claims.number, ())),
                "request": requests.get(item.claims.number),
                "correction_address": correction_address(item),
            }
            for item in held
        ],
        cycles=cycles,
    )


def _requests(held: Sequence[HeldCertificate]) -> dict[str, CorrectionRequest]:
    """Return what was asked to be corrected; no statement for who never asked."""
    asked = any(
        event.kind is EventKind.CORRECTION_ASKED
        for item in held
        for event in item.events
    )
    if not asked:
        return {}
    return correction_requests(reading(), user_id=current_user.id)


def correction_address(item: HeldCertificate) -> str | None:
    """Say where a correction is asked for; None where nothing can be corrected."""
    ended = {CertificateState.REVOKED, CertificateState.SUPERSEDED}
    if item.verdict.state in ended or open_request(item.events) is not None:
        return None
    number = grouped(item.claims.number)
    return url_for("certificate_corrections.new", number=number)


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
    """Give the paper; it answers anyone who has the address, if the name is shown."""
    known = read_number(number)
    if known is None:
        raise NotFoundError
    return paper_response(known)
