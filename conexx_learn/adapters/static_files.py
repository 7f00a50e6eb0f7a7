"""Static files, collected once: names that carry their content, compressed twins.

A source folder may hold a `bundles.toml` that says which parts travel together, such as
`"site.css" = ["tokens.css", "base.css"]`. Parts of a bundle are served only inside it;
every other file is served as it is. Each served file is named `stem.<sha12>.ext`, has
its `.gz` and `.br` beside it where they are smaller, and may be cached for a year.
"""

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from whitenoise.compress import Compressor

BUNDLES = "bundles.toml"
MANIFEST = "manifest.json"
HASH_LENGTH = 12
WEB_STATIC = Path(__file__).parent.parent / "web" / "static"

_IMPORT = re.compile(r"^import [^\n]*\n", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Manifest:
    """Name in a source to the hashed name; fingerprint of the sources' files."""

    names: dict[str, str]
    fingerprint: str


def collect_static_files(
    target: Path, *, sources: Sequence[Path] = (WEB_STATIC,)
) -> dict[str, str]:
    """Bring the target folder up to date with its sources.

    Nothing is read or written when no source file changed since the last time. Files
    that only the last manifest names stay for one more round, for pages that are open.

    Returns:
        Name in the source, such as `site.css` or `media/map.svg`, to the hashed name.

    Raises:
        ValueError: A bundle names a part that does not exist.
    """
    fingerprint = _fingerprint(sources)
    before = _stored(target)
    if before is not None and before.fingerprint == fingerprint:
        return before.names
    target.mkdir(parents=True, exist_ok=True)
    contents = dict(chain.from_iterable(_contents(source) for source in sources))
    names = {name: _hashed_name(name, body) for name, body in contents.items()}
    for name, body in contents.items():
        _write(target / names[name], body)
    _forget(target, kept={*names.values(), *(before.names.values() if before else ())})
    _replace(target / MANIFEST, json.dumps([names, fingerprint]).encode())
    return names


def _paths(source: Path) -> Iterator[Path]:
    return (path for path in sorted(source.rglob("*")) if path.is_file())


def _fingerprint(sources: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        for path in _paths(source):
            facts = path.stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _stored(target: Path) -> _Manifest | None:
    manifest = target / MANIFEST
    if not manifest.is_file():
        return None
    names, fingerprint = json.loads(manifest.read_bytes())
    whole = all((target / name).is_file() for name in names.values())
    return _Manifest(names=names, fingerprint=fingerprint) if whole else None


def _contents(source: Path) -> Iterator[tuple[str, bytes]]:
    bundles = _bundles(source)
    parts = {part for bundle in bundles.values() for part in bundle}
    for name, bundle in bundles.items():
        yield name, b"".join(_part(source, part) for part in bundle)
    for path in _paths(source):
        name = path.relative_to(source).as_posix()
        if name != BUNDLES and name not in parts:
            yield name, path.read_bytes()


def _bundles(source: Path) -> dict[str, list[str]]:
    file = source / BUNDLES
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def _part(source: Path, name: str) -> bytes:
    path = source / name
    if not path.is_file():
        raise ValueError(f"{source / BUNDLES}: there is no part {name}")
    text = path.read_text("utf-8")
    if path.suffix == ".js":
        # The parts become one module: what they exported is simply in reach.
        text = _EXPORT.sub("", _IMPORT.sub("", text))
    if path.suffix == ".css":
        # What is for people who write style sheets need not travel to those who read.
        text = _INDENT.sub("", _COMMENT.sub("", text))
    return text.encode()


def _hashed_name(name: str, body: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:HASH_LENGTH]
    return f"{stem}.{digest}{dot}{suffix}"


def _write(path: Path, body: bytes) -> None:
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # The name appears last: another process never sees half of a file or no twins.
    draft = path.with_name(f".{os.getpid()}-{path.name}")
    draft.write_bytes(body)
    for twin in Compressor(quiet=True).compress(str(draft)):
        Path(twin).replace(f"{path}{Path(twin).suffix}")
    draft.replace(path)


def _replace(path: Path, body: bytes) -> None:
    draft = path.with_name(f".{os.getpid()}-{path.name}")
    draft.write_bytes(body)
    draft.replace(path)


def _forget(target: Path, *, kept: set[str]) -> None:
    for path in list(_paths(target)):
        if path.name.startswith("."):
            continue  # Another process is writing it.
        name = path.relative_to(target).as_posix().removesuffix(".gz")
        if name.removesuffix(".br") not in kept | {MANIFEST}:
            path.unlink(missing_ok=True)
