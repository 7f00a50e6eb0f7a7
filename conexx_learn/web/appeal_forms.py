"""The two forms of an appeal: what a learner writes, and what a trainer answers."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from conexx_learn.domain.appeals import LONGEST_ANSWER, LONGEST_STATEMENT
from conexx_learn.web.page_forms import PageForm


def trimmed(text: str | None) -> str:
    """Return a text without blanks around it and with plain line ends."""
    return (text or "").replace("\r\n", "\n").replace("\0", "").strip()


class AppealForm(PageForm):
    """What is wrong with a question."""

    statement = TextAreaField(
        _l("What is wrong?"),
        filters=[trimmed],
        validators=[
            InputRequired(message=_l("Say in a few words what is wrong.")),
            Length(
                min=1,
                max=LONGEST_STATEMENT,
                message=_l("Write between 1 and 1,000 characters."),
            ),
        ],
        description=_l(
            "For example: two answers are right, a number is out of date, or the "
            "question cannot be understood."
        ),
    )


class AppealAnswerForm(PageForm):
    """What a trainer says to it."""

    answer = TextAreaField(
        _l("Answer to the learner"),
        filters=[trimmed],
        validators=[
            InputRequired(message=_l("Say why, in words for the learner.")),
            Length(
                min=1,
                max=LONGEST_ANSWER,
                message=_l("Write between 1 and 1,000 characters."),
            ),
        ],
        description=_l(
            "The learner reads it on the result and by e-mail. Do not tell the right "
            "answer to somebody who may still try again."
        ),
    )
