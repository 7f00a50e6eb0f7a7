"""The claims of a certificate, gathered from the course, the holder and the day."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.calendar import last_valid_day
from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.domain.certificates import (
    Claims,
    CompetencyClaim,
    RecipientHash,
)
from conexx_learn.domain.credentials.recipients import SALT_BYTES, recipient_hash
from conexx_learn.domain.identifiers import NUMBER_BITS, certificate_number
from conexx_learn.domain.issuers import Issuer
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.progress import Outline
from conexx_learn.domain.sentences import micro_credentials as words
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import CourseText
from conexx_learn.models.certification import Certificate
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.queries.withdrawn_certificates import withdrawn_certificates

LANGUAGES = ("es", "en")


@dataclass(frozen=True, slots=True)
class Issuing:
    """Who certifies, and whether it counts.

    Attributes:
        issuer: None while there is no issuer file.
        demo: For demonstration: every certificate says that it is not valid.
    """

    issuer: Issuer | None
    demo: bool

    def __post_init__(self) -> None:
        """Refuse a real issuer for demonstrations, and a fictional one for the rest.

        Raises:
            ValueError: Issuer and installation are not of one kind.
        """
        if self.issuer is not None and self.issuer.demo is not self.demo:
            raise ValueError("a demonstration has a fictional issuer, and nobody else")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a certificate.

    Attributes:
        name: As it is printed.
        institution: Where they serve today; empty without one.
        address: Confirmed e-mail address, or None.
    """

    name: str
    institution: str
    address: str | None


def frozen_claims(
    session: Session,
    *,
    place: CoursePlace,
    outline: Outline,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> Claims | None:
    """Write down what a certificate will say for good.

    Args:
        session: To read with.
        place: The version that was completed.
        outline: What was read and passed.
        user_id: Of the holder.
        lang: The holder's language.
        issuing: Who certifies; there is an issuer.
        now: The moment of issue.

    Returns:
        None where the account was erased.
    """
    assert issuing.issuer is not None  # noqa: S101 (settle_completion asked)
    holder = _holder(session, user_id, now.astimezone(UTC).date())
    if holder is None:
        return None
    texts = {
        text.lang: text
        for text in session.scalars(
            select(CourseText).where(CourseText.course_version_id == place.version_id)
        )
    }
    first = lang if lang in texts else place.source_language
    second = next(
        (other for other in LANGUAGES if other in texts and other != first), None
    )
    final = outline.final
    issued_at = now.astimezone(UTC).replace(microsecond=0)
    facts = place.facts
    return Claims(
        number=certificate_number(secrets.randbits(NUMBER_BITS)),
        uuid=uuid4(),
        lang=first,
        second_lang=second,
        holder=holder.name,
        institution=holder.institution,
        course_slug=place.slug,
        course_version=place.version_label,
        titles={code: text.title for code, text in texts.items()},
        outcomes={
            code: tuple(text.outcomes[key] for key in facts["outcomes"])
            for code, text in texts.items()
        },
        hours=place.hours,
        eqf_level=place.eqf_level,
        competencies=tuple(
            CompetencyClaim(grant["competency"], grant["titles"], grant["level"])
            for grant in facts["grants"]
        ),
        assessment=_by_language(words.ASSESSMENT, facts["assessment"]),
        participation=_by_language(
            words.PARTICIPATION, [facts["participation"] or "online"]
        ),
        quality=_quality(facts["quality_assurance"]),
        supervision=_supervision(facts["supervision"]),
        issuer=replace(issuing.issuer),
        issued_on=issued_at.date(),
        issued_at=issued_at,
        valid_until=_valid_until(session, place, user_id, issued_at),
        demo=issuing.demo,
        score=int(final.grade.percent) if final and final.grade else None,
        evidence=_evidence(outline),
        assessment_codes=tuple(facts["assessment"]),
        participation_code=facts["participation"] or "",
        quality_url=facts["quality_assurance"] or "",
        recipient=_recipient(holder.address),
        ects=Decimal(facts["ects"]) if facts["ects"] else None,
    )


def _recipient(address: str | None) -> RecipientHash | None:
    if address is None:
        return None
    return recipient_hash(address, salt=secrets.token_hex(SALT_BYTES))


def _holder(session: Session, user_id: int, today: date) -> Holder | None:
    """Return the learner as of today; None where the account was erased.

    The account is held until the end: an erasure comes before the name is read, or
    finds the certificate.
    """
    serves = and_(
        Membership.user_id == User.id,
        Membership.institution_id.is_not(None),
        Membership.from_on <= today,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )
    row = session.execute(
        select(User.full_name, Institution.name, User.email, User.confirmed_at)
        .outerjoin(Membership, serves)
        .outerjoin(Institution, Institution.id == Membership.institution_id)
        .where(User.id == user_id, User.active.is_(True))
        .order_by(Membership.id)
        .limit(1)
        .with_for_update(read=True, of=User)
    ).first()
    if row is None:
        return None
    # An address that nobody confirmed may be another person's.
    address = row.email if row.confirmed_at else None
    return Holder(printed_name(row.full_name), row.name or "", address)


def _by_language(table: dict[str, dict[str, str]], codes: list[str]) -> dict[str, str]:
    return {lang: words.in_words(table, codes, lang) for lang in LANGUAGES}


def _quality(url: str | None) -> dict[str, str]:
    if not url:
        return dict.fromkeys(LANGUAGES, "")
    return {lang: words.QUALITY[lang].format(url=url) for lang in LANGUAGES}


def _supervision(text: str | None) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text) if text else dict(words.NO_SUPERVISION)


def _valid_until(
    session: Session, place: CoursePlace, user_id: int, issued_at: datetime
) -> date | None:
    """Apply the one renewal rule to the holder's newest certificate of the course."""
    if place.validity_months is None:
        return None
    current = session.scalar(
        select(Certificate.valid_until)
        .where(
            Certificate.user_id == user_id,
            Certificate.course_id == place.course_id,
            Certificate.id.not_in(withdrawn_certificates()),
        )
        .order_by(Certificate.issued_on.desc(), Certificate.id.desc())
        .limit(1)
    )
    return last_valid_day(
        issued_at.date(),
        validity_months=place.validity_months,
        current_until=current,
    )


def _evidence(outline: Outline) -> tuple[str, ...]:
    """Name the attempts and the work that were passed: what proves the completion."""
    quizzes = [module.quiz for module in outline.modules] + [outline.final]
    attempts = tuple(
        str(attempt.id)
        for quiz in quizzes
        if quiz is not None
        for attempt in quiz.attempts
        if attempt.grade is not None and attempt.grade.passed
    )
    work = outline.work
    if work is None or not work.passed:
        return attempts
    return (*attempts, f"work {work.label} sha256:{work.sha256}")
