"""What the people of the demonstration have done so far, through the real verbs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.certificates import RevocationReason
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.model_answers import shown_right_response
from conexx_learn.queries.assessment import sitting
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.queries.certification import certificate_number_of
from conexx_learn.services.assessment import start_attempt, submit_attempt
from conexx_learn.services.certification import Issuing, revoke_certificate
from conexx_learn.services.demo_people import (
    ANA,
    CARLA,
    COORDINATOR,
    SAUL,
    SECOND_COORDINATOR,
)
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.progress import complete_module

LANG = "es"
FIRST_COURSE = "first-steps"
LONG_COURSE = "eu-financing-instruments"
MODULES_READ = 4
"""Of the long course by Ana: her next step is module 5."""
RIGHT_WHEN_FAILING = 3
"""Of the seven questions of the first course by Carla."""
NEEDED = timedelta(minutes=7)
"""What an attempt takes these people."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everything that the stories share.

    Attributes:
        session: Where to write.
        ids: Identity to account id.
        issuing: Who certifies.
        now: The moment that all days are counted back from.
    """

    session: Session
    ids: Mapping[str, int]
    issuing: Issuing
    now: datetime

    def days_ago(self, days: int) -> datetime:
        """Return the moment so many days before."""
        return self.now - timedelta(days=days)


def tell_stories(cast: Cast) -> None:
    """Let everybody do what they have done; a course that is not live is left out."""
    if _is_live(cast, FIRST_COURSE):
        _complete_first_course(cast, ANA, days=24)
        _complete_first_course(cast, SAUL, days=40)
        _revoke(cast, SAUL, days=10)
        _fail_first_course(cast, CARLA, days=3)
    if _is_live(cast, LONG_COURSE):
        _begin_long_course(cast, ANA, days=21)


def _is_live(cast: Cast, slug: str) -> bool:
    try:
        return course_place(cast.session, slug=slug, user_id=cast.ids[ANA]).is_live
    except NotFoundError:
        return False


def _complete_first_course(cast: Cast, who: str, *, days: int) -> None:
    moment = cast.days_ago(days)
    _enrol(cast, who, FIRST_COURSE, moment)
    for module in _modules(cast, who, FIRST_COURSE):
        _read(cast, who, FIRST_COURSE, module, moment)
    _take(cast, who, FIRST_COURSE, None, moment)


def _fail_first_course(cast: Cast, who: str, *, days: int) -> None:
    moment = cast.days_ago(days)
    _enrol(cast, who, FIRST_COURSE, moment)
    for module in _modules(cast, who, FIRST_COURSE):
        _read(cast, who, FIRST_COURSE, module, moment)
    _take(cast, who, FIRST_COURSE, None, moment, answered=RIGHT_WHEN_FAILING)


def _begin_long_course(cast: Cast, who: str, *, days: int) -> None:
    _enrol(cast, who, LONG_COURSE, cast.days_ago(days))
    modules = _modules(cast, who, LONG_COURSE)[:MODULES_READ]
    for number, module in enumerate(modules, start=1):
        moment = cast.days_ago(days - 4 * number)
        _read(cast, who, LONG_COURSE, module, moment)
        _take(cast, who, LONG_COURSE, module, moment)


def _revoke(cast: Cast, who: str, *, days: int) -> None:
    """Let both coordinators take the certificate of the first course back."""
    place = course_place(cast.session, slug=FIRST_COURSE, user_id=cast.ids[who])
    number = certificate_number_of(cast.session, enrolment_id=place.enrolment_id or 0)
    if number is None:
        return
    for by in (COORDINATOR, SECOND_COORDINATOR):
        revoke_certificate(
            cast.session,
            number=number,
            reason=RevocationReason.ISSUED_IN_ERROR,
            note="",
            by=cast.ids[by],
            now=cast.days_ago(days),
        )
        cast.session.flush()


def _enrol(cast: Cast, who: str, course: str, moment: datetime) -> None:
    enrol(cast.session, slug=course, user_id=cast.ids[who], lang=LANG, now=moment)


def _modules(cast: Cast, who: str, course: str) -> list[str]:
    place = course_place(cast.session, slug=course, user_id=cast.ids[who])
    return [module.slug for module in outline_of(cast.session, place, LANG).modules]


def _read(cast: Cast, who: str, course: str, module: str, moment: datetime) -> None:
    complete_module(
        cast.session,
        course=course,
        module=module,
        user_id=cast.ids[who],
        lang=LANG,
        issuing=cast.issuing,
        now=moment,
    )


def _take(
    cast: Cast,
    who: str,
    course: str,
    module: str | None,
    moment: datetime,
    *,
    answered: int | None = None,
) -> None:
    """Sit a quiz with right answers; with `answered`, only to the first so many."""
    user_id = cast.ids[who]
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
