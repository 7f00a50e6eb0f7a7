"""Invitations and resets on paper, for people without a mailbox: four to a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from conexx_learn.adapters.typesetting import ACCESSIBLE, qr_svg, typeset
from conexx_learn.domain.identifiers import grouped


@dataclass(frozen=True, slots=True)
class CodeSlip:
    """What one person is handed.

    Attributes:
        purpose: What the code opens.
        name: Of the person, as in the account.
        username: Or e-mail address; None while the person has yet to choose one.
        link: Absolute address that takes the code; also drawn as a QR code.
        code: Eight characters; printed in two groups.
        expires_on: Last day on which it works, inclusive.
    """

    purpose: Literal["invitation", "reset"]
    name: str
    username: str | None
    link: str
    code: str
    expires_on: date


def typeset_codes(slips: Iterable[CodeSlip], *, lang: str, place: str = "") -> bytes:
    """Typeset code slips as a PDF that A4 and carta printers take without shrinking.

    Args:
        slips: At least one, in the order of the pages.
        lang: `es` or `en`, the language of who receives them.
        place: Name of the institution, above each slip; may be empty.

    Raises:
        GlyphMissingError: A name holds a character that the faces lack.
        ValueError: There is nothing to print.
    """
    items = [_values(slip) for slip in slips]
    if not items:
        raise ValueError("a sheet needs at least one slip")
    return typeset(
        "codes.typ",
        {"lang": lang, "place": place or "Conexx Learn", "items": items},
        standards=ACCESSIBLE,
        timestamp=0,
    )


def _values(slip: CodeSlip) -> dict[str, str | None]:
    return {
        "purpose": slip.purpose,
        "name": slip.name,
        "username": slip.username,
        "link": slip.link,
        "qr_svg": qr_svg(slip.link),
        "code": grouped(slip.code),
        "expires_on": slip.expires_on.isoformat(),
    }
