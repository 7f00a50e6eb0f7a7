"""New keys of the issuer, and what the world may know of one."""

from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from jwt.algorithms import OKPAlgorithm, RSAAlgorithm
from openbadgeslib.ob3 import multikey_from_pem

from conexx_learn.domain.issuer_keys import KeyKind, thumbprint

RSA_BITS = 3072
RSA_EXPONENT = 65537
KEPT_HALVES = 16


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key with both halves.

    Attributes:
        kind: What it is.
        fragment: Ends its address: the Multikey itself, or the thumbprint.
        jwk: Its public half, without a name and without a use.
        pem: The private half (PKCS 8, PEM, not encrypted); never printed or logged.
    """

    kind: KeyKind
    fragment: str
    jwk: dict[str, str]
    pem: bytes = field(repr=False)


def new_key(kind: KeyKind) -> MadeKey:
    """Make a key; one of RSA takes up to a second."""
    made: Ed25519PrivateKey | RSAPrivateKey
    if kind is KeyKind.ED25519:
        made = Ed25519PrivateKey.generate()
    else:
        made = generate_private_key(public_exponent=RSA_EXPONENT, key_size=RSA_BITS)
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key_of_pem(pem)


@lru_cache(maxsize=KEPT_HALVES)
def key_of_pem(pem: bytes) -> MadeKey:
    """Read a private key and check it; what was read before is remembered.

    Raises:
        ValueError: It is no key, or not one of a kind that signs here.
    """
    try:
        private = load_pem_private_key(pem, password=None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("not a key of ours") from error
    if isinstance(private, Ed25519PrivateKey):
        public = private.public_key()
        shown = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        jwk = OKPAlgorithm.to_jwk(public, as_dict=True)
        kept = {name: str(jwk[name]) for name in ("kty", "crv", "x")}
        return MadeKey(KeyKind.ED25519, multikey_from_pem(shown), kept, pem)
    if isinstance(private, RSAPrivateKey):
        jwk = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
        kept = {name: str(jwk[name]) for name in ("kty", "n", "e")}
        return MadeKey(KeyKind.RSA, thumbprint(kept), kept, pem)
    raise ValueError("not a key of ours")
