"""Suspended, reinstated, revoked by two: each act once, none after the last."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import (
    CertificateState,
    EventKind,
    RevocationReason,
    SuspensionReason,
)
from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.certification import CertificateEvent
from conexx_learn.queries.certification import certificate_by_number, certificates_of
from conexx_learn.services.certificate_acts import (
    approve_revocation,
    propose_revocation,
    reinstate_certificate,
    revoke_certificate,
    suspend_certificate,
    withdraw_proposal,
)
from tests.factories import NOW, make_user
from tests.learning import complete_small_course, enrolled_user
from tests.published import publish_sample

SECRET = "what nobody else reads"
FRAUD = RevocationReason.FRAUD


@pytest.fixture
def learner(session: Session) -> User:
    publish_sample(session)
    user = enrolled_user(session)
    complete_small_course(session, user)
    return user


@pytest.fixture
def number(session: Session, learner: User) -> str:
    return certificates_of(session, user_id=learner.id, today=NOW.date())[
        0
    ].claims.number


@pytest.fixture
def one(session: Session) -> User:
    return make_user(session, "Coordinator")


@pytest.fixture
def other(session: Session) -> User:
    return make_user(session, "Second coordinator")


def state(session: Session, number: str) -> CertificateState:
    found = certificate_by_number(session, number=number, today=NOW.date())
    assert found is not None
    return found.verdict.state


def kinds(session: Session) -> list[str]:
    statement = select(CertificateEvent.kind).order_by(CertificateEvent.id)
    return list(session.scalars(statement))[1:]


def suspend(session: Session, number: str, by: User) -> int | None:
    return suspend_certificate(
        session,
        number=number,
        reason=SuspensionReason.UNDER_REVIEW,
        note=SECRET,
        by=by.id,
        now=NOW,
    )


def reinstate(session: Session, number: str, by: User) -> int | None:
    return reinstate_certificate(session, number=number, note="", by=by.id, now=NOW)


def propose(session: Session, number: str, by: User) -> int | None:
    return propose_revocation(
        session, number=number, reason=FRAUD, note=SECRET, by=by.id, now=NOW
    )


def approve(
    session: Session, number: str, proposal_id: int | None, by: User
) -> int | None:
    return approve_revocation(
        session,
        number=number,
        proposal_id=proposal_id or 0,
        note="",
        by=by.id,
        now=NOW,
    )


def withdraw(session: Session, number: str, by: User) -> int | None:
    return withdraw_proposal(session, number=number, note="", by=by.id, now=NOW)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(RuleError) as refused:
        act()
    return refused.value.code


def test_a_suspension_is_in_force_until_it_is_lifted(
    session: Session, number: str, one: User, other: User
) -> None:
    assert suspend(session, number, one)
    assert state(session, number) is CertificateState.SUSPENDED

    assert suspend(session, number, other) is None
    assert reinstate(session, number, other)
    assert state(session, number) is CertificateState.VALID

    assert reinstate(session, number, one) is None
    assert kinds(session) == ["suspended", "reinstated"]


def test_who_proposes_a_revocation_never_completes_it(
    session: Session, number: str, one: User, other: User
) -> None:
    proposal = propose(session, number, one)
    assert propose(session, number, one) is None

    refused = code_of(lambda: approve(session, number, proposal, one))

    assert refused == "second-coordinator"
    assert state(session, number) is CertificateState.VALID
    assert approve(session, number, proposal, other)
    assert state(session, number) is CertificateState.REVOKED


def test_an_approval_takes_the_reason_that_was_proposed(
    session: Session, number: str, one: User, other: User
) -> None:
    approve(session, number, propose(session, number, one), other)

    found = certificate_by_number(session, number=number, today=NOW.date())
    assert found is not None
    assert found.verdict.reason == FRAUD


def test_a_second_approval_changes_nothing(
    session: Session, number: str, one: User, other: User
) -> None:
    proposal = propose(session, number, one)
    approve(session, number, proposal, other)

    assert approve(session, number, proposal, other) is None
    assert approve(session, number, proposal, make_user(session)) is None
    assert kinds(session) == ["revocation-proposed", "revoked"]


def test_a_proposal_that_was_withdrawn_cannot_be_approved(
    session: Session, number: str, one: User, other: User
) -> None:
    old = propose(session, number, one)
    assert withdraw(session, number, other)
    assert withdraw(session, number, other) is None
    assert code_of(lambda: approve(session, number, old, other)) == "proposal-changed"

    anew = propose(session, number, other)
    assert code_of(lambda: approve(session, number, old, one)) == "proposal-changed"
    assert approve(session, number, anew, one)


def test_a_second_proposal_does_not_take_the_place_of_an_approval(
    session: Session, number: str, one: User, other: User
) -> None:
    propose(session, number, one)

    assert code_of(lambda: propose(session, number, other)) == "revocation-waits"
    assert state(session, number) is CertificateState.VALID


def test_the_shell_approves_only_for_the_reason_that_was_proposed(
    session: Session, number: str, one: User, other: User
) -> None:
    def revoke(by: User, reason: RevocationReason) -> bool:
        return revoke_certificate(
            session, number=number, reason=reason, note="", by=by.id, now=NOW
        ).is_complete

    assert not revoke(one, FRAUD)
    assert not revoke(one, FRAUD)
    differs = code_of(lambda: revoke(other, RevocationReason.ISSUED_IN_ERROR))
    assert differs == "revocation-reason-differs"
    assert revoke(other, FRAUD)
    assert revoke(one, FRAUD)
    assert kinds(session) == ["revocation-proposed", "revoked"]


def test_nothing_follows_a_revocation(
    session: Session, number: str, one: User, other: User
) -> None:
    approve(session, number, propose(session, number, one), other)

    for act in (suspend, reinstate, propose, withdraw):
        refused = code_of(lambda act=act: act(session, number, one))  # type: ignore[misc]
        assert refused == "certificate-revoked"
    assert kinds(session) == ["revocation-proposed", "revoked"]


def test_nobody_acts_on_a_certificate_of_their_own(
    session: Session, number: str, learner: User, one: User
) -> None:
    proposal = propose(session, number, one)

    for act in (suspend, reinstate, propose, withdraw):
        refused = code_of(lambda act=act: act(session, number, learner))  # type: ignore[misc]
        assert refused == "certificate-own"
    own = code_of(lambda: approve(session, number, proposal, learner))
    assert own == "certificate-own"
    assert kinds(session) == ["revocation-proposed"]


@pytest.mark.parametrize("act", [suspend, reinstate, propose, withdraw])
def test_an_unknown_number_is_not_found(
    session: Session, one: User, act: Callable[[Session, str, User], int | None]
) -> None:
    with pytest.raises(NotFoundError):
        act(session, "000000000000", one)


def test_a_note_that_is_too_long_is_refused(
    session: Session, number: str, one: User
) -> None:
    with pytest.raises(ShapeError):
        propose_revocation(
            session, number=number, reason=FRAUD, note="x" * 501, by=one.id, now=NOW
        )

    session.rollback()


def test_the_audit_trail_knows_who_and_why_but_not_the_note(
    session: Session, number: str, one: User, other: User
) -> None:
    suspend(session, number, one)
    approve(session, number, propose(session, number, one), other)

    rows = session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.thing == f"certificate:{number}",
            AuditEntry.act.startswith("certificate-"),
        )
        .order_by(AuditEntry.id)
    ).all()
    assert [(row.act, row.facts) for row in rows] == [
        (
            f"certificate-{EventKind.SUSPENDED}",
            {"by": one.id, "reason": "under-review"},
        ),
        (
            f"certificate-{EventKind.REVOCATION_PROPOSED}",
            {"by": one.id, "reason": "fraud"},
        ),
        (f"certificate-{EventKind.REVOKED}", {"by": other.id, "reason": "fraud"}),
    ]
    assert not any(SECRET in str(row.facts) for row in rows)
