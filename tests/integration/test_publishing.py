"""Publishing: an immutable version, and what a learner keeps when there is a newer."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.markup import SANITISER_VERSION
from conexx_learn.domain.progress import Outline
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import CourseText, CourseVersion, ModuleText
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.queries.course_cards import course_list
from conexx_learn.services.course_publication import FolderOutcome, publish_folder
from conexx_learn.services.version_moves import move_to_newer_version
from tests.factories import NOW, SAMPLES
from tests.learning import (
    ISSUING,
    SMALL,
    begin_attempt,
    complete_small_course,
    enrolled_user,
    pass_quiz,
    read_module,
    submit,
)
from tests.published import Edits, edited_copy, publish_sample, version

NEW_PUMP: Edits = version("2.0") | {"02-the-pump.es.md": ("al tanque.", "al depósito.")}
NEW_WELL_QUIZ: Edits = version("2.0") | {
    "01-the-well.quiz.es.md": ("cuatro: de la lluvia", "cuatro: desde la lluvia"),
}


def publish_from(folder: Path) -> FolderOutcome:
    (outcome,) = publish_folder(folder / SMALL, change_note={}, now=NOW)
    return outcome


def move(session: Session, user: User) -> None:
    move_to_newer_version(
        session, slug=SMALL, user_id=user.id, lang="en", issuing=ISSUING, now=NOW
    )
    session.commit()


def outline_for(session: Session, user: User) -> Outline:
    place = course_place(session, slug=SMALL, user_id=user.id)
    return outline_of(session, place, "en")


def test_a_course_is_published_with_its_modules_and_quizzes(session: Session) -> None:
    outcome = publish_from(SAMPLES)

    assert outcome.publication is not None, outcome.problems
    assert outcome.publication.changed
    assert (outcome.publication.module_count, outcome.publication.quiz_count) == (2, 3)
    assert [card.slug for card in course_list(session, lang="es")] == [SMALL]


def test_publishing_the_same_again_does_nothing(session: Session) -> None:
    publish_from(SAMPLES)
    again = publish_from(SAMPLES)

    assert again.publication is not None
    assert not again.publication.changed
    assert session.scalar(select(func.count()).select_from(CourseVersion)) == 1


def test_changed_content_under_the_same_version_is_refused(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    folder = edited_copy(tmp_path, {"01-the-well.es.md": ("cerca.", "reja.")})

    outcome = publish_from(folder)

    assert outcome.publication is None
    assert [problem.code for problem in outcome.problems] == ["E016"]
    assert session.scalar(select(func.count()).select_from(CourseVersion)) == 1


def test_a_broken_course_keeps_the_live_one_and_names_every_problem(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    edits: Edits = {
        "course.toml": ("hours = 1", "hours = 9\nhourz = 1"),
        "final.quiz.es.md": ("- (x) Una tapa y una cerca", "- (x)Una tapa"),
    }

    outcome = publish_from(edited_copy(tmp_path, edits))

    assert outcome.publication is None
    assert {"E002", "E202"} <= {problem.code for problem in outcome.problems}
    place = course_place(session, slug=SMALL, user_id=None)
    assert place.version_label == "1.0"


def test_one_broken_course_keeps_no_other_back(
    session: Session, tmp_path: Path
) -> None:
    broken: Edits = {"course.toml": ("hours = 0.25", "hours = 90")}
    edited_copy(tmp_path, broken, "members-course")
    edited_copy(tmp_path, {})

    outcomes = list(publish_folder(tmp_path, change_note={}, now=NOW))

    assert {o.slug: o.publication is not None for o in outcomes} == {
        "members-course": False,
        SMALL: True,
    }


def test_a_published_version_never_changes(session: Session, tmp_path: Path) -> None:
    def texts() -> list[object]:
        titles = select(CourseText.title, CourseText.body_html).where(
            CourseText.course_version_id == first
        )
        segments = select(ModuleText.segments).join_from(
            ModuleText, CourseVersion, CourseVersion.id == first
        )
        return [*session.execute(titles), *session.execute(segments).all()[:2]]

    publish_sample(session)
    first = session.scalars(select(CourseVersion.id)).one()
    before = texts()

    publish_sample(session, folder=edited_copy(tmp_path, NEW_PUMP))

    assert texts() == before


def test_a_learner_stays_on_the_version_they_started(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    early = enrolled_user(session)
    publish_sample(
        session,
        folder=edited_copy(tmp_path, NEW_PUMP),
        change_note={"es": "Cambió la bomba."},
    )
    late = enrolled_user(session)

    place = course_place(session, slug=SMALL, user_id=early.id)

    assert place.version_label == "1.0"
    assert place.newer_version == (2, 0)
    assert place.change_note == {"es": "Cambió la bomba."}
    assert course_place(session, slug=SMALL, user_id=late.id).version_label == "2.0"


def test_publishing_changes_nobodys_progress(session: Session, tmp_path: Path) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    read_module(session, user, "the-pump")
    before = outline_for(session, user)

    publish_sample(session, folder=edited_copy(tmp_path, NEW_PUMP))

    assert outline_for(session, user) == before


def test_moving_keeps_a_module_that_did_not_change_with_its_passed_quiz(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    read_module(session, user, "the-well")
    read_module(session, user, "the-pump")
    pass_quiz(session, user, "the-well")
    publish_sample(session, folder=edited_copy(tmp_path, NEW_PUMP))

    move(session, user)

    well, pump = outline_for(session, user).modules
    assert well.is_complete
    assert not pump.is_read


def test_moving_asks_a_changed_quiz_again(session: Session, tmp_path: Path) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    read_module(session, user, "the-well")
    pass_quiz(session, user, "the-well")
    attempt_id = begin_attempt(session, user, "the-well")
    publish_sample(session, folder=edited_copy(tmp_path, NEW_WELL_QUIZ))

    move(session, user)

    well = outline_for(session, user).modules[0]
    assert well.quiz is not None
    assert well.quiz.attempts == ()
    assert not well.is_read
    late = submit(session, user, attempt_id)
    assert not late.certificate_issued


def test_moving_keeps_the_final_that_did_not_change(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    pass_quiz(session, user, None)
    publish_sample(session, folder=edited_copy(tmp_path, NEW_PUMP))

    move(session, user)

    final = outline_for(session, user).final
    assert final is not None
    assert final.passed


def test_moving_keeps_an_attempt_that_is_open(session: Session, tmp_path: Path) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    attempt_id = begin_attempt(session, user, "the-well")
    publish_sample(session, folder=edited_copy(tmp_path, NEW_PUMP))

    move(session, user)

    assert begin_attempt(session, user, "the-well") == attempt_id
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_moving_completes_a_course_of_which_nothing_new_is_asked(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    for module in ("the-well", "the-pump"):
        read_module(session, user, module)
    pass_quiz(session, user, "the-well")
    publish_sample(session, folder=edited_copy(tmp_path, version("1.1")))

    move(session, user)

    assert pass_quiz(session, user, None).certificate_issued


def test_who_has_completed_is_offered_no_move(session: Session, tmp_path: Path) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    assert complete_small_course(session, user)
    publish_sample(session, folder=edited_copy(tmp_path, NEW_PUMP))

    with pytest.raises(NotFoundError):
        move(session, user)


def test_moving_twice_is_not_found(session: Session, tmp_path: Path) -> None:
    publish_sample(session)
    user = enrolled_user(session)
    publish_sample(session, folder=edited_copy(tmp_path, NEW_PUMP))
    move(session, user)

    with pytest.raises(NotFoundError):
        move(session, user)


def test_html_of_an_older_cleaner_is_made_anew(session: Session) -> None:
    publish_sample(session)
    live = session.scalars(select(CourseVersion)).one()
    live.sanitiser_version = "0"
    text = session.scalars(select(CourseText).where(CourseText.lang == "es")).one()
    clean, text.body_html = text.body_html, "<p onclick='x()'>old</p>"
    reading = session.scalars(select(ModuleText).where(ModuleText.lang == "es")).first()
    assert reading is not None
    segments, reading.segments = reading.segments, ["old"]
    session.commit()

    outcome = publish_from(SAMPLES)

    session.expire_all()
    assert outcome.publication is not None
    assert not outcome.publication.changed
    assert text.body_html == clean
    assert reading.segments == segments
    assert live.sanitiser_version == SANITISER_VERSION
    assert session.scalar(select(func.count()).select_from(CourseVersion)) == 1
