"""Remembering what somebody answered to the self-checks of a module."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from conexx_learn.domain.responses import Response
from conexx_learn.services.folder import held_work


def remember_checks(
    session: Session,
    *,
    course: str,
    module: str,
    user_id: int,
    lang: str,
    responses: Mapping[str, Response],
) -> None:
    """Keep the last response to each question; one that is None is forgotten.

    Args:
        session: Where to write.
        course: Slug.
        module: Slug.
        user_id: Whose.
        lang: Of the page.
        responses: Question id to response, in source keys.

    Raises:
        NotFoundError: No such course or module.
    """
    work = held_work(
        session,
        course=course,
        module=module,
        user_id=user_id,
        lang=lang,
        needs_task=False,
    )
    kept = {**work.checks, **responses}
    work.checks = {key: value for key, value in kept.items() if value is not None}
