"""The two pages of an attempt: while it is open, and after it was closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template
from flask_login import current_user
from sqlalchemy.orm import Session

from conexx_learn.domain.attempt_forms import FormQuestion, to_source
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.grading import is_answered
from conexx_learn.domain.progress import Outline, OutlineModule, QuizProgress
from conexx_learn.domain.quiz import FeedbackPolicy, Question, SectionKind
from conexx_learn.domain.responses import Response
from conexx_learn.queries.certification import certificate_number_of
from conexx_learn.queries.outlines import outline
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.question_views import (
    QuestionView,
    ResultView,
    asked_question,
    module_to_read,
    result_view,
    shows_everything,
)


@dataclass(frozen=True, slots=True)
class SectionView:
    """The questions of one section.

    Attributes:
        title: Of a case or section; empty where there is none.
        text_html: The narrative; empty where there is none.
        is_case: Whether the questions belong to one story.
        questions: Pairs of number, from 1 over the whole attempt, and question.
    """

    title: str
    text_html: str
    is_case: bool
    questions: list[tuple[int, QuestionView]]


@dataclass(frozen=True, slots=True)
class AttemptView:
    """The frame of an open attempt, as `components/attempt.html` reads it."""

    id: int
    user_id: int
    save_address: str
    submit_address: str
    draft_address: str
    leave_address: str
    sign_in_address: str
    save_number: int
    age: int
    seconds_left: int | None
    ends_at: datetime | None
    saved_at: datetime | None
    answered: int
    total: int
    marks: list[tuple[int, bool]]


def open_page(
    found: Sitting,
    *,
    moment: datetime,
    raw: Mapping[str, object] | None = None,
    unreadable: Sequence[str] = (),
) -> str:
    """Render the questions; after a refused form with what it held.

    Args:
        found: The attempt.
        moment: Now.
        raw: What the refused form held, in shown keys.
        unreadable: Ids of the questions whose number could not be read.
    """
    responses = _kept(found, raw) if raw is not None else dict(found.responses)
    sections = _sections(found, responses, unreadable)
    questions = [pair for section in sections for pair in section.questions]
    answered = {
        question.id: is_answered(question, responses.get(question.id))
        for _form, question in found.asked
    }
    return render_template(
        "learner/attempt.html",
        sitting=found,
        sections=sections,
        unreadable=[number for number, view in questions if view.id in unreadable],
        intro_html=_document(found)["blocks"].get(found.quiz.intro_md, ""),
        a=_frame(found, moment, [(n, answered[view.id]) for n, view in questions]),
        is_over=found.is_over(now=moment),
    )


def _kept(found: Sitting, raw: Mapping[str, object]) -> dict[str, Response]:
    """Keep what a form held, typed text as it was typed."""
    kept = dict(found.responses)
    for form, question in found.asked:
        value = to_source(form, raw.get(question.id))
        if isinstance(value, str | list | dict):
            kept[question.id] = value
    return kept


def _document(found: Sitting) -> Mapping[str, Any]:
    return found.documents[found.lang]


def _sections(
    found: Sitting, responses: Mapping[str, Response], unreadable: Sequence[str]
) -> list[SectionView]:
    document = _document(found)
    known = {question.id: question for question in found.quiz.questions}
    views: list[SectionView] = []
    count = 0
    for shown in found.form.sections:
        section = found.quiz.sections[shown.index]
        questions = []
        for form in shown.questions:
            count += 1
            question = known[form.question_id]
            view = _asked(question, form, document, responses, unreadable)
            questions.append((count, view))
        is_pool = section.kind is SectionKind.POOL
        views.append(
            SectionView(
                title="" if is_pool else section.title,
                text_html=document["blocks"].get(section.text_md, ""),
                is_case=section.kind is SectionKind.CASE,
                questions=questions,
            )
        )
    return views


def _asked(
    question: Question,
    form: FormQuestion,
    document: Mapping[str, Any],
    responses: Mapping[str, Response],
    unreadable: Sequence[str],
) -> QuestionView:
    error = (
        _("This cannot be read as a number. Write digits only, such as 1250.50.")
        if question.id in unreadable
        else ""
    )
    return asked_question(
        question, form, document, responses.get(question.id), error=error
    )


def _frame(
    found: Sitting, moment: datetime, marks: list[tuple[int, bool]]
) -> AttemptView:
    address = url_for("attempts.show", attempt_id=found.id)
    left = found.deadline_at - moment if found.deadline_at else None
    return AttemptView(
        id=found.id,
        user_id=current_user.id,
        save_address=url_for("attempts.save", attempt_id=found.id),
        submit_address=url_for("attempts.submit", attempt_id=found.id),
        draft_address=url_for("attempts.draft", attempt_id=found.id),
        leave_address=rules_address(found),
        sign_in_address=url_for("security.login", next=address),
        save_number=found.save_number,
        age=int((moment - found.started_at).total_seconds()),
        seconds_left=max(0, int(left.total_seconds())) if left is not None else None,
        ends_at=found.deadline_at,
        saved_at=found.saved_at,
        answered=sum(done for _number, done in marks),
        total=len(marks),
        marks=marks,
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
    outcome = found.outcome(found.responses)
    results = _results(found, standing, quiz)
    return render_template(
        "learner/result.html",
        sitting=found,
        outline=standing,
        quiz=quiz,
        module=module,
        grade=outcome.grade,
        results=results,
        to_read=_to_read(results),
        waits_until=quiz.waits_until(now=moment),
        rules_address=rules_address(found),
        certificate=certificate_number_of(session, enrolment_id=found.enrolment_id)
        if standing.is_complete
        else None,
        following=_following(found.course_slug, module, standing),
    )


def _results(found: Sitting, standing: Outline, quiz: QuizProgress) -> list[ResultView]:
    if found.rules.feedback is FeedbackPolicy.NEVER:
        return []
    outcome = found.outcome(found.responses)
    earned = {mark.question_id: mark.fraction for mark in outcome.marked}
    shows_all = shows_everything(found.rules.feedback, passed=quiz.passed)
    return [
        result_view(
            question,
            form,
            _document(found),
            found.responses.get(question.id),
            earned=earned.get(question.id, outcome.grade.earned * 0),
            shows_all=shows_all,
            module=module_to_read(question, standing, found.course_slug),
        )
        for form, question in found.asked
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
