"""The forms of a course's history."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from conexx_learn.domain.course_reviews import LONGEST_REASON
from conexx_learn.web.page_forms import PageForm


def squeezed(text: str | None) -> str:
    """Return a text on one line, without blanks around it."""
    return " ".join((text or "").replace("\0", "").split())


class OfferForm(PageForm):
    """Why a course is withdrawn, or offered again."""

    reason = TextAreaField(
        _l("Why"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write why.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 300 characters.")),
        ],
        description=_l(
            "It stays in the history of the course. Learners do not see it."
        ),
    )
