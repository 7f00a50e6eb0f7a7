"""What git says of a publication: who made it, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass

PRODUCT = "Conexx Learn"
"""Who writes a commit on behalf of its author."""

LONGEST_NAME = 100
LONGEST_LINE = 400

_ASIDE = str.maketrans("", "", "<>")


@dataclass(frozen=True, slots=True)
class Signature:
    """A person or a program as git names it.

    Attributes:
        name: Without line ends and angle brackets; never empty.
        email: The same, and without spaces.
    """

    name: str
    email: str


def signature(*, name: str, email: str | None, username: str, host: str) -> Signature:
    """Name somebody as git does, whatever they call themselves.

    Args:
        name: Full name.
        email: Address; None or unsound makes one of the username.
        username: To tell people without an address apart.
        host: Of the public address.

    Example:
        >>> signature(name="Ana <x>", email=None, username="ana", host="a.example")
        Signature(name='Ana x', email='ana@a.example')
    """
    shown = one_line(name).translate(_ASIDE).strip(" .,:;\"'\\-")[:LONGEST_NAME]
    address = (email or "").translate(_ASIDE)
    if not address.isprintable() or " " in address or "@" not in address:
        address = f"{_word(username) or 'nobody'}@{host or 'localhost'}"
    return Signature(shown.strip() or PRODUCT, address)


def product_signature(host: str) -> Signature:
    """Name the product itself."""
    return Signature(PRODUCT, f"no-reply@{host or 'localhost'}")


def publication_message(
    *, slug: str, version: str, change_note: Mapping[str, str], approved_by: str = ""
) -> str:
    """Write the message of the commit of a publication.

    Every text of a person stays on one line after a word of ours, so that none passes
    for a subject, a comment or a trailer.

    Args:
        slug: Of the course.
        version: Such as `1.2`.
        change_note: Language to the sentence for learners.
        approved_by: Full name; empty where nobody had to approve.

    Example:
        >>> print(publication_message(slug="water", version="1.2", change_note={}))
        water: Publish 1.2
        <BLANKLINE>
    """
    said = [
        f"{lang}: {line}"
        for lang, text in sorted(change_note.items())
        if (line := one_line(text)[:LONGEST_LINE])
    ]
    approval = one_line(approved_by)[:LONGEST_NAME]
    paragraphs = [f"{slug}: Publish {version}"]
    paragraphs += ["\n".join(said)] if said else []
    paragraphs += [f"Approved-by: {approval}"] if approval else []
    return "\n\n".join(paragraphs) + "\n"


def one_line(text: str) -> str:
    """Write a text on one line, without signs that turn or hide it."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.split())


def _word(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum() or sign in "._-")[:60]
