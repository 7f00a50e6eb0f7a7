"""Any version of a course as its learners read it, and its questions with keys."""

from flask import Blueprint, render_template

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.course_versions import (
    listed_modules,
    quiz_document,
    read_module,
)
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.language import page_language
from conexx_learn.web.self_checks import SelfChecks
from conexx_learn.web.trainer.question_sheets import QuizSheet, quiz_sheet
from conexx_learn.web.trainer.versions import history_of

version_reading = Blueprint(
    "version_reading",
    __name__,
    url_prefix="/trainer/courses/<course>/versions/<label>",
)


@version_reading.get("")
@requires(Role.TRAINER)
def index(course: str, label: str) -> str:
    """List the modules of a version, and its final quiz."""
    history = history_of(course)
    version = history.version(label)
    return render_template(
        "trainer/version.html",
        history=history,
        version=version,
        modules=listed_modules(reading(), version_id=version.id, lang=page_language()),
        has_final=_document(version.id, None) is not None,
    )


def _document(version_id: int, module: str | None) -> dict[str, object] | None:
    return quiz_document(
        reading(), version_id=version_id, module=module, lang=page_language()
    )


@version_reading.get("/<module>")
@requires(Role.TRAINER)
def module(course: str, label: str, module: str) -> str:
    """Show a module of a version, with its quiz below."""
    history = history_of(course)
    version = history.version(label)
    page = read_module(
        reading(), version_id=version.id, module=module, lang=page_language()
    )
    return render_template(
        "trainer/version_module.html",
        history=history,
        version=version,
        page=page,
        checks=SelfChecks(
            page.self_checks, (page.module_id, page.content_hash, page.lang)
        ),
        sheet=_sheet(version.id, module),
    )


@version_reading.get("/final")
@requires(Role.TRAINER)
def final(course: str, label: str) -> str:
    """Show the final quiz of a version.

    Raises:
        NotFoundError: It has none.
    """
    history = history_of(course)
    version = history.version(label)
    sheet = _sheet(version.id, None)
    if sheet is None:
        raise NotFoundError
    return render_template(
        "trainer/version_final.html", history=history, version=version, sheet=sheet
    )


def _sheet(version_id: int, module: str | None) -> QuizSheet | None:
    document = _document(version_id, module)
    return quiz_sheet(document) if document else None
