"""Quiz files: text a trainer writes, to the model `domain.quiz` and back.

What lives here reads, checks, compares and formats; it opens no file and renders no
Markdown.
"""

from conexx_learn.domain.quiz_source.duplicates import duplicate_ids
from conexx_learn.domain.quiz_source.formatting import format_quiz
from conexx_learn.domain.quiz_source.inheritance import inherit
from conexx_learn.domain.quiz_source.lint import lint_quiz
from conexx_learn.domain.quiz_source.parser import (
    QuizReading,
    parse_quiz,
    parse_self_check,
    read_quiz,
)
from conexx_learn.domain.quiz_source.translation import check_translation

__all__ = [
    "QuizReading",
    "check_translation",
    "duplicate_ids",
    "format_quiz",
    "inherit",
    "lint_quiz",
    "parse_quiz",
    "parse_self_check",
    "read_quiz",
]
