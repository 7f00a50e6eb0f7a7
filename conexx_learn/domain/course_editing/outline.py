"""The modules of a course: added, put in order, renamed, removed, with what names them.

A module is named by its files (`NN-slug.…`), in `course.toml`, in links of other
modules, in the key `module:` of questions and in `translates:`. All of it changes
together, so that a course that passed the check passes it afterwards.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conexx_learn.domain.course_editing.settings_text import (
    Value,
    with_module_order,
    with_new_module,
)
from conexx_learn.domain.course_source.file_names import (
    RESERVED,
    FileKind,
    FileName,
    file_name,
)
from conexx_learn.domain.course_source.settings_check import (
    SETTINGS_FILE,
    check_settings,
)
from conexx_learn.domain.errors import RuleError, ShapeError
from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.identifiers import is_slug

Files = Mapping[str, bytes]
Changes = dict[str, bytes | None]

MOST_MODULES = 99
_OF_MODULES = {FileKind.MODULE, FileKind.QUIZ}
_TEXTS = {*_OF_MODULES, FileKind.FINAL, FileKind.COURSE_TEXT}
_TRANSLATES = re.compile(rb"(?m)^(translates:[ \t]*)(\S+)@([0-9a-f]{12})(?=[ \t]*\r?$)")


@dataclass(frozen=True, slots=True)
class OutlinedModule:
    """A module as its files tell it.

    Attributes:
        number: Of its files, from 1.
        slug: Its name.
        texts: Language to path of its text.
        quizzes: Language to path of its quiz.
        is_listed: Whether `course.toml` has it.
    """

    number: int
    slug: str
    texts: Mapping[str, str]
    quizzes: Mapping[str, str]
    is_listed: bool

    @property
    def stem(self) -> str:
        """Return what the names of its files begin with."""
        return f"{self.number:02}-{self.slug}"

    @property
    def paths(self) -> tuple[str, ...]:
        """List its files."""
        return (*self.texts.values(), *self.quizzes.values())


def outline(files: Files) -> tuple[OutlinedModule, ...]:
    """List the modules of a folder: in the order of `course.toml`, then the others."""
    listed = check_settings(files.get(SETTINGS_FILE)).module_slugs
    found: dict[str, list[FileName]] = {}
    for path in sorted(files):
        name = file_name(path)
        if name.kind in _OF_MODULES:
            found.setdefault(name.slug, []).append(name)
    order = {slug: place for place, slug in enumerate(listed)}
    slugs = sorted(found, key=lambda slug: (order.get(slug, len(order)), slug))
    return tuple(_outlined(slug, found[slug], slug in order) for slug in slugs)


def _outlined(slug: str, names: Sequence[FileName], is_listed: bool) -> OutlinedModule:
    return OutlinedModule(
        number=min(name.number for name in names),
        slug=slug,
        texts={n.lang: n.path for n in names if n.kind is FileKind.MODULE},
        quizzes={n.lang: n.path for n in names if n.kind is FileKind.QUIZ},
        is_listed=is_listed,
    )


def added_module(
    files: Files, *, slug: str, texts: Mapping[str, str], values: Mapping[str, Value]
) -> Changes:
    """Add a module after the others.

    Args:
        files: Of the folder.
        slug: Its name.
        texts: What follows the stem in a file's name (`es.md`, `quiz.es.md`) to text.
        values: Keys of its table beside `slug`.

    Raises:
        ShapeError: The slug is none, or is reserved.
        RuleError: There is a module of this name, or there are too many.
        ContentError: `course.toml` cannot be read.
    """
    modules = outline(files)
    _refuse_name(slug, modules)
    number = max((module.number for module in modules), default=0) + 1
    if number > MOST_MODULES:
        raise RuleError("modules-too-many", limit=MOST_MODULES)
    settings = with_new_module(_settings(files), {"slug": slug, **values})
    changes: Changes = {SETTINGS_FILE: settings.encode()}
    for ending, text in texts.items():
        changes[f"{number:02}-{slug}.{ending}"] = text.encode()
    return changes


def renamed_module(files: Files, *, slug: str, wanted: str) -> Changes:
    """Give a module another name; every reference to it follows.

    Raises:
        ShapeError: The new name is none, or is reserved.
        RuleError: There is a module of this name.
        ContentError: `course.toml` cannot be read.
    """
    modules = outline(files)
    if wanted == slug:
        return {}
    _refuse_name(wanted, modules)
    stems = {m.stem: f"{m.number:02}-{wanted}" for m in modules if m.slug == slug}
    order = [module.slug for module in modules if module.is_listed]
    settings = with_module_order(_settings(files), order, renamed={slug: wanted})
    return _restemmed(files, stems, settings, {slug: wanted})


def reordered_modules(files: Files, slugs: Sequence[str]) -> Changes:
    """Put the modules into an order; their files are numbered from 1.

    Raises:
        ShapeError: The order does not name each module once.
        ContentError: `course.toml` cannot be read.
    """
    modules = {module.slug: module for module in outline(files)}
    if sorted(slugs) != sorted(modules):
        raise ShapeError
    stems = {
        modules[slug].stem: f"{number:02}-{slug}"
        for number, slug in enumerate(slugs, start=1)
    }
    listed = [slug for slug in slugs if modules[slug].is_listed]
    if listed == [m.slug for m in modules.values() if m.is_listed]:
        return _restemmed(files, stems, _settings(files), {})
    settings = with_module_order(_settings(files), listed)
    return _restemmed(files, stems, settings, {})


def removed_module(files: Files, slug: str) -> Changes:
    """Take a module away, in every language, with its quiz.

    Raises:
        ContentError: `course.toml` cannot be read.
    """
    modules = outline(files)
    gone = [path for m in modules if m.slug == slug for path in m.paths]
    order = [m.slug for m in modules if m.is_listed and m.slug != slug]
    settings = with_module_order(_settings(files), order)
    return {SETTINGS_FILE: settings.encode(), **dict.fromkeys(gone)}


def references_to(files: Files, slug: str) -> tuple[str, ...]:
    """List the files of other modules that name a module, by path."""
    named = re.compile(
        rb"(?<![a-z0-9-])(?:[0-9]{2}-)?" + slug.encode() + rb"(?:\.[a-z]{2,3}\.md)"
        rb"|(?m:^(?:module|modulo|m\xc3\xb3dulo):[ \t]*(?:[0-9]{2}-)?"
        + slug.encode()
        + rb"[ \t]*$)"
    )
    return tuple(
        path
        for path, content in sorted(files.items())
        if (name := file_name(path)).kind in _TEXTS
        and name.slug != slug
        and named.search(content)
    )


def _refuse_name(slug: str, modules: Sequence[OutlinedModule]) -> None:
    if not is_slug(slug) or slug in RESERVED:
        raise ShapeError("module-name")
    if any(module.slug == slug for module in modules):
        raise RuleError("module-taken", slug=slug)


def _settings(files: Files) -> str:
    return files.get(SETTINGS_FILE, b"").decode(errors="replace")


def _restemmed(
    files: Files, stems: Mapping[str, str], settings: str, slugs: Mapping[str, str]
) -> Changes:
    """Rename files, and follow in every text that names one of them."""
    moved = {old: new for old, new in stems.items() if old != new}
    after = {_moved(path, moved): body for path, body in files.items()}
    followed = {
        path: _followed(path, body, moved, slugs) for path, body in after.items()
    }
    followed[SETTINGS_FILE] = settings.encode()
    hashes = {
        source_hash(body): source_hash(followed[path])
        for path, body in after.items()
        if file_name(path).kind in _TEXTS
    }
    result = {path: _rehashed(path, body, hashes) for path, body in followed.items()}
    gone: Changes = {path: None for path in files if path not in result}
    return gone | {
        path: body for path, body in result.items() if files.get(path) != body
    }


def _moved(path: str, stems: Mapping[str, str]) -> str:
    stem, dot, rest = path.partition(".")
    is_module = file_name(path).kind in _OF_MODULES
    return f"{stems.get(stem, stem)}{dot}{rest}" if is_module else path


def _followed(
    path: str, body: bytes, stems: Mapping[str, str], slugs: Mapping[str, str]
) -> bytes:
    """Write the new names where the old ones stand, all at once."""
    if file_name(path).kind not in _TEXTS or not (stems or slugs):
        return body
    keys = {**stems, **slugs}
    names = {f"{old}.": f"{new}." for old, new in keys.items()}
    return _replaced_keys(_replaced_names(body, names), keys)


def _replaced_names(body: bytes, names: Mapping[str, str]) -> bytes:
    """Replace `NN-slug.` where it begins the name of a file: `NN-slug.es.md`."""
    if not names:
        return body
    known = {old.encode(): new.encode() for old, new in names.items()}
    pattern = rb"(?<![A-Za-z0-9-])(" + b"|".join(map(re.escape, known)) + rb")"
    ending = rb"(?=(?:quiz\.)?[a-z]{2,3}\.md)"
    return re.sub(pattern + ending, lambda found: known[found[1]], body)


def _replaced_keys(body: bytes, keys: Mapping[str, str]) -> bytes:
    """Replace the value of the key `module:` of questions."""
    known = {old.encode(): new.encode() for old, new in keys.items()}
    if not known:
        return body
    choice = b"|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    line = (
        rb"(?mi)^((?:module|modulo|m\xc3\xb3dulo):[ \t]*)("
        + choice
        + rb")(?=[ \t]*\r?$)"
    )
    return re.sub(line, lambda found: found[1] + known[found[2].lower()], body)


def _rehashed(path: str, body: bytes, hashes: Mapping[str, str]) -> bytes:
    """Let a fresh translation stay fresh: its source changed by names alone."""
    if file_name(path).kind not in _TEXTS:
        return body

    def again(found: re.Match[bytes]) -> bytes:
        now = hashes.get(found[3].decode(), found[3].decode())
        return found[1] + found[2] + b"@" + now.encode()

    return _TRANSLATES.sub(again, body, count=1)
