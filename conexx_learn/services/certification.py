"""Issuing: the claims are frozen in the transaction that proves the completion."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import Select, and_, insert, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.calendar import last_valid_day
from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.domain.certificates import (
    CLAIMS_JSON,
    Claims,
    CompetencyClaim,
    EventKind,
)
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import NUMBER_BITS, certificate_number
from conexx_learn.domain.issuers import Issuer
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.progress import Outline
from conexx_learn.domain.sentences import micro_credentials as words
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import CourseText
from conexx_learn.models.certification import (
    Certificate,
    CertificateEvent,
    CertificateRequirement,
)
from conexx_learn.models.insertion import inserted_row
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.queries.asked_courses import asking_requirements
from conexx_learn.services import audit

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


def issue_certificate(
    session: Session,
    *,
    place: CoursePlace,
    outline: Outline,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> bool:
    """Issue the certificate of a complete enrolment; a second call does nothing.

    An erased account gets none, as by a repair that reaches it later: nobody holds it.

    The UNIQUE constraint on the enrolment decides, so that fifty submissions at once
    make one certificate.

    Returns:
        True when this call made it.
    """
    claims = _claims(session, place, outline, user_id, lang, issuing, now)
    if claims is None:
        return False
    made = inserted_row(
        session,
        Certificate,
        uuid=str(claims.uuid),
        number=claims.number,
        enrolment_id=place.enrolment_id,
        user_id=user_id,
        course_id=place.course_id,
        claims=CLAIMS_JSON.dump_python(claims, mode="json"),
        issued_at=claims.issued_at,
        issued_on=claims.issued_on,
        valid_until=claims.valid_until,
    )
    if made is None:
        return False
    certificate_id: int = made[0]
    _add_event(session, certificate_id, EventKind.ISSUED, now=now)
    audit.record(session, act="issue", thing=f"certificate:{claims.number}", now=now)
    _name_requirements(session, certificate_id, place, user_id, now)
    return True


def _name_requirements(
    session: Session,
    certificate_id: int,
    place: CoursePlace,
    user_id: int,
    now: datetime,
) -> None:
    """Write down which lines of plans asked for the course on the day of issue."""
    satisfied = asking_requirements(
        session,
        user_id=user_id,
        course_id=place.course_id,
        slug=place.slug,
        major=place.version[0],
        now=now,
    )
    if satisfied:
        session.execute(
            insert(CertificateRequirement),
            [
                {"certificate_id": certificate_id, "requirement_id": requirement_id}
                for requirement_id in satisfied
            ],
        )


def _claims(
    session: Session,
    place: CoursePlace,
    outline: Outline,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> Claims | None:
    assert issuing.issuer is not None  # noqa: S101 (settle_completion asked)
    found = _holder(session, user_id, now.astimezone(UTC).date())
    if found is None:
        return None
    holder, institution = found
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
        holder=holder,
        institution=institution,
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
    )


def _holder(session: Session, user_id: int, today: date) -> tuple[str, str] | None:
    """Return the printed name, and the institution where the learner serves today.

    None where the account was erased.
    """
    serves = and_(
        Membership.user_id == User.id,
        Membership.institution_id.is_not(None),
        Membership.from_on <= today,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )
    row = session.execute(
        select(User.full_name, Institution.name)
        .outerjoin(Membership, serves)
        .outerjoin(Institution, Institution.id == Membership.institution_id)
        .where(User.id == user_id, User.active.is_(True))
        .order_by(Membership.id)
        .limit(1)
    ).first()
    return (printed_name(row[0]), row[1] or "") if row else None


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
        .order_by(Certificate.id.desc())
        .limit(1)
    )
    return last_valid_day(
        issued_at.date(),
        validity_months=place.validity_months,
        current_until=current,
    )


def withdrawn_certificates() -> Select[int]:
    """Select the keys of certificates that were taken back or replaced.

    They renew nothing and open no other course.
    """
    return select(CertificateEvent.certificate_id).where(
        CertificateEvent.kind.in_((EventKind.REVOKED, EventKind.SUPERSEDED))
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


def _add_event(
    session: Session,
    certificate_id: int,
    kind: EventKind,
    *,
    now: datetime,
    by: int | None = None,
    reason: str = "",
    note: str = "",
) -> None:
    session.add(
        CertificateEvent(
            certificate_id=certificate_id,
            kind=kind,
            at=now,
            by_user_id=by,
            reason=reason,
            note=note,
        )
    )


def revoke_certificate(
    session: Session,
    *,
    number: str,
    reason: str,
    note: str,
    by: int | None,
    now: datetime,
) -> bool:
    """Take a certificate back; the second, different approval completes it.

    Returns:
        True when the certificate is revoked now, False when a second approval is
        still missing.

    Raises:
        NotFoundError: No such certificate.
    """
    row = session.scalar(
        select(Certificate).where(Certificate.number == number).with_for_update()
    )
    if row is None:
        raise NotFoundError
    events = session.scalars(
        select(CertificateEvent).where(CertificateEvent.certificate_id == row.id)
    ).all()
    if any(event.kind == EventKind.REVOKED for event in events):
        return True
    proposals = [e for e in events if e.kind == EventKind.REVOCATION_PROPOSED]
    completes = any(event.by_user_id != by for event in proposals)
    if not completes and proposals:
        return False
    kind = EventKind.REVOKED if completes else EventKind.REVOCATION_PROPOSED
    _add_event(session, row.id, kind, now=now, by=by, reason=reason, note=note)
    audit.record(session, act=kind, thing=f"certificate:{number}", now=now)
    return completes
