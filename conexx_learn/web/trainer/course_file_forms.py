"""The two forms of an import: what is sent, and the word to bring it."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from conexx_learn.domain.course_parcels import (
    FINAL,
    LANGUAGES,
    LONGEST_NAME,
    Parcel,
    SentFile,
    quiz_stems,
)
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm

TAKEN_BY_PAGES = frozenset({"import", "new"})
"""Words that stand in addresses where a course could stand."""


class ParcelForm(PageForm):
    """Files, one way or the other, and what to do with them."""

    files = MultipleFileField(
        _l("ZIP file or single files"),
        description=_l(
            "A course as a ZIP, texts and images of a course, or questions as GIFT or "
            "Moodle XML."
        ),
    )
    folder = MultipleFileField(
        _l("Or a whole folder"),
        description=_l(
            "On a computer. Where your browser offers no folders, send a ZIP."
        ),
    )
    stem = SelectField(_l("Questions are for"), validate_choice=False)
    lang = SelectField(
        _l("Language of the questions"),
        choices=[SelectChoice("es", "Español"), SelectChoice("en", "English")],
        validate_choice=False,
    )
    replaces_all = BooleanField(
        _l("Remove the files of the course that are not among those sent"),
        description=_l("Without it they stay. You see them before anything happens."),
    )

    def offer(self, paths: Iterable[str]) -> None:
        """Offer the quizzes of a course; none for a new one."""
        stems = quiz_stems(paths)
        words = {FINAL: _("Final quiz")}
        self.stem.choices = [
            SelectChoice(stem, words.get(stem, stem)) for stem in stems
        ]
        if self.stem.data not in stems:
            self.stem.data = stems[0]

    def parcel(self, *, takes_questions: bool) -> Parcel:
        """Return what was sent; empty where nothing was."""
        sent = [
            *_sent(self.files),
            *_sent(self.folder),
        ]
        lang = self.lang.data if self.lang.data in LANGUAGES else LANGUAGES[0]
        return Parcel(
            tuple(sent),
            replaces_all=takes_questions and bool(self.replaces_all.data),
            stem=self.stem.data if takes_questions else "",
            lang=lang,
        )


def _sent(field: MultipleFileField) -> list[SentFile]:
    found = []
    for file in field.data or ():
        found.append(SentFile((file.filename or "")[:LONGEST_NAME], file.read()))
        # A large one lies in a file of its own until it is closed.
        file.close()
    return found


class BringForm(PageForm):
    """That what was looked at is brought, as it was looked at."""

    seen_parcel = HiddenField()
    seen_revision = IntegerField(widget=HiddenInput())


class NewCourseForm(BringForm):
    """The same for a course that begins with it."""

    slug = StringField(
        _l("Name of the course in addresses"),
        description=_l(
            "Lower-case letters without accents, digits and hyphens, such as "
            "water-management. It never changes afterwards."
        ),
    )

    def validate_slug(self, field: Field) -> None:
        """Refuse what cannot stand in an address."""
        slug = field.data or ""
        if not is_slug(slug) or slug in TAKEN_BY_PAGES:
            raise ValidationError(
                _("Use 3 to 60 lower-case letters, digits and hyphens.")
            )
