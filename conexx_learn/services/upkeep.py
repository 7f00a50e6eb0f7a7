"""What nobody asks for but the clock: mail, overdue attempts, courses, old traces."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, and_, delete, func, or_, select

from conexx_learn.adapters.mailer import SmtpMailer
from conexx_learn.domain.accounts import (
    IDLE_LIMIT,
    SEEN_INTERVAL,
    SHARED_IDLE_LIMIT,
)
from conexx_learn.domain.attempts import GRACE
from conexx_learn.models.accounts import (
    AccessCode,
    OutboxMail,
    SignInFailure,
    User,
    UserSession,
)
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.posts import PeopleFile
from conexx_learn.queries.assessment import overdue_attempts
from conexx_learn.services.assessment import submit_attempt
from conexx_learn.services.certification import Issuing
from conexx_learn.services.completion import settle_one, waiting_enrolments
from conexx_learn.services.course_parcels import forget_old_parcels
from conexx_learn.services.kept_contents import sweep_contents
from conexx_learn.services.outbox import deliver_waiting
from conexx_learn.services.prior_learning import delete_spent_evidence
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.services.work_uploads import delete_stale_uploads

KEPT_TRACES = timedelta(days=1)
"""How long a failed sign-in, or a code that no longer opens anything, is kept."""


KEPT_MAIL = timedelta(days=30)
"""How long a message is kept after it was sent, or made where it never left."""


KEPT_ACTS = timedelta(days=5 * 365)
"""How long it is known who did what; the privacy notice says so."""


def deliver_mail(
    *,
    mail_url: str,
    sender: str,
    now: datetime,
    is_over: Callable[[], bool] = lambda: False,
) -> int:
    """Send the messages that wait, through the server of the settings.

    Args:
        mail_url: The server.
        sender: Address that the messages come from.
        now: This moment.
        is_over: Asked before each message; where it says so, the rest waits.

    Returns:
        How many went.
    """
    mailer = SmtpMailer(mail_url, sender=sender)
    return deliver_waiting(mailer.connected, now=now, is_over=is_over)


def close_overdue_attempts(*, issuing: Issuing, lang: str, now: datetime) -> int:
    """Close attempts whose time and grace are over, with what was saved.

    Args:
        issuing: Who certifies what becomes complete by it.
        lang: Of the certificate of a learner who has chosen no language.
        now: This moment.

    Returns:
        How many this call closed; each in its own transaction.
    """
    overdue = overdue_attempts(reading(), now=now - GRACE)
    locales = _locales([user_id for _, user_id in overdue])
    closed = 0
    for attempt_id, user_id in overdue:
        with unit_of_work() as session:
            done = submit_attempt(
                session,
                attempt_id=attempt_id,
                user_id=user_id,
                responses={},
                lang=locales.get(user_id) or lang,
                issuing=issuing,
                now=now,
            )
        closed += done.is_new
    return closed


def settle_waiting_completions(*, issuing: Issuing, lang: str, now: datetime) -> int:
    """Issue what waited for an issuer file; without one everything goes on waiting.

    Returns:
        How many certificates this call issued.
    """
    if issuing.issuer is None:
        return 0
    waiting = waiting_enrolments(reading())
    locales = _locales([user_id for _, user_id in waiting])
    issued = 0
    for slug, user_id in waiting:
        with unit_of_work() as session:
            issued += settle_one(
                session,
                slug=slug,
                user_id=user_id,
                lang=locales.get(user_id) or lang,
                issuing=issuing,
                now=now,
            )
    return issued


def sweep_traces(*, now: datetime) -> int:
    """Delete old failed sign-ins, spent codes, ended sessions, lists, messages, acts.

    The files of claims to prior learning that were refused long ago go with them, and
    what was sent for a course and never brought into it, and
    those of works whose rest never came.

    Returns:
        How many rows went.
    """
    old = now - KEPT_TRACES
    ended = or_(
        UserSession.expires_at < now,
        UserSession.last_seen_at < now - IDLE_LIMIT - SEEN_INTERVAL,
        and_(
            UserSession.shared_computer.is_(True),
            UserSession.last_seen_at < now - SHARED_IDLE_LIMIT - SEEN_INTERVAL,
        ),
    )
    sweeps = (
        delete(SignInFailure).where(SignInFailure.at < old),
        delete(AccessCode).where(
            or_(AccessCode.expires_at < old, AccessCode.used_at < old)
        ),
        delete(UserSession).where(ended),
        delete(PeopleFile).where(PeopleFile.sent_at < old),
        delete(AuditEntry).where(AuditEntry.at < now - KEPT_ACTS),
        delete(OutboxMail).where(
            func.coalesce(OutboxMail.sent_at, OutboxMail.created_at) < now - KEPT_MAIL
        ),
    )
    with unit_of_work() as session:
        results = [session.execute(sweep) for sweep in sweeps]
        files = delete_spent_evidence(session, now=now)
        files += forget_old_parcels(session, now=now)
        files += delete_stale_uploads(session, now=now)
        files += sweep_contents(session, now=now)
    return files + sum(
        result.rowcount for result in results if isinstance(result, CursorResult)
    )


def _locales(user_ids: list[int]) -> dict[int, str | None]:
    """Return the language that each learner has chosen."""
    rows = reading().execute(
        select(User.id, User.locale).where(User.id.in_(set(user_ids)))
    )
    return {row.id: row.locale for row in rows}
