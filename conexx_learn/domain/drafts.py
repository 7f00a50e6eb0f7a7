"""A course in the making: the files of its folder, and those changed in the browser."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FileState(StrEnum):
    """How a file of a draft stands beside what learners have."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """A file that differs from the one in the folder.

    Attributes:
        sha256: What it holds; None where it was removed.
        base_sha256: What the folder held when the change began; None for no file.
    """

    sha256: str | None
    base_sha256: str | None


def fingerprint(content: bytes) -> str:
    """Return the hex SHA-256 by which contents are told apart."""
    return hashlib.sha256(content).hexdigest()


def file_states(
    published: Mapping[str, str], drafted: Mapping[str, str]
) -> dict[str, FileState]:
    """Compare the files of a draft with those of the published version.

    Args:
        published: Path to fingerprint; empty where nothing is published.
        drafted: The same of the draft.

    Returns:
        Every path of either, in the order of names.

    Example:
        >>> [*file_states({"a": "1", "b": "2"}, {"a": "1", "c": "3"}).values()]
        [<FileState.UNCHANGED: 'unchanged'>, <FileState.REMOVED: 'removed'>, \
<FileState.ADDED: 'added'>]
    """
    return {
        path: _state(published.get(path), drafted.get(path))
        for path in sorted({*published, *drafted})
    }


def _state(before: str | None, after: str | None) -> FileState:
    if before is None:
        return FileState.ADDED
    if after is None:
        return FileState.REMOVED
    return FileState.UNCHANGED if before == after else FileState.EDITED


def moved_beneath(
    entries: Mapping[str, DraftEntry], folder: Mapping[str, str]
) -> frozenset[str]:
    """List the changed files whose original changed in the folder since.

    Args:
        entries: The changed files of the draft.
        folder: Path to fingerprint of what lies in the folder now.
    """
    return frozenset(
        path
        for path, entry in entries.items()
        if folder.get(path) not in {entry.base_sha256, entry.sha256}
    )
