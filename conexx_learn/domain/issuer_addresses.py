"""The addresses of what the issuer publishes; all come from the configured origin."""

from urllib.parse import urlsplit
from uuid import UUID

from conexx_learn.domain.identifiers import grouped


def issuer_did(public_url: str) -> str:
    """Name the issuer by its host (did:web); the colon of a port is written %3A.

    Args:
        public_url: Origin of absolute links, without a path.

    Example:
        >>> issuer_did("https://learn.example.org")
        'did:web:learn.example.org'
        >>> issuer_did("http://127.0.0.1:8000")
        'did:web:127.0.0.1%3A8000'
    """
    parts = urlsplit(public_url)
    host = (parts.hostname or "").lower()
    return f"did:web:{host}%3A{parts.port}" if parts.port else f"did:web:{host}"


def key_address(public_url: str, fragment: str) -> str:
    """Name a key of the issuer, as proofs and headers carry it."""
    return f"{issuer_did(public_url)}#{fragment}"


def credential_address(public_url: str, uuid: UUID | str) -> str:
    """Return the id of a credential, which is where it can be fetched."""
    return f"{public_url}/credentials/{uuid}"


def achievement_address(public_url: str, slug: str, version: str) -> str:
    """Return the id of what was achieved: a version of a course, such as `1.2`."""
    return f"{public_url}/achievements/{slug}/{version}"


def status_list_address(public_url: str, number: int, form: str) -> str:
    """Return the address of a status list.

    Args:
        public_url: Origin of absolute links.
        number: From 1.
        form: `json`, with an embedded proof, or `jwt`.

    Example:
        >>> status_list_address("https://learn.example.org", 1, "jwt")
        'https://learn.example.org/status/revocation/1.jwt'
    """
    suffix = ".jwt" if form == "jwt" else ""
    return f"{public_url}/status/revocation/{number}{suffix}"


def verify_address(public_url: str, number: str) -> str:
    """Return the public page of a certificate number, which the QR code carries.

    Example:
        >>> verify_address("https://learn.example.org", "7K3M9QXT2R8A")
        'https://learn.example.org/verify/7K3M-9QXT-2R8A'
    """
    return f"{public_url}/verify/{grouped(number)}"
