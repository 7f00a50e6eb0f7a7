"""A certificate in somebody's profile elsewhere: the address that fills its form in."""

from datetime import date
from urllib.parse import urlencode

LINKEDIN = "https://www.linkedin.com/profile/add"


def linkedin_address(
    *,
    title: str,
    issuer: str,
    issued_on: date,
    valid_until: date | None,
    verify_url: str,
    number: str,
) -> str:
    """Return the address that opens LinkedIn's form with the certificate filled in.

    Nothing is sent before the holder opens it and confirms it there.

    Args:
        title: Of the course, in the holder's language.
        issuer: Its legal name.
        issued_on: Its month and year are told.
        valid_until: Likewise; None leaves the end out.
        verify_url: Absolute address of the public page.
        number: In groups of four.

    Example:
        >>> linkedin_address(
        ...     title="Agua & clima", issuer="Conexx", issued_on=date(2026, 2, 3),
        ...     valid_until=None, verify_url="https://x.example/verify/1", number="1",
        ... ).partition("?")[2][:61]
        'startTask=CERTIFICATION_NAME&name=Agua+%26+clima&organization'
    """
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": title,
        "organizationName": issuer,
        "issueYear": str(issued_on.year),
        "issueMonth": str(issued_on.month),
    }
    if valid_until is not None:
        fields |= {
            "expirationYear": str(valid_until.year),
            "expirationMonth": str(valid_until.month),
        }
    return f"{LINKEDIN}?{urlencode(fields | {'certUrl': verify_url, 'certId': number})}"
