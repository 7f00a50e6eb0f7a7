"""What came from outside: kept while somebody looks at it, then put into a draft."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any

from sqlalchemy.orm import Session

from conexx_learn.domain.course_editing.outline import (
    Changes,
    OutlinedModule,
    outline,
)
from conexx_learn.domain.course_editing.settings_text import (
    with_module_values,
    with_new_module,
    with_values,
)
from conexx_learn.domain.course_source.settings_check import (
    SETTINGS_FILE,
    check_settings,
)
from conexx_learn.domain.errors import EditConflictError, NotFoundError
from conexx_learn.domain.word_import.arrival import Choices, WordArrival
from conexx_learn.queries.drafts import kept_content
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import change_files
from conexx_learn.services.kept_contents import keep_content
from conexx_learn.services.question_tables import TableArrival, table_quiz

_MINUTES_AN_HOUR = 60
_QUARTERS = 4


def keep_arrival(
    session: Session, data: bytes, pictures: Collection[bytes], now: datetime
) -> str:
    """Keep what was sent, and the pictures in it; returns the fingerprint of it all.

    Args:
        session: Where to write.
        data: As it was sent.
        pictures: What the page shows of it.
        now: This moment.
    """
    return [keep_content(session, one, now) for one in (*pictures, data)][-1]


def kept_arrival(session: Session, sha256: str) -> bytes:
    """Return what was kept.

    Raises:
        NotFoundError: It is no longer there: it was taken in, or its time is over.
    """
    content = kept_content(session, sha256)
    if content is None:
        raise NotFoundError
    return content


def bring_arrival(
    session: Session, by: DraftAct, arrival: WordArrival, choices: Choices
) -> None:
    """Put the modules of an arrival into a draft: all of it, or nothing.

    Args:
        session: Where to write.
        by: Who, on which course, when.
        arrival: Numbered after the modules that the course had.
        choices: Of whoever looked at it.

    Raises:
        EditConflictError: The course got modules meanwhile that would be replaced.
        ContentError: A size is not allowed, or `course.toml` cannot be read.
    """
    brought = arrival.chosen(choices)

    def change(files: Mapping[str, bytes]) -> Changes:
        known = outline(files)
        taken = {one.slug for one in known}, {one.number for one in known}
        for module in arrival.modules:
            if module.slug in taken[0] or module.number in taken[1]:
                raise EditConflictError(path="", current=None)
        settings = _with_modules(files, arrival, choices)
        return {**brought, SETTINGS_FILE: settings.encode()}

    change_files(session, by, change)


def _with_modules(
    files: Mapping[str, bytes], arrival: WordArrival, choices: Choices
) -> str:
    """Write the tables of the modules; the hours of the course grow with them."""
    text = files.get(SETTINGS_FILE, b"").decode(errors="replace")
    told = check_settings(text.encode()).source
    document: Mapping[str, Any] = told.document if told else {}
    outcomes = document.get("outcomes")
    added = 0
    for one in arrival.outlines(choices):
        values: dict[str, Any] = {"slug": one.slug, "minutes": one.minutes}
        if one.quiz_minutes:
            values["quiz_minutes"] = one.quiz_minutes
        if isinstance(outcomes, list) and outcomes:
            values["outcomes"] = [str(outcomes[0])]
        text = with_new_module(text, values)
        added += one.minutes + one.quiz_minutes
    return with_values(text, {"hours": _hours(document.get("hours"), added)})


def _hours(before: object, minutes: int) -> Decimal:
    hours = Decimal(str(before)) if isinstance(before, int | float) else Decimal(0)
    quarters = ceil((hours + Decimal(minutes) / _MINUTES_AN_HOUR) * _QUARTERS)
    return Decimal(max(1, quarters)) / _QUARTERS


def bring_questions(
    session: Session,
    by: DraftAct,
    table: TableArrival,
    rows: Collection[int],
    *,
    path: str,
    title: str,
) -> None:
    """Put questions of a table into a quiz of a draft, behind those that it has.

    Args:
        session: Where to write.
        by: Who, on which course, when.
        table: What came.
        rows: Those that a person wants.
        path: Of the quiz file.
        title: Of the quiz, where there is none yet.
    """

    def change(files: Mapping[str, bytes]) -> Changes:
        before = files.get(path)
        quiz = table_quiz(table, rows, path=path, title=title, before=before)
        changes: Changes = {path: quiz}
        module = next((one for one in outline(files) if path in _quizzes(one)), None)
        if before is None and module is not None and SETTINGS_FILE in files:
            text = files[SETTINGS_FILE].decode(errors="replace")
            text = with_module_values(text, module.slug, {"quiz_minutes": len(rows)})
            changes[SETTINGS_FILE] = text.encode()
        return changes

    change_files(session, by, change)


def _quizzes(module: OutlinedModule) -> list[str]:
    return [f"{module.stem}.quiz.{lang}.md" for lang in module.texts]
