"""The paper of a certificate: typeset once, registered, then kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.adapters.kept_files import replace_file
from conexx_learn.adapters.typesetting import (
    certificate_pdf,
    template_fingerprint,
    uncovered_characters,
)
from conexx_learn.domain.certificates import CLAIMS_JSON
from conexx_learn.models.credentials import IssuedPaper
from conexx_learn.models.insertion import insert_once
from conexx_learn.queries.handed_forms import number_of_paper
from conexx_learn.queries.papers import PaperFacts

UUID_LENGTH = 36
"""Each kept file begins with the certificate that it is of."""


@dataclass(frozen=True, slots=True)
class Printing:
    """How the papers of this installation are made.

    Attributes:
        verify_url: Absolute address of the certificate's public page.
        mark_svg: The issuer's logo; a drawn mark without it.
        kept_in: Folder of papers that were typeset before; losing it loses nothing.
    """

    verify_url: str
    mark_svg: str | None
    kept_in: Path


def kept_paper(
    session: Session, facts: PaperFacts, *, printing: Printing
) -> bytes | None:
    """Return the PDF of a certificate as it was handed out before.

    A kept file that is not in the register, as after a restored database or a change
    by somebody else, counts for nothing.

    Returns:
        The bytes, or None where the paper is to be made.
    """
    try:
        content = _path(facts, printing).read_bytes()
    except OSError:
        # It was never made, or an erasure or the disk took it: it is made again.
        return None
    known = number_of_paper(session, sha256=sha256(content).hexdigest())
    return content if known == facts.claims.number else None


def made_paper(facts: PaperFacts, *, printing: Printing) -> bytes:
    """Typeset the PDF of a certificate, outside of any transaction.

    The same facts give the same bytes. `register_paper` follows, then `keep_paper`.

    Args:
        facts: The certificate; without its signed form the paper carries none.
        printing: How it is made.

    Raises:
        GlyphMissingError: The faces lack a character of the text.
    """
    return certificate_pdf(
        facts.claims,
        verify_url=printing.verify_url,
        credential_json=facts.credential_json,
        show_score=facts.shows_score,
        mark_svg=printing.mark_svg,
    )


def register_paper(
    session: Session, facts: PaperFacts, *, content: bytes, now: datetime
) -> bool:
    """Write the hash of a paper down before it leaves; a second time does nothing.

    Returns:
        True when this call wrote it.
    """
    return insert_once(
        session,
        IssuedPaper,
        sha256=sha256(content).hexdigest(),
        certificate_id=facts.certificate_id,
        made_at=now,
    )


def keep_paper(facts: PaperFacts, *, printing: Printing, content: bytes) -> None:
    """Keep a paper that is in the register, so that it need not be made again."""
    replace_file(_path(facts, printing), content)


def forget_papers(uuids: Collection[str], *, kept_in: Path) -> int:
    """Delete the kept papers of some certificates, and those of former names.

    Those of former names go too: nobody knows whose they are. So do drafts of them
    that a crash left. The hashes of all stay in the register.

    Args:
        uuids: Of the certificates.
        kept_in: Folder of papers.

    Returns:
        How many files went.
    """
    found = [
        path
        for path in sorted(kept_in.glob("*"))
        if path.name[:UUID_LENGTH] in uuids or path.name[UUID_LENGTH:][:1] != "-"
    ]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _path(facts: PaperFacts, printing: Printing) -> Path:
    """Name a paper by everything that is printed on it or goes with it."""
    parts = (
        template_fingerprint(),
        printing.verify_url,
        CLAIMS_JSON.dump_json(facts.claims).decode(),
        facts.credential_json or "",
        "score" if facts.shows_score else "",
        printing.mark_svg or "",
    )
    # Each part by its own hash, so that no text can run into the next.
    digest = sha256(b"".join(sha256(part.encode()).digest() for part in parts))
    return printing.kept_in / f"{facts.claims.uuid}-{digest.hexdigest()}.pdf"


def uncovered(name: str) -> tuple[str, ...]:
    """List the characters of a name that the paper cannot print."""
    return uncovered_characters(name)
