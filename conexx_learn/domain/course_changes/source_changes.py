"""Every line of every file that changed, so that no change stays unseen.

What is rendered leaves things out: remarks, the sources of a question, its tags. Signs
that hide or turn text are shown as a mark here.
"""

import unicodedata

from conexx_learn.domain.course import Course
from conexx_learn.domain.course_changes.module_changes import TextDifference
from conexx_learn.domain.course_changes.text_blocks import (
    Block,
    BlockKind,
    text_pieces,
)
from conexx_learn.domain.course_changes.text_changes import block_change

HIDDEN = frozenset({"Cc", "Cf", "Cs"})
MOST_SIGNS = 2000
"""Signs of a line that are compared; no line that people write is longer."""


def source_changes(before: Course | None, after: Course) -> tuple[TextDifference, ...]:
    """Compare the files of two versions line by line; none for a first version."""
    if before is None:
        return ()
    return tuple(
        TextDifference(
            lang="",
            path=path,
            title="",
            is_renamed=False,
            text=block_change(_lines(before, path), _lines(after, path)),
        )
        for path in sorted({*before.files, *after.files})
        if before.files.get(path) != after.files.get(path)
    )


def _lines(course: Course, path: str) -> list[Block]:
    text = course.files.get(path, "")
    return [
        Block(BlockKind.CODE, tuple(text_pieces(_visible(line))))
        for line in text.split("\n")
        if line.strip()
    ]


def _visible(line: str) -> str:
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in HIDDEN else sign
        for sign in line[:MOST_SIGNS].expandtabs(4)
    )
