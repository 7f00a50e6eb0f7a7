"""My courses: what is required of me, the next step, what I began, what I hold."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.catalogue import CoursePage
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.admissions import AdmissionRow, waiting_admissions
from conexx_learn.queries.catalogue import course_page
from conexx_learn.queries.certification import certificates_of
from conexx_learn.queries.dashboard import next_course, started_courses
from conexx_learn.queries.exemption_requests import requests_of
from conexx_learn.queries.personal_facts import personal_facts
from conexx_learn.queries.section_questions import AskedQuestion, new_answers
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.learner.certificate_news import certificate_news
from conexx_learn.web.learner.required_courses import RequiredPart, required_part
from conexx_learn.web.next_action import NextAction, next_action

dashboard = Blueprint("dashboard", __name__)
TOLD_FOR = timedelta(days=7)
"""How long an answer to a question at a section is told here."""


@dashboard.get("/me")
@requires(Role.LEARNER)
def index() -> str:
    """Show what is required, one next step, the learner's courses and certificates.

    Seven statements; seven more for who belongs to an institution with a plan, whatever
    their number, and one for whom an institution would add.
    """
    lang, user_id = page_language(), current_user.id
    required = _required(user_id, lang)
    courses = started_courses(reading(), user_id=user_id, lang=lang)
    if required is None or required.next_slug is None:
        current = next_course(reading(), courses=courses, user_id=user_id, lang=lang)
    else:
        current = course_page(
            reading(), slug=required.next_slug, user_id=user_id, lang=lang
        )
    known = required.slugs if required else frozenset()
    certificates = certificates_of(reading(), user_id=user_id, today=today())
    return render_template(
        "learner/dashboard.html",
        admissions=_admissions(user_id),
        answers=_answers(user_id, lang) if courses else [],
        required=required,
        current=current,
        action=_action(current, required, user_id) if current else None,
        courses=[course for course in courses if course.slug not in known],
        has_begun=bool(courses),
        certificates=certificates,
        news=certificate_news(certificates, now()),
    )


def _admissions(user_id: int) -> list[AdmissionRow]:
    """List which institutions would add the reader; no statement where none would."""
    if not current_user.is_asked:
        return []
    return waiting_admissions(reading(), owner_id=user_id, today=today())


def _answers(user_id: int, lang: str) -> list[AskedQuestion]:
    """List what was answered of late: not everybody has a mailbox."""
    since = now() - TOLD_FOR
    return new_answers(reading(), user_id=user_id, lang=lang, since=since)


def _required(user_id: int, lang: str) -> RequiredPart | None:
    """Return what is required; nobody is asked for who belongs to no institution."""
    if not any(place.institution_id for place in current_user.places):
        return None
    places = personal_facts(reading(), user_id=user_id, lang=lang, now=now())
    if not places:
        return None
    requests = requests_of(reading(), user_id=user_id, now=now())
    return required_part(places, user_id=user_id, now=now(), requests=requests)


def _action(
    current: CoursePage, required: RequiredPart | None, user_id: int
) -> NextAction:
    """Say the one thing to do next; a course that was completed begins anew."""
    place = current.place
    if required is not None and required.renews and place.enrolment_ended:
        return NextAction(
            kicker="",
            title=_("Take it again"),
            text=_("Its certificate counts no longer."),
            address=url_for("enrolments.create", course=place.slug),
            action=_("Begin again"),
            is_post=True,
        )
    return next_action(current, user_id=user_id)
