"""A file handed in as evidence: one of four kinds, told by its content and its name.

Nothing here opens a document. A file is recognised by its frame, what it says about
its maker and place is cut from images, and what could burst or run when a person opens
it is refused.
"""

from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.image_frames import plain_jpeg, plain_png
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.text_documents import is_sound_docx

MOST_BYTES = 5_000_000
LONGEST_STEM = 100
_PDF_HEAD = b"%PDF-"
_PDF_END = b"%%EOF"
_PDF_TAIL = 2048
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('"<>:|?*\\/;%', " "))


class EvidenceKind(StrEnum):
    """A kind of file, by its media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class EvidenceFault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNKNOWN_KIND = "unknown-kind"
    """Its name ends in nothing that is taken."""
    OTHER_CONTENT = "other-content"
    """It holds something else than its name says, is damaged, or is not safe."""


_KINDS = {
    "pdf": EvidenceKind.PDF,
    "png": EvidenceKind.PNG,
    "jpg": EvidenceKind.JPEG,
    "jpeg": EvidenceKind.JPEG,
    "docx": EvidenceKind.DOCX,
}
ENDINGS = tuple(f".{ending}" for ending in _KINDS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that is taken.

    Attributes:
        name: A label for people, of harmless signs, with the ending of its kind.
        kind: What it is.
        content: Its bytes; of an image without what it tells beside the picture.
    """

    name: str
    kind: EvidenceKind
    content: bytes


def read_evidence(content: bytes, name: str) -> Evidence | EvidenceFault:
    """Take a file as evidence, or say why not.

    Args:
        content: All of it.
        name: As the person's machine calls it; only a label, never a path.
    """
    if not content:
        return EvidenceFault.EMPTY
    if len(content) > MOST_BYTES:
        return EvidenceFault.TOO_LARGE
    ending = name.rpartition(".")[2].strip().lower()
    kind = _KINDS.get(ending)
    if kind is None:
        return EvidenceFault.UNKNOWN_KIND
    sound = _sound_content(content, kind)
    if sound is None:
        return EvidenceFault.OTHER_CONTENT
    return Evidence(f"{label_stem(name)}.{ending}", kind, sound)


def is_whole_pdf(content: bytes) -> bool:
    """Say whether bytes begin and end as a PDF does."""
    return content.startswith(_PDF_HEAD) and _PDF_END in content[-_PDF_TAIL:]


def _sound_content(content: bytes, kind: EvidenceKind) -> bytes | None:
    match kind:
        case EvidenceKind.PDF:
            return content if is_whole_pdf(content) else None
        case EvidenceKind.PNG:
            return plain_png(content)
        case EvidenceKind.JPEG:
            return plain_jpeg(content)
        case EvidenceKind.DOCX:
            return content if is_sound_docx(content) else None


def label_stem(name: str, fallback: str = "evidence") -> str:
    r"""Return the name without its folder, its ending and what could lead astray.

    Example:
        >>> label_stem('C:\\docs\\..\\acta "final".pdf')
        'acta final'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = printed_name(last.rpartition(".")[0].translate(_NOT_IN_NAMES))
    return stem[:LONGEST_STEM].strip(" .") or fallback
