"""Right answers of an attempt, in the keys that it shows, read through the queries."""

from sqlalchemy.orm import Session

from conexx_learn.domain.attempt_forms import FormQuestion, to_shown
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.quiz import Answer, Question, QuestionType
from conexx_learn.domain.responses import Response
from conexx_learn.queries.assessment import sitting

Fields = dict[str, str | list[str]]


def sitting_of(
    session: Session, attempt_id: int, user_id: int, lang: str = "en"
) -> Sitting:
    return sitting(session, attempt_id=attempt_id, user_id=user_id, lang=lang)


def right_responses(found: Sitting) -> dict[str, Response]:
    """Return question id to the right answer, in shown keys."""
    return {
        question.id: right_response(form, question) for form, question in found.asked
    }


def right_response(form: FormQuestion, question: Question) -> Response:
    rights = [answer for answer in question.answers if answer.right]
    whole = [answer for answer in question.answers if answer.weight == 1]
    match question.type:
        case QuestionType.MULTIPLE:
            return to_shown(form, [answer.key for answer in rights])
        case QuestionType.ORDER:
            steps = sorted(question.answers, key=lambda answer: answer.position or 0)
            return to_shown(form, [step.key for step in steps])
        case QuestionType.MATCH:
            return to_shown(form, _pairs(form, question.answers))
        case QuestionType.NUMBER:
            return str(next(a.number.shown for a in whole if a.number))
        case QuestionType.WORDS:
            return next(a.phrase for a in whole if a.phrase).replace("*", "")
        case _:
            return to_shown(form, rights[0].key)


def _pairs(form: FormQuestion, answers: tuple[Answer, ...]) -> dict[str, str]:
    shown = {a.right_md: a.key for a in answers if a.key in form.keys}
    return {a.key: shown[a.right_md] for a in answers if a.left_md}


def _fields(question_id: str, response: Response) -> Fields:
    if isinstance(response, dict):
        return {f"{question_id}.{left}": right for left, right in response.items()}
    if isinstance(response, str):
        return {question_id: response}
    return {question_id: list(response or ())}


def order_fields(question_id: str, keys: list[str]) -> Fields:
    """Write an ordering as the places that are typed beside its steps."""
    return {f"{question_id}.{key}": str(place) for place, key in enumerate(keys, 1)}


def typed_fields(found: Sitting, responses: dict[str, Response]) -> Fields:
    """Write the fields of a whole attempt; an ordering by its places."""
    orders = {
        question.id
        for _, question in found.asked
        if question.type is QuestionType.ORDER
    }
    fields: Fields = {}
    for question_id, response in responses.items():
        if question_id in orders and isinstance(response, list):
            fields |= order_fields(question_id, response)
        else:
            fields |= _fields(question_id, response)
    return fields
