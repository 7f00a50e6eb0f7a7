"""A withdrawn course stays withdrawn until somebody offers it again."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.queries.course_cards import course_list
from conexx_learn.queries.course_versions import course_history
from conexx_learn.queries.live_versions import live_versions
from conexx_learn.services.course_offers import (
    offer_version,
    withdraw_course,
    withdrawn_courses,
)
from conexx_learn.services.course_publication import rehearse_folder
from tests.factories import NOW, SAMPLES
from tests.learning import SMALL
from tests.published import edited_copy, publish_sample, version


def withdraw(session: Session) -> None:
    withdraw_course(session, slug=SMALL, reason="Out of date", user_id=None, now=NOW)
    session.commit()


def test_a_withdrawn_course_is_named_for_who_starts_the_product(
    session: Session,
) -> None:
    publish_sample(session)
    assert withdrawn_courses(session) == frozenset()

    withdraw(session)

    assert withdrawn_courses(session) == {SMALL}
    assert course_list(session, lang="en") == []


def test_it_is_withdrawn_once(session: Session) -> None:
    publish_sample(session)
    withdraw(session)

    with pytest.raises(RuleError) as error:
        withdraw(session)

    assert error.value.code == "offer-withdrawn"
    with pytest.raises(NotFoundError):
        withdraw_course(session, slug="none", reason="", user_id=None, now=NOW)


def test_a_rehearsal_says_that_the_same_content_stays_withdrawn(
    session: Session,
) -> None:
    publish_sample(session)
    withdraw(session)

    (rehearsal,) = rehearse_folder(SAMPLES / SMALL, now=NOW)

    assert not rehearsal.changed
    assert not publish_sample(session).changed
    assert SMALL not in live_versions(session)


def test_something_newer_is_offered_when_it_is_published(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    withdraw(session)

    publication = publish_sample(session, folder=edited_copy(tmp_path, version("1.1")))

    assert publication.changed
    assert live_versions(session)[SMALL].label == "1.1"


def test_what_is_newer_than_the_offered_one_is_not_published_again(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    newer = edited_copy(tmp_path, version("1.1"))
    publish_sample(session, folder=newer)
    first = course_history(session, slug=SMALL).version("1.0")
    offer_version(
        session, slug=SMALL, version_id=first.id, reason="So", user_id=None, now=NOW
    )
    session.commit()

    assert not publish_sample(session, folder=newer).changed

    assert live_versions(session)[SMALL].label == "1.0"


def test_a_version_of_another_course_is_not_offered(session: Session) -> None:
    publish_sample(session)
    publish_sample(session, "second-course")
    other = course_history(session, slug="second-course").versions[0]

    with pytest.raises(NotFoundError):
        offer_version(
            session, slug=SMALL, version_id=other.id, reason="", user_id=None, now=NOW
        )
