"""Due dates as a calendar, at an address that only its owner knows."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.calendar_files import DayEntry, calendar_file
from conexx_learn.adapters.clock import now
from conexx_learn.domain.course_days import CourseDay, course_days
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.sentences.reasons import reason_sentence
from conexx_learn.queries.accounts import Account
from conexx_learn.queries.accounts import account as account_of
from conexx_learn.queries.institution_facts import (
    InstitutionPlace,
    institution_facts,
)
from conexx_learn.queries.reminders import places_of
from conexx_learn.services import reminders
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import public, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.mails import absolute, speaking
from conexx_learn.web.signed_links import read_calendar

calendars = Blueprint("calendars", __name__)


@calendars.get("/calendar/<signed>.ics")
@public
def show(signed: str) -> Response:
    """Give the calendar to whoever has its address; a replaced one is not there."""
    user_id, edition = read_calendar(signed)
    me = account_of(reading(), user_id=user_id)
    if me is None or me.calendar_edition != edition:
        raise NotFoundError
    moment = now()
    places = places_of(reading(), user_id=me.id, day=moment.date())
    lang = me.locale or (places[0].locale if places else _default_language())
    with speaking(lang):
        found: dict[str, DayEntry] = {}
        for place in places:
            for entry in _entries(me, place, lang, moment):
                found.setdefault(entry.key, entry)
        name = _("Due dates, Conexx Learn")
        content = calendar_file([*found.values()], name=name, lang=lang, now=moment)
    response = Response(content, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Disposition"] = 'inline; filename="conexx-learn.ics"'
    return response


@calendars.post("/account/calendar")
@requires(Role.LEARNER)
def renew() -> ResponseReturnValue:
    """Make another address; the one of today stops working at once."""
    with unit_of_work() as session:
        reminders.renew_calendar_address(session, user_id=current_user.id, now=now())
    flash(_("Your calendar has a new address."), "success")
    return redirect(f"{url_for('account.show')}#my-calendar", code=303)


def _default_language() -> str:
    return str(current_app.config["BABEL_DEFAULT_LOCALE"])


def _entries(
    me: Account, place: InstitutionPlace, lang: str, moment: datetime
) -> list[DayEntry]:
    day = place.today(moment)
    facts = institution_facts(reading(), place=place, as_of=day, lang=lang)
    index = FactIndex(facts)
    return [_entry(me, index, one) for one in course_days(index, me.id, day)]


def _entry(me: Account, index: FactIndex, one: CourseDay) -> DayEntry:
    course = index.facts.courses.get(one.course)
    title = course.title if course else one.course
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    kind = "valid" if one.is_expiry else "due"
    return DayEntry(
        key=f"{kind}-{me.id}-{one.course}@{host}",
        on=one.on,
        title=(
            _("Certificate valid until today: %(course)s", course=title)
            if one.is_expiry
            else _("Due date: %(course)s", course=title)
        ),
        text=_text(one),
        address=absolute(url_for("catalogue.show", course=one.course)),
    )


def _text(one: CourseDay) -> str:
    if one.judged is None:
        return _("No plan requires it; renewing it is up to you.")
    said = (
        reason_sentence(reason, page_language())
        for reason in one.judged.obligation.reasons
    )
    reasons = [text for text in said if text]
    if not reasons:
        return ""
    return _("Reason: %(reason)s.", reason="; ".join(reasons).rstrip("."))
