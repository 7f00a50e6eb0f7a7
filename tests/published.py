"""Published courses for tests: read and made ready once, stored per test."""

import shutil
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.domain.course import Competency, Course
from conexx_learn.domain.problems import Severity
from conexx_learn.domain.publication import RenderedCourse, render_course
from conexx_learn.services.course_checking import (
    CheckedCourse,
    known_competencies,
    read_each_course,
)
from conexx_learn.services.publishing import Publication, publish_course
from tests.factories import NOW, SAMPLES

Edits = dict[str, tuple[str, str]]
"""File name to what is replaced in it, and by what."""


@cache
def ready_course(
    folder: Path,
) -> tuple[Course, RenderedCourse, dict[str, Competency]]:
    """Read and render a course folder, once per run."""
    found = _read_home(folder.parent)[folder]
    assert found.course is not None, [
        p for p in found.problems if p.severity is Severity.ERROR
    ]
    competencies = known_competencies([folder.parent])
    return found.course, render_course(found.course), competencies


@cache
def _read_home(home: Path) -> dict[Path, CheckedCourse]:
    """Read all courses of a folder: one is only sound beside the others."""
    return read_each_course(home, today=NOW.date())


def publish_sample(
    session: Session,
    slug: str = "small-course",
    *,
    folder: Path = SAMPLES,
    change_note: dict[str, str] | None = None,
) -> Publication:
    """Publish a course folder without reading it again."""
    course, rendered, competencies = ready_course(folder / slug)
    publication = publish_course(
        session,
        course,
        rendered,
        competencies=competencies,
        change_note=change_note or {},
        now=NOW,
    )
    session.commit()
    return publication


def edited_copy(place: Path, edits: Edits, slug: str = "small-course") -> Path:
    """Copy a sample course, edit it, and return the folder that holds the copy."""
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(SAMPLES / "competencies.toml", place)
    shutil.copytree(SAMPLES / slug, place / slug)
    for name, (old, new) in edits.items():
        path = place / slug / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not say {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return place


def version(number: str) -> Edits:
    """Raise the version and nothing else."""
    return {"course.toml": ('version = "1.0"', f'version = "{number}"')}
