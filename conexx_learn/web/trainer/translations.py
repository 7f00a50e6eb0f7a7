"""Translations side by side: what is stale, what changed in the source, one form."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Regexp

from conexx_learn.domain.permissions import Role
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.translation_desk import Comparison
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.translation_desk import (
    FileStanding,
    translation_table,
    translation_view,
)
from conexx_learn.services.translation_writing import (
    SavedTranslation,
    TypedTranslation,
    add_language,
    begin_translation,
    save_translation,
)
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext, page_language
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.problem_words import problem_line
from conexx_learn.web.trainer.desk import draft_act, refuse_foreign, written_course
from conexx_learn.web.trainer.translation_rows import (
    NOTHING_TYPED,
    Typed,
    shown_rows,
)

translations = Blueprint("translations", __name__, url_prefix="/trainer")
CONFLICT, UNPROCESSABLE = 409, 422


class LanguageForm(PageForm):
    """A language that a course shall have."""

    language = StringField(
        _l("Language"),
        filters=[lambda text: (text or "").strip().lower()],
        validators=[
            DataRequired(_l("Write the two or three letters of the language.")),
            Regexp(
                r"^[a-z]{2,3}$",
                message=_l("Write the two or three letters of the language."),
            ),
        ],
        description=_l("Its letters as in addresses: en, es, fr, pt, qu …"),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """How a file stands in one language, in words.

    Attributes:
        standing: Of the file.
        state: For the shape and colour of the word.
        word: How it stands.
    """

    standing: FileStanding
    state: str
    word: str


@translations.get("/courses/<course>/translations")
@requires(Role.TRAINER)
def index(course: str) -> str:
    """Show which file is missing, stale or up to date in which language."""
    return _table(written_course(course), LanguageForm(formdata=None))


@translations.post("/courses/<course>/translations")
@requires(Role.TRAINER)
def add(course: str) -> ResponseReturnValue:
    """Begin the page of the course in another language."""
    draft = written_course(course)
    form = LanguageForm()
    if not form.validate():
        return _table(draft, form), UNPROCESSABLE
    with unit_of_work() as session:
        path = add_language(session, draft_act(course), language=form.language.data)
    flash(_("Begun. The texts are those of the source until you translate them."))
    return redirect(_address(course, path), code=303)


@translations.post("/courses/<course>/translations/begin")
@requires(Role.TRAINER)
def begin(course: str) -> ResponseReturnValue:
    """Begin a file in a language that the course has."""
    refuse_foreign(course)
    path = request.form.get("path", "")
    with unit_of_work() as session:
        begin_translation(session, draft_act(course), path=path)
    flash(_("Begun. The texts are those of the source until you translate them."))
    return redirect(_address(course, path), code=303)


@translations.get("/courses/<course>/translations/<path:path>")
@requires(Role.TRAINER)
def show(course: str, path: str) -> str:
    """Show a translation beside its source."""
    draft = written_course(course)
    return _page(draft, SavedTranslation(translation_view(reading(), draft, path)))


@translations.post("/courses/<course>/translations/<path:path>")
@requires(Role.TRAINER)
def save(course: str, path: str) -> ResponseReturnValue:
    """Write what was translated; with "reviewed", the file follows its source again."""
    refuse_foreign(course)
    typed, sent = _typed()
    with unit_of_work() as session:
        saved = save_translation(session, draft_act(course), path=path, typed=sent)
    if saved.is_saved:
        flash(_("Reviewed.") if sent.is_review else _("Draft saved."), "success")
        return redirect(_address(course, path), code=303)
    status = CONFLICT if saved.is_conflict else UNPROCESSABLE
    return _page(written_course(course), saved, typed), status


def _address(course: str, path: str) -> str:
    return url_for("translations.show", course=course, path=path)


def _typed() -> tuple[Typed, TypedTranslation]:
    """Read the fields: `t.KEY.STAMP` is a text, `ok.KEY` says it is still right."""
    texts: dict[str, str] = {}
    stamps: dict[str, str] = {}
    for name, value in request.form.items():
        kind, _dot, rest = name.partition(".")
        key, _dot, shown = rest.partition(".")
        if kind == "t" and key:
            texts[key], stamps[key] = value, shown
    confirmed = frozenset(
        name.removeprefix("ok.") for name in request.form if name.startswith("ok.")
    )
    sent = TypedTranslation(
        texts,
        confirmed,
        copies_missing="copy-missing" in request.form,
        seen=request.form.get("seen", ""),
        seen_source=request.form.get("seen-source", ""),
        is_review=request.form.get("act") == "review",
        is_all_confirmed="all-read" in request.form,
    )
    return Typed(texts, stamps, confirmed), sent


def _table(draft: Draft, form: LanguageForm) -> str:
    g.form_path = url_for("translations.index", course=draft.slug)
    table = translation_table(reading(), draft)
    return render_template(
        "trainer/translations.html",
        draft=draft,
        form=form,
        source_language=language_name(table.languages.source_language),
        languages=[language_name(tag) for tag in table.languages.languages],
        rows=[(text, [_cell(one) for one in cells]) for text, cells in table.rows],
    )


def _cell(standing: FileStanding) -> Cell:
    if not standing.is_there:
        return Cell(standing, "none", _("Missing"))
    if not standing.is_readable:
        return Cell(standing, "blocked", _("Cannot be read"))
    if not standing.is_known:
        return Cell(standing, "exception", _("To review as a whole"))
    if standing.to_do:
        word = ngettext(
            "%(num)s passage to review", "%(num)s passages to review", standing.to_do
        )
        return Cell(standing, "exception", word)
    if not standing.is_current:
        return Cell(standing, "exception", _("To mark as reviewed"))
    if standing.copied:
        word = ngettext(
            "%(num)s passage to translate",
            "%(num)s passages to translate",
            standing.copied,
        )
        return Cell(standing, "progress", word)
    return Cell(standing, "met", _("Up to date"))


def language_name(tag: str) -> str:
    """Name a language as a sentence of the page does; unknown ones by their letters."""
    try:
        name = Locale.parse(tag).get_language_name(page_language())
    except (ValueError, UnknownLocaleError):
        return tag
    return name or tag


def _page(draft: Draft, saved: SavedTranslation, typed: Typed = NOTHING_TYPED) -> str:
    view = saved.view
    g.form_path = _address(draft.slug, view.path)
    comparison = view.comparison
    rows = (
        shown_rows(comparison, typed=typed, refused=saved.refused) if comparison else []
    )
    return render_template(
        "trainer/translation.html",
        draft=draft,
        view=view,
        comparison=comparison,
        rows=rows,
        kinds=_kinds(comparison),
        saved=saved,
        is_again=typed is not NOTHING_TYPED,
        orphans=_orphans(comparison, typed),
        language=language_name(view.language),
        source_language=language_name(view.source_language),
        problems=[_sentence(one) for one in saved.problems or view.problems],
    )


def _kinds(comparison: Comparison | None) -> tuple[int, int]:
    """Count the passages of the source and of the translation."""
    if comparison is None:
        return 0, 0
    counts = [
        sum(len(unit.passages) for unit in document.units)
        for document in (comparison.now, comparison.target)
    ]
    return counts[0], counts[1]


def _orphans(comparison: Comparison | None, typed: Typed) -> list[str]:
    """List what was typed for rows that are there no more."""
    keys = {row.key for row in comparison.rows} if comparison else set()
    return [
        text
        for key, text in typed.texts.items()
        if key not in keys and typed.is_own(key)
    ]


def _sentence(problem: Problem) -> str:
    return f"{problem.code}: {problem_line(problem)}"
