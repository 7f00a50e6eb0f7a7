"""Teams of graded work: asked, accepted, left, and the result for each of them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import LearnError
from conexx_learn.domain.graded_work.handing_in import WorkState
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.graded_work import (
    HandInAuthor,
)
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.queries.work_teams import TeamMember, team_of
from conexx_learn.services.work_teams import (
    invite_colleague,
    leave_team,
    withdraw_invitation,
)
from tests.factories import NOW
from tests.graded_work import (
    COURSE,
    Scene,
    assign,
    finish_the_rest,
    hand_in,
    judge,
    make_learner,
    make_scene,
    stored_work,
    team_up,
)

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


def test_each_member_gets_the_result(session: Session, scene: Scene) -> None:
    team_up(session, scene.ana, scene.beto)
    for user in (scene.ana, scene.beto):
        finish_the_rest(session, user)
    hand_in_id = hand_in(session, scene.beto)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *GOOD)

    assert len(certificates(session, scene.ana)) == 1
    assert len(certificates(session, scene.beto)) == 1


def fail_once(session: Session, scene: Scene, text: str) -> int:
    hand_in_id = hand_in(session, scene.ana, text)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *BAD)
    return hand_in_id


def test_a_new_team_brings_no_new_rounds(session: Session, scene: Scene) -> None:
    fail_once(session, scene, "a")
    leave_team(session, course=COURSE, user_id=scene.ana.id, now=NOW)
    team_up(session, scene.beto, scene.ana)

    assert stored_work(session, hand_in(session, scene.beto, "b")).round == 2


def test_nobody_leaves_a_team_whose_work_waits(session: Session, scene: Scene) -> None:
    team_up(session, scene.ana, scene.beto)
    hand_in(session, scene.ana)

    with pytest.raises(LearnError, match="work-team-busy"):
        leave_team(session, course=COURSE, user_id=scene.beto.id, now=NOW)


def test_who_was_only_asked_is_no_author(session: Session, scene: Scene) -> None:
    invite_colleague(
        session,
        course=COURSE,
        user_id=scene.ana.id,
        colleague_id=scene.beto.id,
        now=NOW,
    )
    hand_in(session, scene.ana)

    assert list(session.scalars(select(HandInAuthor.user_id))) == [scene.ana.id]
    assert state_of(session, scene.beto) is WorkState.OPEN


def test_a_team_has_four_places_and_one_asked_no_longer_frees_his(
    session: Session, scene: Scene
) -> None:
    others = [make_learner(session, scene.town, f"Person {n}") for n in range(4)]

    def ask(user: User) -> None:
        invite_colleague(
            session,
            course=COURSE,
            user_id=scene.ana.id,
            colleague_id=user.id,
            now=NOW,
        )

    for user in others[:3]:
        ask(user)
        ask(user)
    with pytest.raises(LearnError, match="work-team-full"):
        ask(others[3])
    asked = next(
        one.id for one in _members(session, scene.ana) if one.user_id == others[0].id
    )
    withdraw_invitation(
        session, course=COURSE, user_id=scene.ana.id, member_id=asked, now=NOW
    )
    ask(others[3])


def _members(session: Session, user: User) -> list[TeamMember]:
    place = course_place(session, slug=COURSE, user_id=user.id)
    assert place.enrolment_id is not None
    return team_of(session, enrolment_id=place.enrolment_id)


def test_people_of_other_institutions_cannot_be_asked(
    session: Session, scene: Scene
) -> None:
    with pytest.raises(LearnError, match="not-found"):
        invite_colleague(
            session,
            course=COURSE,
            user_id=scene.ana.id,
            colleague_id=scene.assessors[0].id,
            now=NOW,
        )
