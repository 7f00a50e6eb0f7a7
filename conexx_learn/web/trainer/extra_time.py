"""More time for a learner: in every quiz, or for the attempt that is going on."""

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.extra_time import (
    CourseName,
    LearnerTime,
    learner_of,
    learners_of,
    named_course,
    running_attempts,
    time_grants,
)
from conexx_learn.services import extra_time as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.page_forms import PageForm

extra_time = Blueprint("extra_time", __name__, url_prefix="/trainer/courses")
UNPROCESSABLE = 422
MOST_PERCENT = 400
MOST_MINUTES = 240
LONGEST_REASON = 300


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


class ReasonedForm(PageForm):
    """An act that says why."""

    reason = StringField(
        _l("Why"),
        filters=[_squeezed],
        validators=[
            DataRequired(_l("Write why.")),
            Length(max=LONGEST_REASON, message=_l("This is too long.")),
        ],
        description=_l(
            "It stays in the record. No diagnosis: “agreed with the person” is enough."
        ),
    )


class PercentForm(ReasonedForm):
    """What is added to every time limit of a person."""

    percent = IntegerField(
        _l("More time in every quiz, in percent"),
        validators=[
            InputRequired(_l("Write a whole number from 0 to 400.")),
            NumberRange(0, MOST_PERCENT, _l("Write a whole number from 0 to 400.")),
        ],
        description=_l("50 turns 40 minutes into 60; 0 takes it back."),
    )


class MinutesForm(ReasonedForm):
    """What is added to one attempt."""

    minutes = IntegerField(
        _l("More minutes for this attempt"),
        validators=[
            InputRequired(_l("Write a whole number from 1 to 240.")),
            NumberRange(1, MOST_MINUTES, _l("Write a whole number from 1 to 240.")),
        ],
    )


@extra_time.get("/<course>/extra-time")
@requires(Role.TRAINER)
def index(course: str) -> str:
    """List the learners of a course, to find the one who needs time."""
    named = _course(course)
    query = request.args.get("q", "")[:100]
    return render_template(
        "trainer/extra_time.html",
        course=named,
        query=query,
        learners=learners_of(
            reading(),
            course_id=named.id,
            actor=actor(),
            query=query,
            today=today(),
        ),
    )


@extra_time.get("/<course>/extra-time/<id:user_id>")
@requires(Role.TRAINER)
def show(course: str, user_id: int) -> str:
    """Show what somebody was granted, and the forms to grant more."""
    named = _course(course)
    learner = _learner(named, user_id)
    return _page(named, learner, PercentForm(percent=learner.percent))


@extra_time.post("/<course>/extra-time/<id:user_id>")
@requires(Role.TRAINER)
def grant(course: str, user_id: int) -> ResponseReturnValue:
    """Set how much is added to every limit of a person."""
    named = _course(course)
    learner = _learner(named, user_id)
    form = PercentForm()
    if not form.validate():
        return _page(named, learner, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.grant_extra_time(
            session,
            user_id=user_id,
            percent=form.percent.data,
            reason=form.reason.data,
            now=now(),
        )
    flash(_("Saved. It counts at once, also in an attempt going on."), "success")
    return redirect(
        url_for("extra_time.show", course=course, user_id=user_id), code=303
    )


@extra_time.post("/<course>/extra-time/<id:user_id>/attempts/<id:attempt_id>")
@requires(Role.TRAINER)
def give_minutes(course: str, user_id: int, attempt_id: int) -> ResponseReturnValue:
    """Give minutes to an attempt of this course that is going on."""
    named = _course(course)
    learner = _learner(named, user_id)
    form = _minutes_form(attempt_id)
    if not form.validate():
        percent = PercentForm(formdata=None, percent=learner.percent)
        return _page(named, learner, percent, {attempt_id: form}), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.add_minutes(
            session,
            attempt_id=attempt_id,
            course_id=named.id,
            user_id=user_id,
            minutes=form.minutes.data,
            reason=form.reason.data,
            now=now(),
        )
    flash(_("Saved. The page of the attempt shows it with its next save."), "success")
    return redirect(
        url_for("extra_time.show", course=course, user_id=user_id), code=303
    )


def _course(slug: str) -> CourseName:
    return named_course(reading(), slug=slug, lang=page_language())


def _learner(course: CourseName, user_id: int) -> LearnerTime:
    return learner_of(
        reading(), course_id=course.id, actor=actor(), user_id=user_id, today=today()
    )


def _minutes_form(attempt_id: int, **values: object) -> MinutesForm:
    """Make the form of one attempt: its fields have names of their own."""
    return MinutesForm(prefix=f"attempt{attempt_id}-", **values)


def _page(
    course: CourseName,
    learner: LearnerTime,
    percent: PercentForm,
    refused: Mapping[int, MinutesForm] | None = None,
) -> str:
    """Show the forms; `refused` holds the one of an attempt that came back."""
    g.form_path = url_for(
        "extra_time.show", course=course.slug, user_id=learner.user_id
    )
    running = running_attempts(
        reading(),
        course_id=course.id,
        user_id=learner.user_id,
        lang=page_language(),
        now=now(),
    )
    forms = refused or {}
    return render_template(
        "trainer/extra_time_learner.html",
        course=course,
        learner=learner,
        percent=percent,
        running=[
            (one, forms.get(one.id) or _minutes_form(one.id, formdata=None))
            for one in running
        ],
        grants=time_grants(reading(), user_id=learner.user_id),
    )
