"""One required course: why it is mine, and the way to say that it is not."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.planning.exemption_requests import wish_refusal
from conexx_learn.domain.planning.terms import LONGEST_REASON
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.scopes import of_person
from conexx_learn.domain.readiness.standings import judgements
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.queries.exemption_requests import RequestRow, requests_of
from conexx_learn.queries.personal_facts import PersonalPlace, personal_facts
from conexx_learn.services import exemption_requests as verbs
from conexx_learn.services.exemption_requests import Wish
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.exemption_words import (
    REQUEST_SHAPES,
    request_state_word,
    request_words,
)
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.learner.required_courses import ShownCourse, required_part
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField

exemption_requests = Blueprint("exemption_requests", __name__, url_prefix="/me")
UNPROCESSABLE = 422


def squeezed(text: str | None) -> str:
    """Return a text on one line, without blanks around it."""
    return " ".join((text or "").split())


class RequestForm(PageForm):
    """Why a required course is none of one's own, and until when."""

    institution = SelectField(_l("Institution"), coerce=int)
    reason = TextAreaField(
        _l("Why it is not for you"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write why.")),
            Length(max=LONGEST_REASON, message=_l("This is too long.")),
        ],
        description=_l("Your training manager reads it."),
    )
    until_on = DayField(
        _l("Until when"),
        validators=[Optional()],
        description=_l("Leave it empty where it is not for a time only."),
    )


@dataclass(frozen=True, slots=True)
class MyCourse:
    """A required course as its page shows it.

    Attributes:
        slug: In addresses.
        shown: As `/me` shows it; None where nobody requires it any longer.
        askable: Institutions that require it and have no request waiting.
        requests: What was asked before, the newest first.
    """

    slug: str
    shown: ShownCourse | None
    askable: tuple[PersonalPlace, ...]
    requests: tuple[RequestRow, ...]


@exemption_requests.get("/required-courses/<course>")
@requires(Role.LEARNER)
def show(course: str) -> Response:
    """Show why a course is required of me, and what I asked; seven statements."""
    mine = _mine(course)
    return _page(mine, _offered(RequestForm(None), mine))


@exemption_requests.post("/required-courses/<course>/requests")
@requires(Role.LEARNER)
def create(course: str) -> ResponseReturnValue:
    """Say that a course is not mine; it goes on being required until it is granted."""
    mine, form = _mine(course), RequestForm()
    if not mine.askable:
        flash(_("There is nothing to be exempt from, or your request waits."), "info")
        return _back(course)
    _offered(form, mine)
    is_good, place = form.validate(), _chosen(form, mine)
    if not (is_good and place and _is_possible(form, place)):
        return _page(mine, form), UNPROCESSABLE
    wish = Wish(course, form.reason.data, form.until_on.data)
    with unit_of_work() as session:
        verbs.ask_exemption(session, place.place, wish, by=current_user.id, now=now())
    flash(_("Your request is with your training manager."), "success")
    return _back(course)


@exemption_requests.post("/exemption-requests/<id:request_id>/withdrawal")
@requires(Role.LEARNER)
def withdraw(request_id: int) -> ResponseReturnValue:
    """Take back a request that nobody answered yet."""
    with unit_of_work() as session:
        course = verbs.withdraw_request(
            session, request_id=request_id, user_id=current_user.id, now=now()
        )
    flash(_("The request is taken back."), "success")
    return _back(course)


def _mine(course: str) -> MyCourse:
    """Read what is required of the reader of one course.

    Raises:
        NotFoundError: Nobody requires it, and they never asked about it.
    """
    user_id, moment = current_user.id, now()
    places = personal_facts(
        reading(), user_id=user_id, lang=page_language(), now=moment
    )
    asked = requests_of(reading(), user_id=user_id, now=moment)
    part = required_part(places, user_id=user_id, now=moment, requests=asked)
    about = url_for("exemption_requests.show", course=course)
    found = [one for one in part.courses if one.own_address == about] if part else []
    requests = tuple(row for row in asked if row.course == course)
    if not (found or requests):
        raise NotFoundError
    waiting = {row.institution_id for row in requests if row.state.is_open}
    return MyCourse(
        slug=course,
        shown=found[0] if found else None,
        askable=tuple(
            one
            for one in places
            if one.place.id not in waiting and _is_owed(one, course)
        ),
        requests=requests,
    )


def _is_owed(one: PersonalPlace, course: str) -> bool:
    """Say whether a course is still to be met at an institution."""
    today = one.place.today(now())
    return any(
        judged.is_unmet and judged.obligation.course == course
        for judged in of_person(
            judgements(FactIndex(one.known), today), current_user.id
        )
    )


def _offered(form: RequestForm, mine: MyCourse) -> RequestForm:
    form.institution.choices = [(one.place.id, one.place.name) for one in mine.askable]
    if len(mine.askable) == 1:
        form.institution.data = mine.askable[0].place.id
    return form


def _chosen(form: RequestForm, mine: MyCourse) -> PersonalPlace | None:
    places = {one.place.id: one for one in mine.askable}
    return places.get(form.institution.data)


def _is_possible(form: RequestForm, place: PersonalPlace) -> bool:
    refusal = wish_refusal(form.until_on.data, place.place.today(now()))
    if refusal is not None:
        form.until_on.errors = [
            error_sentence(refusal.code, refusal.facts, page_language())
        ]
    return refusal is None


def _back(course: str) -> ResponseReturnValue:
    return redirect(url_for("exemption_requests.show", course=course), code=303)


def _page(mine: MyCourse, form: RequestForm) -> Response:
    g.form_path = url_for("exemption_requests.show", course=mine.slug)
    page = render_template(
        "learner/required_course.html",
        one=mine.shown,
        action=url_for("exemption_requests.create", course=mine.slug),
        title=mine.shown.title if mine.shown else mine.slug,
        form=form,
        may_ask=bool(mine.askable),
        requests=[
            (
                row,
                REQUEST_SHAPES[row.state],
                request_state_word(row.state),
                request_words(row),
            )
            for row in mine.requests
        ],
    )
    return Response(page, mimetype="text/html")
