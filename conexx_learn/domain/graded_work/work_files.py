"""One file handed in as a work: a PDF, a text document or a spreadsheet."""

from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.evidence_files import is_whole_pdf, label_stem
from conexx_learn.domain.text_documents import is_sound_docx, is_sound_xlsx

MOST_BYTES = 10_000_000
_OFFICE = "application/vnd.openxmlformats-officedocument"


class WorkKind(StrEnum):
    """A kind of file, by its media type."""

    PDF = "application/pdf"
    DOCX = f"{_OFFICE}.wordprocessingml.document"
    XLSX = f"{_OFFICE}.spreadsheetml.sheet"


class WorkFault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNKNOWN_KIND = "unknown-kind"
    """Its name ends in nothing that is taken."""
    OTHER_CONTENT = "other-content"
    """It holds something else than its name says, is damaged, or is not safe."""


_KINDS = {"pdf": WorkKind.PDF, "docx": WorkKind.DOCX, "xlsx": WorkKind.XLSX}
ENDINGS = tuple(f".{ending}" for ending in _KINDS)
_SOUND = {
    WorkKind.PDF: is_whole_pdf,
    WorkKind.DOCX: is_sound_docx,
    WorkKind.XLSX: is_sound_xlsx,
}


@dataclass(frozen=True, slots=True)
class WorkFile:
    """A file that is taken.

    Attributes:
        name: A label for its authors, of harmless signs, with the ending of its kind.
        kind: What it is.
        content: Its bytes.
    """

    name: str
    kind: WorkKind
    content: bytes


def ending_of(name: str) -> str:
    """Return the ending of a name in small letters, without its dot."""
    return name.rpartition(".")[2].strip().lower()


def announced_fault(name: str, byte_count: int) -> WorkFault | None:
    """Say why a file is not taken, by its name and size alone."""
    if byte_count <= 0:
        return WorkFault.EMPTY
    if byte_count > MOST_BYTES:
        return WorkFault.TOO_LARGE
    return None if ending_of(name) in _KINDS else WorkFault.UNKNOWN_KIND


def read_work_file(content: bytes, name: str) -> WorkFile | WorkFault:
    """Take a file as a work, or say why not.

    Args:
        content: All of it.
        name: As the person's machine calls it; only a label, never a path.
    """
    fault = announced_fault(name, len(content))
    if fault is not None:
        return fault
    kind = _KINDS[ending_of(name)]
    if not _SOUND[kind](content):
        return WorkFault.OTHER_CONTENT
    return WorkFile(f"{label_stem(name, 'work')}.{ending_of(name)}", kind, content)


def blind_name(label: str, mime: str) -> str:
    """Return the name under which an assessor gets a file: no word of its authors."""
    ending = next(key for key, kind in _KINDS.items() if kind == mime)
    return f"work-{label}.{ending}"
