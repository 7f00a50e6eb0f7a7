"""A learner's place on a course: taken once, with what was read before."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.domain.errors import PrerequisiteError, RuleError
from conexx_learn.models.catalogue import CourseVersion, LiveVersion, Module
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.queries.catalogue import course_place
from conexx_learn.queries.prerequisites import prerequisites
from conexx_learn.services import audit


def enrol(
    session: Session,
    *,
    slug: str,
    user_id: int,
    lang: str,
    now: datetime,
    read_before: Sequence[str] = (),
) -> CoursePlace:
    """Enrol a learner on the live version; who is enrolled already stays there.

    Args:
        session: Where to write.
        slug: Of the course.
        user_id: Who enrols.
        lang: Language of an error's title.
        now: This moment.
        read_before: Slugs of modules that were marked as read before there was an
            account; they count.

    Raises:
        NotFoundError: No such course.
        RuleError: The course was withdrawn.
        PrerequisiteError: Another course comes first.
    """
    place = course_place(session, slug=slug, user_id=user_id)
    if place.enrolment_id is not None and not place.enrolment_ended:
        return place
    if not place.is_live:
        raise RuleError("course-withdrawn")
    live = _live_version(session, place.course_id)
    _refuse_unmet_prerequisites(session, live, user_id, lang)
    cycle = session.scalar(
        select(func.coalesce(func.max(Enrolment.cycle), 0) + 1).where(
            Enrolment.user_id == user_id, Enrolment.course_id == place.course_id
        )
    )
    made = insert_once(
        session,
        Enrolment,
        user_id=user_id,
        course_id=place.course_id,
        course_version_id=live.id,
        cycle=cycle,
        started_at=now,
    )
    place = course_place(session, slug=slug, user_id=user_id)
    if made:
        audit.record(session, act="enrol", thing=f"course:{slug}", now=now)
        _keep_reading(session, place, read_before, now)
    return place


def enrol_if_new(
    session: Session,
    *,
    slug: str,
    user_id: int,
    lang: str,
    now: datetime,
    read_before: Sequence[str] = (),
) -> None:
    """Enrol who never was; who has completed the course begins no new cycle by this."""
    place = course_place(session, slug=slug, user_id=user_id)
    if place.enrolment_id is None:
        enrol(
            session,
            slug=slug,
            user_id=user_id,
            lang=lang,
            now=now,
            read_before=read_before,
        )


def _live_version(session: Session, course_id: int) -> CourseVersion:
    return session.scalars(
        select(CourseVersion)
        .join(LiveVersion, LiveVersion.course_version_id == CourseVersion.id)
        .where(LiveVersion.course_id == course_id)
    ).one()


def _refuse_unmet_prerequisites(
    session: Session, version: CourseVersion, user_id: int, lang: str
) -> None:
    wanted = version.facts["prerequisites"]
    for one in prerequisites(session, slugs=wanted, user_id=user_id, lang=lang):
        if not one.is_met:
            raise PrerequisiteError(course_title=one.title)


def _keep_reading(
    session: Session, place: CoursePlace, slugs: Sequence[str], now: datetime
) -> None:
    if not slugs:
        return
    ids = session.scalars(
        select(Module.id).where(
            Module.course_version_id == place.version_id, Module.slug.in_(slugs)
        )
    )
    for module_id in ids:
        insert_once(
            session,
            ModuleCompletion,
            enrolment_id=place.enrolment_id,
            module_id=module_id,
            completed_at=now,
        )
