"""The two forms of living content: a source changed, and a course was looked at."""

from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from conexx_learn.adapters.clock import today
from conexx_learn.domain.content_review import ReviewOutcome
from conexx_learn.web.appeal_forms import trimmed
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField

LONGEST_NOTE = 500
LONGEST_LINK = 300
WEB = frozenset({"http", "https"})


class SourceChangeForm(PageForm):
    """When a source changed, what, and where that can be read."""

    changed_on = DayField(
        _l("Changed on"),
        validators=[InputRequired(_l("Write when it changed."))],
    )
    note = TextAreaField(
        _l("What changed"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Say in a sentence what changed.")),
            Length(max=LONGEST_NOTE, message=_l("This is too long.")),
        ],
    )
    link = StringField(
        _l("Where it can be read"),
        filters=[trimmed],
        validators=[Length(max=LONGEST_LINK, message=_l("This is too long."))],
        description=_l("Address of the law, the page or the notice; may be empty."),
    )

    def validate_changed_on(self, field: Field) -> None:
        """Refuse a day that is still to come."""
        if field.data is not None and field.data > today():
            raise ValidationError(_("This day is still to come."))

    def validate_link(self, field: Field) -> None:
        """Refuse what is no address of a page."""
        if field.data and not _is_page(field.data):
            raise ValidationError(_("Write the whole address, with https://."))


class ReviewForm(PageForm):
    """What came of looking at a course."""

    outcome = RadioField(
        _l("What came of it"),
        validators=[InputRequired(_l("Choose one."))],
    )
    reason = TextAreaField(
        _l("In a sentence"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Say what was changed, or why it is still right.")),
            Length(max=LONGEST_NOTE, message=_l("This is too long.")),
        ],
        description=_l("It stays in the record, for whoever asks next year."),
    )

    @classmethod
    def offering(cls, *, mended: str) -> "ReviewForm":
        """Make the form.

        Args:
            mended: Version that was published since the change; empty for none.
        """
        form = cls()
        form.outcome.choices = [
            (ReviewOutcome.STILL_RIGHT.value, _("Looked at, and still right"))
        ]
        if mended:
            words = _("Mended in version %(version)s", version=mended)
            form.outcome.choices.insert(0, (ReviewOutcome.MENDED.value, words))
        return form


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in WEB and bool(parts.hostname) and not _has_blank(address)


def _has_blank(text: str) -> bool:
    return any(sign.isspace() or not sign.isprintable() for sign in text)
