"""What a visitor without an account has read, kept in the browser's signed cookie."""

from flask import session

KEY = "read"
MOST_MODULES = 60


def read_here(course: str) -> list[str]:
    """List the modules of a course that were marked as read in this browser."""
    return list(session.get(KEY, {}).get(course, []))


def remember_read(course: str, module: str) -> None:
    """Keep that a module was read; the cookie stays small."""
    kept: dict[str, list[str]] = dict(session.get(KEY, {}))
    modules = kept.setdefault(course, [])
    if module not in modules and sum(map(len, kept.values())) < MOST_MODULES:
        kept[course] = [*modules, module]
        session[KEY] = kept
