"""Courses before and after an edit, for tests of what changed between them."""

from functools import cache

from conexx_learn.adapters.course_repository import read_folder
from conexx_learn.domain.course import Course
from conexx_learn.domain.course_source import read_competencies, read_course
from tests.factories import COURSES, SAMPLES
from tests.published import Edits
from tests.sample_folders import TODAY

SMALL = "small-course"
REAL = "problem-to-logframe"


@cache
def course_files(slug: str = SMALL) -> dict[str, bytes]:
    """Read the files of a course of the samples, or of the product."""
    home = SAMPLES if (SAMPLES / slug).is_dir() else COURSES
    return read_folder(home / slug)


def edited_files(edits: Edits, slug: str = SMALL) -> dict[str, bytes]:
    """Replace one text in some files; each must be there."""
    files = dict(course_files(slug))
    for name, (old, new) in edits.items():
        text = files[name].decode()
        assert old in text, f"{name} does not say {old!r}"
        files[name] = text.replace(old, new, 1).encode()
    return files


def course_of(files: dict[str, bytes], slug: str = SMALL) -> Course:
    """Read a course that is sound."""
    home = SAMPLES if (SAMPLES / slug).is_dir() else COURSES
    listed, _ = read_competencies((home / "competencies.toml").read_bytes())
    neighbours = {folder.name: () for folder in COURSES.iterdir() if folder.is_dir()}
    neighbours.pop(slug, None)
    course, problems = read_course(
        files, slug=slug, competencies=listed, neighbours=neighbours, today=TODAY
    )
    assert course is not None, problems
    return course


def edited(edits: Edits, slug: str = SMALL) -> Course:
    """Read a course after an edit."""
    return course_of(edited_files(edits, slug), slug)
