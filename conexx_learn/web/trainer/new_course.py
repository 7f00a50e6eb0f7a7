"""Beginning a course: its name, its language, and a skeleton that passes the check."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from conexx_learn.adapters.clock import now
from conexx_learn.domain.course import SLUG_PATTERN
from conexx_learn.domain.course_editing.heads import with_head_value
from conexx_learn.domain.course_source import skeleton
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.quiz_source.headings import proposed_id
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import begin_with
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.trainer.homes import course_homes

new_course = Blueprint("new_course", __name__, url_prefix="/trainer")
UNPROCESSABLE = 422
LONGEST_TITLE = 120
ADDRESSES = frozenset({"new", "import"})
"""Names that stand in addresses where a course's could stand."""


class NewCourseForm(PageForm):
    """What a course is begun with."""

    title = StringField(
        _l("Title of the course"),
        filters=[lambda text: printed_name(text or "")],
        validators=[
            InputRequired(_l("Write the title of the course.")),
            Length(max=LONGEST_TITLE, message=_l("This is too long.")),
        ],
    )
    slug = StringField(
        _l("Short name"),
        filters=[lambda text: (text or "").strip().lower()],
        validators=[
            Length(max=60, message=_l("This is too long.")),
            Regexp(
                rf"(?:{SLUG_PATTERN})?\Z",
                message=_l("Use small letters without accents, digits and hyphens."),
            ),
        ],
        description=_l(
            "It stands in the address of the course and stays the same for ever. "
            "Left empty, it is made of the title."
        ),
    )
    language = RadioField(
        _l("Language that you write in"),
        choices=[SelectChoice("es", "Español"), SelectChoice("en", "English")],
        description=_l("The other languages translate it."),
    )


@new_course.get("/courses/new")
@requires(Role.TRAINER)
def ask() -> str:
    """Ask for a name."""
    return _page(NewCourseForm(None, language=page_language()))


@new_course.post("/courses/new")
@requires(Role.TRAINER)
def create() -> ResponseReturnValue:
    """Begin the course; who does is its author."""
    form = NewCourseForm()
    if not form.validate():
        return _page(form), UNPROCESSABLE
    slug = form.slug.data or proposed_id(form.title.data)
    if slug in ADDRESSES:
        return _refused(form, RuleError("course-taken", slug=slug))
    try:
        with unit_of_work() as session:
            by = DraftAct(slug, course_homes(), current_user.id, now())
            begin_with(session, by, _files(form, slug))
    except RuleError as refusal:
        return _refused(form, refusal)
    flash(_("The course is begun. Only you and the coordination see it."), "success")
    return redirect(url_for("trainer_courses.show", course=slug), code=303)


def _files(form: NewCourseForm, slug: str) -> dict[str, bytes]:
    lang = form.language.data
    texts = skeleton(slug, source_language=lang)
    about = f"course.{lang}.md"
    texts[about] = with_head_value(texts[about], "title", form.title.data)
    return {path: text.encode() for path, text in texts.items()}


def _refused(form: NewCourseForm, refusal: RuleError) -> ResponseReturnValue:
    sentence = error_sentence(refusal.code, refusal.facts, page_language())
    form.slug.errors = [*form.slug.errors, sentence]
    return _page(form), UNPROCESSABLE


def _page(form: NewCourseForm) -> str:
    return render_template("trainer/course_new.html", form=form)
