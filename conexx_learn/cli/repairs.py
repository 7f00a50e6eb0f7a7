"""What voids do to results, as commands and jobs say and do it."""

from collections.abc import Iterator
from dataclasses import replace

from flask import Flask

from conexx_learn.adapters.clock import now
from conexx_learn.cli.problem_report import as_text
from conexx_learn.domain.repairs import in_any
from conexx_learn.domain.sentences.course_commands import course_command_sentence
from conexx_learn.services.certification import Issuing
from conexx_learn.services.course_publication import Rehearsal
from conexx_learn.services.repair import CORRECTION_LETTER, Applying, apply_repairs
from conexx_learn.services.repair_preview import PreviewedChange, RepairPreview


def applying(app: Flask) -> Applying:
    """Collect what applying a repair needs from the settings."""
    return Applying(
        issuing=Issuing(issuer=app.config["ISSUER"], demo=app.config["DEMO"]),
        lang=str(app.config["BABEL_DEFAULT_LOCALE"]),
        letter=app.extensions[CORRECTION_LETTER],
    )


def finish_repairs(app: Flask) -> int:
    """Go on with repairs that were noted or cut short; count the corrected results."""
    return apply_repairs(applying(app), now=now()).corrected


def rehearsal_lines(one: Rehearsal, lang: str) -> Iterator[str]:
    """Say what publishing a course would do, or each problem in its way."""
    for problem in one.problems:
        yield as_text(replace(problem, path=f"{one.slug}/{problem.path}"), lang)
    if one.preview is None:
        return
    key = "rehearsed" if one.changed else "published-already"
    yield course_command_sentence(key, lang, slug=one.slug, version=one.version)
    if one.preview.voids:
        yield from _preview_lines(one.preview, lang)


def _preview_lines(preview: RepairPreview, lang: str) -> Iterator[str]:
    for void in preview.voids:
        key = "voided" if void.reaches else "voided-nowhere"
        yield course_command_sentence(key, lang, question=void.mark.question_id)
    yield course_command_sentence(
        "would-rise",
        lang,
        looked=preview.looked_at,
        count=len(preview.changes),
        people=preview.people,
        passes=preview.passes,
    )
    for one in preview.changes:
        yield _change_line(one, lang)


def _change_line(one: PreviewedChange, lang: str) -> str:
    return course_command_sentence(
        "rises-and-passes" if one.change.passes else "rises",
        lang,
        name=one.result.full_name,
        quiz=in_any(one.quiz_titles, lang),
        ordinal=one.result.ordinal,
        before=f"{one.change.before.shown} %",
        after=f"{one.change.after.shown} %",
    )
