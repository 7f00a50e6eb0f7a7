"""The holder's address as a salted hash: for who knows it to compare."""

from hashlib import sha256

from conexx_learn.domain.certificates import RecipientHash

SALT_BYTES = 16
"""Random bytes of a salt: 128 bits."""


def recipient_hash(address: str, *, salt: str) -> RecipientHash:
    """Hash an e-mail address as Open Badges 3.0 says (IdentityObject).

    Args:
        address: Trimmed and lower-cased here.
        salt: From `secrets`, a new one for each certificate.

    Example:
        >>> recipient_hash(" A@example.com", salt="Kosher").sha256[:8]
        'b5809d8a'
    """
    text = address.strip().lower() + salt
    return RecipientHash(salt, sha256(text.encode()).hexdigest())


def is_recipient(recipient: RecipientHash | None, address: str) -> bool:
    """Say whether a certificate was issued to an address."""
    return (
        recipient is not None
        and recipient_hash(address, salt=recipient.salt).sha256 == recipient.sha256
    )
