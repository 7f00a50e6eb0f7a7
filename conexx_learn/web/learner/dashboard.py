"""My courses: the next step, what I began, and what I hold."""

from flask import Blueprint, render_template
from flask_login import current_user

from conexx_learn.adapters.clock import today
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.certification import certificates_of
from conexx_learn.queries.dashboard import next_course, started_courses
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.language import page_language
from conexx_learn.web.next_action import next_action

dashboard = Blueprint("dashboard", __name__)


@dashboard.get("/me")
@requires(Role.LEARNER)
def index() -> str:
    """Show one next step, the learner's courses and certificates."""
    lang, user_id = page_language(), current_user.id
    courses = started_courses(reading(), user_id=user_id, lang=lang)
    current = next_course(reading(), courses=courses, user_id=user_id, lang=lang)
    return render_template(
        "learner/dashboard.html",
        current=current,
        action=next_action(current, user_id=user_id) if current else None,
        courses=courses,
        certificates=certificates_of(reading(), user_id=user_id, today=today()),
    )
