"""A level that was corrected: both stay, and the work is decided anew."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import LearnError
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.graded_work import (
    MarkCorrection,
)
from conexx_learn.services.mark_corrections import NewLevel, correct_mark
from tests.factories import NOW
from tests.graded_work import (
    Scene,
    assessment_of,
    assign,
    finish_the_rest,
    hand_in,
    judge,
    make_scene,
    stored_work,
)
from tests.learning import ISSUING

GOOD = (4, 4, 4, 4)
FAIR = (3, 3, 3, 4)
BAD = (3, 3, 2, 2)


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


def fail_once(session: Session, scene: Scene, text: str) -> int:
    hand_in_id = hand_in(session, scene.ana, text)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *BAD)
    return hand_in_id


def correct(
    session: Session, scene: Scene, hand_in_id: int, criterion: str, level: int
) -> None:
    correct_mark(
        session,
        hand_in_id=hand_in_id,
        assessment_id=assessment_of(session, hand_in_id, scene.assessors[0]).id,
        new=NewLevel(criterion, level, "Typed in the wrong row"),
        by=scene.coordinator.id,
        issuing=ISSUING,
        now=NOW,
    )
    session.commit()


def test_a_correction_keeps_both_levels_and_decides_anew(
    session: Session, scene: Scene
) -> None:
    hand_in_id = fail_once(session, scene, "a")
    assert stored_work(session, hand_in_id).half_points == 2 * 44

    correct(session, scene, hand_in_id, "design", 3)

    row = session.scalars(select(MarkCorrection)).one()
    assert (row.level_before, row.level, row.corrected_by) == (
        2,
        3,
        scene.coordinator.id,
    )
    assert stored_work(session, hand_in_id).half_points == 2 * 49
    assert "work-correct" in session.scalars(select(AuditEntry.act)).all()


def test_a_correction_may_bring_back_the_need_of_a_third(
    session: Session, scene: Scene
) -> None:
    hand_in_id = fail_once(session, scene, "a")

    correct(session, scene, hand_in_id, "design", 5)

    work = stored_work(session, hand_in_id)
    assert (work.decided_at, work.passed, work.result) == (None, None, None)
    assign(session, scene, hand_in_id, scene.assessors[2])
    assert judge(session, hand_in_id, scene.assessors[2], *BAD).is_decided


def test_what_a_certificate_rests_on_is_not_corrected(
    session: Session, scene: Scene
) -> None:
    finish_the_rest(session, scene.ana)
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *GOOD)

    with pytest.raises(LearnError, match="work-certified"):
        correct(session, scene, hand_in_id, "design", 1)


def test_a_result_stays_once_a_newer_work_was_handed_in(
    session: Session, scene: Scene
) -> None:
    hand_in_id = fail_once(session, scene, "a")
    hand_in(session, scene.ana, "b")

    with pytest.raises(LearnError, match="work-newer"):
        correct(session, scene, hand_in_id, "design", 3)
