"""The paper of a certificate: typeset once, then kept."""

from hashlib import sha256
from pathlib import Path

from conexx_learn.adapters.kept_files import kept_file
from conexx_learn.adapters.typesetting import certificate_pdf, uncovered_characters
from conexx_learn.domain.certificates import CLAIMS_JSON, Claims

TEMPLATE_VERSION = "1"
"""Raised when the template changes: the papers are then made anew."""


def certificate_paper(claims: Claims, *, verify_url: str, kept_in: Path) -> bytes:
    """Return the PDF of a certificate; the same claims give the same bytes.

    Args:
        claims: As frozen at issue.
        verify_url: Absolute address of its public page.
        kept_in: Folder of papers that were typeset before; losing it loses nothing.

    Raises:
        GlyphMissingError: The faces lack a character of the text.
    """
    frozen = CLAIMS_JSON.dump_json(claims)
    key = sha256(
        b"\n".join((TEMPLATE_VERSION.encode(), verify_url.encode(), frozen))
    ).hexdigest()
    return kept_file(
        kept_in / f"{key}.pdf", lambda: certificate_pdf(claims, verify_url=verify_url)
    )


def uncovered(name: str) -> tuple[str, ...]:
    """List the characters of a name that the paper cannot print."""
    return uncovered_characters(name)
