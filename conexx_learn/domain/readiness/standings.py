"""How an obligation stands on a day.

The words are tried in the order in which `Standing` lists them; the first that fits is
the standing. Being overdue is another matter and goes beside it: an obligation is not
overdue on its due day, and a certificate counts on its last day, as people read dates
on paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from conexx_learn.domain.readiness.evidence import (
    best_evidence,
    is_recent_enough,
    last_counting_day,
)
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    Certificate,
    CertificateChange,
    Plan,
)
from conexx_learn.domain.readiness.obligations import Obligation, obligations

EXPIRY_WARNING = timedelta(days=60)
"""Who has this long left, or less, is expiring; it is also when renewal begins."""

_NOTHING = Fraction(0)


class Standing(StrEnum):
    """The state of an obligation; the first that fits, in this order.

    Attributes:
        VACANT: Nobody holds the seat.
        EXEMPT: The person need not, for a time; it leaves every sum.
        MET: A certificate counts.
        EXPIRING: One counts, for 60 days more at most.
        SUSPENDED: One would count, were it not suspended.
        BLOCKED: No attempt of the final quiz is left.
        IN_PROGRESS: The person is in the course.
        EXPIRED: A certificate counted once: its time is over, or it is too old or of
            too old a version for what is asked.
        REVOKED: The newest certificate was taken back.
        LOCKED: A course that is wanted before it is missing.
        NOT_INVITED: The person never got a way to sign in.
        NOT_STARTED: None of these.
    """

    VACANT = "vacant"
    EXEMPT = "exempt"
    MET = "met"
    EXPIRING = "expiring"
    SUSPENDED = "suspended"
    BLOCKED = "blocked"
    IN_PROGRESS = "in_progress"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LOCKED = "locked"
    NOT_INVITED = "not_invited"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An obligation and how it stands.

    Attributes:
        obligation: What is owed.
        standing: The word.
        is_overdue: It is owed, not met, and its day is past.
        until: Last day on which the certificate counts; None for ever, or not met.
        progress: Share of the course done, 0 to 1; 0 unless in progress.
        renews: In progress again, after a certificate that counts no longer.
        certificate: The one that decided; None when there is none.
    """

    obligation: Obligation
    standing: Standing
    is_overdue: bool = False
    until: date | None = None
    progress: Fraction = _NOTHING
    renews: bool = False
    certificate: Certificate | None = None

    @property
    def is_met(self) -> bool:
        """Say whether it counts in full; what is expiring still does."""
        return self.standing in (Standing.MET, Standing.EXPIRING)

    @property
    def is_exempt(self) -> bool:
        """Say whether it leaves every sum."""
        return self.standing is Standing.EXEMPT

    @property
    def is_unmet(self) -> bool:
        """Say whether it is still to be met; what is exempt is neither."""
        return not self.is_met and not self.is_exempt


def judgements(
    index: FactIndex, day: date, *, plans: Sequence[Plan] | None = None
) -> list[Judgement]:
    """Say how everything stands that is owed on a day.

    Progress and used-up attempts are known only for the day of the facts; on any other
    day such an obligation shows what its certificates say. What counts as met does not
    depend on them.

    Args:
        index: The facts.
        day: Any day.
        plans: Only what these ask; None for every plan in force on the day.

    Returns:
        In the order of `obligations`.
    """
    return [judge(index, owed, day) for owed in obligations(index, day, plans=plans)]


def judge(index: FactIndex, owed: Obligation, day: date) -> Judgement:
    """Say how one obligation stands on a day."""
    if owed.person_id is None:
        return _unmet(owed, Standing.VACANT, day)
    if index.is_exempt(owed.person_id, owed.course, day):
        return Judgement(owed, Standing.EXEMPT)
    certificates = index.certificates(owed.person_id, owed.course)
    evidence = best_evidence(
        certificates, day, recert_months=owed.recert_months, min_major=owed.min_major
    )
    if evidence is None:
        return _judge_unmet(index, owed, owed.person_id, certificates, day)
    standing = Standing.EXPIRING if is_expiring(evidence.until, day) else Standing.MET
    return Judgement(
        owed, standing, until=evidence.until, certificate=evidence.certificate
    )


def is_expiring(until: date | None, day: date) -> bool:
    """Say whether a last day is at most 60 days away; None never comes."""
    return until is not None and until - day <= EXPIRY_WARNING


def missing_prerequisites(
    index: FactIndex, person_id: int, course: str, day: date
) -> tuple[str, ...]:
    """List the courses wanted before another that a person has not certified.

    Recognised prior learning shows a competency; it is no certificate.
    """
    known = index.facts.courses.get(course)
    return tuple(
        earlier
        for earlier in (known.prerequisites if known else ())
        if not index.counts_on(person_id, earlier, day)
    )


def _judge_unmet(
    index: FactIndex,
    owed: Obligation,
    person_id: int,
    certificates: Sequence[Certificate],
    day: date,
) -> Judgement:
    suspended = _suspended(certificates, owed, day)
    if suspended:
        return _unmet(owed, Standing.SUSPENDED, day, certificate=suspended)
    former = next((c for c in reversed(certificates) if c.begins_on <= day), None)
    learning = index.learning_on(person_id, owed.course, day)
    if learning is not None and learning.is_blocked:
        return _unmet(owed, Standing.BLOCKED, day, certificate=former)
    if learning is not None:
        return _unmet(
            owed,
            Standing.IN_PROGRESS,
            day,
            certificate=former,
            progress=learning.progress,
            renews=former is not None and not _is_revoked(former, day),
        )
    if former is not None:
        lapsed = Standing.REVOKED if _is_revoked(former, day) else Standing.EXPIRED
        return _unmet(owed, lapsed, day, certificate=former)
    return _unmet(owed, _before_the_start(index, person_id, owed.course, day), day)


def _before_the_start(
    index: FactIndex, person_id: int, course: str, day: date
) -> Standing:
    if missing_prerequisites(index, person_id, course, day):
        return Standing.LOCKED
    if not index.people[person_id].is_invited:
        return Standing.NOT_INVITED
    return Standing.NOT_STARTED


def _suspended(
    certificates: Iterable[Certificate], owed: Obligation, day: date
) -> Certificate | None:
    """Find a certificate that would count on a day, were it not suspended."""
    for certificate in certificates:
        until = last_counting_day(certificate, owed.recert_months)
        if (
            certificate.begins_on <= day
            and certificate.last_change(day) is CertificateChange.SUSPENDED
            and is_recent_enough(certificate, owed.min_major)
            and (until is None or day <= until)
        ):
            return certificate
    return None


def _is_revoked(certificate: Certificate, day: date) -> bool:
    return certificate.last_change(day) is CertificateChange.REVOKED


def _unmet(
    owed: Obligation,
    standing: Standing,
    day: date,
    *,
    certificate: Certificate | None = None,
    progress: Fraction = _NOTHING,
    renews: bool = False,
) -> Judgement:
    return Judgement(
        owed,
        standing,
        is_overdue=owed.due_on is not None and owed.due_on < day,
        progress=progress,
        renews=renews,
        certificate=certificate,
    )
