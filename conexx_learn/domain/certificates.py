"""What a certificate asserts, and how it stands on a given day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import TypeAdapter

from conexx_learn.domain.issuers import Issuer


@dataclass(frozen=True, slots=True)
class CompetencyClaim:
    """A competency that the holder showed, with its level (1 to 4).

    Attributes:
        code: As in `competencies.toml`.
        titles: Language to title.
        level: From 1, aware, to 4, expert.
    """

    code: str
    titles: dict[str, str]
    level: int


@dataclass(frozen=True, slots=True)
class PlanClaim:
    """The line of a training plan that the certificate satisfied when it was issued.

    Attributes:
        institution: Whose plan.
        plan: Its title.
        requirement: Language to what the line asks, in words.
    """

    institution: str
    plan: str
    requirement: dict[str, str]


@dataclass(frozen=True, slots=True)
class RecipientHash:
    """The holder's address, for who knows it to compare; it hides nothing from guesses.

    Attributes:
        salt: 128 random bits or more, as text.
        sha256: Hex digest of the trimmed, lower-cased address followed by the salt
            (Open Badges 3.0, IdentityObject).
    """

    salt: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything that a certificate says, frozen when it was issued.

    Every mapping goes from language to text. Texts stand as they were at issue: a
    later edit of the course, the issuer or a name does not reach them.

    Attributes:
        number: Twelve characters without hyphens (`identifiers.grouped` shows it).
        uuid: Random; names the credential file.
        lang: The holder's language: `es` or `en`.
        second_lang: The language beside it, or None.
        holder: The name exactly as it is printed.
        institution: Where the holder served at issue; empty without one.
        course_slug: Of the course.
        course_version: Such as `1.2`.
        titles: Of the course.
        outcomes: Language to the learning outcomes, in order.
        hours: Notional workload.
        eqf_level: 1 to 8, "designed with reference to", or None.
        competencies: Granted by the course, in its order.
        assessment: How it was assessed.
        participation: How one took part.
        quality: How quality is assured.
        supervision: Who watched, and how identity was checked; may be empty.
        issuer: Who certifies, as it was that day.
        issued_on: The day of issue, in UTC.
        issued_at: The moment of issue, in UTC.
        valid_until: Last valid day, inclusive, in UTC; None for no end.
        demo: Issued for demonstration: proves nothing, and says so everywhere.
        score: Percent of the final quiz, 0 to 100; shown only if the holder agrees.
        evidence: Ids of the attempts that prove the completion.
        assessment_codes: Of `course.toml`, such as `quiz`; empty in old certificates.
        participation_code: Of `course.toml`, such as `online`; empty in old ones.
        quality_url: Public page about quality assurance; empty where there is none.
        plan: The line of a plan that it satisfied, or None.
        recipient: The holder's address as a salted hash; None without an address.
        ects: Credits of the course, or None.
    """

    number: str
    uuid: UUID
    lang: str
    second_lang: str | None
    holder: str
    institution: str
    course_slug: str
    course_version: str
    titles: dict[str, str]
    outcomes: dict[str, tuple[str, ...]]
    hours: Decimal
    eqf_level: int | None
    competencies: tuple[CompetencyClaim, ...]
    assessment: dict[str, str]
    participation: dict[str, str]
    quality: dict[str, str]
    supervision: dict[str, str]
    issuer: Issuer
    issued_on: date
    issued_at: datetime
    valid_until: date | None
    demo: bool
    score: int | None = None
    evidence: tuple[str, ...] = ()
    assessment_codes: tuple[str, ...] = ()
    participation_code: str = ""
    quality_url: str = ""
    plan: PlanClaim | None = None
    recipient: RecipientHash | None = None
    ects: Decimal | None = None


CLAIMS_JSON: TypeAdapter[Claims] = TypeAdapter(Claims)
"""Claims to JSON and back: `dump_python(claims, mode="json")`, `validate_python`."""


class EventKind(StrEnum):
    """What can happen to a certificate; events are only ever added."""

    ISSUED = "issued"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOCATION_PROPOSED = "revocation-proposed"
    PROPOSAL_WITHDRAWN = "proposal-withdrawn"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    CORRECTION_ASKED = "correction-asked"
    CORRECTION_DECLINED = "correction-declined"


class RevocationReason(StrEnum):
    """Why a certificate was taken back, as the public page says it."""

    ISSUED_IN_ERROR = "issued-in-error"
    FRAUD = "fraud"
    SUPERSEDED = "superseded"
    HOLDER_REQUEST = "holder-request"
    DATA_CORRECTION = "data-correction"


class SuspensionReason(StrEnum):
    """Why a certificate counts for nothing for a while, as the public page says it."""

    UNDER_REVIEW = "under-review"
    HOLDER_REQUEST = "holder-request"


@dataclass(frozen=True, slots=True)
class CertificateEvent:
    """Something that happened to a certificate.

    Attributes:
        kind: What happened.
        at: When, with its zone; it counts for that whole day in UTC.
        by: Id of the user who acted; None for the product itself or an erased user.
        reason: Public: a code of `RevocationReason` or `SuspensionReason`, or empty.
            Never a private note.
    """

    kind: EventKind
    at: datetime
    by: int | None = None
    reason: str = ""


class CertificateState(StrEnum):
    """How a certificate stands: the one word of a verdict."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to who verifies.

    Attributes:
        state: The word.
        since: First day of that state, in UTC; None for unknown.
        until: Last valid day of a valid certificate; None for no end, or not valid.
        reason: Public reason of a suspension or revocation; may be empty.
    """

    state: CertificateState
    since: date | None = None
    until: date | None = None
    reason: str = ""

    @property
    def is_valid(self) -> bool:
        """Say whether the certificate proves the training on that day."""
        return self.state is CertificateState.VALID


def verdict(
    claims: Claims, events: Iterable[CertificateEvent], *, today: date
) -> Verdict:
    """Say how a certificate stands on a day; the last valid day still counts.

    A revocation outweighs everything after or before it, then a correction that
    superseded it, then a suspension that nobody lifted, then the end of validity.

    Args:
        claims: As issued.
        events: Any order; those after `today` are ignored, so that the verdict of a
            past day never changes.
        today: A day in UTC. Before the day of issue the answer is unknown; a number
            that corrects another was issued on a later day than its claims say.
    """
    every = sorted(events, key=lambda event: event.at)
    begin = _first_day(claims, every)
    if today < begin:
        return Verdict(CertificateState.UNKNOWN)
    past = [event for event in every if _utc_day(event) <= today]
    standing = _taken_back(past) or _suspension(past)
    return standing or _by_dates(claims, begin, today)


def _first_day(claims: Claims, events: list[CertificateEvent]) -> date:
    """Return the day on which the number was issued."""
    issued = [_utc_day(event) for event in events if event.kind is EventKind.ISSUED]
    return max(claims.issued_on, *issued[:1]) if issued else claims.issued_on


def _utc_day(event: CertificateEvent) -> date:
    return event.at.astimezone(UTC).date()


def _taken_back(past: list[CertificateEvent]) -> Verdict | None:
    """Find what ended the certificate for good; the first of its kind counts."""
    for kind, state in (
        (EventKind.REVOKED, CertificateState.REVOKED),
        (EventKind.SUPERSEDED, CertificateState.SUPERSEDED),
    ):
        for event in past:
            if event.kind is kind:
                return Verdict(state, since=_utc_day(event), reason=event.reason)
    return None


def _suspension(past: list[CertificateEvent]) -> Verdict | None:
    """Find the suspension that is in force, if any."""
    held: CertificateEvent | None = None
    for event in past:
        if event.kind is EventKind.SUSPENDED:
            held = held or event
        elif event.kind is EventKind.REINSTATED:
            held = None
    if held is None:
        return None
    return Verdict(CertificateState.SUSPENDED, since=_utc_day(held), reason=held.reason)


def _by_dates(claims: Claims, begin: date, today: date) -> Verdict:
    end = claims.valid_until
    if end is not None and end < today:
        return Verdict(CertificateState.EXPIRED, since=end + timedelta(days=1))
    return Verdict(CertificateState.VALID, since=begin, until=end)
