"""What happened to certificates of the demonstration: each state has one.

Valid and expired ones come of the stories themselves; here are those that somebody
acted on, and what waits for the coordination.
"""

from conexx_learn.domain.certificates import RevocationReason, SuspensionReason
from conexx_learn.queries.catalogue import course_place
from conexx_learn.queries.certification import certificate_number_of
from conexx_learn.services.certificate_acts import (
    propose_revocation,
    revoke_certificate,
    suspend_certificate,
)
from conexx_learn.services.certificate_corrections import (
    ask_for_correction,
    correct_certificate,
)
from conexx_learn.services.demo_people import COORDINATOR, SECOND_COORDINATOR
from conexx_learn.services.demo_scene import Cast, Town


def revoke(cast: Cast, user_id: int, course: str, *, days: int) -> None:
    """Let both coordinators take the certificate of a course back."""
    number = _number(cast, user_id, course)
    if number is None:
        return
    for by in (COORDINATOR, SECOND_COORDINATOR):
        revoke_certificate(
            cast.session,
            number=number,
            reason=RevocationReason.ISSUED_IN_ERROR,
            note="",
            by=cast.ids[by],
            now=cast.days_ago(days),
        )


def suspend(here: Town, user_id: int, course: str, *, on: int) -> None:
    """Suspend somebody's certificate, and propose to take it back the day after.

    The first coordinator suspended it and the second proposes: whoever plays the first
    finds an approval that waits.
    """
    number = _number(here.cast, user_id, course)
    if number is None:
        return
    suspend_certificate(
        here.cast.session,
        number=number,
        reason=SuspensionReason.UNDER_REVIEW,
        note="Se revisa la identidad de quien presentó la evaluación.",
        by=here.cast.ids[COORDINATOR],
        now=here.moment(on),
    )
    propose_revocation(
        here.cast.session,
        number=number,
        reason=RevocationReason.FRAUD,
        note="La bitácora de la evaluación no corresponde con su jornada.",
        by=here.cast.ids[SECOND_COORDINATOR],
        now=here.moment(on + 1),
    )


def correct(here: Town, user_id: int, course: str, name: str, *, on: int) -> None:
    """Let the first coordinator issue a certificate with a name that was incomplete."""
    number = _number(here.cast, user_id, course)
    if number is not None:
        correct_certificate(
            here.cast.session,
            number=number,
            holder=name,
            note="Pidió que diga sus dos nombres.",
            by=here.cast.ids[COORDINATOR],
            now=here.moment(on),
        )


def ask(here: Town, user_id: int, course: str, name: str, *, on: int) -> None:
    """Let somebody ask for a correction that nobody has answered yet."""
    number = _number(here.cast, user_id, course)
    if number is not None:
        ask_for_correction(
            here.cast.session,
            number=number,
            user_id=user_id,
            name=name,
            now=here.moment(on),
        )


def _number(cast: Cast, user_id: int, course: str) -> str | None:
    place = course_place(cast.session, slug=course, user_id=user_id)
    return certificate_number_of(cast.session, enrolment_id=place.enrolment_id or 0)
