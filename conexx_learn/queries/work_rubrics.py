"""Whether people grade a work in a version of a course, and by which rubric."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.graded_work.rubric import Rubric
from conexx_learn.domain.graded_work.rubric_file import read_rubric
from conexx_learn.models.catalogue import CourseVersion

GRADED_WORK = "graded_work"
"""Fact of a version: whether it has a rubric. Older versions do not state it."""
FILE = "rubric.{lang}.md"


def has_rubric(session: Session, version_id: int, facts: Mapping[str, Any]) -> bool:
    """Say whether a version has a rubric; one statement for a version that is old."""
    stated = facts.get(GRADED_WORK)
    return bool(_texts(session, version_id)) if stated is None else bool(stated)


def version_rubric(session: Session, *, version_id: int, lang: str) -> Rubric | None:
    """Return the rubric in the reader's language, else in any; one statement.

    Its text is among the files of the version, which never changes.
    """
    texts = _texts(session, version_id)
    if not texts:
        return None
    found = lang if lang in texts else min(texts)
    return read_rubric(texts[found], lang=found)


def _texts(session: Session, version_id: int) -> dict[str, str]:
    """Return language to the text of the rubric."""
    sources = session.scalars(
        select(CourseVersion.sources).where(CourseVersion.id == version_id)
    ).one()
    return {
        name.split(".")[1]: str(text)
        for name, text in sources.items()
        if name == FILE.format(lang=name.split(".")[1] if "." in name else "")
    }
