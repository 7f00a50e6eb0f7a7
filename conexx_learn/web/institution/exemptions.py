"""Exemptions: listed, given or asked for, agreed to by the coordination, ended."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from conexx_learn.adapters.clock import now
from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.domain.planning.exemptions import (
    ExemptionState,
    exemption_refusal,
    needs_coordination,
)
from conexx_learn.domain.planning.terms import LONGEST_REASON
from conexx_learn.domain.search import folded
from conexx_learn.queries.exemption_requests import (
    answered_requests,
    request_behind,
    waiting_requests,
)
from conexx_learn.queries.exemptions import exemption_rows
from conexx_learn.services import exemptions as verbs
from conexx_learn.services.exemptions import ExemptionTerms, weight_owed
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.entry_fields import (
    NO_DAY,
    TOO_LONG,
    ChoiceField,
    squeezed,
    tells,
)
from conexx_learn.web.institution.exemption_answers import shown_requests, tell_person
from conexx_learn.web.institution.plan_desk import PlansDesk, plans_desk
from conexx_learn.web.institution.words import course_title
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField

exemptions = Blueprint("exemptions", __name__, url_prefix="/institutions")
UNPROCESSABLE = 422
USUAL_MONTHS = 6
STATE_SHAPES = {
    ExemptionState.ASKED: "progress",
    ExemptionState.COMING: "exempt",
    ExemptionState.RUNNING: "exempt",
    ExemptionState.OVER: "none",
    ExemptionState.REFUSED: "none",
}


class ExemptionForm(PageForm):
    """Who need not take which course, why and until when."""

    person = ChoiceField(_l("Who"), coerce=int)
    course = ChoiceField(_l("Course"))
    reason = StringField(
        _l("Why"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write why.")),
            Length(max=LONGEST_REASON, message=TOO_LONG),
        ],
        description=_l("It stays with the plan, and the person can read it."),
    )
    from_on = DayField(_l("First day"), validators=[InputRequired(NO_DAY)])
    until_on = DayField(_l("Last day"), validators=[InputRequired(NO_DAY)])

    def offer(self, desk: PlansDesk) -> "ExemptionForm":
        """Give the form the people of today and the courses that plans ask for."""
        people = [one for one in desk.facts.people if one.belongs_on(desk.today)]
        people.sort(key=lambda person: folded(person.name))
        asked = {
            line.course
            for plan in desk.facts.plans
            if plan.is_in_force(desk.today) or plan.approved_on is None
            for line in plan.requirements
        }
        self.person.choices = [(one.id, one.name) for one in people]
        self.course.choices = [
            (slug, course_title(desk.facts, slug))
            for slug in sorted(asked, key=desk.index.course_order)
        ]
        return self

    def accepts(self, desk: PlansDesk) -> bool:
        """Check the form, its days by their rule, and whether the course is owed."""
        if not self.validate():
            return False
        refusal = exemption_refusal(self.from_on.data, self.until_on.data, desk.today)
        if not tells(self.until_on, refusal):
            return False
        if not self.weight(desk):
            self.course.errors = [_("No plan asks this course of this person.")]
            return False
        return True

    def weight(self, desk: PlansDesk) -> int:
        """Return how heavy the course weighs for the person; 0 for not at all."""
        return weight_owed(
            desk.index,
            user_id=self.person.data,
            course=self.course.data,
            day=desk.today,
        )

    def terms(self) -> ExemptionTerms:
        """Return what was entered; asked after `accepts`."""
        return ExemptionTerms(
            user_id=self.person.data,
            course=self.course.data,
            reason=self.reason.data,
            from_on=self.from_on.data,
            until_on=self.until_on.data,
        )


@exemptions.get("/<slug>/exemptions")
@requires(Role.MANAGER)
def index(slug: str) -> str:
    """List the exemptions, those that wait first."""
    desk = plans_desk(slug)
    rows = exemption_rows(reading(), institution_id=desk.place.id, today=desk.today)
    rows.sort(key=lambda row: list(ExemptionState).index(row.state))
    moment = now()
    return render_template(
        "institution/exemptions.html",
        place=desk.place,
        here="plans",
        rows=[
            {
                "row": row,
                "course": course_title(desk.facts, row.course),
                "state": state_word(row.state),
                "shape": STATE_SHAPES[row.state],
            }
            for row in rows
        ],
        may_decide=holds(actor(), Role.COORDINATOR),
        waiting=shown_requests(
            desk,
            waiting_requests(reading(), institution_id=desk.place.id, now=moment),
        ),
        answered=shown_requests(
            desk,
            answered_requests(reading(), institution_id=desk.place.id, now=moment),
        ),
    )


def state_word(state: ExemptionState) -> str:
    """Return the word of an exemption's state."""
    return {
        ExemptionState.ASKED: _("Waits for the coordination"),
        ExemptionState.COMING: _("Not begun yet"),
        ExemptionState.RUNNING: _("Exempt"),
        ExemptionState.OVER: _("Over"),
        ExemptionState.REFUSED: _("Not given"),
    }[state]


@exemptions.get("/<slug>/exemptions/new")
@requires(Role.MANAGER)
def new(slug: str) -> Response:
    """Show the form; the address may name the person and the course."""
    desk = plans_desk(slug)
    form = ExemptionForm(
        None,
        person=request.args.get("person", type=int),
        course=request.args.get("course"),
        from_on=desk.today,
        until_on=add_months(desk.today, USUAL_MONTHS),
    )
    return _page(desk, form)


@exemptions.post("/<slug>/exemptions")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Exempt a person, or ask the coordination where the course is critical."""
    desk, form = plans_desk(slug), ExemptionForm()
    form.offer(desk)
    if not form.accepts(desk):
        return _page(desk, form), UNPROCESSABLE
    with unit_of_work() as session:
        counts = verbs.exempt(session, desk.place, form.terms(), by=actor(), now=now())
    flash(
        _("The exemption is given.")
        if counts
        else _("The course is critical: the coordination has been asked."),
        "success",
    )
    return redirect(url_for("exemptions.index", slug=slug), code=303)


@exemptions.post("/<slug>/exemptions/<id:exemption_id>/decision")
@requires(Role.COORDINATOR)
def decide(slug: str, exemption_id: int) -> ResponseReturnValue:
    """Agree to an exemption that was asked for, or refuse it."""
    place, agrees = managed_place(slug), request.form.get("decision") == "agree"
    asked = request_behind(
        reading(), institution_id=place.id, exemption_id=exemption_id, now=now()
    )
    with unit_of_work() as session:
        verbs.decide_exemption(
            session, place, exemption_id, agrees=agrees, by=actor(), now=now()
        )
        if asked is not None:
            tell_person(session, asked, is_given=agrees, answer=asked.answer)
    told = _("The exemption is given.") if agrees else _("The exemption is refused.")
    flash(told, "success")
    return redirect(url_for("exemptions.index", slug=slug), code=303)


@exemptions.post("/<slug>/exemptions/<id:exemption_id>/end")
@requires(Role.MANAGER)
def end(slug: str, exemption_id: int) -> ResponseReturnValue:
    """End an exemption early."""
    place = managed_place(slug)
    with unit_of_work() as session:
        verbs.end_exemption(session, place, exemption_id, now=now())
    flash(_("The exemption has ended."), "success")
    return redirect(url_for("exemptions.index", slug=slug), code=303)


def _page(desk: PlansDesk, form: ExemptionForm) -> Response:
    g.form_path = url_for("exemptions.new", slug=desk.place.slug)
    form.offer(desk)
    weight = form.weight(desk) if form.person.data and form.course.data else 0
    page = render_template(
        "institution/exemption_new.html",
        place=desk.place,
        here="plans",
        form=form,
        is_critical=needs_coordination(weight),
        is_coordinator=holds(actor(), Role.COORDINATOR),
    )
    return Response(page, mimetype="text/html")
