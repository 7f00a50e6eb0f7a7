"""Courses as their authors see them in the browser: out and in at the shell."""

from pathlib import Path

from flask import current_app
from flask.cli import with_appcontext

from conexx_learn.adapters.clock import now
from conexx_learn.services.course_exchange import bring_from_disk, write_draft_archive
from conexx_learn.services.demonstration import DEMO_COURSES
from conexx_learn.services.unit_of_work import reading, unit_of_work


@with_appcontext
def export_draft(slug: str, target: Path) -> int:
    """Write the ZIP of a draft, with the application of this installation.

    Returns:
        How many files it holds.

    Raises:
        NotFoundError: No such course.
    """
    return write_draft_archive(reading(), target, slug=slug, homes=_homes())


@with_appcontext
def import_draft(file: Path, identity: str) -> tuple[str, int]:
    """Bring a ZIP file or a folder into a draft, with this installation.

    Returns:
        Slug of the course, and how many of its files changed.

    Raises:
        NotFoundError: No such account.
        ContentError: The file is missing or unsafe.
    """
    with unit_of_work() as session:
        return bring_from_disk(
            session, file, identity=identity, homes=_homes(), now=now()
        )


def _homes() -> list[Path]:
    """List the folders of courses in the order of the trainers' pages."""
    homes = [
        Path(current_app.config["COURSE_HOME"]),
        Path(current_app.config["COURSES"]),
    ]
    if current_app.config["DEMO"]:
        homes.append(Path(current_app.instance_path) / DEMO_COURSES)
    return homes
