"""The technical checks of a certificate, done again on each view.

What never changes is computed once: whether these bytes were signed by this key. The
bytes themselves are hashed each time, so that a changed one is never taken for them.
"""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from conexx_learn.adapters.signing import is_proven, proven_payload
from conexx_learn.adapters.status_list_reading import verified_list
from conexx_learn.domain.certificates import CertificateState, Claims
from conexx_learn.domain.issuer_addresses import issuer_did, status_list_address
from conexx_learn.domain.register_checks import (
    Check,
    CheckKind,
    CheckResult,
    RegisterChecks,
    contradictions,
)
from conexx_learn.domain.status_bits import StatusListError, is_revoked
from conexx_learn.domain.strict_json import StrictJsonError, read_strict
from conexx_learn.queries.certification import HeldCertificate
from conexx_learn.queries.kept_reads import KeptReads
from conexx_learn.queries.register_evidence import (
    Evidence,
    StoredForm,
    register_evidence,
)

KEPT = 2048
FORMS = frozenset({"json", "jwt"})
TAKEN_BACK = frozenset({CertificateState.REVOKED, CertificateState.SUPERSEDED})

_signed: KeptReads[tuple[str, ...], bool] = KeptReads(KEPT)
_agreeing: KeptReads[tuple[str, ...], bool] = KeptReads(KEPT)
_lists: KeptReads[tuple[str, ...], bytes] = KeptReads(16)


def check_register(
    session: Session, *, held: HeldCertificate, public_url: str, now: datetime
) -> RegisterChecks:
    """Check a certificate against its signatures; one statement.

    Args:
        session: To read with.
        held: The certificate with its verdict.
        public_url: Origin of absolute links.
        now: This moment.
    """
    fingerprint = held.fingerprint
    if not held.claims.holder:
        # Who was erased has no signed forms left, and nothing to check.
        return RegisterChecks((), fingerprint)
    evidence = register_evidence(session, certificate_id=held.certificate_id)
    if {form.form for form in evidence.forms} != FORMS:
        waits = Check(CheckKind.UNSIGNED, CheckResult.WAITS)
        return RegisterChecks((waits,), fingerprint)
    keys = [form.key for form in evidence.forms]
    results = {
        CheckKind.SIGNATURE: _sound(all(map(_is_signed, evidence.forms))),
        CheckKind.KEY: _sound(all(key.compromised_at is None for key in keys)),
        CheckKind.STATUS: _status(held, evidence, public_url, now),
        CheckKind.HASH: _sound(all(map(_is_whole, evidence.forms))),
        CheckKind.CLAIMS: _sound(_agrees(held.claims, evidence, fingerprint)),
    }
    checks = tuple(Check(kind, result) for kind, result in results.items())
    return RegisterChecks(checks, fingerprint)


def _sound(is_so: bool) -> CheckResult:
    return CheckResult.HOLDS if is_so else CheckResult.FAILS


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()


def _is_whole(form: StoredForm) -> bool:
    return form.found == form.sha256


def _is_signed(form: StoredForm) -> bool:
    """Verify a form with its key, once for these bytes and this key."""
    # Of a public key this is all that makes it that key: its modulus, or its point.
    public = str(form.key.jwk.get("n") or form.key.jwk.get("x"))
    key = (form.found, public)
    return _signed.value(key, lambda: _verified(form) is not None)


def _verified(form: StoredForm) -> dict[str, Any] | None:
    """Return what a form says where its signature is right."""
    if form.form == "jwt":
        return proven_payload(form.body, form.key.jwk)
    try:
        read_strict(form.body.encode())
    except StrictJsonError:
        return None
    document: dict[str, Any] = json.loads(form.body)
    return document if is_proven(document, form.key.jwk) else None


def _agrees(claims: Claims, evidence: Evidence, fingerprint: str) -> bool:
    """Compare the claims with what was signed, and with what the log noted of them."""
    if evidence.logged_claims not in {None, fingerprint}:
        return False
    bodies = [form.found for form in evidence.forms]
    return _agreeing.value(
        (fingerprint, *bodies),
        lambda: all(_says(form, claims) for form in evidence.forms),
    )


def _says(form: StoredForm, claims: Claims) -> bool:
    document = _verified(form)
    return document is not None and not contradictions(claims, document)


def _status(
    held: HeldCertificate, evidence: Evidence, public_url: str, now: datetime
) -> CheckResult:
    """Ask the published list; one that says less than the register is signed anew."""
    if evidence.place is None or evidence.list_key is None:
        return CheckResult.WAITS
    number, index = evidence.place
    try:
        bits = _bits(evidence, status_list_address(public_url, number, "jwt"), now)
        is_taken_back = is_revoked(bits, index)
    except StatusListError:
        # Never taken as valid: the line says that nothing is known.
        return CheckResult.WAITS
    if is_taken_back == (held.verdict.state in TAKEN_BACK):
        return CheckResult.HOLDS
    return CheckResult.FAILS if is_taken_back else CheckResult.WAITS


def _bits(evidence: Evidence, address: str, now: datetime) -> bytes:
    key = evidence.list_key
    assert key is not None  # noqa: S101 (asked before)
    did = issuer_did(address.partition("/status/")[0])
    known = (_digest(evidence.list_body), address, key.fragment, f"{now:%F %H}")
    return _lists.value(
        (*known, str(key.compromised_at)),
        lambda: verified_list(
            evidence.list_body, keys=[key], address=address, did=did, now=now
        ),
    )
