"""The register of certificates for the coordination: found, read, acted on."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.certificates import CertificateState
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped, read_number
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.certificate_desk import (
    RegisterRow,
    register_page,
    waiting_certificates,
)
from conexx_learn.queries.certificate_dossier import Dossier, certificate_dossier
from conexx_learn.queries.certification import neighbours
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.admin.certificate_act_words import ActWords, act_words
from conexx_learn.web.admin.certificate_acts import (
    ACTS,
    Form,
    possible_acts,
    proposal_of,
    request_of,
)
from conexx_learn.web.certificate_mails import tell_certificate_event
from conexx_learn.web.certificate_words import (
    event_shape,
    event_word,
    reason_words,
    state_shape,
    state_word,
)
from conexx_learn.web.language import gettext as _
from conexx_learn.web.question_pages import ON_A_PAGE, ListPages

certificate_desk = Blueprint(
    "certificate_desk", __name__, url_prefix="/admin/certificates"
)
UNPROCESSABLE = 422
SHOWN_STATES = tuple(
    state for state in CertificateState if state is not CertificateState.UNKNOWN
)


@certificate_desk.get("")
@requires(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """List what waits for a decision, then the register; three statements.

    A whole number leads to its certificate.
    """
    query = request.args.get("q", "").strip()[:200]
    number = read_number(query)
    if number and certificate_dossier(reading(), number=number, today=today()):
        address = url_for("certificate_desk.show", number=grouped(number))
        return redirect(address, code=303)
    state = _asked_state()
    found = register_page(
        reading(),
        query=query,
        state=state,
        today=today(),
        page=request.args.get("page", 1, type=int),
        size=ON_A_PAGE,
    )
    return render_template(
        "admin/certificates.html",
        waiting=waiting_certificates(reading(), today=today()),
        rows=[(row, *_stands(row)) for row in found.rows],
        count=found.count,
        pages=ListPages.asked_for(
            found.count, lambda number: _address(query, state, number)
        ),
        query=query,
        state=state,
        states=[(one.value, state_word(one)) for one in SHOWN_STATES],
    )


@certificate_desk.get("/<number>")
@requires(Role.COORDINATOR)
def show(number: str) -> str:
    """Show one certificate with everything that happened to it; two statements."""
    dossier = _dossier(number)
    around = neighbours(reading(), number=dossier.claims.number)
    verdict = dossier.verdict
    return render_template(
        "admin/certificate.html",
        dossier=dossier,
        claims=dossier.claims,
        number=grouped(dossier.claims.number),
        standing_=(state_shape(verdict.state), state_word(verdict.state)),
        reason=reason_words(verdict.reason),
        proposal=proposal_of(dossier),
        wish=request_of(dossier),
        acts=[(name, act_words(name, dossier)) for name in possible_acts(dossier)],
        is_own=dossier.holder_id == current_user.id,
        is_proposer=_is_proposer(dossier),
        events=[
            (one, event_shape(one.kind), event_word(one.kind), reason_words(one.reason))
            for one in reversed(dossier.events)
        ],
        reason_words=reason_words,
        successor=around.successor,
        predecessor=around.predecessor,
    )


@certificate_desk.get("/<number>/<act>")
@requires(Role.COORDINATOR)
def confirm(number: str, act: str) -> ResponseReturnValue:
    """Say what an act means and who is told, with the form that confirms it."""
    dossier = _dossier(number)
    if act not in ACTS:
        raise NotFoundError
    if act not in possible_acts(dossier):
        flash(_("This is not possible now; the page says how it stands."), "warning")
        return _to(dossier.claims.number)
    return _page(dossier, act, ACTS[act].make(dossier))


@certificate_desk.post("/<number>/<act>")
@requires(Role.COORDINATOR)
def perform(number: str, act: str) -> ResponseReturnValue:
    """Do it once, and tell who has to know."""
    dossier = _dossier(number)
    if act not in ACTS:
        raise NotFoundError
    form = ACTS[act].make(dossier)
    if not form.accepts(dossier.claims.holder):
        return _page(dossier, act, form), UNPROCESSABLE
    with unit_of_work() as session:
        done = ACTS[act].perform(session, dossier.claims.number, form)
        if done.event_id is not None:
            tell_certificate_event(session, event_id=done.event_id, now=now())
    if done.event_id is None:
        flash(_("It was so already: nothing changed."), "info")
    else:
        flash(act_words(act, dossier).done, "success")
    return _to(done.number)


def _dossier(number: str) -> Dossier:
    known = read_number(number)
    found = (
        certificate_dossier(reading(), number=known, today=today()) if known else None
    )
    if found is None:
        raise NotFoundError
    return found


def _asked_state() -> CertificateState | None:
    asked = request.args.get("state", "")
    return CertificateState(asked) if asked in set(SHOWN_STATES) else None


def _address(query: str, state: CertificateState | None, page: int) -> str:
    return url_for(
        "certificate_desk.index",
        q=query or None,
        state=state.value if state else None,
        page=page if page > 1 else None,
    )


def _stands(row: RegisterRow) -> tuple[str, str]:
    return state_shape(row.state), state_word(row.state)


def _is_proposer(dossier: Dossier) -> bool:
    waiting = proposal_of(dossier)
    return waiting is not None and waiting.by == current_user.id


def _to(number: str) -> ResponseReturnValue:
    address = url_for("certificate_desk.show", number=grouped(number))
    return redirect(address, code=303)


def _page(dossier: Dossier, act: str, form: Form) -> Response:
    number = grouped(dossier.claims.number)
    g.form_path = url_for("certificate_desk.confirm", number=number, act=act)
    words: ActWords = act_words(act, dossier)
    page = render_template(
        "admin/certificate_act.html",
        claims=dossier.claims,
        number=number,
        act=act,
        form=form,
        words=words,
        proposal=proposal_of(dossier) if act == "approval" else None,
        wish=request_of(dossier) if act in {"correction", "refusal"} else None,
        reason_words=reason_words,
    )
    return Response(page, mimetype="text/html")
