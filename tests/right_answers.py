"""Right answers of an attempt, in the keys that it shows, read through the queries."""

from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.model_answers import shown_right_response
from conexx_learn.domain.quiz import QuestionType
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
        question.id: shown_right_response(form, question)
        for form, question in found.asked
    }


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
