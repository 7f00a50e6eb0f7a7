"""The forms of a review: what goes with it, what is said of it, how it ends."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from conexx_learn.domain.course_changes.version_bump import Bump
from conexx_learn.domain.course_reviews import (
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_SENTENCE,
)
from conexx_learn.domain.identifiers import LARGEST_KEY
from conexx_learn.queries.course_reviews import Colleague
from conexx_learn.web.appeal_forms import trimmed
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.trainer.version_forms import squeezed

ANYBODY = 0
LONGEST_PLACE = 200


class SendForm(PageForm):
    """What goes with a draft that is sent for review; the languages are added."""

    bump = RadioField(
        _l("How far the version rises"),
        choices=[
            SelectChoice(Bump.MINOR.value, _l("Minor: other words, the same learning")),
            SelectChoice(
                Bump.MAJOR.value, _l("Major: something else is learned or asked")
            ),
        ],
        validators=[DataRequired(_l("Choose one."))],
    )
    note = TextAreaField(
        _l("What you changed and why"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Say in a few words what you changed and why.")),
            Length(max=LONGEST_NOTE, message=_l("Write at most 2,000 characters.")),
        ],
        description=_l("For whoever reviews it; it stays in the history."),
    )
    asked = SelectField(_l("Who looks at it"), coerce=int)


def send_form(
    languages: Sequence[str],
    people: Sequence[Colleague],
    suggested: Bump,
    *,
    is_empty: bool,
) -> SendForm:
    """Make the form with one sentence for learners in each language.

    Args:
        languages: Of the course; none for its first version.
        people: Who may be asked.
        suggested: How far the version should rise.
        is_empty: Nothing was sent yet.
    """

    class Sent(SendForm):
        """The form of one course."""

    for lang in languages:
        setattr(Sent, f"sentence_{lang}", _sentence_field(lang))
    form = Sent(None, bump=suggested.value) if is_empty else Sent()
    form.asked.choices = [
        SelectChoice(ANYBODY, _("Anybody who may")),
        *(SelectChoice(one.user_id, one.full_name) for one in people),
    ]
    return form


def _sentence_field(lang: str) -> TextAreaField:
    name = {"es": _("Spanish"), "en": _("English")}.get(lang, lang)
    return TextAreaField(
        _("One sentence for learners: what is new (%(lang)s)", lang=name),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write one sentence in this language.")),
            Length(max=LONGEST_SENTENCE, message=_l("Write at most 300 characters.")),
        ],
    )


def sentences_of(form: SendForm, languages: Sequence[str]) -> dict[str, str]:
    """Return language to the sentence that was written."""
    return {lang: form[f"sentence_{lang}"].data for lang in languages}


def _key(number: int | None) -> int | None:
    """Let a number that no comment can have be that of none."""
    return number if number is None or 0 <= number <= LARGEST_KEY else 0


class CommentForm(PageForm):
    """What somebody says about a place."""

    text = TextAreaField(
        _l("Comment"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write the comment.")),
            Length(max=LONGEST_NOTE, message=_l("Write at most 2,000 characters.")),
        ],
    )
    place = HiddenField(filters=[squeezed], validators=[Length(max=LONGEST_PLACE)])
    parent = IntegerField(filters=[_key], validators=[Optional()])


class DecisionForm(PageForm):
    """What a second person says."""

    text = TextAreaField(
        _l("What you say to who sent it"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Say in a few words why.")),
            Length(max=LONGEST_NOTE, message=_l("Write at most 2,000 characters.")),
        ],
    )


class AloneForm(PageForm):
    """Why no second person is needed."""

    reason = TextAreaField(
        _l("Why no second person is needed"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write why.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 300 characters.")),
        ],
        description=_l("It stays in the record."),
    )
