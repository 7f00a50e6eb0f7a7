"""Files brought into a course: read with suspicion, kept a day, looked at, brought.

A parcel lies among the contents of drafts under a key that is no fingerprint, so that
nobody reaches it by knowing a content, and nothing of a draft ever refers to it. Of one
person and one course there is one parcel: the next one takes its place.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.adapters.course_archive import is_safe_path, read_archive
from conexx_learn.domain.course_parcels import (
    MEDIA,
    WORD,
    Parcel,
    ParcelChanges,
    SentFile,
    packed,
    parcel_changes,
    placed,
    unpacked,
)
from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.errors import ContentError, NotFoundError
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.question_exchange import Arrival, read_questions
from conexx_learn.models.drafts import DraftBlob
from conexx_learn.models.insertion import insert_once
from conexx_learn.queries.drafts import kept_content
from conexx_learn.services.course_desk import check_draft
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.draft_writing import unsound_problems

KEPT = timedelta(days=1)
LONGEST_SHOWN = 80

_PREFIX = "parcel-"
_KEY_LENGTH = 64
_NO_SLUG = "new-course"
"""What a course is checked as while nobody has named it."""


@dataclass(frozen=True, slots=True)
class ParcelReading:
    """What a parcel holds, or why nothing of it is used.

    Attributes:
        slug: Name of the folder that was sent; empty where it says none.
        files: Path in the course to content.
        problems: What makes it unsafe; with any, nothing comes.
        arrival: What became of a file of questions; None for other parcels.
    """

    slug: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    arrival: Arrival | None = None


@dataclass(frozen=True, slots=True)
class ParcelReport:
    """What bringing a parcel would do.

    Attributes:
        reading: What it holds.
        changes: Beside what is there.
        refusals: Names and sizes that no course may have; with any, nothing comes.
        problems: What the check would say of the course afterwards.
    """

    reading: ParcelReading
    changes: ParcelChanges
    refusals: tuple[Problem, ...]
    problems: tuple[Problem, ...]

    @property
    def can_be_brought(self) -> bool:
        """Whether there is something to bring and nothing forbids it."""
        return bool(self.changes.files) and not self.refusals


def read_parcel(parcel: Parcel) -> ParcelReading:
    """Read what was sent; total: anything gives files or problems."""
    faults = tuple(_sending_faults(parcel))
    if faults:
        return ParcelReading("", {}, faults)
    if parcel.is_archive:
        return _archive(parcel.sent[0])
    if parcel.is_questions and parcel.stem:
        return _questions(parcel)
    return _folder({file.name: file.content for file in parcel.sent})


def _sending_faults(parcel: Parcel) -> list[Problem]:
    seen: set[str] = set()
    faults: list[Problem] = []
    for file in parcel.sent:
        variant = _fault(file, parcel, seen)
        if variant:
            code = "E009" if variant.endswith(("word", "questions")) else "E007"
            faults.append(_problem(file.name, code, variant))
        seen.add(file.name.casefold())
    return faults


def _fault(file: SentFile, parcel: Parcel, seen: set[str]) -> str:
    if not is_safe_path(file.name):
        return "sent-path"
    if file.name.casefold() in seen:
        return "sent-twice"
    if file.name.lower().endswith(WORD):
        return "sent-word"
    if len(parcel.sent) > 1 and file.name.lower().endswith(".zip"):
        return "sent-mixed"
    is_lost = parcel.is_questions and not parcel.is_archive and not parcel.stem
    return "sent-questions" if is_lost else ""


def _problem(name: str, code: str, variant: str) -> Problem:
    shown = "".join(sign if sign.isprintable() else "?" for sign in name)
    shown = shown[-LONGEST_SHOWN:]
    return Problem(shown, 1, 1, code, {"entry": shown, "variant": variant})


def _archive(file: SentFile) -> ParcelReading:
    name = file.name.rpartition("/")[2]
    try:
        reading = _folder(read_archive(file.content, name=name))
    except ContentError as error:
        return ParcelReading("", {}, tuple(error.problems))
    slug = reading.slug or name.removesuffix(".zip")
    return ParcelReading(slug, reading.files)


def _folder(files: Mapping[str, bytes]) -> ParcelReading:
    shown = repository.without_hidden(files)
    top, inside = repository.without_top(shown)
    if top == MEDIA:
        top, inside = "", shown
    return ParcelReading(top, placed(inside))


def _questions(parcel: Parcel) -> ParcelReading:
    [file] = parcel.sent
    name = file.name.rpartition("/")[2]
    arrival = read_questions(file.content, name=name, title="", lang=parcel.lang)
    files = {f"{MEDIA}/{path}": content for path, content in arrival.media.items()}
    if arrival.text:
        files[f"{parcel.stem}.quiz.{parcel.lang}.md"] = arrival.text.encode()
    return ParcelReading("", files, arrival=arrival)


def report_on(
    parcel: Parcel, draft: Draft, *, homes: Sequence[Path], today: date
) -> ParcelReport:
    """Say what bringing a parcel would do to a course; nothing is written.

    Args:
        parcel: What was sent.
        draft: The course as it is; one without files for a new one.
        homes: Folders of courses, for the check of the result.
        today: For the check.
    """
    reading = read_parcel(parcel)
    replaces = parcel.replaces_all and reading.arrival is None
    changes = parcel_changes(draft.files, reading.files, replaces_all=replaces)
    after = {**draft.files, **changes.files}
    kept = {path: content for path, content in after.items() if content is not None}
    slug = draft.slug or reading.slug or _NO_SLUG
    checked = check_draft(kept, slug=slug, homes=homes, today=today)
    return ParcelReport(
        reading,
        changes,
        (*reading.problems, *unsound_problems(draft, changes.files)),
        checked.problems,
    )


def keep_parcel(
    session: Session, parcel: Parcel, *, slug: str, user_id: int, now: datetime
) -> None:
    """Keep a parcel until it is looked at, in the place of an earlier one.

    Args:
        session: Where to write.
        parcel: What was sent.
        slug: Of the course; empty for a new one.
        user_id: Who sent it; nobody else sees it.
        now: This moment.
    """
    forget_parcel(session, slug=slug, user_id=user_id)
    insert_once(
        session,
        DraftBlob,
        sha256=_key(slug, user_id),
        content=packed(parcel),
        kept_at=now,
    )


def kept_parcel(session: Session, *, slug: str, user_id: int) -> tuple[Parcel, str]:
    """Return what somebody sent for a course, and its fingerprint.

    Raises:
        NotFoundError: Nothing, or it was brought or forgotten meanwhile.
    """
    data = kept_content(session, _key(slug, user_id))
    if data is None:
        raise NotFoundError
    return unpacked(data), fingerprint(data)


def forget_parcel(session: Session, *, slug: str, user_id: int) -> None:
    """Forget what somebody sent for a course."""
    session.execute(delete(DraftBlob).where(DraftBlob.sha256 == _key(slug, user_id)))


def forget_old_parcels(session: Session, *, now: datetime) -> int:
    """Forget what nobody brought within a day.

    Returns:
        How many parcels went.
    """
    result = session.execute(
        delete(DraftBlob).where(
            DraftBlob.sha256.startswith(_PREFIX), DraftBlob.kept_at < now - KEPT
        )
    )
    return result.rowcount if isinstance(result, CursorResult) else 0


def _key(slug: str, user_id: int) -> str:
    digest = hashlib.sha256(f"{user_id}:{slug}".encode()).hexdigest()
    return f"{_PREFIX}{digest}"[:_KEY_LENGTH]
