"""The result of a closed attempt."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import render_template
from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.progress import Outline, OutlineModule, QuizProgress
from conexx_learn.domain.quiz import FeedbackPolicy
from conexx_learn.domain.repairs import VoidMark
from conexx_learn.queries.appeals import AppealRow, appeals_of_attempt
from conexx_learn.queries.certification import certificate_number_of
from conexx_learn.queries.outlines import outline
from conexx_learn.web.addresses import url_for
from conexx_learn.web.appeal_words import appeal_view
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.question_views import (
    ResultView,
    module_to_read,
    result_view,
    shows_everything,
)


def rules_address(found: Sitting) -> str:
    """Return the address of the quiz's rules."""
    if found.module_slug is None:
        return url_for("finals.show_final", course=found.course_slug)
    return url_for("quizzes.show", course=found.course_slug, module=found.module_slug)


def result_page(session: Session, found: Sitting, *, moment: datetime) -> str:
    """Render the result, as far as the feedback policy allows.

    It stands in the version and the enrolment of the attempt itself: after a move or
    in a later cycle an old result still tells what it told.
    """
    standing = outline(
        session,
        version_id=found.version_id,
        content_hash=found.content_hash,
        lang=page_language(),
        enrolment_id=found.enrolment_id,
    )
    module = standing.module(found.module_slug) if found.module_slug else None
    quiz = module.quiz if module else standing.final
    assert quiz is not None  # noqa: S101 (the attempt is of it)
    appeals = appeals_of_attempt(session, attempt_id=found.id)
    results = _results(found.with_voids(), standing, quiz, appeals)
    return render_template(
        "learner/result.html",
        sitting=found,
        outline=standing,
        quiz=quiz,
        module=module,
        grade=found.grade,
        results=results,
        corrections=_corrections(found),
        to_read=_to_read(results),
        waits_until=quiz.waits_until(now=moment),
        rules_address=rules_address(found),
        certificate=certificate_number_of(session, enrolment_id=found.enrolment_id)
        if standing.is_complete
        else None,
        following=_following(found.course_slug, module, standing),
    )


def _results(
    found: Sitting,
    standing: Outline,
    quiz: QuizProgress,
    appeals: Mapping[str, AppealRow],
) -> list[ResultView]:
    if found.rules.feedback is FeedbackPolicy.NEVER:
        return []
    outcome = found.outcome(found.responses)
    earned = {mark.question_id: mark.fraction for mark in outcome.marked}
    shows_all = shows_everything(found.rules.feedback, passed=quiz.passed)
    return [
        result_view(
            question,
            form,
            found.documents[found.lang],
            found.responses.get(question.id),
            earned=earned.get(question.id, outcome.grade.earned * 0),
            shows_all=shows_all,
            module=module_to_read(question, standing, found.course_slug),
            appeal=appeal_view(found, question.id, appeals.get(question.id)),
        )
        for form, question in found.asked
    ]


def _corrections(found: Sitting) -> list[VoidMark]:
    """List the voids that corrected this result, in the order of its questions."""
    marks = found.marks
    return [
        marks[asked.question_id]
        for asked in found.form.questions
        if asked.question_id in marks
    ]


def _to_read(results: Sequence[ResultView]) -> list[tuple[str, str]]:
    """List the modules to read again, each once, in the order of the questions."""
    return list(dict.fromkeys(view.module for view in results if view.module))


def _following(
    course: str, module: OutlineModule | None, standing: Outline
) -> tuple[str, str]:
    """Return address and title of what comes after a passed quiz."""
    after = standing.after(module.slug) if module else None
    if after is not None:
        address = url_for("modules.show", course=course, module=after.slug)
        return address, after.title
    if module is not None and standing.final is not None:
        return url_for("finals.show_final", course=course), _("Final quiz")
    return url_for("catalogue.show", course=course), _("The course's page")
