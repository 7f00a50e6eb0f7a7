"""Answering a self-check: the page again, or for a script the self-check alone."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.domain.catalogue import ModulePage
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import LARGEST_KEY, read_key
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.catalogue import module_page
from conexx_learn.services.self_checks import remember_checks
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import page_language
from conexx_learn.web.self_checks import CHECKED, PIECE, SelfChecks

self_checks = Blueprint("self_checks", __name__)


@self_checks.post("/courses/<course>/<module>/self-check")
@requires(Role.LEARNER)
def answer(course: str, module: str) -> ResponseReturnValue:
    """Keep the answers to one self-check, and show what they are worth."""
    lang, user_id = page_language(), current_user.id
    page = module_page(
        reading(), course=course, module=module, user_id=user_id, lang=lang
    )
    checks = checks_of(page)
    number = _number(request.form.get(CHECKED, ""))
    sent = checks.sent(number, request.form)
    with unit_of_work() as session:
        remember_checks(
            session,
            course=course,
            module=module,
            user_id=user_id,
            lang=lang,
            responses=sent,
        )
    if PIECE in request.headers:
        return piece(
            replace(checks, just_sent={number: sent}),
            number,
            address=check_address(page),
        )
    address = url_for("modules.show", course=course, module=module)
    return redirect(f"{address}#check-{number}", code=303)


def checks_of(page: ModulePage) -> SelfChecks:
    """Return the self-checks of a module, with what the address answers."""
    here = page.outline.module(page.slug)
    if here is None:
        raise NotFoundError
    source = (page.module_id, here.content_hash, page.lang)
    checks = SelfChecks(page.self_checks, source, page.work.checks)
    number = _number(request.args.get(CHECKED, ""))
    if number < len(page.self_checks):
        return replace(checks, just_sent={number: checks.sent(number, request.args)})
    return checks


def _number(entry: str) -> int:
    """Read the number of a self-check; what is none is one that no module has."""
    key = read_key(entry)
    return LARGEST_KEY if key is None else key


def check_address(page: ModulePage) -> str:
    """Return where the answers to the self-checks of a module are kept."""
    return url_for("self_checks.answer", course=page.place.slug, module=page.slug)


def piece(checks: SelfChecks, number: int, *, address: str = "") -> Response:
    """Render one self-check by itself, which is no page and is not kept as one."""
    response = Response(
        render_template(
            "learner/self_check.html", check=checks.view(number), address=address
        ),
        mimetype="text/html",
    )
    response.headers[PIECE] = CHECKED
    response.headers["Cache-Control"] = "no-store"
    return response
