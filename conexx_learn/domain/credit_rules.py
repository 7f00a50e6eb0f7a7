"""How the questions of a quiz give part of their points: for its rules, in words.

What is told before the start comes from the questions themselves, and the number of the
worked example from the formulas that mark them. The example is made up: the options of
a real question would tell how many of them are right.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from conexx_learn.domain.partial_credit import multiple_credit
from conexx_learn.domain.quiz import Question, QuestionType, Quiz, Scoring

EVERYTHING = Fraction(1)


class CreditRule(StrEnum):
    """A way in which part of the points is given."""

    BALANCED = "balanced"
    PENALTY = "penalty"
    DECISIONS = "decisions"
    STRICT_PART = "strict-part"
    EXACT = "exact"
    WEIGHTS = "weights"
    ORDER_PAIRS = "order-pairs"
    ORDER_PLACES = "order-places"
    ORDER_EXACT = "order-exact"
    MATCH = "match"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One made-up question, marked.

    Attributes:
        rule: That it explains.
        points: That the question offers; whole, so that the share is whole too.
        earned: Of them.
    """

    rule: CreditRule
    points: int
    earned: Fraction


ORDERS = {
    Scoring.POSITION: CreditRule.ORDER_PLACES,
    Scoring.EXACT: CreditRule.ORDER_EXACT,
}

EXAMPLES: dict[CreditRule, tuple[int, Fraction]] = {
    # Two right options, each +50 %, and a wrong one of -50 %.
    CreditRule.WEIGHTS: (4, Fraction(1, 2)),
    # Four steps, two neighbours swapped: 5 of 6 pairs right and 1 wrong.
    CreditRule.ORDER_PAIRS: (6, Fraction(5 - 1, 6)),
    # The same: two of the four steps stand in their place.
    CreditRule.ORDER_PLACES: (4, Fraction(2, 4)),
    CreditRule.ORDER_EXACT: (4, Fraction(0)),
    # Three of four pairs.
    CreditRule.MATCH: (4, Fraction(3, 4)),
    # A trainer's 50 %.
    CreditRule.NEARLY: (2, Fraction(1, 2)),
}
"""Rule to the points of its example and the share earned."""


def credit_rules(quiz: Quiz) -> list[CreditRule]:
    """List the rules of what a quiz may ask, the one of most questions first.

    Empty where every question gives all of its points or none.
    """
    found = Counter(
        rule
        for question in quiz.questions
        if question.is_asked and (rule := _rule(question)) is not None
    )
    order = list(CreditRule)
    return sorted(found, key=lambda rule: (-found[rule], order.index(rule)))


def worked_example(rule: CreditRule) -> WorkedExample:
    """Mark the made-up question of a rule.

    Of several right answers: four options, two of them right; both are marked and a
    wrong one as well.
    """
    if rule in EXAMPLES:
        points, share = EXAMPLES[rule]
        return WorkedExample(rule, points, points * share)
    share = multiple_credit(
        Scoring(rule.value), rights=2, wrongs=2, right_ticked=2, wrong_ticked=1
    )
    return WorkedExample(rule, 4, 4 * share)


def _rule(question: Question) -> CreditRule | None:
    if question.type is QuestionType.MULTIPLE:
        return CreditRule((question.scoring or Scoring.BALANCED).value)
    if question.type is QuestionType.ORDER:
        return ORDERS.get(question.scoring or Scoring.PAIRS, CreditRule.ORDER_PAIRS)
    if question.type is QuestionType.MATCH:
        return CreditRule.MATCH
    weights = (answer.weight for answer in question.answers)
    if any(weight is not None and 0 < weight < EVERYTHING for weight in weights):
        return CreditRule.NEARLY
    return None
