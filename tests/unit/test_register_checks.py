"""What the register shows is held against what was signed, claim by claim."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from conexx_learn.domain.register_checks import (
    Check,
    CheckKind,
    CheckResult,
    RegisterChecks,
    contradictions,
)
from tests.credentials import CLAIMS, make_claims, make_document


@pytest.mark.parametrize("form", ["json", "jwt"])
@pytest.mark.parametrize("changes", [{}, {"demo": True}, {"valid_until": None}])
def test_what_was_signed_contradicts_nothing(
    form: str, changes: dict[str, Any]
) -> None:
    assert contradictions(make_claims(**changes), make_document(form, **changes)) == ()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"holder": "Ana Lucía Pérez Díaz"}, "holder"),
        ({"number": "000000000000"}, "number"),
        ({"titles": {"es": "Agua limpísima"}}, "titles"),
        ({"issued_at": CLAIMS.issued_at + timedelta(seconds=1)}, "issued_at"),
        ({"valid_until": None}, "valid_until"),
    ],
)
def test_each_claim_that_was_changed_is_named(
    changes: dict[str, Any], named: str
) -> None:
    assert contradictions(make_claims(**changes), make_document()) == (named,)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document.clear(),
        lambda document: document.update(credentialSubject=[]),
        lambda document: document.update(credentialSubject={"identifier": "x"}),
        lambda document: document.update(credentialSubject={"identifier": [1]}),
        lambda document: document.update(issuer="did:web:x", id=7),
    ],
)
def test_a_document_of_another_shape_contradicts(
    spoil: Callable[[dict[str, Any]], object],
) -> None:
    document = make_document()
    spoil(document)

    assert contradictions(CLAIMS, document)


@pytest.mark.parametrize("kind", list(CheckKind))
def test_only_a_key_may_fail_without_the_register_being_altered(
    kind: CheckKind,
) -> None:
    failing = RegisterChecks((Check(kind, CheckResult.FAILS),), "")
    waiting = RegisterChecks((Check(kind, CheckResult.WAITS),), "")

    assert failing.is_altered == (kind is not CheckKind.KEY)
    assert not waiting.is_altered
