"""Who writes a course: its authors, or everybody who writes for the platform."""

from collections.abc import Collection

from conexx_learn.domain.permissions import Actor, Role, holds


def may_write(actor: Actor, *, authors: Collection[int]) -> bool:
    """Say whether somebody may read and change the draft of a course.

    Its authors may, and the coordination. A course that nobody has claimed, such as
    one that came as a folder, belongs to every trainer of the platform; the trainers of
    an institution write only what they begin.
    """
    if holds(actor, Role.COORDINATOR):
        return True
    if not holds(actor, Role.TRAINER):
        return False
    return actor.user_id in authors or (not authors and is_platform_trainer(actor))


def may_follow(actor: Actor, *, authors: Collection[int]) -> bool:
    """Say whether somebody may see what the learners of a course do.

    Who writes it may, and the trainers of an institution, for its people alone.
    """
    return may_write(actor, authors=authors) or any(
        place.role is Role.TRAINER and place.institution_id is not None
        for place in actor.places
    )


def is_platform_trainer(actor: Actor) -> bool:
    """Say whether somebody writes for the platform rather than for one institution."""
    return any(
        place.role is Role.TRAINER and place.institution_id is None
        for place in actor.places
    )
