"""The git repository that a folder of courses may lie in: one folder, one commit.

Git never stands in the way: whatever it answers becomes an outcome, not an error.
"""

import fcntl
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO

from conexx_learn.domain.commits import Signature, one_line

PATIENCE = 20
"""Seconds that one call of git, its hooks included, may take."""

LAST_WORDS = 2
"""Seconds that git has to take its locks away after it was told to end."""

LOCK_FILE = "conexx-learn.lock"
_LONGEST_REASON = 200
_IGNORED, _NOT_IGNORED = 0, 1
_NO_REPOSITORY = "not a git repository"

_SETTINGS = (
    # The bytes of the folder are what was published: git makes no line ends of its own.
    "core.autocrlf=false",
    # A commit must not begin housekeeping that outlives it.
    "gc.auto=0",
    "maintenance.auto=false",
)


class CommitState(StrEnum):
    """What became of a commit."""

    COMMITTED = "committed"
    UNCHANGED = "unchanged"
    NO_REPOSITORY = "no-repository"
    IGNORED = "ignored"
    NO_GIT = "no-git"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CommitOutcome:
    """What became of a commit, and why.

    Attributes:
        state: In one word.
        reason: What git said where it failed; a line, for the log and the operator.
    """

    state: CommitState
    reason: str = ""

    @property
    def is_to_repeat(self) -> bool:
        """Whether trying again may help."""
        return self.state in {CommitState.FAILED, CommitState.NO_GIT}


@dataclass(frozen=True, slots=True)
class CommitWords:
    """Who commits what is there, when, and in which words.

    Attributes:
        author: Whose work it is.
        committer: Who writes it down.
        at: When it was published, in UTC.
        message: Subject, empty line, text.
    """

    author: Signature
    committer: Signature
    at: datetime
    message: str


@dataclass(frozen=True, slots=True)
class _Answer:
    code: int
    out: str
    err: str


class _GitError(Exception):
    """Git ended a step with an error; the message is what it said."""


def commit_folder(folder: Path, words: CommitWords) -> CommitOutcome:
    """Commit one folder, exactly as it lies there, and nothing else.

    What somebody else has staged stays staged. Nothing is raised: where git is missing,
    slow, locked or refused by a hook, the outcome says so, and the folder is committed
    by the next call.

    Args:
        folder: Named by a slug, in the folder that git is called in.
        words: Author, committer, time and message.
    """
    try:
        state = _standing(folder)
        if state is not None:
            return CommitOutcome(state)
        with _alone(folder):
            return CommitOutcome(_committed(folder, words))
    except FileNotFoundError as error:
        is_git = error.filename == "git"
        return CommitOutcome(
            CommitState.NO_GIT if is_git else CommitState.FAILED, str(error)
        )
    except (_GitError, OSError, ValueError) as error:
        return CommitOutcome(CommitState.FAILED, one_line(str(error))[:_LONGEST_REASON])


def differs_from_head(folder: Path) -> bool:
    """Say whether git would have something to commit of a folder.

    A folder outside any repository, or that git ignores, has nothing to commit.
    """
    try:
        return _standing(folder) is None and _is_changed(folder)
    except (_GitError, OSError, ValueError):
        return False


def _standing(folder: Path) -> CommitState | None:
    """Say why there is nothing to commit into; None where there is."""
    inside = _git(folder, "rev-parse", "--is-inside-work-tree")
    if inside.code and _NO_REPOSITORY in inside.err:
        return CommitState.NO_REPOSITORY
    if _sound(inside).strip() != "true":
        return CommitState.NO_REPOSITORY
    ignored = _git(folder, "check-ignore", "--quiet", "--", folder.name)
    if ignored.code == _IGNORED:
        return CommitState.IGNORED
    if ignored.code != _NOT_IGNORED:
        _sound(ignored)
    return None


def _is_changed(folder: Path) -> bool:
    asked = ("status", "--porcelain", "--untracked-files=all", "--", folder.name)
    return bool(_sound(_git(folder, *asked)).strip())


def _committed(folder: Path, words: CommitWords) -> CommitState:
    if not _is_changed(folder):
        return CommitState.UNCHANGED
    _sound(_git(folder, "add", "--all", "--", folder.name))
    made = _git(
        folder,
        "commit",
        "--quiet",
        "--only",
        "--no-gpg-sign",
        "--cleanup=whitespace",
        "--file=-",
        "--",
        folder.name,
        env=_people(words),
        said=words.message,
    )
    if made.code:
        # What was not committed must not slip into the commit of somebody else.
        _git(folder, "reset", "--quiet", "--", folder.name)
    _sound(made)
    return CommitState.COMMITTED


def _people(words: CommitWords) -> dict[str, str]:
    moment = words.at.isoformat(timespec="seconds")
    return {
        "GIT_AUTHOR_NAME": words.author.name,
        "GIT_AUTHOR_EMAIL": words.author.email,
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_NAME": words.committer.name,
        "GIT_COMMITTER_EMAIL": words.committer.email,
        "GIT_COMMITTER_DATE": moment,
    }


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time commit into a repository; the kernel frees the lock."""
    git_folder = Path(_sound(_git(folder, "rev-parse", "--absolute-git-dir")).strip())
    handle = os.open(git_folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sound(answer: _Answer) -> str:
    if answer.code:
        raise _GitError(answer.err or answer.out or f"git ended with {answer.code}")
    return answer.out


def _git(
    folder: Path,
    *arguments: str,
    env: Mapping[str, str] | None = None,
    said: str = "",
) -> _Answer:
    """Ask git in the folder that holds the course; hooks of the repository run."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    line = ["git", *settings, *arguments]
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(said.encode())
        given.seek(0)
        # Files rather than pipes: what a hook leaves running keeps a pipe open.
        code = _run(line, folder.parent, {**_clean(), **(env or {})}, (given, out, err))
        return _Answer(code, _read(out), _read(err))


def _run(
    line: Sequence[str],
    where: Path,
    env: Mapping[str, str],
    streams: tuple[IO[bytes], IO[bytes], IO[bytes]],
) -> int:
    given, out, err = streams
    process = subprocess.Popen(  # noqa: S603 (a list, no shell; the paths are slugs)
        line,
        cwd=where,
        env=env,
        stdin=given,
        stdout=out,
        stderr=err,
        start_new_session=True,
    )
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _end(process)
        raise _GitError(f"git took more than {PATIENCE} seconds") from None


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End git and its hooks: asked first, so that it takes its locks away."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(LAST_WORDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _clean() -> dict[str, str]:
    """Leave out what leads git elsewhere, lets it ask, or answers in other words."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_")
    }
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true"}


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")
