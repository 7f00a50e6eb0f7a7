"""The marks of one work as a form: a level and a comment for each criterion."""

from dataclasses import dataclass
from hashlib import sha256

from flask import request

from conexx_learn.domain.errors import ShapeError
from conexx_learn.domain.graded_work.marks import (
    LONGEST_COMMENT,
    Gap,
    Mark,
    Marks,
    gaps,
)
from conexx_learn.domain.graded_work.rubric import LEVELS, Criterion, Rubric
from conexx_learn.domain.names import printed_name
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class MarkField:
    """One criterion of the form.

    Attributes:
        criterion: What is judged.
        mark: As it is saved, or as it was typed.
        error: What is to be corrected, or nothing.
    """

    criterion: Criterion
    mark: Mark
    error: str = ""

    @property
    def shown(self) -> str:
        """Write down what the page shows, by which it is known what was changed on it.

        Example:
            >>> MarkField(Criterion("one", "One", 20, "one", ()), Mark(3)).shown
            '3.e3b0c44298fc1c14'
        """
        return f"{_level_word(self.mark)}.{_digest(self.mark)}"


def typed_marks(rubric: Rubric, kept: Marks) -> Marks:
    """Read what was sent, over what is kept.

    What a page shows and nobody changed on it stays as it is kept: another page may
    have saved it since. A level that is none takes none away.

    Args:
        rubric: What the work is judged by.
        kept: The draft as it stands.

    Raises:
        ShapeError: A comment is longer than the form lets it be.
    """
    return {
        one.id: _merged(one.id, kept.get(one.id, Mark())) for one in rubric.criteria
    }


def _merged(criterion: str, kept: Mark) -> Mark:
    typed = _typed(criterion)
    level, _dot, digest = request.form.get(f"shown-{criterion}", "").partition(".")
    return Mark(
        kept.level
        if typed.level is None or _level_word(typed) == level
        else typed.level,
        kept.comment if _digest(typed) == digest else typed.comment,
    )


def _level_word(mark: Mark) -> str:
    return "" if mark.level is None else str(mark.level)


def _digest(mark: Mark) -> str:
    return sha256(mark.comment.encode()).hexdigest()[:16]


def _typed(criterion: str) -> Mark:
    level = request.form.get(f"level-{criterion}", "")
    comment = "\n".join(
        printed_name(line)
        for line in request.form.get(f"comment-{criterion}", "").splitlines()
    ).strip()
    if len(comment) > LONGEST_COMMENT:
        raise ShapeError
    known = int(level) if level in {str(one) for one in LEVELS} else None
    return Mark(known, comment)


def mark_fields(
    rubric: Rubric, marks: Marks, *, check: bool = False
) -> list[MarkField]:
    """List the fields, with what each lacks where the marks are to be submitted."""
    lacks = gaps(rubric, marks) if check else {}
    words = {
        Gap.LEVEL: _("Choose a level."),
        Gap.COMMENT: _("Say why: the levels 0, 1, 2 and 5 need a comment."),
    }
    return [
        MarkField(
            one,
            marks.get(one.id, Mark()),
            words[lacks[one.id]] if one.id in lacks else "",
        )
        for one in rubric.criteria
    ]
