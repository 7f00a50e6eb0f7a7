"""Translations that follow a revision of their source that is no longer there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conexx_learn.domain.course import Course
from conexx_learn.domain.front_matter import (
    COURSE_CODES,
    read_front_matter,
    source_hash,
)

KEYS = ("translates", "traduce")


@dataclass(frozen=True, slots=True)
class StaleTranslation:
    """A file whose source has moved on.

    Attributes:
        path: The translation.
        source_path: What it translates.
        is_new: It was up to date before; else it was stale already.
    """

    path: str
    source_path: str
    is_new: bool


def stale_translations(
    before: Course | None, after: Course
) -> tuple[StaleTranslation, ...]:
    """List the translations that fell behind, by path.

    A translation says in its head which revision of its source it follows; it is
    stale where the source of the newer version has another hash.
    """
    known = set(_stale(before.files)) if before else set()
    return tuple(
        StaleTranslation(path, source, (path, source) not in known)
        for path, source in sorted(_stale(after.files))
    )


def _stale(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path, text in files.items():
        source, _, digest = _followed(path, text).partition("@")
        if source in files and digest != source_hash(files[source].encode()):
            yield path, source


def _followed(path: str, text: str) -> str:
    """Return the `FILE@HASH` of a file's head; empty where it says none."""
    if not path.endswith(".md"):
        return ""
    head, _ = read_front_matter(text.splitlines(), path=path, codes=COURSE_CODES)
    values = {key.lower(): value for key, value in head.values.items()}
    return next((values[key] for key in KEYS if key in values), "")
