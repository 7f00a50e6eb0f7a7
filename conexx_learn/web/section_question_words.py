"""How a question at a section stands, in words, and where its section is."""

from datetime import datetime

from conexx_learn.domain.section_questions import QuestionState
from conexx_learn.queries.section_questions import AskedQuestion
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext

SHAPES = {
    QuestionState.WAITING: "progress",
    QuestionState.LATE: "overdue",
    QuestionState.ANSWERED: "met",
    QuestionState.PUBLISHED: "met",
    QuestionState.WITHDRAWN: "none",
}
"""State to the shape and colour of its word."""


def own_state_words(state: QuestionState) -> str:
    """Say to who asked how a question stands."""
    return {
        QuestionState.WAITING: _("Waiting for an answer"),
        QuestionState.LATE: _("Waiting; the coordination was told"),
        QuestionState.ANSWERED: _("Answered"),
        QuestionState.PUBLISHED: _("Answered, and published without your name"),
        QuestionState.WITHDRAWN: _("Withdrawn"),
    }[state]


def desk_state_words(state: QuestionState) -> str:
    """Say to who answers how a question stands."""
    return {
        QuestionState.WAITING: _("Unanswered"),
        QuestionState.LATE: _("Unanswered; with the coordination"),
        QuestionState.ANSWERED: _("Answered"),
        QuestionState.PUBLISHED: _("Published"),
        QuestionState.WITHDRAWN: _("Withdrawn"),
    }[state]


def waited_words(asked: AskedQuestion, now: datetime) -> str:
    """Say how long a question has waited: 3 working days."""
    days = asked.moments.days_waited(now)
    if not days:
        return _("less than one working day")
    return ngettext("%(num)s working day", "%(num)s working days", days)


def section_address(asked: AskedQuestion) -> str:
    """Return where the section is read; it stands there as long as it is there."""
    address = url_for("modules.show", course=asked.course, module=asked.module)
    return f"{address}#{asked.anchor}" if asked.anchor else address
