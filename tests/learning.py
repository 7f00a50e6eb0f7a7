"""The learner's way in a few verbs, for tests that begin in the middle of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conexx_learn.domain.attempt_saves import Save
from conexx_learn.domain.issuers import DEMO_ISSUER
from conexx_learn.models.accounts import User
from conexx_learn.services.assessment import start_attempt, submit_attempt
from conexx_learn.services.attempt_closing import Submission
from conexx_learn.services.attempt_saving import Saved, save_responses
from conexx_learn.services.certification import Issuing
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.progress import complete_module
from tests.factories import NOW, make_user
from tests.right_answers import right_responses, sitting_of

ISSUING = Issuing(DEMO_ISSUER, demo=True)
SMALL = "small-course"


def enrolled_user(session: Session, slug: str = SMALL, now: datetime = NOW) -> User:
    user = make_user(session)
    enrol(session, slug=slug, user_id=user.id, lang="en", now=now)
    session.commit()
    return user


def read_module(
    session: Session,
    user: User,
    module: str,
    *,
    slug: str = SMALL,
    issuing: Issuing = ISSUING,
    now: datetime = NOW,
) -> bool:
    issued = complete_module(
        session,
        course=slug,
        module=module,
        user_id=user.id,
        lang="en",
        issuing=issuing,
        now=now,
    )
    session.commit()
    return issued


def begin_attempt(
    session: Session,
    user: User,
    module: str | None,
    *,
    slug: str = SMALL,
    now: datetime = NOW,
) -> int:
    attempt_id = start_attempt(
        session,
        course=slug,
        module=module,
        user_id=user.id,
        lang="en",
        issuing=ISSUING,
        now=now,
    )
    session.commit()
    return attempt_id


def submit(
    session: Session,
    user: User,
    attempt_id: int,
    responses: dict[str, object] | None = None,
    *,
    issuing: Issuing = ISSUING,
    now: datetime = NOW,
) -> Submission:
    submission = submit_attempt(
        session,
        attempt_id=attempt_id,
        user_id=user.id,
        responses=responses or {},
        lang="en",
        issuing=issuing,
        now=now,
    )
    session.commit()
    return submission


def save_answers(
    session: Session,
    user_id: int,
    attempt_id: int,
    responses: Mapping[str, object],
    *,
    now: datetime = NOW,
    **about: Any,
) -> Saved:
    """Save answers without committing; `about` is what else a page says of a save."""
    return save_responses(
        session,
        attempt_id=attempt_id,
        user_id=user_id,
        save=Save(responses=responses, **({"number": 1} | about)),
        lang="en",
        issuing=ISSUING,
        now=now,
    )


def pass_quiz(
    session: Session,
    user: User,
    module: str | None,
    *,
    slug: str = SMALL,
    issuing: Issuing = ISSUING,
    now: datetime = NOW,
) -> Submission:
    attempt_id = begin_attempt(session, user, module, slug=slug, now=now)
    responses = dict[str, object](
        right_responses(sitting_of(session, attempt_id, user.id))
    )
    return submit(session, user, attempt_id, responses, issuing=issuing, now=now)


def complete_small_course(
    session: Session, user: User, *, issuing: Issuing = ISSUING, now: datetime = NOW
) -> bool:
    """Read both modules and pass both quizzes that count; say if that issued."""
    for module in ("the-well", "the-pump"):
        read_module(session, user, module, issuing=issuing, now=now)
    pass_quiz(session, user, "the-well", issuing=issuing, now=now)
    final = pass_quiz(session, user, None, issuing=issuing, now=now)
    return final.certificate_issued
