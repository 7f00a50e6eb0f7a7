"""Work that people grade: handed in, judged by two who are blind, decided once."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import LearnError
from conexx_learn.domain.graded_work.handing_in import WorkState
from conexx_learn.domain.graded_work.marks import Mark
from conexx_learn.domain.progress import Step
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.certification import Certificate
from conexx_learn.models.graded_work import (
    HandIn,
    WorkAssessment,
)
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.queries.work_rubrics import has_rubric, version_rubric
from conexx_learn.services.marking import save_marks, submit_marks
from conexx_learn.services.work_assessors import assign_proposed, withdraw_assessor
from tests.factories import NOW, make_membership, make_user
from tests.graded_work import (
    COURSE,
    Scene,
    assessment_of,
    assign,
    begin,
    finish_the_rest,
    hand_in,
    judge,
    make_scene,
    marks,
    stored_work,
    team_up,
)
from tests.learning import ISSUING
from tests.published import publish_sample

GOOD = (4, 4, 4, 4)
FAIR = (3, 3, 3, 4)
BAD = (3, 3, 2, 2)


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


def certificates(session: Session, user: User) -> list[Certificate]:
    return list(
        session.scalars(select(Certificate).where(Certificate.user_id == user.id))
    )


def state_of(session: Session, user: User) -> WorkState | None:
    place = course_place(session, slug=COURSE, user_id=user.id)
    work = outline_of(session, place, "en").work
    return work.state if work else None


def test_a_version_knows_its_rubric_and_an_older_one_is_asked_for_its_files(
    session: Session, scene: Scene
) -> None:
    place = course_place(session, slug=COURSE, user_id=None)
    assert has_rubric(session, place.version_id, place.facts)
    assert has_rubric(session, place.version_id, {})
    rubric = version_rubric(session, version_id=place.version_id, lang="en")
    assert rubric is not None
    assert rubric.criteria[0].title == "People and equipment"
    assert dict(rubric.least) == {"capacity": 12}


def test_a_course_without_a_rubric_stays_as_it_was(session: Session) -> None:
    publish_sample(session)
    place = course_place(session, slug="small-course", user_id=None)

    assert not has_rubric(session, place.version_id, place.facts)
    assert not has_rubric(session, place.version_id, {})
    assert version_rubric(session, version_id=place.version_id, lang="es") is None
    assert outline_of(session, place, "es").work is None


def test_the_content_hash_does_not_know_of_the_fact(
    session: Session, scene: Scene
) -> None:
    again = publish_sample(session, COURSE)

    assert not again.changed
    assert session.scalars(select(func.count(CourseVersion.id))).one() == 1


def test_without_passed_work_there_is_no_certificate(
    session: Session, scene: Scene
) -> None:
    assert finish_the_rest(session, scene.ana) is False
    assert certificates(session, scene.ana) == []
    assert state_of(session, scene.ana) is WorkState.OPEN


def test_two_who_agree_decide_and_the_certificate_follows(
    session: Session, scene: Scene
) -> None:
    finish_the_rest(session, scene.ana)
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])

    assert not judge(session, hand_in_id, scene.assessors[0], *GOOD).is_decided
    assert stored_work(session, hand_in_id).decided_at is None
    assert judge(session, hand_in_id, scene.assessors[1], *FAIR).is_decided

    work = stored_work(session, hand_in_id)
    assert (work.passed, work.half_points) == (True, 2 * 75)
    assert state_of(session, scene.ana) is WorkState.PASSED
    (certificate,) = certificates(session, scene.ana)
    named = f"work 2026-{hand_in_id:04d} sha256:{work.sha256}"
    assert named in certificate.claims["evidence"]


def test_the_certificate_follows_the_quiz_where_the_work_came_first(
    session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *GOOD)

    assert certificates(session, scene.ana) == []
    assert finish_the_rest(session, scene.ana) is True


def test_a_disagreement_waits_for_a_third_and_the_median_counts(
    session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    judge(session, hand_in_id, scene.assessors[0], *GOOD)
    second = judge(session, hand_in_id, scene.assessors[1], *BAD)

    assert (second.is_decided, second.needs_third) == (False, True)
    assert assign_proposed(
        session, hand_in_id=hand_in_id, given_by=scene.coordinator.id, now=NOW
    ) == [scene.assessors[2].id]
    assert judge(session, hand_in_id, scene.assessors[2], *FAIR).is_decided
    work = stored_work(session, hand_in_id)
    assert (work.passed, work.half_points) == (True, 2 * 70)
    assert work.result is not None
    assert Fraction(work.result["levels"]["need"]) == 3
    assert len(work.result["comments"]["need"]) == 3


def test_a_third_is_not_given_before_there_is_a_disagreement(
    session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])

    with pytest.raises(LearnError, match="assessor-enough"):
        assign(session, scene, hand_in_id, scene.assessors[2])


def test_colleagues_authors_and_strangers_are_no_assessors(
    session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    colleague = make_user(session, "Colleague")
    make_membership(session, colleague, "trainer", scene.town)
    make_membership(session, scene.ana, "trainer")

    for user, code in (
        (colleague, "assessor-same-institution"),
        (scene.ana, "assessor-author"),
        (scene.beto, "not-found"),
    ):
        with pytest.raises(LearnError, match=code):
            assign(session, scene, hand_in_id, user)


def test_nobody_gives_a_work_of_their_own_away(session: Session, scene: Scene) -> None:
    make_membership(session, scene.ana, "coordinator")
    hand_in_id = hand_in(session, scene.ana)

    with pytest.raises(LearnError, match="work-own"):
        assign_proposed(session, hand_in_id=hand_in_id, given_by=scene.ana.id, now=NOW)


def test_the_same_file_twice_is_handed_in_once(session: Session, scene: Scene) -> None:
    assert hand_in(session, scene.ana) == hand_in(session, scene.ana)
    assert session.scalars(select(func.count(HandIn.id))).one() == 1


def test_a_newer_work_takes_the_place_and_the_assessors_of_the_one_before(
    session: Session, scene: Scene
) -> None:
    first = hand_in(session, scene.ana)
    assign(session, scene, first, *scene.assessors[:2])
    second = hand_in(session, scene.ana, "second", NOW + timedelta(hours=1))

    assert stored_work(session, first).replaced_at is not None
    assert assessment_of(session, second, scene.assessors[0]).place == 1
    assert stored_work(session, second).round == 1


def test_who_joins_in_between_may_be_a_colleague_of_the_assessors(
    session: Session, scene: Scene
) -> None:
    first = hand_in(session, scene.ana)
    assign(session, scene, first, *scene.assessors[:2])
    team_up(session, scene.ana, scene.beto)
    hand_in(session, scene.ana, "second")

    assert session.scalars(select(func.count(WorkAssessment.id))).one() == 0


def test_once_somebody_reads_nothing_is_replaced(
    session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    begin(session, hand_in_id, scene.assessors[0])

    assert state_of(session, scene.ana) is WorkState.READING
    with pytest.raises(LearnError, match="work-being-read"):
        hand_in(session, scene.ana, "second")


def fail_once(session: Session, scene: Scene, text: str) -> int:
    hand_in_id = hand_in(session, scene.ana, text)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *BAD)
    return hand_in_id


def test_two_more_rounds_follow_a_work_that_was_not_passed(
    session: Session, scene: Scene
) -> None:
    rounds = [stored_work(session, fail_once(session, scene, t)).round for t in "abc"]

    assert rounds == [1, 2, 3]
    assert state_of(session, scene.ana) is WorkState.FAILED
    with pytest.raises(LearnError, match="work-rounds-used"):
        hand_in(session, scene.ana, "d")


def test_who_has_passed_hands_in_no_more(session: Session, scene: Scene) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *GOOD)

    with pytest.raises(LearnError, match="work-passed"):
        hand_in(session, scene.ana, "second")


def test_marks_are_submitted_once_and_do_not_change(
    session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    judge(session, hand_in_id, scene.assessors[0], *GOOD)
    judge(session, hand_in_id, scene.assessors[0], *BAD)

    row = assessment_of(session, hand_in_id, scene.assessors[0])
    assert row.marks["need"]["level"] == 4
    with pytest.raises(LearnError, match="assessment-submitted"):
        save_marks(
            session,
            assessment_id=row.id,
            assessor_id=scene.assessors[0].id,
            marks=marks(*BAD),
            now=NOW,
        )


def test_marks_that_lack_something_are_kept_and_not_submitted(
    session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, scene.assessors[0])
    assessor_id = scene.assessors[0].id
    assessment_id = begin(session, hand_in_id, scene.assessors[0])
    draft = {**marks(*GOOD), "need": Mark(2)}

    save_marks(
        session,
        assessment_id=assessment_id,
        assessor_id=assessor_id,
        marks=draft,
        now=NOW,
    )
    with pytest.raises(LearnError, match="marks-incomplete"):
        submit_marks(
            session,
            assessment_id=assessment_id,
            assessor_id=assessor_id,
            marks=draft,
            issuing=ISSUING,
            now=NOW,
        )
    assert assessment_of(session, hand_in_id, scene.assessors[0]).submitted_at is None


def test_another_trainers_part_is_not_there(session: Session, scene: Scene) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, scene.assessors[0])
    assessment_id = begin(session, hand_in_id, scene.assessors[0])

    with pytest.raises(LearnError, match="not-found"):
        save_marks(
            session,
            assessment_id=assessment_id,
            assessor_id=scene.assessors[1].id,
            marks={},
            now=NOW,
        )


def test_an_assessor_can_be_exchanged_until_they_submit(
    session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    judge(session, hand_in_id, scene.assessors[0], *GOOD)

    def take(user: User) -> None:
        withdraw_assessor(
            session,
            hand_in_id=hand_in_id,
            assessment_id=assessment_of(session, hand_in_id, user).id,
            by=scene.coordinator.id,
            now=NOW,
        )
        session.commit()

    with pytest.raises(LearnError, match="assessment-submitted"):
        take(scene.assessors[0])
    take(scene.assessors[1])
    assign(session, scene, hand_in_id, scene.assessors[2])
    assert judge(session, hand_in_id, scene.assessors[2], *GOOD).is_decided


def test_the_work_is_the_next_step_after_the_final(
    session: Session, scene: Scene
) -> None:
    finish_the_rest(session, scene.ana)
    place = course_place(session, slug=COURSE, user_id=scene.ana.id)

    assert outline_of(session, place, "en").next_step.step is Step.WORK
