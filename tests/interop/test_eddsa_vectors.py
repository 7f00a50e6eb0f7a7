"""The test vectors of vc-di-eddsa (appendix B.1) come out byte for byte."""

import hashlib
from datetime import datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from conexx_learn.adapters.signing import with_embedded_proof
from conexx_learn.domain.issuer_keys import SigningKey
from tests.interop.contents import PINNED, RefusedError
from tests.interop.forging import embedded, public_multikey
from tests.interop.second_opinion import base58, canonical, hash_data, unbase58

SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
METHOD = f"did:key:{PUBLIC}#{PUBLIC}"
CREATED = "2023-02-24T23:36:38Z"
DOCUMENT: dict[str, Any] = {
    # The vector names a context of the examples, which says nothing but this.
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        {"@vocab": "https://www.w3.org/ns/credentials/examples#"},
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "did:example:abcdefgh",
        "alumniOf": "The School of Examples",
    },
}
PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": CREATED,
    "verificationMethod": METHOD,
    "proofPurpose": "assertionMethod",
}
DOCUMENT_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
PROOF_HASH = "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
SIGNATURE = (
    "4d8e53c2d5b3f2a7891753eb16ca993325bdb0d3cfc5be1093d0a18426f5ef85"
    "78cadc0fd4b5f4dd0d1ce0aefd15ab120b7a894d0eb094ffda4e6553cd1ed50d"
)
PROOF_VALUE = (
    "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F"
    "561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
)


def private_pem() -> bytes:
    """Return the key of the vectors; the first two bytes say that it is one."""
    raw = unbase58(SECRET[1:])[2:]
    return Ed25519PrivateKey.from_private_bytes(raw).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def test_the_adapter_gives_the_proof_of_the_recommendation() -> None:
    key = SigningKey(1, METHOD, private_pem())

    signed = with_embedded_proof(DOCUMENT, key, created=datetime.fromisoformat(CREATED))

    assert signed == DOCUMENT | {"proof": [PROOF | {"proofValue": PROOF_VALUE}]}


def test_the_second_opinion_signs_the_hashes_of_the_recommendation() -> None:
    assert hash_data(DOCUMENT, PROOF).hex() == PROOF_HASH + DOCUMENT_HASH
    assert hashlib.sha256(canonical(DOCUMENT).encode()).hexdigest() == DOCUMENT_HASH


def test_the_second_opinion_gives_the_proof_of_the_recommendation() -> None:
    proof = embedded(DOCUMENT, private_pem(), METHOD, CREATED)["proof"][0]

    assert proof["proofValue"] == PROOF_VALUE


def test_keys_and_signatures_are_written_as_in_the_recommendation() -> None:
    assert public_multikey(private_pem()) == PUBLIC
    assert unbase58(PROOF_VALUE[1:]).hex() == SIGNATURE
    assert "z" + base58(bytes.fromhex(SIGNATURE)) == PROOF_VALUE


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", ""), (b"\0", "1"), (b"\0\0", "11"), (b"Hello World!", "2NEpo7TZRRrLZSi2U")],
)
def test_base58_keeps_leading_zeros(data: bytes, text: str) -> None:
    assert base58(data) == text
    assert unbase58(text) == data


def test_the_second_opinion_signs_nothing_that_no_context_defines() -> None:
    document = DOCUMENT | {"@context": PINNED}

    with pytest.raises(RefusedError, match="alumniOf"):
        canonical(document)
