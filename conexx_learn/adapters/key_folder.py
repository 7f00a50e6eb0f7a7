"""The folder of private keys: one file a key, readable by its owner alone."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from conexx_learn.adapters.key_making import MadeKey, key_of_pem
from conexx_learn.domain.errors import RuleError

ENDING = ".pem"
LARGEST_FILE = 16 * 1024
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO
WRITTEN_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
FOR_ITS_OWNER = 0o700


def write_key(folder: Path, key: MadeKey) -> None:
    """Write the private half of a key, whole and durably; the same key twice is once.

    Raises:
        RuleError: The folder cannot be made or written, or others write to it.
    """
    try:
        folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        _check_folder(folder)
        # A file of this kind is its owner's alone from the first moment.
        with NamedTemporaryFile(dir=folder, prefix=".", suffix=".new") as draft:
            draft.write(key.pem)
            draft.flush()
            os.fsync(draft.fileno())
            # Its name is the key itself: what lies there already is the same.
            with suppress(FileExistsError):
                key_path(folder, key.fragment).hardlink_to(draft.name)
        _keep_names(folder)
    except OSError as error:
        raise RuleError("key-folder-unwritable") from error


def remove_key(folder: Path, fragment: str) -> None:
    """Remove the file of a key that came too late; a missing one is fine."""
    key_path(folder, fragment).unlink(missing_ok=True)


def read_key(folder: Path, fragment: str) -> bytes:
    """Read the private half of a key, and make sure that it is that one.

    Raises:
        RuleError: The file is missing, damaged, another key's, or others can read it.
    """
    try:
        _check_folder(folder)
        pem = _content(key_path(folder, fragment))
    except OSError as error:
        raise RuleError("key-file-missing", name=fragment + ENDING) from error
    try:
        found = key_of_pem(pem)
    except ValueError:
        # The cause may quote the file: it is left out of every trace.
        raise RuleError("key-file-damaged", name=fragment + ENDING) from None
    if found.fragment != fragment:
        raise RuleError("key-file-foreign", name=fragment + ENDING)
    return pem


def key_files(folder: Path) -> set[str]:
    """Name the fragments of which there is a file."""
    return {path.stem for path in folder.glob(f"*{ENDING}") if path.name[0] != "."}


def key_path(folder: Path, fragment: str) -> Path:
    """Return where the private half of a key lies; fragments are safe file names."""
    return folder / f"{fragment}{ENDING}"


def _content(path: Path) -> bytes:
    """Read a file once its rights are known; a pipe in its place would keep us waiting.

    Raises:
        OSError: It is not there, or cannot be opened.
        RuleError: Others can read it, or it is no file of this size.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST_FILE:
            raise RuleError("key-file-damaged", name=path.name)
        if facts.st_mode & OF_OTHERS:
            raise RuleError("key-file-open", name=path.name)
        return file.read(LARGEST_FILE)


def _check_folder(folder: Path) -> None:
    """Refuse a folder in which others could put their own files.

    Raises:
        OSError: It is not there.
        RuleError: Others can write to it.
    """
    if folder.stat().st_mode & WRITTEN_BY_OTHERS:
        raise RuleError("key-folder-open")


def _keep_names(folder: Path) -> None:
    """Make the names in a folder durable, as the files are."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
