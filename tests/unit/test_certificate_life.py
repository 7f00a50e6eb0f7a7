"""What may still be done with a certificate follows from what happened to it."""

from datetime import UTC, datetime

import pytest

from conexx_learn.domain.certificate_life import (
    REVOCATION_REASONS,
    is_suspended,
    is_without_holder,
    open_proposal,
    open_request,
    refuse_the_final,
    without_holder,
)
from conexx_learn.domain.certificates import (
    CertificateEvent,
    EventKind,
    PlanClaim,
    RecipientHash,
    RevocationReason,
)
from conexx_learn.domain.errors import RuleError
from tests.sample_claims import make_claims

PROPOSED = EventKind.REVOCATION_PROPOSED
WITHDRAWN = EventKind.PROPOSAL_WITHDRAWN
ASKED, DECLINED = EventKind.CORRECTION_ASKED, EventKind.CORRECTION_DECLINED


def happened(*kinds: EventKind) -> list[CertificateEvent]:
    return [
        CertificateEvent(kind, datetime(2026, 11, 1, number, tzinfo=UTC), by=number)
        for number, kind in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("kinds", "by"),
    [
        ([], None),
        ([PROPOSED], 0),
        ([PROPOSED, WITHDRAWN], None),
        ([PROPOSED, WITHDRAWN, PROPOSED], 2),
        ([PROPOSED, EventKind.SUSPENDED], 0),
        ([PROPOSED, EventKind.REVOKED], None),
        ([PROPOSED, EventKind.SUPERSEDED], None),
    ],
)
def test_a_proposal_waits_until_it_is_withdrawn_or_the_certificate_is_final(
    kinds: list[EventKind], by: int | None
) -> None:
    waiting = open_proposal(happened(*kinds))

    assert (waiting.by if waiting else None) == by


@pytest.mark.parametrize(
    ("kinds", "by"),
    [
        ([], None),
        ([ASKED], 0),
        ([ASKED, DECLINED], None),
        ([ASKED, DECLINED, ASKED], 2),
        ([ASKED, EventKind.SUPERSEDED], None),
        ([ASKED, EventKind.REVOKED], None),
        ([PROPOSED], None),
    ],
)
def test_a_request_waits_until_it_is_answered(
    kinds: list[EventKind], by: int | None
) -> None:
    waiting = open_request(happened(*kinds))

    assert (waiting.by if waiting else None) == by


@pytest.mark.parametrize(
    ("kinds", "held"),
    [
        ([], False),
        ([EventKind.SUSPENDED], True),
        ([EventKind.SUSPENDED, EventKind.REINSTATED], False),
        ([EventKind.SUSPENDED, EventKind.REINSTATED, EventKind.SUSPENDED], True),
        ([EventKind.SUSPENDED, PROPOSED], True),
    ],
)
def test_a_suspension_holds_until_it_is_lifted(
    kinds: list[EventKind], held: bool
) -> None:
    assert is_suspended(happened(*kinds)) is held


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ([EventKind.REVOKED], "certificate-revoked"),
        ([EventKind.SUPERSEDED], "certificate-superseded"),
        ([EventKind.SUPERSEDED, EventKind.REVOKED], "certificate-revoked"),
    ],
)
def test_nothing_follows_a_revocation_or_a_correction(
    kinds: list[EventKind], code: str
) -> None:
    with pytest.raises(RuleError) as refused:
        refuse_the_final(happened(*kinds))

    assert refused.value.code == code


def test_a_suspension_is_not_final() -> None:
    refuse_the_final(happened(EventKind.ISSUED, EventKind.SUSPENDED, PROPOSED))


def test_nobody_chooses_the_reason_of_a_correction() -> None:
    assert set(RevocationReason) - set(REVOCATION_REASONS) == {
        RevocationReason.SUPERSEDED
    }


def test_the_register_keeps_nothing_of_an_erased_holder() -> None:
    claims = make_claims(
        plan=PlanClaim("Xaltepec", "Plan", {"es": "Curso"}),
        recipient=RecipientHash("salt", "0" * 64),
    )

    kept = without_holder(claims)

    assert is_without_holder(kept)
    assert not is_without_holder(claims)
    assert (kept.number, kept.uuid, kept.titles) == (
        claims.number,
        claims.uuid,
        claims.titles,
    )
    assert (kept.issued_on, kept.valid_until) == (claims.issued_on, claims.valid_until)
    assert not any(
        (kept.institution, kept.recipient, kept.plan, kept.score, kept.evidence)
    )
