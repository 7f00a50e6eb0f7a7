"""What somebody writes, shown as learners will see it, with what the check says of it.

The check is linear in its text and runs here. Rendering, comparing and merging are
not: they run in a child process that is ended after two seconds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import ParamSpec, TypeVar

from conexx_learn.adapters.bounded_work import BoundedWork
from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.media import media_files, media_problem
from conexx_learn.domain.course_source.source_files import source_files
from conexx_learn.domain.front_matter import normalised_text
from conexx_learn.domain.image_sizes import Size, image_size
from conexx_learn.domain.merging import (
    Change,
    Merge,
    line_changes,
    merged,
    replaced_whole,
    unmerged,
)
from conexx_learn.domain.previews import (
    QUIZ_KINDS,
    PreviewOrder,
    ShownFile,
    shown_file,
)
from conexx_learn.domain.problems import Problem
from conexx_learn.services.course_checking import PROJECT_COURSES
from conexx_learn.services.course_desk import check_draft
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.glossary import glossary_links

SECONDS = 2.0
"""How long a text may hold whoever asked, SECURITY 33."""

MEDIA = "media/"

P = ParamSpec("P")
T = TypeVar("T")
MediaAddress = Callable[[str, bytes], str]
"""Name of a file in `media/` and its content to the address that shows it."""

_work = BoundedWork(shown_file, merged, line_changes, seconds=SECONDS)


@dataclass(frozen=True, slots=True)
class FilePreview:
    """A file as it is being written.

    Attributes:
        shown: As learners will see it; None for a file that they never see.
        is_too_slow: It took too long and is not shown.
        problems: What the check says of this file.
        other_count: How many problems the other files of the course have.
    """

    shown: ShownFile | None
    is_too_slow: bool
    problems: tuple[Problem, ...]
    other_count: int


@dataclass(frozen=True, slots=True)
class Writing:
    """A text in a field, and where it belongs.

    Attributes:
        draft: The course around it.
        path: Of the file.
        text: As it is in the field now.
    """

    draft: Draft
    path: str
    text: str


def preview_file(
    writing: Writing,
    *,
    homes: Sequence[Path],
    media_address: MediaAddress,
    today: date,
) -> FilePreview:
    """Check a text as a file of its course, and show it as learners will see it.

    Args:
        writing: What is being written.
        homes: Folders of courses.
        media_address: Where an image of the draft is shown.
        today: For the check.
    """
    draft, path = writing.draft, writing.path
    files = {**draft.files, path: writing.text.encode()}
    checked = check_draft(files, slug=draft.slug, homes=homes, today=today)
    its_own = tuple(one for one in checked.problems if one.path == path)
    shown, is_too_slow = None, False
    if any(one.code == "E008" for one in its_own):
        shown = ShownFile(is_refused=True)
    else:
        order = _order(writing, media_address)
        shown, is_too_slow = _in_time(shown_file, order)
    other_count = len(checked.problems) - len(its_own)
    return FilePreview(shown, is_too_slow, its_own, other_count)


def merge_texts(base: str | None, mine: str, theirs: str) -> Merge:
    """Put two versions of a file together; whole where that takes too long."""
    found, is_too_slow = _in_time(merged, base, mine, theirs)
    return unmerged(mine, theirs) if is_too_slow or found is None else found


def text_changes(before: str, after: str) -> tuple[Change, ...]:
    """Say how a file changed, line by line; as a whole where that takes too long."""
    found, is_too_slow = _in_time(line_changes, before, after)
    return replaced_whole(before, after) if is_too_slow or found is None else found


def plain_text(content: bytes) -> str:
    """Read a file as a field shows it: LF alone, and no byte order mark."""
    return normalised_text(content.decode(errors="replace")).replace("\r", "\n")


def _in_time(
    function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> tuple[T | None, bool]:
    try:
        return _work.run(function, *args, **kwargs), False
    except TimeoutError:
        return None, True


def _order(writing: Writing, media_address: MediaAddress) -> PreviewOrder:
    name = file_name(writing.path)
    order = PreviewOrder(
        writing.draft.slug,
        writing.path,
        writing.text,
        media=_media(writing, media_address),
    )
    if name.kind is FileKind.MODULE:
        links = glossary_links(PROJECT_COURSES, lang=name.lang)
        return replace(order, terms=links)
    if name.kind in QUIZ_KINDS:
        return replace(order, source=_source_quiz(writing))
    return order


def _media(
    writing: Writing, media_address: MediaAddress
) -> Mapping[str, tuple[str, Size | None]]:
    """Describe the images that the text may show; the others need not be sent."""
    named = {
        path: content
        for path, content in writing.draft.files.items()
        if path.startswith(MEDIA) and path.removeprefix(MEDIA) in writing.text
    }
    sound = [file for file in source_files(named) if media_problem(file) is None]
    return {
        file.name: (
            media_address(file.name, file.content),
            image_size(file.content, file.mime),
        )
        for file in media_files(sound)
    }


def _source_quiz(writing: Writing) -> str:
    """Return the quiz that this one translates; empty for one that does not."""
    lang = file_name(writing.path).lang
    stem = writing.path.removesuffix(f".{lang}.md")
    others = [
        path
        for path in writing.draft.files
        if path.startswith(f"{stem}.") and path != writing.path
    ]
    stated = [path for path in others if f" {path}@" in writing.text[:4096]]
    return plain_text(writing.draft.files[stated[0]]) if stated else ""
