"""The sheet of one task: written under the module, or on a page of its own."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.catalogue import ModulePage
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.folder import LONGEST_SHEET, OwnWork
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.catalogue import module_page
from conexx_learn.services.folder import SheetSave, save_sheet
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.json_bodies import json_body
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language

sheets = Blueprint("sheets", __name__)
CONFLICT = 409
MOST_SAVES = 2**53
"""A number that a script can count to."""


@dataclass(frozen=True, slots=True)
class SheetField:
    """The field of a task as a page shows it.

    Attributes:
        course: Slug.
        module: Slug.
        title: What the task makes.
        text: What is saved, or what was typed and is not.
        save_number: The save that the page knows.
        saved_at: None before.
        user_id: Whose, so that a shared machine keeps them apart.
        longest: Characters that it may have.
    """

    course: str
    module: str
    title: str
    text: str
    save_number: int
    saved_at: datetime | None
    user_id: int
    longest: int = LONGEST_SHEET


def sheet_of(page: ModulePage, work: OwnWork) -> SheetField:
    """Return the field of a module's task with what is saved."""
    return SheetField(
        course=page.place.slug,
        module=page.slug,
        title=page.task_title or page.title,
        text=work.sheet,
        save_number=work.save_number,
        saved_at=work.saved_at,
        user_id=current_user.id,
    )


def _found(course: str, module: str) -> ModulePage:
    """Return a module that gives a task.

    Raises:
        NotFoundError: No such module, or it gives none.
    """
    page = module_page(
        reading(),
        course=course,
        module=module,
        user_id=current_user.id,
        lang=page_language(),
    )
    here = page.outline.module(module)
    if here is None or not here.task_minutes:
        raise NotFoundError
    return page


@sheets.get("/courses/<course>/<module>/sheet")
@requires(Role.LEARNER)
def show(course: str, module: str) -> str:
    """Show the sheet by itself, to go on with it from the folder."""
    page = _found(course, module)
    return render_template(
        "learner/sheet.html", page=page, sheet=sheet_of(page, page.work)
    )


@sheets.post("/courses/<course>/<module>/sheet")
@requires(Role.LEARNER)
def save(course: str, module: str) -> ResponseReturnValue:
    """Keep the text; a page that did not know the newest one is shown both."""
    sent: object = json_body() if request.is_json else request.form.to_dict()
    text, known = _read(sent)
    with unit_of_work() as session:
        done = save_sheet(
            session,
            course=course,
            module=module,
            user_id=current_user.id,
            lang=page_language(),
            text=text,
            known=known,
            now=now(),
        )
    if request.is_json:
        answer = jsonify(number=done.save_number, behind=done.is_behind)
        return answer, CONFLICT if done.is_behind else 200
    if done.is_behind:
        return _both(course, module, done, text), CONFLICT
    flash(_("Saved in your folder."), "success")
    address = url_for("modules.show", course=course, module=module)
    return redirect(f"{address}#work", code=303)


def _read(sent: object) -> tuple[str, int]:
    """Read what a form or a script sent.

    Raises:
        ShapeError: It is not a text and the number of a save.
    """
    if not isinstance(sent, dict):
        raise ShapeError
    text, known = sent.get("text"), sent.get("known")
    if isinstance(known, str) and known.isascii() and known.isdigit():
        known = int(known[:17])
    if not isinstance(text, str) or type(known) is not int:
        raise ShapeError
    if not 0 <= known <= MOST_SAVES:
        raise ShapeError
    return text, known


def _both(course: str, module: str, done: SheetSave, typed: str) -> str:
    page = _found(course, module)
    work = OwnWork(typed, done.save_number, done.saved_at)
    return render_template(
        "learner/sheet.html", page=page, sheet=sheet_of(page, work), newer=done
    )
