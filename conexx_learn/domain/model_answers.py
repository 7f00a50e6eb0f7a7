"""The right response to a question, as its own key gives it."""

from conexx_learn.domain.attempt_forms import FormQuestion, to_shown
from conexx_learn.domain.partial_credit import right_side
from conexx_learn.domain.quiz import Answer, Question, QuestionType
from conexx_learn.domain.responses import Response


def right_response(question: Question) -> Response:
    """Return a response that earns every point, in source keys.

    None for an open question, which a person marks.
    """
    if question.type in (QuestionType.SINGLE, QuestionType.TRUEFALSE):
        return next((a.key for a in question.answers if a.right), None)
    if question.type is QuestionType.MULTIPLE:
        return [answer.key for answer in question.answers if answer.right]
    if question.type is QuestionType.ORDER:
        steps = sorted(question.answers, key=lambda answer: answer.position or 0)
        return [answer.key for answer in steps]
    if question.type is QuestionType.MATCH:
        return {a.key: a.key for a in question.answers if a.left_md}
    return _typed(question)


def shown_right_response(form: FormQuestion, question: Question) -> Response:
    """Return the same in the keys that an attempt shows."""
    response = right_response(question)
    if not isinstance(response, dict):
        return to_shown(form, response)
    # Equal right sides are shown once, under the key of one of them.
    sides = {a.key: right_side(a) for a in question.answers}
    shown = {sides[key]: key for key in form.keys}
    return to_shown(form, {left: shown[sides[left]] for left in response})


def _typed(question: Question) -> str | None:
    if not question.answers:
        return None
    best = max(question.answers, key=_weight)
    if best.number is not None:
        return format(best.number.shown, "f")
    return (best.phrase or "").replace("*", "").strip() or None


def _weight(answer: Answer) -> float:
    return 1.0 if answer.weight is None else float(answer.weight)
