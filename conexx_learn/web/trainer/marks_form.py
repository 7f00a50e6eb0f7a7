"""The marks of one work as a form: a level and a comment for each criterion."""

from dataclasses import dataclass

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


def typed_marks(rubric: Rubric) -> Marks:
    """Read what was sent; a level that is none counts as not given.

    Raises:
        ShapeError: A comment is longer than the form lets it be.
    """
    return {one.id: _typed(one.id) for one in rubric.criteria}


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
