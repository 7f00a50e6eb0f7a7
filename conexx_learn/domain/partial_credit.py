"""What a response earns: the exact share of a question's points.

Every formula is a plain function of counts, so that a trainer can check it by hand
against the table of the trainers' guide.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from conexx_learn.domain.quiz import Answer, Question, QuestionType, Scoring, Void
from conexx_learn.domain.responses import Response, is_answered
from conexx_learn.domain.typed_numbers import UnreadableNumberError, read_number
from conexx_learn.domain.typed_words import phrase_matches

NOTHING = Fraction(0)
EVERYTHING = Fraction(1)


def earned_fraction(question: Question, response: Response) -> Fraction:
    """Say what share of its points a response earns, from 0 to 1, exactly.

    A question voided as `full` earns 1, answered or not; else an unanswered question
    earns 0. An unreadable number earns 0: a page asks again before it comes to this. An
    open question earns 0 here, its points are given by a grader.

    Args:
        question: What was asked.
        response: In source keys, as `read_response` returns it.
    """
    if question.void is Void.FULL:
        return EVERYTHING
    credit = _CREDIT.get(question.type)
    if credit is None or not is_answered(question, response):
        return NOTHING
    return min(max(credit(question, response), NOTHING), EVERYTHING)


def chosen_answers(question: Question, response: Response) -> tuple[Answer, ...]:
    """List the answer lines that a response chose: their feedback is what it earned.

    For number and words the entry that decided the points, if any; for a match the
    rows whose left side was answered; nothing for order and open.
    """
    if not is_answered(question, response):
        return ()
    if isinstance(response, list):
        keys = set(response) if question.type is QuestionType.MULTIPLE else set()
    elif isinstance(response, dict):
        keys = set(response)
    elif question.type in (QuestionType.NUMBER, QuestionType.WORDS):
        best = _best_entry(question, str(response))
        return (best,) if best else ()
    else:
        keys = {str(response)}
    return tuple(answer for answer in question.answers if answer.key in keys)


def multiple_credit(
    scoring: Scoring, *, rights: int, wrongs: int, right_ticked: int, wrong_ticked: int
) -> Fraction:
    """Apply a formula for multiple choice to its four counts, floor 0 and cap 1.

    Args:
        scoring: `balanced`, `penalty`, `decisions`, `strict-part` or `exact`.
        rights: C, right options, voided ones left out.
        wrongs: D, wrong options, voided ones left out.
        right_ticked: R.
        wrong_ticked: W.

    Source:
        The trainers' guide; `penalty` is the rule of Canvas, `decisions` and
        `strict-part` are `proportional` and `proportional_correct` of RELATE.
    """
    # When a void leaves no right option, not ticking a wrong one is all that counts.
    share_right = Fraction(right_ticked, rights) if rights else EVERYTHING
    share_wrong = _share_wrong(scoring, rights, wrongs, wrong_ticked)
    decisions = max(rights + wrongs, 1)
    all_right = right_ticked == rights and wrong_ticked == 0
    credit = {
        Scoring.PENALTY: share_right - share_wrong,
        Scoring.DECISIONS: Fraction(right_ticked + wrongs - wrong_ticked, decisions),
        Scoring.STRICT_PART: NOTHING if wrong_ticked else share_right,
        Scoring.EXACT: Fraction(all_right),
    }.get(scoring, share_right - share_wrong)
    return min(max(credit, NOTHING), EVERYTHING)


def _share_wrong(
    scoring: Scoring, rights: int, wrongs: int, wrong_ticked: int
) -> Fraction:
    """Say what the wrong ticks cost, before the floor."""
    if scoring is Scoring.PENALTY and rights:
        return Fraction(wrong_ticked, rights)
    return Fraction(wrong_ticked, min(rights, wrongs) or wrongs or 1)


def _option_credit(question: Question, response: Response) -> Fraction:
    chosen = next(answer for answer in question.answers if answer.key == response)
    return EVERYTHING if chosen.void else _weight(chosen)


def _multiple_credit(question: Question, response: Response) -> Fraction:
    ticked = {answer.key for answer in chosen_answers(question, response)}
    counted = [answer for answer in question.answers if not answer.void]
    if question.scoring is Scoring.WEIGHTS:
        return _weights_credit(counted, ticked)
    rights = {answer.key for answer in counted if answer.right}
    wrongs = {answer.key for answer in counted if not answer.right}
    return multiple_credit(
        question.scoring or Scoring.BALANCED,
        rights=len(rights),
        wrongs=len(wrongs),
        right_ticked=len(rights & ticked),
        wrong_ticked=len(wrongs & ticked),
    )


def _weights_credit(counted: list[Answer], ticked: set[str]) -> Fraction:
    """Add the weights; what a voided option leaves missing to 1 is given to all."""
    weights = {answer.key: answer.weight or NOTHING for answer in counted}
    given = EVERYTHING - sum(weight for weight in weights.values() if weight > 0)
    return given + sum(
        (weight for key, weight in weights.items() if key in ticked), NOTHING
    )


def _order_credit(question: Question, response: Response) -> Fraction:
    places = {answer.key: answer.position or 0 for answer in question.answers}
    given = [places[key] for key in response or ()]
    exact = [place == position for position, place in enumerate(given, start=1)]
    if question.scoring is Scoring.POSITION:
        return Fraction(sum(exact), len(exact))
    if question.scoring is Scoring.EXACT:
        return Fraction(all(exact))
    signs = [1 if one < other else -1 for one, other in combinations(given, 2)]
    return Fraction(sum(signs), len(signs) or 1)


def _match_credit(question: Question, response: Response) -> Fraction:
    rights = {answer.key: right_side(answer) for answer in question.answers}
    chosen = response if isinstance(response, dict) else {}
    pairs = [
        answer.key in chosen and rights.get(chosen[answer.key]) == rights[answer.key]
        for answer in question.answers
        if answer.left_md
    ]
    return Fraction(sum(pairs), len(pairs) or 1)


def right_side(answer: Answer) -> str:
    """Write the right side of a pair as it is compared: many lefts may share one."""
    return " ".join(answer.right_md.split())


def _typed_credit(question: Question, response: Response) -> Fraction:
    best = _best_entry(question, str(response))
    return _weight(best) if best else NOTHING


def _best_entry(question: Question, typed: str) -> Answer | None:
    """Find the accepting entry of the highest weight; ties: the first in the file."""
    accepting = list(
        _accepting_numbers(question, typed)
        if question.type is QuestionType.NUMBER
        else _accepting_phrases(question, typed)
    )
    return max(accepting, key=_weight, default=None)


def _accepting_numbers(question: Question, typed: str) -> Iterable[Answer]:
    try:
        values: list[Decimal] = read_number(typed, question.unit)
    except UnreadableNumberError:
        return []
    return [
        answer
        for answer in question.answers
        if answer.number
        and any(answer.number.low <= value <= answer.number.high for value in values)
    ]


def _accepting_phrases(question: Question, typed: str) -> Iterable[Answer]:
    return [
        answer
        for answer in question.answers
        if answer.phrase is not None
        and phrase_matches(
            answer.phrase,
            typed,
            case_strict=question.case_strict,
            accents_strict=question.accents_strict,
            typos=question.typos,
        )
    ]


def _weight(answer: Answer) -> Fraction:
    """Say what an option or entry gives; without a percentage, right is all."""
    if answer.weight is not None:
        return answer.weight
    is_entry = answer.number is not None or answer.phrase is not None
    return Fraction(answer.right or is_entry)


_CREDIT: dict[QuestionType, Callable[[Question, Response], Fraction]] = {
    QuestionType.SINGLE: _option_credit,
    QuestionType.TRUEFALSE: _option_credit,
    QuestionType.MULTIPLE: _multiple_credit,
    QuestionType.ORDER: _order_credit,
    QuestionType.MATCH: _match_credit,
    QuestionType.NUMBER: _typed_credit,
    QuestionType.WORDS: _typed_credit,
}
