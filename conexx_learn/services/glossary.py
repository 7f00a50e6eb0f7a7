"""The glossary of the installation, as its files say it now."""

from functools import lru_cache
from pathlib import Path

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.course_source import GLOSSARY_FILES, read_glossary
from conexx_learn.domain.glossary import Entry, Glossary, entries, linked_names
from conexx_learn.domain.markup_terms import TermNames

_REMEMBERED = 4

Fingerprint = tuple[tuple[str, int, int], ...]


def glossary_entries(folder: Path, *, lang: str) -> tuple[Entry, ...]:
    """Return the terms of a folder of courses as a page shows them, by name."""
    return _entries(folder, _fingerprint(folder), lang)


def glossary_names(folder: Path) -> dict[str, TermNames]:
    """Return, for each language, the names that its modules link."""
    glossary = _glossary(folder, _fingerprint(folder))
    return {lang: TermNames(linked_names(glossary, lang)) for lang in glossary}


def glossary_links(folder: Path, *, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the names that modules of a language link, each with its term's id."""
    glossary = _glossary(folder, _fingerprint(folder))
    return tuple(linked_names(glossary, lang).items()) if lang in glossary else ()


@lru_cache(maxsize=_REMEMBERED)
def _glossary(folder: Path, _files: Fingerprint) -> Glossary:
    """Read the terms that can be used; the check tells what stands in the way."""
    return read_glossary(repository.read_files(folder, GLOSSARY_FILES))[0]


@lru_cache(maxsize=_REMEMBERED)
def _entries(folder: Path, files: Fingerprint, lang: str) -> tuple[Entry, ...]:
    """Make the entries of a language; while the files do not change, only once."""
    return entries(_glossary(folder, files), lang)


def _fingerprint(folder: Path) -> Fingerprint:
    """Say by names, sizes and times whether a file was touched."""
    facts = ((path.name, path.stat()) for path in sorted(folder.glob(GLOSSARY_FILES)))
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in facts)
