"""The player: a module to read, and to mark as read."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.catalogue import ModulePage
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.progress import OutlineModule
from conexx_learn.queries.catalogue import module_page
from conexx_learn.queries.prerequisites import Prerequisite, prerequisites
from conexx_learn.services import enrolment, progress
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import ask_to_sign_in, public
from conexx_learn.web.addresses import url_for
from conexx_learn.web.issuing import issuing
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.learner.section_threads import section_threads
from conexx_learn.web.learner.self_checks import (
    check_address,
    checks_of,
    piece,
)
from conexx_learn.web.learner.sheets import sheet_of
from conexx_learn.web.outline_rows import outline_key, outline_rows
from conexx_learn.web.progress_bar import outline_bar
from conexx_learn.web.reading_memory import read_here, remember_read
from conexx_learn.web.self_checks import PIECE

modules = Blueprint("modules", __name__)


@dataclass(frozen=True, slots=True)
class Following:
    """What comes after a module: its address and its name."""

    address: str
    title: str


def _page(course: str, module: str) -> ModulePage:
    user_id = current_user.id if current_user.is_authenticated else None
    return module_page(
        reading(), course=course, module=module, user_id=user_id, lang=page_language()
    )


def _may_read(page: ModulePage) -> bool:
    return page.place.access == "open" or current_user.is_authenticated


@modules.get("/courses/<course>/<module>")
@public
def show(course: str, module: str) -> ResponseReturnValue:
    """Show a module; an open course needs no account."""
    page = _page(course, module)
    if not _may_read(page):
        return ask_to_sign_in()
    here = page.outline.module(module)
    assert here is not None  # noqa: S101 (the statement found it)
    checks = checks_of(page)
    if PIECE in request.headers and checks.just_sent:
        return piece(checks, *checks.just_sent)
    is_known = current_user.is_authenticated
    return render_template(
        "learner/module.html",
        page=page,
        module=here,
        is_read=here.is_read or module in read_here(course),
        is_stale=here.valid_until is not None and here.valid_until < today(),
        rows=lambda: outline_rows(
            course,
            page.outline,
            may_read=True,
            may_answer=page.place.is_enrolled,
            current=module,
        ),
        rows_key=(
            "drawer",
            course,
            page.place.content_hash,
            module,
            page.place.is_enrolled,
            outline_key(page.outline),
        ),
        bar=outline_bar(page.outline) if page.place.is_enrolled else None,
        missing=_missing(page),
        checks=checks,
        check_address=check_address(page) if is_known else "",
        threads=section_threads(page, user_id=current_user.id if is_known else None),
        sheet=sheet_of(page, page.work) if is_known and here.task_minutes else None,
        following=_following(page, here),
        before=page.outline.before(module),
    )


def _missing(page: ModulePage) -> list[Prerequisite]:
    """List what has to come first before reading counts for whoever has an account."""
    if page.place.is_enrolled or not current_user.is_authenticated:
        return []
    first = prerequisites(
        reading(),
        slugs=page.place.facts["prerequisites"],
        user_id=current_user.id,
        lang=page_language(),
    )
    return [one for one in first if not one.is_met]


def _following(page: ModulePage, module: OutlineModule) -> Following:
    """Say what "mark as read and continue" leads to."""
    course = page.place.slug
    if module.quiz_is_due and page.place.is_enrolled:
        title = _("Quiz of module %(number)s", number=module.number)
        return Following(
            url_for("quizzes.show", course=course, module=module.slug), title
        )
    after = page.outline.after(module.slug)
    if after is not None:
        return Following(
            url_for("modules.show", course=course, module=after.slug), after.title
        )
    if page.outline.final is not None and page.place.is_enrolled:
        return Following(url_for("finals.show_final", course=course), _("Final quiz"))
    return Following(url_for("catalogue.show", course=course), _("The course's page"))


@modules.post("/courses/<course>/<module>/completion")
@public
def complete(course: str, module: str) -> ResponseReturnValue:
    """Mark a module as read: in the account, or for a visitor in this browser."""
    if not current_user.is_authenticated:
        page = _page(course, module)
        if not _may_read(page):
            return ask_to_sign_in()
        remember_read(course, module)
    else:
        _complete_in_account(course, module)
        page = _page(course, module)
    here = page.outline.module(module)
    if here is None:
        raise NotFoundError
    return redirect(_following(page, here).address, code=303)


def _complete_in_account(course: str, module: str) -> None:
    """Who reads without having enrolled is enrolled by marking the module as read."""
    with unit_of_work() as session:
        enrolment.enrol_if_new(
            session,
            slug=course,
            user_id=current_user.id,
            lang=page_language(),
            read_before=read_here(course),
            now=now(),
        )
        issued = progress.complete_module(
            session,
            course=course,
            module=module,
            user_id=current_user.id,
            lang=page_language(),
            issuing=issuing(),
            now=now(),
        )
    if issued:
        flash(_("You have completed the course. Your certificate is ready."), "success")
