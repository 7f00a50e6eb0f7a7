"""Hashes that say whether a question changed, in its words or in its marking.

*Revision*: everything that a learner reads or that marks. *Scoring revision*: the
same without texts; while it stays, results before and after can be compared.
"""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal

from conexx_learn.domain.quiz import Answer, Question


def with_revisions(question: Question) -> Question:
    """Fill in both revisions of a question."""
    return replace(
        question,
        revision=_digest([_scoring_form(question), _text_form(question)]),
        scoring_revision=scoring_revision(question),
    )


def scoring_revision(question: Question) -> str:
    """Compute the hash of everything that marks, without a text."""
    return _digest(_scoring_form(question))


def _digest(form: object) -> str:
    text = json.dumps(form, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _scoring_form(question: Question) -> list[object]:
    rights: dict[str, int] = {}
    return [
        question.id,
        question.type,
        str(question.points),
        question.scoring,
        question.void,
        [question.case_strict, question.accents_strict, question.typos],
        question.grading,
        [_scoring_answer(answer, rights) for answer in question.answers],
    ]


def _scoring_answer(answer: Answer, rights: dict[str, int]) -> list[object]:
    """Write what marks of an answer; which rights of a match are equal marks too."""
    right = " ".join(answer.right_md.split())
    same_right = rights.setdefault(right, len(rights)) if right else None
    number = answer.number
    bounds = [_plain(number.low), _plain(number.high)] if number else None
    return [
        answer.key,
        None if answer.weight is None else str(answer.weight),
        answer.right,
        answer.void,
        answer.position,
        [bool(answer.left_md), same_right],
        bounds,
        answer.phrase,
    ]


def _plain(number: Decimal) -> str:
    """Write a number so that 5 and 5.0 are the same."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _text_form(question: Question) -> list[object]:
    parts = question.parts
    return [
        question.title,
        question.prompt_md,
        question.unit,
        question.module,
        list(question.competencies),
        question.void_reason,
        [[answer.text_md, answer.feedback_md] for answer in question.answers],
        [parts.explanation, parts.hint, parts.right, parts.partly, parts.wrong],
    ]
