"""The right response to a question, as its own key gives it."""

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


def _typed(question: Question) -> str | None:
    if not question.answers:
        return None
    best = max(question.answers, key=_weight)
    if best.number is not None:
        return format(best.number.shown, "f")
    return (best.phrase or "").replace("*", "").strip() or None


def _weight(answer: Answer) -> float:
    return 1.0 if answer.weight is None else float(answer.weight)
