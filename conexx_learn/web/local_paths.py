"""Where a page may lead to after an act: inside this site, nowhere else."""

from urllib.parse import urlsplit

FORBIDDEN = frozenset("\\\t\r\n\x00")


def local_path(wanted: str | None, default: str) -> str:
    r"""Return a path of this site as it was asked for, else the default.

    Browsers read `/\\x` and `/<tab>/x` as another site, so such a path is not ours.

    Example:
        >>> local_path("//evil.example", "/"), local_path("/me?a=1", "/")
        ('/', '/me?a=1')
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return default
    if FORBIDDEN & set(wanted) or not wanted.isprintable():
        return default
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else wanted
