"""Addresses that people give: shown as links, never fetched."""

from urllib.parse import urlsplit

_SCHEMES = frozenset({"http", "https"})


def is_web_address(text: str) -> bool:
    r"""Say whether a text is the whole address of a page on the web.

    Example:
        >>> is_web_address("https://funder.example/calls/12")
        True
        >>> is_web_address("javascript:alert(1)"), is_web_address("https:///x")
        (False, False)
    """
    if not text.isprintable() or any(sign in text for sign in ' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in _SCHEMES and "." in host.strip(".") and "@" not in parts.netloc
    )
