"""The page of an open attempt: all that is asked, or a part of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template
from flask_login import current_user

from conexx_learn.domain.attempt_forms import FormQuestion, to_source
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.grading import is_answered
from conexx_learn.domain.quiz import Question, SectionKind
from conexx_learn.domain.responses import Response
from conexx_learn.web.addresses import url_for
from conexx_learn.web.attempt_parts import (
    PART_SIZE,
    part_count,
    part_of,
    part_with,
)
from conexx_learn.web.language import gettext as _
from conexx_learn.web.question_views import QuestionView, asked_question


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
class PartView:
    """Which questions the page shows; `number` None for all of them.

    Attributes:
        number: Of the part, from 1.
        before: The part before, or None.
        after: The part after, or None.
        can_split: Whether there are enough questions for parts.
        answered_elsewhere: Answered questions that this page does not show.
    """

    number: int | None
    before: int | None
    after: int | None
    can_split: bool
    answered_elsewhere: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A question in the list beside the questions; `part` is where it stands."""

    number: int
    is_answered: bool
    is_here: bool
    part: int


@dataclass(frozen=True, slots=True)
class AttemptView:
    """The frame of an open attempt, as `components/attempt.html` reads it."""

    id: int
    user_id: int
    save_address: str
    submit_address: str
    draft_address: str
    file_address: str
    sign_in_address: str
    save_number: int
    age: int
    seconds_left: int | None
    ends_at: datetime | None
    saved_at: datetime | None
    answered: int
    total: int
    marks: list[Mark]
    shown: str
    part: PartView
    quiz_title: str


def open_page(
    found: Sitting,
    *,
    moment: datetime,
    raw: Mapping[str, object] | None = None,
    unreadable: Sequence[str] = (),
    part: int | None = None,
    file_error: str = "",
) -> str:
    """Render the questions; after a refused form with what it held.

    Args:
        found: The attempt.
        moment: Now.
        raw: What the refused form held, in shown keys.
        unreadable: Ids of the questions whose number could not be read.
        part: Which part of the questions, from 1; None for all at once.
        file_error: Why a file of answers was not taken; else empty.
    """
    responses = _kept(found, raw) if raw is not None else dict(found.responses)
    here = {form.question_id for form, _ in part_of(found.asked, part)}
    sections = _sections(found, responses, unreadable, here)
    questions = [pair for section in sections for pair in section.questions]
    return render_template(
        "learner/attempt.html",
        sitting=found,
        sections=sections,
        unreadable=[number for number, view in questions if view.id in unreadable],
        intro_html=_document(found)["blocks"].get(found.quiz.intro_md, ""),
        a=_frame(found, moment, _marks(found, responses, here), part),
        is_over=found.is_over(now=moment),
        file_error=file_error,
    )


def _marks(
    found: Sitting, responses: Mapping[str, Response], here: set[str]
) -> list[Mark]:
    return [
        Mark(
            number=number,
            is_answered=is_answered(question, responses.get(question.id)),
            is_here=question.id in here,
            part=part_with(number),
        )
        for number, (_form, question) in enumerate(found.asked, start=1)
    ]


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
    found: Sitting,
    responses: Mapping[str, Response],
    unreadable: Sequence[str],
    here: set[str],
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
            if form.question_id not in here:
                continue
            question = known[form.question_id]
            view = _asked(question, form, document, responses, unreadable)
            questions.append((count, view))
        if not questions:
            continue
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
    found: Sitting, moment: datetime, marks: list[Mark], part: int | None
) -> AttemptView:
    address = url_for("attempts.show", attempt_id=found.id)
    left = found.deadline_at - moment if found.deadline_at else None
    here = {form.question_id for form, _ in part_of(found.asked, part)}
    return AttemptView(
        id=found.id,
        user_id=current_user.id,
        save_address=url_for("attempts.save", attempt_id=found.id),
        submit_address=url_for("attempts.submit", attempt_id=found.id),
        draft_address=url_for("attempts.draft", attempt_id=found.id),
        file_address=url_for("attempts.download", attempt_id=found.id),
        sign_in_address=url_for("security.login", next=address),
        save_number=found.save_number,
        age=found.age(now=moment),
        seconds_left=max(0, int(left.total_seconds())) if left is not None else None,
        ends_at=found.deadline_at,
        saved_at=found.saved_at,
        answered=sum(mark.is_answered for mark in marks),
        total=len(marks),
        marks=marks,
        shown=_as_json(found.shown(here)),
        part=_part_view(marks, part),
        quiz_title=found.rules.title,
    )


def _as_json(responses: Mapping[str, Response]) -> str:
    """Write what the page shows, so that its form can say what it changed."""
    given = {key: value for key, value in responses.items() if value is not None}
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def _part_view(marks: Sequence[Mark], part: int | None) -> PartView:
    last = part_count(len(marks))
    number = min(part, last) if part is not None else None
    return PartView(
        number=number,
        before=number - 1 if number is not None and number > 1 else None,
        after=number + 1 if number is not None and number < last else None,
        can_split=len(marks) > PART_SIZE,
        answered_elsewhere=sum(mark.is_answered and not mark.is_here for mark in marks),
    )
