"""How the people of the demonstration learn: they enrol, read, answer, and pass."""

from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy import func, select

from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.model_answers import shown_right_response
from conexx_learn.domain.progress import Outline
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.assessment import sitting
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.services.assessment import start_attempt, submit_attempt
from conexx_learn.services.demo_scene import LANG, Cast, Town
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.progress import complete_module

NEEDED = timedelta(minutes=7)
"""What an attempt takes these people."""
RIGHT_WHEN_FAILING = 2
"""Questions of a final quiz that somebody answers who does not pass it."""
DAYS_BETWEEN_TRIES = 4


def is_live(cast: Cast, slug: str) -> bool:
    """Say whether newcomers find a course."""
    try:
        return course_place(cast.session, slug=slug, user_id=None).is_live
    except NotFoundError:
        return False


def join(cast: Cast, user_id: int, course: str, moment: datetime) -> None:
    """Enrol somebody in the live version."""
    enrol(cast.session, slug=course, user_id=user_id, lang=LANG, now=moment)


def outline_here(cast: Cast, user_id: int, course: str) -> Outline:
    """Return a course as somebody stands on it."""
    place = course_place(cast.session, slug=course, user_id=user_id)
    return outline_of(cast.session, place, LANG)


def complete_course(cast: Cast, user_id: int, course: str, moment: datetime) -> None:
    """Enrol, read and answer everything, and so receive the certificate."""
    join(cast, user_id, course, moment)
    study(cast, user_id, course, moment, share=Fraction(1))
    answer(cast, user_id, course, None, moment)


def study(
    cast: Cast, user_id: int, course: str, moment: datetime, *, share: Fraction
) -> None:
    """Complete modules from the first on, as many as fit into a share of the course."""
    outline = outline_here(cast, user_id, course)
    whole = sum(module.all_minutes for module in outline.required)
    done = 0
    for module in outline.required:
        done += module.all_minutes
        if done > share * whole:
            return
        read(cast, user_id, course, module.slug, moment)
        if module.quiz is not None:
            answer(cast, user_id, course, module.slug, moment)


def read(cast: Cast, user_id: int, course: str, module: str, moment: datetime) -> None:
    """Mark a module as read."""
    complete_module(
        cast.session,
        course=course,
        module=module,
        user_id=user_id,
        lang=LANG,
        issuing=cast.issuing,
        now=moment,
    )


def answer(
    cast: Cast,
    user_id: int,
    course: str,
    module: str | None,
    moment: datetime,
    *,
    answered: int | None = None,
) -> None:
    """Sit a quiz with right answers; with `answered`, only to the first so many."""
    attempt_id = start_attempt(
        cast.session,
        course=course,
        module=module,
        user_id=user_id,
        lang=LANG,
        issuing=cast.issuing,
        now=moment,
    )
    found = sitting(cast.session, attempt_id=attempt_id, user_id=user_id, lang=LANG)
    submit_attempt(
        cast.session,
        attempt_id=attempt_id,
        user_id=user_id,
        responses=_right_responses(found, answered),
        lang=LANG,
        issuing=cast.issuing,
        now=moment + NEEDED,
    )


def _right_responses(found: Sitting, answered: int | None) -> dict[str, object]:
    return {
        question.id: shown_right_response(form, question)
        for form, question in found.asked[:answered]
    }


# Days and mishaps ------------------------------------------------------------------


def issued_for(here: Town, *, until: int, months: int) -> datetime:
    """Return when a certificate was issued that ends on a day, by its offset."""
    day = add_months(here.day(until), -months)
    return here.moment((day - here.today).days)


def exhaust(here: Town, user_id: int, course: str) -> None:
    """Let somebody read a course and lose every attempt of its final quiz."""
    join(here.cast, user_id, course, here.moment(-17))
    study(here.cast, user_id, course, here.moment(-16), share=Fraction(1))
    final = outline_here(here.cast, user_id, course).final
    allowed = (final.rules.attempts_allowed if final else None) or 0
    for number in range(allowed):
        day = here.moment(-14 + number * DAYS_BETWEEN_TRIES)
        answer(here.cast, user_id, course, None, day, answered=RIGHT_WHEN_FAILING)


def study_pilot(
    here: Town,
    user_id: int,
    course: str,
    pilot: CourseVersion | None,
    *,
    share: Fraction,
) -> None:
    """Let somebody have begun the pilot of a course, before the newer version."""
    if pilot is None:
        join(here.cast, user_id, course, here.moment(-55))
    else:
        _begin_version(here.cast, user_id, pilot, here.moment(-55))
    study(here.cast, user_id, course, here.moment(-50), share=share)


def _begin_version(
    cast: Cast, user_id: int, version: CourseVersion, moment: datetime
) -> None:
    """Put somebody on a version that a newer one has replaced since.

    Written straight: the verb lets newcomers enter the live version alone.
    """
    cycle = cast.session.scalar(
        select(func.coalesce(func.max(Enrolment.cycle), 0) + 1).where(
            Enrolment.user_id == user_id, Enrolment.course_id == version.course_id
        )
    )
    cast.session.add(
        Enrolment(
            user_id=user_id,
            course_id=version.course_id,
            course_version_id=version.id,
            cycle=cycle or 1,
            started_at=moment,
        )
    )
    cast.session.flush()
