"""A file that somebody opens to write: what it holds now, or what it begins with."""

from dataclasses import dataclass

from conexx_learn.domain.course_source.file_names import FileKind, FileName, file_name
from conexx_learn.domain.course_source.source_files import LIMITS
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.question_patterns import NewFile, begun_file
from conexx_learn.queries.drafts import SavedStep, steps_of
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.draft_writing import LARGEST_OTHER
from conexx_learn.services.preview import plain_text
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.trainer.desk import written_course

MOST_STEPS = 100
"""Steps of a file's history that its page lists."""

LONGEST_PATH = 240


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file of a course that somebody may write.

    Attributes:
        draft: The course.
        name: What the file is.
        text: What it holds, or begins with.
        seen: Fingerprint of what it holds; empty where there is none yet.
    """

    draft: Draft
    name: FileName
    text: str
    seen: str

    @property
    def path(self) -> str:
        """Tell the path inside the course folder."""
        return self.name.path

    @property
    def is_new(self) -> bool:
        """Say whether there is no such file yet."""
        return not self.seen

    @property
    def is_beneath(self) -> bool:
        """Say whether the folder's own file changed since this one was begun."""
        return self.path in self.draft.beneath

    @property
    def most_bytes(self) -> int:
        """Tell how large the file may be."""
        return LIMITS.get(self.name.kind, LARGEST_OTHER)

    def written(self, text: str) -> bytes:
        """Return what the file holds with a text; with its own, the bytes it has.

        Line ends of Windows and a mark at the beginning are no change of anybody's.
        """
        there = self.draft.files.get(self.path)
        return there if there is not None and text == self.text else text.encode()


def opened_file(course: str, path: str) -> OpenedFile:
    """Open a text file of a course; a new one begins with a pattern of its kind.

    Raises:
        NotFoundError: No such course, or not theirs; or no text file of this name.
    """
    draft, name = written_course(course), file_name(path)
    content = draft.files.get(path)
    if name.kind is FileKind.MEDIA or len(path) > LONGEST_PATH:
        raise NotFoundError
    if content is None:
        return OpenedFile(draft, name, _begun(draft, name), "")
    if name.kind is FileKind.UNKNOWN and b"\x00" in content:
        raise NotFoundError
    return OpenedFile(draft, name, plain_text(content), draft.sha256(path) or "")


def newest_step(course: str, path: str, sha256: str) -> SavedStep | None:
    """Say who made a file what it is; None where it came with the folder."""
    steps = steps_of(reading(), slug=course, path=path, most=MOST_STEPS)
    return next((step for step in steps if step.sha256 == (sha256 or None)), None)


def typed_text(entry: object) -> str:
    """Read a text of a form or a script as a file keeps it: LF, and only UTF-8."""
    text = entry if isinstance(entry, str) else ""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.encode(errors="replace").decode()


def _begun(draft: Draft, name: FileName) -> str:
    text = begun_file(name, NewFile(draft.slug, translates=_translated(draft, name)))
    if text is None:
        raise NotFoundError
    return text


def _translated(draft: Draft, name: FileName) -> str:
    """Name what a new file translates: the same file in the one other language."""
    stem = name.path.removesuffix(f"{name.lang}.md")
    others = [
        path
        for path in draft.files
        if path.startswith(stem) and file_name(path).kind is name.kind
    ]
    if not name.lang or not others:
        return ""
    return f"{others[0]}@{source_hash(draft.files[others[0]])}"
