"""Images and PDF files of a course in the making: made safe, named, put into place."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from conexx_learn.adapters.pictures import shown_picture
from conexx_learn.domain.course_editing.outline import Changes
from conexx_learn.domain.course_source.media import media_problem
from conexx_learn.domain.course_source.source_files import source_files
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz_source.headings import proposed_id
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import change_files

_AS_THEY_ARE = ("svg", "pdf")
"""Kinds that no picture library writes anew; the check of a course judges them."""


@dataclass(frozen=True, slots=True)
class MadeMedia:
    """A file that is safe to show.

    Attributes:
        stem: What its name shall begin with.
        ending: `png`, `jpg`, `webp`, `svg` or `pdf`.
        content: Its bytes.
    """

    stem: str
    ending: str
    content: bytes


def made_media(data: bytes, *, name: str) -> MadeMedia:
    """Make a file from outside safe; done before any transaction, since it takes long.

    Raises:
        ContentError: Its kind is not allowed, it is damaged or too large.
    """
    stem, _dot, ending = name.rpartition(".")
    stem = proposed_id(stem or "image")[:60].strip("-")
    if ending.lower() not in _AS_THEY_ARE:
        picture = shown_picture(data, name=name[:80])
        return MadeMedia(stem, picture.ending, picture.data)
    made = MadeMedia(stem, ending.lower(), data)
    path = f"media/{made.stem}.{made.ending}"
    problem = next(map(media_problem, source_files({path: data})), None)
    if not source_files({path: data}):
        problem = Problem(path, 1, 1, "E009", {"kind": made.ending})
    if problem is not None:
        raise ContentError("content-refused", problems=(problem,))
    return made


def add_media(
    session: Session, by: DraftAct, made: MadeMedia, *, insert_into: str, text: str
) -> str:
    """Put a file into `media/`, and into the text of a module where that was asked.

    Args:
        session: Where to write.
        by: Who, on which course, when.
        made: The file.
        insert_into: Path of a text that gets the image at its end; empty for none.
        text: Alternative text, in the language of that text; empty for decoration.

    Returns:
        Its path inside the folder.

    Raises:
        NotFoundError: No such course.
        ContentError: The course would become too large; nothing was stored.
    """
    paths: list[str] = []

    def change(files: Mapping[str, bytes]) -> Changes:
        path = _free_path(files, made)
        paths.append(path)
        changes: Changes = {path: made.content}
        if insert_into in files:
            before = files[insert_into].rstrip()
            line = f"\n\n{image_line(path, text)}\n"
            changes[insert_into] = before + line.encode()
        return changes

    change_files(session, by, change)
    return paths[0]


def image_line(path: str, text: str) -> str:
    """Write how a text shows a file.

    Example:
        >>> image_line("media/map.svg", "Map of [the] valley")
        '![Map of the valley](media/map.svg)'
        >>> image_line("media/plan.pdf", "")
        '[plan.pdf](media/plan.pdf)'
    """
    plain = " ".join(text.replace("[", "").replace("]", "").split())
    if path.endswith(".pdf"):
        return f"[{plain or path.partition('/')[2]}]({path})"
    return f"![{plain}]({path})"


def _free_path(files: Mapping[str, bytes], made: MadeMedia) -> str:
    """Find a name; the same content under the same name is the same file."""
    path, number = f"media/{made.stem}.{made.ending}", 1
    while files.get(path, made.content) != made.content:
        number += 1
        path = f"media/{made.stem}-{number}.{made.ending}"
    return path
