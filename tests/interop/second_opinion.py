"""Verifies certificates with other code than that which signed them.

Written from the recommendations (vc-di-eddsa, RFC 7515, RFC 7519, Bitstring Status
List): canonical RDF and the context texts come from packages, all else is here or in
joserfc. Only what the issuer publishes is read.
"""

import base64
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from pyld import jsonld

from tests.interop.contents import RefusedError, accept_contents, accept_list, insist
from tests.interop.issuer_site import Json, Served, part_of

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PREFIX = b"\xed\x01"
LARGEST = 256 * 1024
Fetch = Callable[[str], Served | None]

CONTEXT_FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (
        "ob-v3p0-context-3.0.3.json"
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "ob-v3p0-extensions.json"
    ),
}


def base58(data: bytes) -> str:
    """Write bytes in base58btc."""
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        digits = ALPHABET[rest] + digits
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def unbase58(text: str) -> bytes:
    """Read bytes in base58btc."""
    number = 0
    for sign in text:
        number = number * 58 + ALPHABET.index(sign)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _load(url: str, _options: object = None) -> Json:
    insist(url in CONTEXT_FILES, "context", f"{url} is not loaded.")
    folder = resources.files("openbadgeslib.ob3") / "contexts"
    text = (folder / CONTEXT_FILES[url]).read_text(encoding="utf-8")
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(text)}


def _members(document: Any) -> Counter[str]:
    if isinstance(document, list):
        return sum((_members(item) for item in document), Counter())
    if not isinstance(document, dict):
        return Counter()
    inner = (_members(item) for key, item in document.items() if key != "@context")
    return sum(inner, Counter(key for key in document if key != "@context"))


def canonical(document: Mapping[str, Any]) -> str:
    """Return the canonical N-Quads of a document.

    Raises:
        RefusedError: It has a member that no context defines, which nobody would sign.
    """
    given, options = dict(document), {"documentLoader": _load}
    expanded = jsonld.expand(given, options)
    again = jsonld.compact(expanded, given["@context"], options)
    lost = _members(given) - _members(again)
    insist(not lost, "proof", f"No context defines {sorted(lost)}.")
    form = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    return str(jsonld.normalize(expanded, options | form))


def hash_data(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """Return the 64 bytes that eddsa-rdfc-2022 signs (vc-di-eddsa, 3.2.4)."""
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    unsigned = {key: value for key, value in document.items() if key != "proof"}
    parts = ({"@context": document["@context"], **options}, unsigned)
    return b"".join(hashlib.sha256(canonical(part).encode()).digest() for part in parts)


def bits_of(document: Mapping[str, Any]) -> bytes:
    """Return the bits of a status list; the left-most is that of place 0."""
    encoded = document["credentialSubject"]["encodedList"][1:]
    packed = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    return gzip.decompress(packed)


class SecondOpinion:
    """A verifier that trusts one issuer, and only what it publishes."""

    def __init__(self, public_url: str, did: str, fetch: Fetch) -> None:
        self.public_url, self.did, self._fetch = public_url, did, fetch

    def verify(self, text: str, *, now: datetime, email: str = "") -> None:
        """Accept a certificate in either form.

        Raises:
            RefusedError: It does not prove what it says; the code says why.
        """
        insist(len(text.encode()) <= LARGEST, "too-large", "It is too large.")
        if text.lstrip().startswith("{"):
            credential = json.loads(text)
            accept_contents(credential, self.public_url, self.did, email)
            self._prove(credential)
        else:
            credential = self._opened(text)
            accept_contents(credential, self.public_url, self.did, email)
        _within_window(credential, now)
        self._accept_status(credential["credentialStatus"], now)

    def _get(self, address: str) -> str:
        insist(
            address.startswith(f"{self.public_url}/"),
            "foreign-address",
            "It is theirs.",
        )
        served = self._fetch(address.removeprefix(self.public_url))
        if served is None:
            raise RefusedError("unreachable", f"{address} does not answer.")
        return served.body

    def _method(self, address: str) -> Json:
        document = json.loads(self._get(f"{self.public_url}/.well-known/did.json"))
        methods: dict[str, Json] = {
            method["id"]: method for method in document["verificationMethod"]
        }
        insist(document["id"] == self.did, "issuer", "It is another issuer.")
        insist(address in methods, "key", "It is no key of the issuer.")
        insist(address in document["assertionMethod"], "key", "It may not sign.")
        insist(methods[address]["controller"] == self.did, "key", "It is another's.")
        return methods[address]

    def _prove(self, document: Json) -> None:
        """Accept the embedded proof of a document."""
        proofs = document.get("proof", [])
        proofs = proofs if isinstance(proofs, list) else [proofs]
        insist(len(proofs) == 1, "proof", "There is not exactly one proof.")
        proof = proofs[0]
        insist(proof["proofPurpose"] == "assertionMethod", "proof", "For another use.")
        method = self._method(proof["verificationMethod"])
        insist(method["type"] == "Multikey", "key", "It is of another kind.")
        key = unbase58(method["publicKeyMultibase"][1:])
        insist(key.startswith(ED25519_PREFIX), "key", "It is of another kind.")
        try:
            Ed25519PublicKey.from_public_bytes(key[2:]).verify(
                unbase58(proof["proofValue"][1:]), hash_data(document, proof)
            )
        except InvalidSignature as error:
            raise RefusedError("proof", "The proof is not theirs.") from error

    def _opened(self, token: str) -> Json:
        """Verify a compact JWS, and return what it says."""
        header = part_of(token, 0)
        insist(header["alg"] == "RS256", "algorithm", "It is another algorithm.")
        insist(set(header) <= {"alg", "kid", "typ"}, "header", "It has more headers.")
        jwk = self._method(header["kid"])["publicKeyJwk"]
        key = RSAKey.import_key(jwk)
        insist(
            key.thumbprint() == header["kid"].split("#")[1],
            "key",
            "It is not named by its thumbprint.",
        )
        listed = json.loads(self._get(f"{self.public_url}/.well-known/jwks.json"))
        same = [each for each in listed["keys"] if each["kid"] == header["kid"]]
        insist(len(same) == 1 and same[0]["n"] == jwk["n"], "key", "They differ.")
        try:
            payload = jws.deserialize_compact(token, key, algorithms=["RS256"]).payload
        except JoseError as error:
            raise RefusedError("signature", str(error)) from error
        claims: Json = json.loads(payload)
        _accept_claims(claims, self.did)
        return claims

    def _accept_status(self, status: Json, now: datetime) -> None:
        address = status["statusListCredential"]
        text = self._get(address).strip()
        try:  # a list that cannot be read is not an empty list
            if text.startswith("{"):
                document = json.loads(text)
                self._prove(document)
            else:
                document = self._opened(text)
            accept_list(document, address, self.did)
            _within_window(document, now)
        except (RefusedError, ValueError) as error:
            raise RefusedError("status-list", str(error)) from error
        bits = bits_of(document)
        insist(len(bits) >= 131_072 // 8, "status-list", "The list is too short.")
        byte, place = divmod(int(status["statusListIndex"]), 8)
        insist(not bits[byte] & 0x80 >> place, "revoked", "It was revoked.")


def _accept_claims(claims: Json, did: str) -> None:
    for name, value in {
        "iss": did,
        "jti": claims.get("id"),
        "sub": claims.get("credentialSubject", {}).get("id"),
        "nbf": _seconds(claims.get("validFrom")),
        "exp": _seconds(claims.get("validUntil")),
    }.items():
        insist(claims.get(name) == value, "claims", f"{name} is {claims.get(name)}.")


def _seconds(moment: str | None) -> int | None:
    return int(datetime.fromisoformat(moment).timestamp()) if moment else None


def _within_window(document: Json, now: datetime) -> None:
    begins = datetime.fromisoformat(document["validFrom"])
    insist(begins <= now, "not-yet", "It is not valid yet.")
    if "validUntil" in document:
        ends = datetime.fromisoformat(document["validUntil"])
        insist(now <= ends, "expired", "It has expired.")
