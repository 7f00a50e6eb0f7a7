"""A person asked to be exempt: their training manager reads why, and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional

from conexx_learn.adapters.clock import now
from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.domain.planning.exemption_requests import RequestDecision
from conexx_learn.domain.planning.exemptions import (
    exemption_refusal,
    needs_coordination,
)
from conexx_learn.domain.planning.terms import LONGEST_REASON
from conexx_learn.queries.exemption_requests import RequestRow, request_row
from conexx_learn.queries.reminders import course_names
from conexx_learn.services import exemption_requests as verbs
from conexx_learn.services import outbox
from conexx_learn.services.exemption_requests import Grant
from conexx_learn.services.exemptions import weight_owed
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.exemption_mails import exempted_mail, request_refused_mail
from conexx_learn.web.exemption_words import REQUEST_SHAPES, request_state_word
from conexx_learn.web.institution.entry_fields import TOO_LONG, squeezed, tells
from conexx_learn.web.institution.plan_desk import PlansDesk, plans_desk
from conexx_learn.web.institution.words import course_title
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField

exemption_answers = Blueprint("exemption_answers", __name__, url_prefix="/institutions")
UNPROCESSABLE = 422
USUAL_MONTHS = 6
DECISIONS = {
    one.value: one for one in (RequestDecision.GRANTED, RequestDecision.REFUSED)
}


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A request as a list shows it.

    Attributes:
        row: What was asked.
        course: Title.
        state: In a word.
        shape: Colour and shape of it.
        section: Key of the section that it stands in.
    """

    row: RequestRow
    course: str
    state: str
    shape: str
    section: str


class RequestAnswerForm(PageForm):
    """What a training manager says to somebody who asked to be exempt."""

    until_on = DayField(_l("Last day of the exemption"), validators=[Optional()])
    reason = StringField(
        _l("Reason that stays with the plan"),
        filters=[squeezed],
        validators=[Length(max=LONGEST_REASON, message=TOO_LONG)],
    )
    answer = TextAreaField(
        _l("Answer to the person"),
        filters=[squeezed],
        validators=[Length(max=LONGEST_REASON, message=TOO_LONG)],
        description=_l("Needed where you refuse: say why."),
    )

    def accepts(self, decision: RequestDecision, today: date) -> bool:
        """Check what the decision needs."""
        if not self.validate():
            return False
        if decision is RequestDecision.REFUSED:
            if not self.answer.data:
                self.answer.errors = [_("Say why, so that the person understands it.")]
            return bool(self.answer.data)
        if not self.reason.data:
            self.reason.errors = [_("Write why.")]
            return False
        if self.until_on.data is None:
            self.until_on.errors = [_("Write the whole date.")]
            return False
        refusal = exemption_refusal(today, self.until_on.data, today)
        return tells(self.until_on, refusal)


@exemption_answers.get("/<slug>/exemptions/requests/<id:request_id>")
@requires(Role.MANAGER)
def show(slug: str, request_id: int) -> Response:
    """Show who asks to be exempt from which course and why, with the form to answer."""
    desk = plans_desk(slug)
    row = _row(desk, request_id)
    form = RequestAnswerForm(
        None,
        until_on=row.until_on or add_months(desk.today, USUAL_MONTHS),
        reason=row.reason,
    )
    return _page(desk, row, form)


@exemption_answers.post("/<slug>/exemptions/requests/<id:request_id>/decision")
@requires(Role.MANAGER)
def decide(slug: str, request_id: int) -> ResponseReturnValue:
    """Exempt who asked, or refuse it; they are told by mail where they have one."""
    desk, form = plans_desk(slug), RequestAnswerForm()
    row = _row(desk, request_id)
    decision = DECISIONS.get(request.form.get("decision", ""))
    if decision is None:
        raise ShapeError
    is_good = form.accepts(decision, desk.today)
    if is_good and decision is RequestDecision.GRANTED and not _weight(desk, row):
        form.reason.errors = [_("No plan asks this course of this person.")]
        is_good = False
    if not is_good:
        return _page(desk, row, form), UNPROCESSABLE
    with unit_of_work() as session:
        if decision is RequestDecision.GRANTED:
            told = _grant(session, desk, row, form)
        else:
            told = _refuse(session, desk, row, form)
    flash(told, "success")
    return redirect(url_for("exemptions.index", slug=slug), code=303)


def shown_requests(desk: PlansDesk, rows: Sequence[RequestRow]) -> list[ShownRequest]:
    """Put requests into words."""
    return [
        ShownRequest(
            row=row,
            course=course_title(desk.facts, row.course),
            state=request_state_word(row.state),
            shape=REQUEST_SHAPES[row.state],
            section="answered" if row.decision else "waiting",
        )
        for row in rows
    ]


def tell_person(
    session: Session, row: RequestRow, *, is_given: bool, answer: str
) -> None:
    """Write to who asked, if they have an address, what became of it."""
    if not row.email:
        return
    title = course_names(reading())[row.course].title(row.lang)
    make = exempted_mail if is_given else request_refused_mail
    mail = make(row, recipient=row.email, course=title, answer=answer)
    outbox.post(session, mail, now=now())


def _grant(
    session: Session, desk: PlansDesk, row: RequestRow, form: RequestAnswerForm
) -> str:
    counts = verbs.grant_request(
        session,
        desk.place,
        row.id,
        Grant(form.until_on.data, form.reason.data, form.answer.data),
        by=actor(),
        now=now(),
    )
    if not counts:
        return _("The course is critical: the coordination has been asked.")
    tell_person(session, row, is_given=True, answer=form.answer.data)
    return _("The exemption is given.")


def _refuse(
    session: Session, desk: PlansDesk, row: RequestRow, form: RequestAnswerForm
) -> str:
    verbs.refuse_request(
        session,
        desk.place,
        row.id,
        answer=form.answer.data,
        by=actor(),
        now=now(),
    )
    tell_person(session, row, is_given=False, answer=form.answer.data)
    return _("The request is refused, and the person is told why.")


def _row(desk: PlansDesk, request_id: int) -> RequestRow:
    found = request_row(
        reading(), institution_id=desk.place.id, request_id=request_id, now=now()
    )
    if found is None:
        raise NotFoundError
    return found


def _weight(desk: PlansDesk, row: RequestRow) -> int:
    return weight_owed(
        desk.index, user_id=row.user_id, course=row.course, day=desk.today
    )


def _page(desk: PlansDesk, row: RequestRow, form: RequestAnswerForm) -> Response:
    g.form_path = url_for(
        "exemption_answers.show", slug=desk.place.slug, request_id=row.id
    )
    weight = _weight(desk, row)
    page = render_template(
        "institution/exemption_request.html",
        place=desk.place,
        here="plans",
        one=shown_requests(desk, [row])[0],
        form=form,
        is_owed=bool(weight),
        is_own=row.user_id == current_user.id,
        asks_coordination=needs_coordination(weight)
        and not holds(actor(), Role.COORDINATOR),
    )
    return Response(page, mimetype="text/html")
