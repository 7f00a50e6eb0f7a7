"""A text beside its translation: what changed in the source, and writing it back.

Both files are cut into passages with their places in the file. A translation is written
by putting passages in; whatever was not edited keeps every byte.
"""

from conexx_learn.domain.translation_desk.beginnings import begun_translation
from conexx_learn.domain.translation_desk.comparison import compare
from conexx_learn.domain.translation_desk.composition import Composed, compose
from conexx_learn.domain.translation_desk.documents import read_document
from conexx_learn.domain.translation_desk.passages import Document, PassageKind
from conexx_learn.domain.translation_desk.rows import Comparison, Reason, Row, State
from conexx_learn.domain.translation_desk.stated_sources import (
    followed_hash,
    following,
    source_path,
)
from conexx_learn.domain.translation_desk.unit_texts import Edits

__all__ = [
    "Comparison",
    "Composed",
    "Document",
    "Edits",
    "PassageKind",
    "Reason",
    "Row",
    "State",
    "begun_translation",
    "compare",
    "compose",
    "followed_hash",
    "following",
    "read_document",
    "source_path",
]
