"""Enrolling: once, after its prerequisites, and again only after a completion."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import RevocationReason
from conexx_learn.domain.errors import NotFoundError, PrerequisiteError, RuleError
from conexx_learn.models.catalogue import LiveVersion
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.catalogue import course_page, course_place, outline_of
from conexx_learn.services.certificate_acts import revoke_certificate
from conexx_learn.services.enrolment import enrol, enrol_if_new
from tests.factories import NOW, make_user
from tests.learning import SMALL, complete_small_course, enrolled_user
from tests.published import publish_sample


def enrolments(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Enrolment)) or 0


def test_a_double_click_enrols_once(session: Session) -> None:
    publish_sample(session)
    user = make_user(session)

    first = enrol(session, slug=SMALL, user_id=user.id, lang="en", now=NOW)
    second = enrol(session, slug=SMALL, user_id=user.id, lang="en", now=NOW)

    assert first.enrolment_id == second.enrolment_id
    assert enrolments(session) == 1


def test_the_database_itself_refuses_a_second_open_enrolment(session: Session) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    place = course_place(session, slug=SMALL, user_id=user.id)
    session.add(
        Enrolment(
            user_id=user.id,
            course_id=place.course_id,
            course_version_id=place.version_id,
            cycle=2,
            started_at=NOW,
        )
    )

    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_an_unknown_course_is_not_found(session: Session) -> None:
    user = make_user(session)

    with pytest.raises(NotFoundError):
        enrol(session, slug="no-such-course", user_id=user.id, lang="en", now=NOW)


def test_an_unmet_prerequisite_is_named_in_the_readers_language(
    session: Session,
) -> None:
    publish_sample(session)
    publish_sample(session, "second-course")
    user = enrolled_user(session)

    with pytest.raises(PrerequisiteError) as refused:
        enrol(session, slug="second-course", user_id=user.id, lang="en", now=NOW)

    assert refused.value.course_title == "Clean water in the municipality"
    assert refused.value.status == 409


def test_a_certificate_opens_the_course_after_it(session: Session) -> None:
    publish_sample(session)
    publish_sample(session, "second-course")
    user = enrolled_user(session)
    complete_small_course(session, user)

    place = enrol(session, slug="second-course", user_id=user.id, lang="en", now=NOW)

    assert place.is_enrolled


def test_a_revoked_certificate_opens_nothing(session: Session) -> None:
    publish_sample(session)
    publish_sample(session, "second-course")
    user = enrolled_user(session)
    complete_small_course(session, user)
    number = session.scalars(select(Certificate.number)).one()
    for coordinator in (make_user(session), make_user(session)):
        revoke_certificate(
            session,
            number=number,
            reason=RevocationReason.FRAUD,
            note="",
            by=coordinator.id,
            now=NOW,
        )
        session.flush()

    with pytest.raises(PrerequisiteError):
        enrol(session, slug="second-course", user_id=user.id, lang="en", now=NOW)


def test_who_has_completed_may_begin_a_second_cycle(session: Session) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    complete_small_course(session, user)

    later = NOW + timedelta(days=300)
    place = enrol(session, slug=SMALL, user_id=user.id, lang="en", now=later)

    outline = outline_of(session, place, "en")
    assert not place.enrolment_ended
    assert outline.completed_count == 0
    assert enrolments(session) == 2


def test_reading_again_begins_no_second_cycle(session: Session) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    complete_small_course(session, user)

    enrol_if_new(session, slug=SMALL, user_id=user.id, lang="en", now=NOW)

    assert enrolments(session) == 1


def test_what_was_read_without_an_account_is_kept(session: Session) -> None:
    publish_sample(session)
    user = make_user(session)

    enrol(
        session,
        slug=SMALL,
        user_id=user.id,
        lang="en",
        read_before=("the-well", "no-such-module"),
        now=NOW,
    )

    page = course_page(session, slug=SMALL, user_id=user.id, lang="en")
    assert [module.is_read for module in page.outline.modules] == [True, False]


def test_a_withdrawn_course_stays_with_its_learners_and_takes_no_new_ones(
    session: Session,
) -> None:
    publish_sample(session)
    inside, outside = enrolled_user(session), make_user(session)
    session.delete(session.scalars(select(LiveVersion)).one())
    session.flush()

    assert course_place(session, slug=SMALL, user_id=inside.id).is_enrolled
    with pytest.raises(NotFoundError):
        enrol(session, slug=SMALL, user_id=outside.id, lang="en", now=NOW)


def test_a_withdrawn_course_begins_no_second_cycle(session: Session) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    complete_small_course(session, user)
    session.delete(session.scalars(select(LiveVersion)).one())
    session.flush()

    with pytest.raises(RuleError, match="course-withdrawn"):
        enrol(session, slug=SMALL, user_id=user.id, lang="en", now=NOW)
