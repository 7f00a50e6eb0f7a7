"""The right response to a question, by its published key."""

from conexx_learn.domain.quiz import Question, QuestionType
from conexx_learn.domain.responses import Response


def right_response(question: Question) -> Response:
    """Answer a question fully right, in source keys."""
    answers = question.answers
    rights = [answer.key for answer in answers if answer.right]
    match question.type:
        case QuestionType.SINGLE | QuestionType.TRUEFALSE:
            return rights[0]
        case QuestionType.MULTIPLE:
            return rights
        case QuestionType.ORDER:
            steps = sorted(answers, key=lambda answer: answer.position or 0)
            return [answer.key for answer in steps]
        case QuestionType.MATCH:
            return {answer.key: answer.key for answer in answers if answer.left_md}
        case QuestionType.NUMBER:
            return next(
                str(answer.number.shown)
                for answer in answers
                if answer.number and answer.weight == 1
            )
        case _:
            return next(
                answer.phrase.replace("*", "")
                for answer in answers
                if answer.phrase and answer.weight == 1
            )
