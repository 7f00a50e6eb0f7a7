"""Graded work in a few verbs, for tests that begin in the middle of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.graded_work.handing_in import Source
from conexx_learn.domain.graded_work.marks import Mark, Marks
from conexx_learn.domain.graded_work.work_files import WorkKind
from conexx_learn.models.accounts import User
from conexx_learn.models.graded_work import HandIn, WorkAssessment, WorkMember
from conexx_learn.models.institutions import Institution
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.handing_in import NewWork, hand_in_work
from conexx_learn.services.marking import Submitted, submit_marks
from conexx_learn.services.work_assessors import assign_assessor, begin_assessment
from conexx_learn.services.work_teams import answer_invitation, invite_colleague
from tests.factories import NOW, make_institution, make_membership, make_user
from tests.learning import ISSUING, pass_quiz, read_module
from tests.office_files import PDF
from tests.published import publish_sample

COURSE = "town-project"
WEIGHTS = {"team": 10, "finance": 10, "need": 30, "design": 50}
CRITERIA = tuple(WEIGHTS)


@dataclass(frozen=True, slots=True)
class Scene:
    """A town with two learners of the course, three trainers elsewhere, a coordinator.

    Attributes:
        town: Where the learners belong.
        ana: Enrolled, and Beto too.
        assessors: Trainers of three other institutions.
        coordinator: Of the platform.
    """

    town: Institution
    ana: User
    beto: User
    assessors: tuple[User, User, User]
    coordinator: User


def make_scene(session: Session) -> Scene:
    """Publish the course, and make who takes part in it."""
    publish_sample(session, COURSE)
    town = make_institution(session)
    ana, beto = (make_learner(session, town, name) for name in ("Ana", "Beto"))
    assessors = tuple(make_assessor(session, number) for number in (1, 2, 3))
    coordinator = make_user(session, "Carla")
    make_membership(session, coordinator, "coordinator")
    session.commit()
    return Scene(
        town, ana, beto, (assessors[0], assessors[1], assessors[2]), coordinator
    )


def make_learner(session: Session, town: Institution, name: str) -> User:
    """Make somebody of a town who is enrolled in the course."""
    user = make_user(session, name, password="set")
    make_membership(session, user, "learner", town)
    enrol(session, slug=COURSE, user_id=user.id, lang="en", now=NOW)
    session.commit()
    return user


def make_assessor(session: Session, number: int) -> User:
    """Make a trainer of an institution of their own."""
    user = make_user(session, f"Trainer {number}")
    elsewhere = make_institution(session, f"town-{number}", name=f"Town {number}")
    make_membership(session, user, "trainer", elsewhere)
    session.commit()
    return user


def pdf(text: str = "first") -> NewWork:
    """Return a PDF that differs by its text."""
    content = PDF.replace(b"1 0 obj", text.encode())
    return NewWork(Source.FILE, "plan.pdf", WorkKind.PDF.value, content)


def hand_in(
    session: Session, user: User, text: str = "first", now: datetime = NOW
) -> int:
    """Hand a PDF in."""
    hand_in_id = hand_in_work(
        session, course=COURSE, user_id=user.id, work=pdf(text), now=now
    )
    session.commit()
    return hand_in_id


def team_up(session: Session, user: User, colleague: User) -> None:
    """Ask a colleague into a team, and let them accept."""
    invite_colleague(
        session, course=COURSE, user_id=user.id, colleague_id=colleague.id, now=NOW
    )
    member_id = session.scalars(
        select(WorkMember.id).where(
            WorkMember.user_id == colleague.id, WorkMember.accepted_at.is_(None)
        )
    ).one()
    answer_invitation(
        session,
        course=COURSE,
        user_id=colleague.id,
        member_id=member_id,
        accepts=True,
        now=NOW,
    )
    session.commit()


def assign(session: Session, scene: Scene, hand_in_id: int, *assessors: User) -> None:
    """Give a work to assessors."""
    for assessor in assessors:
        assign_assessor(
            session,
            hand_in_id=hand_in_id,
            assessor_id=assessor.id,
            given_by=scene.coordinator.id,
            now=NOW,
        )
    session.commit()


def assessment_of(session: Session, hand_in_id: int, assessor: User) -> WorkAssessment:
    """Return an assessor's part of a work."""
    return session.scalars(
        select(WorkAssessment)
        .where(
            WorkAssessment.hand_in_id == hand_in_id,
            WorkAssessment.assessor_id == assessor.id,
        )
        .execution_options(populate_existing=True)
    ).one()


def begin(session: Session, hand_in_id: int, assessor: User) -> int:
    """Let an assessor begin; return the key of their part."""
    assessment_id = assessment_of(session, hand_in_id, assessor).id
    begin_assessment(
        session, assessment_id=assessment_id, assessor_id=assessor.id, now=NOW
    )
    session.commit()
    return assessment_id


def marks(*levels: int) -> Marks:
    """Return marks with a comment each: team, finance, need, design."""
    return {
        key: Mark(level, f"Because of {key}")
        for key, level in zip(CRITERIA, levels, strict=True)
    }


def judge(session: Session, hand_in_id: int, assessor: User, *levels: int) -> Submitted:
    """Let an assessor begin and submit."""
    assessment_id = begin(session, hand_in_id, assessor)
    done = submit_marks(
        session,
        assessment_id=assessment_id,
        assessor_id=assessor.id,
        marks=marks(*levels),
        issuing=ISSUING,
        now=NOW,
    )
    session.commit()
    return done


def stored_work(session: Session, hand_in_id: int) -> HandIn:
    """Return a work as it stands now."""
    return session.get_one(HandIn, hand_in_id, populate_existing=True)


def finish_the_rest(session: Session, user: User) -> bool:
    """Read the module and pass the final quiz; say if that issued."""
    read_module(session, user, "the-bridge", slug=COURSE)
    return pass_quiz(session, user, None, slug=COURSE).certificate_issued
