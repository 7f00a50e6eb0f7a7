"""Two at the same moment on one work: one hand-in, one decision, one certificate."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.models.certification import Certificate
from conexx_learn.models.graded_work import (
    HandIn,
    HandInAuthor,
    WorkAssessment,
    WorkMember,
)
from conexx_learn.models.registry import db
from conexx_learn.services.handing_in import hand_in_work
from conexx_learn.services.marking import Submitted, submit_marks
from conexx_learn.services.work_assessors import assign_proposed, begin_assessment
from conexx_learn.services.work_teams import invite_colleague
from tests.conftest import empty_database
from tests.factories import NOW
from tests.graded_work import (
    COURSE,
    Scene,
    assessment_of,
    assign,
    begin,
    finish_the_rest,
    hand_in,
    make_scene,
    marks,
    pdf,
    stored_work,
    team_up,
)
from tests.learning import ISSUING
from tests.real_application import at_once, real_application

MANY = 5
GOOD = (4, 4, 4, 4)


@pytest.fixture
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    with real_application(
        config, empty_database(tmp_path_factory.mktemp("work"), "work")
    ) as app:
        yield app


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


def count(session: Session, table: type) -> int:
    session.rollback()
    return session.scalars(select(func.count()).select_from(table)).one()


def test_the_same_work_five_times_at_once_is_one(
    real_app: Flask, session: Session, scene: Scene
) -> None:
    user_id = scene.ana.id

    made = at_once(
        real_app,
        MANY,
        lambda work, _: hand_in_work(
            work, course=COURSE, user_id=user_id, work=pdf(), now=NOW
        ),
    )

    assert len(set(made)) == 1
    assert count(session, HandIn) == count(session, WorkMember) == 1


def test_two_members_who_hand_in_at_once_leave_one_that_counts(
    real_app: Flask, session: Session, scene: Scene
) -> None:
    team_up(session, scene.ana, scene.beto)
    members = [scene.ana.id, scene.beto.id]

    at_once(
        real_app,
        2,
        lambda work, number: hand_in_work(
            work,
            course=COURSE,
            user_id=members[number],
            work=pdf(str(number)),
            now=NOW,
        ),
    )

    session.rollback()
    current = session.scalars(select(HandIn).where(HandIn.replaced_at.is_(None))).all()
    assert len(current) == 1
    assert count(session, HandInAuthor) == 2 * count(session, HandIn)


def test_two_who_ask_each_other_at_once_wait_for_nobody_forever(
    real_app: Flask, session: Session, scene: Scene
) -> None:
    people = [scene.ana.id, scene.beto.id]
    session.rollback()

    asked = at_once(
        real_app,
        2,
        lambda work, number: invite_colleague(
            work,
            course=COURSE,
            user_id=people[number],
            colleague_id=people[1 - number],
            now=NOW,
        ),
    )

    assert asked == ["Beto", "Ana"]
    assert count(session, WorkMember) == 4


def test_two_assessors_at_the_same_moment_make_one_decision(
    real_app: Flask, session: Session, scene: Scene
) -> None:
    team_up(session, scene.ana, scene.beto)
    for user in (scene.ana, scene.beto):
        finish_the_rest(session, user)
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    parts = [(begin(session, hand_in_id, one), one.id) for one in scene.assessors[:2]]

    def submit(work: Session, number: int) -> Submitted:
        assessment_id, assessor_id = parts[number % 2]
        return submit_marks(
            work,
            assessment_id=assessment_id,
            assessor_id=assessor_id,
            marks=marks(*GOOD),
            issuing=ISSUING,
            now=NOW,
        )

    done = at_once(real_app, 2 * MANY, submit)

    assert [one.is_decided for one in done].count(True) == 1
    assert count(session, Certificate) == 2
    assert stored_work(session, hand_in_id).half_points == 160


def test_two_coordinators_at_once_give_a_work_to_two_and_not_to_four(
    real_app: Flask, session: Session, scene: Scene
) -> None:
    hand_in_id, by = hand_in(session, scene.ana), scene.coordinator.id

    at_once(
        real_app,
        MANY,
        lambda work, _: assign_proposed(
            work, hand_in_id=hand_in_id, given_by=by, now=NOW
        ),
    )

    assert count(session, WorkAssessment) == 2


def test_who_begins_while_it_is_replaced_reads_what_counts(
    real_app: Flask, session: Session, scene: Scene
) -> None:
    first = hand_in(session, scene.ana)
    assign(session, scene, first, *scene.assessors[:2])
    part = assessment_of(session, first, scene.assessors[0])
    assessment_id, assessor_id, user_id = part.id, scene.assessors[0].id, scene.ana.id

    def act(work: Session, number: int) -> None:
        if number:
            begin_assessment(
                work, assessment_id=assessment_id, assessor_id=assessor_id, now=NOW
            )
        else:
            hand_in_work(
                work, course=COURSE, user_id=user_id, work=pdf("second"), now=NOW
            )

    session.rollback()
    outcomes = at_once(real_app, 2, act)

    session.rollback()
    (current,) = session.scalars(select(HandIn).where(HandIn.replaced_at.is_(None)))
    begun = session.scalars(
        select(WorkAssessment.hand_in_id).where(WorkAssessment.begun_at.is_not(None))
    ).all()
    assert set(begun) <= {current.id}
    assert outcomes != ["work-being-read", "work-replaced"]
