"""The small course with a task in its first module."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy.orm import Session

from tests.published import edited_copy, publish_sample

WELL = "/courses/small-course/the-well"
SHEET = f"{WELL}/sheet"
BOX = """With a lid and a fence.

## In your municipality

!!! note "Task · 15 min · care of the well"
    1. Write who cares for it (15 min).
"""
CAJA = """Con una tapa y una cerca.

## En su municipio

!!! note "Tarea · 15 min · cuidado del pozo"
    1. Escriba quién lo cuida (15 min).
"""
EDITS = {
    "course.toml": (
        "minutes = 15\nquiz_minutes = 10\n",
        "minutes = 5\nquiz_minutes = 5\ntask_minutes = 15\n",
    ),
    "01-the-well.es.md": ("Con una tapa y una cerca.\n", CAJA),
    "01-the-well.en.md": ("With a lid and a fence.\n", BOX),
}


@cache
def task_folder() -> Path:
    return edited_copy(Path(mkdtemp()), EDITS)


def publish_task_course(session: Session) -> None:
    publish_sample(session, folder=task_folder())
