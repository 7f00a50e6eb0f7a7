"""Questions that nobody answered in five working days, for the coordination."""

from flask import Blueprint, render_template

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.question_desk import late_count, late_questions
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import page_language
from conexx_learn.web.question_pages import ListPages
from conexx_learn.web.section_question_words import waited_words

late_question_list = Blueprint(
    "late_questions", __name__, url_prefix="/admin/questions"
)


@late_question_list.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """List what waits longest, of all courses; two statements."""
    count, moment = late_count(reading()), now()
    pages = ListPages.asked_for(
        count, lambda number: url_for("late_questions.index", page=number)
    )
    found = late_questions(reading(), lang=page_language(), part=pages.part)
    return render_template(
        "admin/late_questions.html",
        count=count,
        rows=[(one, waited_words(one, moment)) for one in found],
        pages=pages,
    )
