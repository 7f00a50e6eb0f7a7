"""The rules of a quiz in plain sentences, told before the start."""

from datetime import timedelta

from conexx_learn.domain.attempts import GRACE
from conexx_learn.domain.credit_rules import (
    CreditRule,
    WorkedExample,
    credit_rules,
    worked_example,
)
from conexx_learn.domain.progress import QuizRules
from conexx_learn.domain.quiz import FeedbackPolicy, Quiz
from conexx_learn.web.filters import minutes, number, percent
from conexx_learn.web.language import gettext as _

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def rules_in_words(rules: QuizRules, quiz: Quiz, *, extra_percent: int) -> list[str]:
    """Say how a quiz is marked, how time runs and what is shown afterwards.

    Args:
        rules: Of the quiz.
        quiz: In any of its languages.
        extra_percent: What the reader was granted on top of every time limit.
    """
    return [
        *_points_in_words(quiz),
        *_pass_in_words(rules),
        *_time_in_words(rules, extra_percent),
        _feedback_in_words(rules.feedback),
        _(
            "Your answers are saved as you go. If the connection or the session ends, "
            "sign in again and continue where you were."
        ),
    ]


def _points_in_words(quiz: Quiz) -> list[str]:
    rules = credit_rules(quiz)
    if not rules:
        return [_("Each question gives all of its points or none.")]
    said = _rule_words()
    return [*(said[rule] for rule in rules), example_in_words(worked_example(rules[0]))]


def _rule_words() -> dict[CreditRule, str]:
    return {
        CreditRule.BALANCED: _(
            "Where several answers are right, each right one adds and each wrong one "
            "takes away, never below zero; marking everything gives none."
        ),
        CreditRule.PENALTY: _(
            "Where several answers are right, each right one adds and each wrong one "
            "takes as much away, never below zero."
        ),
        CreditRule.DECISIONS: _(
            "Where several answers are right, every option counts: marking a right "
            "one and leaving a wrong one out. Marking nothing gives none."
        ),
        CreditRule.STRICT_PART: _(
            "Where several answers are right, each right one adds; with a wrong one "
            "the question gives none."
        ),
        CreditRule.EXACT: _(
            "Where several answers are right, the question gives its points for all "
            "of them and no wrong one; else none."
        ),
        CreditRule.WEIGHTS: _(
            "Where several answers are right, each option has a share of its own; "
            "wrong ones may take away, never below zero."
        ),
        CreditRule.ORDER_PAIRS: _(
            "In an ordering, every two steps in the right order add and every two in "
            "the wrong order take away, never below zero."
        ),
        CreditRule.ORDER_PLACES: _(
            "In an ordering, every step in its exact place counts."
        ),
        CreditRule.ORDER_EXACT: _(
            "An ordering gives its points when every step is in its place; else none."
        ),
        CreditRule.MATCH: _("In a matching, every right pair counts the same."),
        CreditRule.NEARLY: _(
            "Some answers that are nearly right give a part of the points."
        ),
    }


def example_in_words(example: WorkedExample) -> str:
    """Tell the worked example of a rule."""
    points, earned = number(example.points), number(example.earned)
    if example.rule is CreditRule.WEIGHTS:
        return _(
            "For example, in a question of %(points)s points: two right options of "
            "50 each and a wrong one that takes 50 away, all three marked, give "
            "%(earned)s.",
            points=points,
            earned=earned,
        )
    if example.rule in {
        CreditRule.ORDER_PAIRS,
        CreditRule.ORDER_PLACES,
        CreditRule.ORDER_EXACT,
    }:
        return _(
            "For example, in an ordering of four steps worth %(points)s points, with "
            "two neighbours swapped: %(earned)s.",
            points=points,
            earned=earned,
        )
    if example.rule is CreditRule.MATCH:
        return _(
            "For example, of four pairs worth %(points)s points together, with three "
            "of them right: %(earned)s.",
            points=points,
            earned=earned,
        )
    if example.rule is CreditRule.NEARLY:
        return _(
            "For example, an answer worth half of %(points)s points gives %(earned)s.",
            points=points,
            earned=earned,
        )
    return _(
        "For example, in a question of %(points)s points with four options, two of "
        "them right: who marks both right ones and also a wrong one gets %(earned)s.",
        points=points,
        earned=earned,
    )


def _pass_in_words(rules: QuizRules) -> list[str]:
    said = []
    if rules.pass_percent is not None:
        said.append(
            _(
                "You pass with %(percent)s or more, exactly: nothing is rounded up.",
                percent=percent(rules.pass_percent),
            )
        )
    if rules.wait:
        said.append(
            _(
                "After an attempt you wait %(time)s, counted from its end, before you "
                "can start another.",
                time=minutes(-(-rules.wait // MINUTE)),
            )
        )
    return said


def _time_in_words(rules: QuizRules, extra_percent: int) -> list[str]:
    if rules.time_limit is None:
        return []
    said = [
        _(
            "The time runs from the start until the end, also while you are away. "
            "When it is over, what was saved is sent; a save that is on its way has "
            "%(seconds)s seconds more to arrive.",
            seconds=GRACE // SECOND,
        ),
        _("Five minutes and one minute before the end the page tells you."),
    ]
    if extra_percent:
        said.append(
            _(
                "Your time includes the %(percent)s more that you were granted.",
                percent=percent(extra_percent),
            )
        )
    return said


def _feedback_in_words(policy: FeedbackPolicy) -> str:
    words = {
        FeedbackPolicy.IMMEDIATE: _(
            "After sending you see every explanation and the right answers."
        ),
        FeedbackPolicy.AFTER_ATTEMPT: _(
            "After sending you see your answers, what each earned and which module to "
            "read again; not the right answers, since you may try again."
        ),
        FeedbackPolicy.AFTER_PASS: _(
            "After sending you see your answers and what each earned; the right "
            "answers when you have passed."
        ),
        FeedbackPolicy.NEVER: _("After sending you see your grade only."),
    }
    return words[policy]
