"""Invitations by mail: who waits for one, and the mail that carries it."""

from datetime import date

from flask_login import current_user
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Place, Role, holds, may_reset
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.people import PersonRow
from conexx_learn.services import access_codes, outbox
from conexx_learn.web.access import actor
from conexx_learn.web.addresses import url_for
from conexx_learn.web.admission_mails import admission_mail
from conexx_learn.web.mails import invitation_mail

MOST_INVITED = 200
"""Mails written at one press of a button."""


def waits(person: PersonRow, place: InstitutionPlace, today: date) -> bool:
    """Say whether the reader could invite somebody by mail and nobody did."""
    is_new = not (person.has_joined or person.is_invited)
    return (
        is_new
        and bool(person.traits.email)
        and person.is_active
        and not person.has_left(today)
        and person.id != current_user.id
        and _is_ours(person, place)
    )


def _is_ours(person: PersonRow, place: InstitutionPlace) -> bool:
    """Say whether the reader could have given somebody every role that they hold.

    Who belongs elsewhere too is the coordination's to invite, and one such person
    must not hold up all the others.
    """
    if holds(actor(), Role.COORDINATOR):
        return True
    places = [Place(role, place.id) for role in person.roles]
    return not person.is_elsewhere and may_reset(actor(), places)


def invite_by_mail(session: Session, place: InstitutionPlace, user_id: int) -> None:
    """Make an invitation and put its mail into the outbox; older ones are void.

    Raises:
        ForbiddenError: The person holds a role that is not the giver's to open.
        RuleError: They have taken an invitation already.
    """
    code = access_codes.renew_invitation(
        session, user_id=user_id, now=now(), by=actor()
    )
    path = url_for("joining.show", code=code.code)
    if code.asks_owner:
        mail = admission_mail(
            recipient=code.identity,
            institution=place.name,
            path=path,
            expires_at=code.expires_at,
            lang=place.locale,
        )
    else:
        mail = invitation_mail(
            recipient=code.identity,
            name=code.full_name,
            path=path,
            expires_at=code.expires_at,
            lang=place.locale,
        )
    outbox.post(session, mail, now=now())
