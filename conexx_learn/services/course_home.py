"""What is published lies in a folder, and in git where that folder lies in one.

The order that loses nothing: inside the transaction that publishes, as its last act,
`write_published`, then `drafts.settle_published` with the fingerprints it returns;
after the commit `commit_published`. A process that is killed in between leaves a folder
that git does not know yet; `commit_waiting` finds it: the folder itself is the state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from conexx_learn.adapters import course_repository as repository
from conexx_learn.adapters.git_history import (
    CommitOutcome,
    CommitState,
    CommitWords,
    commit_folder,
    differs_from_head,
)
from conexx_learn.domain.commits import (
    product_signature,
    publication_message,
    signature,
)
from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.source_files import normalised
from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.errors import ContentError, RuleError
from conexx_learn.queries.course_publishers import (
    PublishedByPerson,
    published_by_people,
)
from conexx_learn.queries.drafts import PublishedFiles, published_files
from conexx_learn.services.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published, as git shall name them.

    Attributes:
        full_name: As they are called.
        email: None without one.
        username: Empty without one.
    """

    full_name: str
    email: str | None
    username: str = ""


@dataclass(frozen=True, slots=True)
class PublishedWords:
    """What a publication says of itself.

    Attributes:
        slug: Of the course.
        version: Such as `1.2`.
        change_note: Language to the sentence for learners.
        at: When, in UTC.
        approved_by: Full name; empty where nobody had to approve.
    """

    slug: str
    version: str
    change_note: Mapping[str, str]
    at: datetime
    approved_by: str = ""


def write_published(
    slug: str, files: Mapping[str, bytes], *, home: Path
) -> dict[str, str]:
    """Write the files of a draft as the course's folder: all of it, or nothing.

    Returns:
        Path to fingerprint of what lies there now, for `drafts.settle_published`.

    Raises:
        ContentError: A path would leave the folder; nothing was written.
        RuleError: The folder takes no changes; nothing was written.
    """
    try:
        repository.write_folder(home / slug, files)
    except OSError as error:
        raise RuleError("course-home-unwritable") from error
    return {path: fingerprint(content) for path, content in files.items()}


def commit_published(
    words: PublishedWords, by: Publisher, *, home: Path, host: str
) -> CommitOutcome:
    """Commit the folder of a course in the name of who published it; never raises.

    Args:
        words: What the publication says of itself.
        by: Who published it.
        home: The folder of courses.
        host: Of the public address.
    """
    author = signature(
        name=by.full_name, email=by.email, username=by.username, host=host
    )
    message = publication_message(
        slug=words.slug,
        version=words.version,
        change_note=words.change_note,
        approved_by=words.approved_by,
    )
    said = CommitWords(author, product_signature(host), words.at, message)
    return commit_folder(home / words.slug, said)


def publish_files(
    files: Mapping[str, bytes],
    words: PublishedWords,
    by: Publisher,
    *,
    home: Path,
    host: str,
) -> CommitOutcome:
    """Write and commit in one go, for who has no transaction in between.

    Raises:
        ContentError: A path would leave the folder; nothing was written.
        RuleError: The folder takes no changes; nothing was written.
    """
    write_published(words.slug, files, home=home)
    return commit_published(words, by, home=home, host=host)


def commit_waiting(*, home: Path, host: str) -> list[tuple[str, CommitOutcome]]:
    """Commit what was published in the browser and is not in git yet.

    A folder that holds something else than the live version is somebody's work with an
    editor and is left alone, and so is what a command published.

    Returns:
        Slug and outcome of every folder that was to be committed.
    """
    if not home.is_dir():
        return []
    return [
        (one.slug, outcome)
        for one in published_by_people(reading())
        if (outcome := _committed(one, home, host)) is not None
    ]


def _committed(one: PublishedByPerson, home: Path, host: str) -> CommitOutcome | None:
    folder = home / one.slug
    if not folder.is_dir() or not differs_from_head(folder):
        return None
    if not _holds_live(folder, one.slug):
        return None
    words = PublishedWords(one.slug, one.version, one.change_note, one.published_at)
    by = Publisher(one.full_name, one.email, one.username)
    outcome = commit_published(words, by, home=home, host=host)
    return None if outcome.state is CommitState.UNCHANGED else outcome


def _holds_live(folder: Path, slug: str) -> bool:
    """Say whether a folder holds exactly what learners have."""
    live = published_files(reading(), slug)
    try:
        files = repository.read_folder(folder)
    except ContentError:
        return False
    return live is not None and _is_same(files, live)


def _is_same(files: Mapping[str, bytes], live: PublishedFiles) -> bool:
    media = {
        path: fingerprint(content)
        for path, content in files.items()
        if file_name(path).kind is FileKind.MEDIA
    }
    texts = {
        path: normalised(content).decode(errors="replace")
        for path, content in files.items()
        if path not in media
    }
    return texts == live.texts and media == live.media
