"""The forms of a question at a section: asked, answered, published."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired, Length

from conexx_learn.domain.section_questions import LONGEST_ANSWER, LONGEST_QUESTION
from conexx_learn.queries.section_questions import AskedQuestion
from conexx_learn.web.appeal_forms import trimmed
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm

_SHORT_QUESTION = Length(
    max=LONGEST_QUESTION, message=_l("Write at most 2,000 characters.")
)
_SHORT_ANSWER = Length(
    max=LONGEST_ANSWER, message=_l("Write at most 4,000 characters.")
)
_NAMELESS = _l(
    "Everybody who reads the course reads this. Take out names, places and whatever "
    "tells who asked."
)


class QuestionForm(PageForm):
    """What a learner asks."""

    text = TextAreaField(
        _l("Your question"),
        filters=[trimmed],
        validators=[DataRequired(message=_l("Write your question.")), _SHORT_QUESTION],
        description=_l(
            "Say what you do not understand, or what you would do in your work."
        ),
    )


class QuestionAnswerForm(PageForm):
    """What a trainer answers, and whether everybody may read it."""

    answer = TextAreaField(
        _l("Answer to the learner"),
        filters=[trimmed],
        validators=[DataRequired(message=_l("Write an answer.")), _SHORT_ANSWER],
        description=_l("The learner reads it on the page and by e-mail."),
    )
    publish = BooleanField(
        _l("Publish the question and the answer"),
        description=_l(
            "They stand under the section, without the name, for everybody who "
            "reads it."
        ),
    )
    question = TextAreaField(
        _l("The question as it is published"),
        filters=[trimmed],
        validators=[_SHORT_QUESTION],
        description=_NAMELESS,
    )

    def accepts(self, asked: AskedQuestion) -> bool:
        """Check what was written; what nobody will read need not be there."""
        if not self.validate():
            return False
        if not self.publish.data:
            return True
        return _is_written(self.question) & _is_nameless(
            asked, self.question, self.answer
        )


class PairForm(PageForm):
    """A pair as everybody will read it."""

    question = TextAreaField(
        _l("The question as it is published"),
        filters=[trimmed],
        validators=[DataRequired(message=_l("Write the question.")), _SHORT_QUESTION],
        description=_NAMELESS,
    )
    answer = TextAreaField(
        _l("The answer as it is published"),
        filters=[trimmed],
        validators=[DataRequired(message=_l("Write an answer.")), _SHORT_ANSWER],
        description=_NAMELESS,
    )

    def accepts(self, asked: AskedQuestion) -> bool:
        """Check what was written."""
        return self.validate() and _is_nameless(asked, self.question, self.answer)


def _is_written(field: TextAreaField) -> bool:
    if not field.data:
        field.errors = [_("Write the question.")]
    return bool(field.data)


def _is_nameless(asked: AskedQuestion, *fields: TextAreaField) -> bool:
    """Refuse the whole name and the address; parts of a name are words as well."""
    telling = [one.casefold() for one in (asked.full_name, asked.email) if one]
    named = [
        field
        for field in fields
        if any(one in (field.data or "").casefold() for one in telling)
    ]
    for field in named:
        field.errors = [_("Take out the name or address of who asked.")]
    return not named
