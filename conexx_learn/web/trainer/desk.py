"""The course somebody writes: whether it is theirs, and its files as they see them."""

from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.course_teams import may_write
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.queries.course_authors import authors_of
from conexx_learn.services.draft_reading import Draft, draft_of
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor
from conexx_learn.web.trainer.homes import course_homes


def written_course(slug: str) -> Draft:
    """Return a course that who asks may write.

    Raises:
        NotFoundError: There is no such course, or it is not theirs.
    """
    refuse_foreign(slug)
    return draft_of(reading(), slug=slug, homes=course_homes())


def refuse_foreign(slug: str) -> None:
    """Let in who may write a course.

    Raises:
        NotFoundError: It is not theirs.
    """
    authors = [author.user_id for author in authors_of(reading(), slug)]
    if not may_write(actor(), authors=authors):
        raise NotFoundError


def draft_act(slug: str) -> DraftAct:
    """Say who changes a course, and when."""
    return DraftAct(slug, course_homes(), current_user.id, now())
