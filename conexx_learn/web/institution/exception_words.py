"""The words of what in a plan needs somebody's eyes."""

from fractions import Fraction

from conexx_learn.domain.readiness.plan_exceptions import ExceptionKind, PlanException
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.institution.plan_desk import PlanDesk, PlansDesk
from conexx_learn.web.institution.plan_words import audience_words, hours_words
from conexx_learn.web.institution.words import course_title
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext


def exception_heading(kind: ExceptionKind) -> str:
    """Name a kind of exception."""
    return {
        ExceptionKind.NO_APPOINTMENT_DATE: _("The date of the appointment is missing"),
        ExceptionKind.IMPOSSIBLE_DUE: _("There is no time for it"),
        ExceptionKind.EMPTY_AUDIENCE: _("It binds nobody"),
        ExceptionKind.COURSE_RETIRED: _("The course was withdrawn"),
        ExceptionKind.MERGED_DUPLICATE: _("Asked for more than once"),
        ExceptionKind.VACANT_SEAT: _("Vacant seat"),
        ExceptionKind.LEAVES_BEFORE_DUE: _("Leaves before the due date"),
    }[kind]


def exception_sentence(exception: PlanException, plan: PlanDesk) -> str:
    """Say in one sentence what is out of the ordinary, with its names and figures."""
    desk = plan.plans
    person, post = _person(exception, desk), _post(exception, desk)
    course = course_title(desk.facts, exception.course or "")
    day, count = in_words(exception.on), len(exception.requirement_ids)
    match exception.kind:
        case ExceptionKind.NO_APPOINTMENT_DATE:
            return _(
                "Nobody entered since when %(person)s has been “%(post)s”.",
                person=person,
                post=post,
            )
        case ExceptionKind.IMPOSSIBLE_DUE:
            return _(
                "%(person)s needs %(needed)s by %(day)s (“%(course)s” and what is due "
                "before it) and has %(there)s until then.",
                person=person,
                needed=hours_words(exception.hours_needed or Fraction(0)),
                day=day,
                course=course,
                there=hours_words(_whole(exception.hours_available)),
            )
        case ExceptionKind.EMPTY_AUDIENCE:
            return _(
                "“%(course)s” for “%(audience)s”: there is neither person nor seat.",
                course=course,
                audience=_audience(exception, plan),
            )
        case ExceptionKind.COURSE_RETIRED:
            return _(
                "“%(course)s” for “%(audience)s”: nobody can begin this course now.",
                course=course,
                audience=_audience(exception, plan),
            )
        case ExceptionKind.MERGED_DUPLICATE:
            return _(
                "%(person)s owes “%(course)s” once, though %(count)s requirements ask "
                "for it: the earliest date and the greatest weight count.",
                person=person,
                course=course,
                count=count,
            )
        case ExceptionKind.VACANT_SEAT:
            return ngettext(
                "A seat of “%(post)s” is vacant: nobody is there for %(num)s "
                "requirement.",
                "A seat of “%(post)s” is vacant: nobody is there for %(num)s "
                "requirements.",
                count,
                post=post,
            )
        case ExceptionKind.LEAVES_BEFORE_DUE:
            return _(
                "%(person)s is here until %(day)s, before “%(course)s” is due.",
                person=person,
                day=day,
                course=course,
            )


def _person(exception: PlanException, desk: PlansDesk) -> str:
    person = desk.index.people.get(exception.person_id or 0)
    return person.name if person else ""


def _post(exception: PlanException, desk: PlansDesk) -> str:
    post = desk.index.posts.get(exception.post_id or 0)
    return post.title if post else ""


def _audience(exception: PlanException, plan: PlanDesk) -> str:
    line = plan.line(exception.requirement_ids[0])
    return audience_words(line.audience, plan.plans) if line else ""


def _whole(hours: Fraction | None) -> Fraction:
    """Round hours down: who has 7.9 has not 8."""
    return Fraction(int(hours or 0))
