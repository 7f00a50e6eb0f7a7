"""What a reminder says of a course: by when, how much is left, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from conexx_learn.domain.readiness.hours import hours_left
from conexx_learn.domain.readiness.owed import Owed
from conexx_learn.domain.readiness.standings import Standing
from conexx_learn.domain.reminders import Matter, ReminderKind
from conexx_learn.domain.sentences.reasons import reason_sentence
from conexx_learn.web.filters import NBSP, number
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language

EXPIRIES = frozenset(
    {ReminderKind.EXPIRY_60, ReminderKind.EXPIRY_30, ReminderKind.EXPIRY_7}
)


@dataclass(frozen=True, slots=True)
class MatterWords:
    """A matter as it is read.

    Attributes:
        title: Of the course.
        address: Of its page.
        when: By when, or until when.
        rest: Sentences about what is left, what stands in the way, and why.
    """

    title: str
    address: str
    when: str
    rest: Sequence[str]


def when_sentence(matter: Matter, today: date) -> str:
    """Say by when something is due, or how long a certificate lasts."""
    on = in_words(matter.about_on)
    judged = matter.judged
    if matter.kind in EXPIRIES:
        return _("The certificate is valid until %(day)s.", day=on)
    if judged is None or judged.obligation.due_on is None:
        return _("No due date yet: the start date of your appointment is missing.")
    if matter.about_on != judged.obligation.due_on:
        return _("The certificate was valid until %(day)s: renew it.", day=on)
    if matter.about_on == today:
        return _("Due today, %(day)s.", day=on)
    if matter.about_on < today:
        return _("Overdue: it was due on %(day)s.", day=on)
    return _("Due on %(day)s.", day=on)


def rest_sentences(here: Owed, matter: Matter) -> list[str]:
    """Say what is left, what stands in the way, and why it is required."""
    judged = matter.judged
    if judged is None:
        return [_("No plan requires it; renewing it is up to you.")]
    said = [_left(here, matter), _obstacle(judged.standing)]
    told = (
        reason_sentence(reason, page_language()) for reason in judged.obligation.reasons
    )
    reasons = "; ".join(text for text in told if text)
    if reasons:
        said.append(_("Reason: %(reason)s.", reason=reasons.rstrip(".")))
    return [sentence for sentence in said if sentence]


def hours_words(hours: Fraction) -> str:
    """Write hours, to the half: 4.5 h."""
    return f"{number(Fraction(round(hours * 2), 2))}{NBSP}h"


def _left(here: Owed, matter: Matter) -> str:
    judged = matter.judged
    if judged is None or judged.is_met:
        return ""
    hours = hours_left(here.index, judged)
    if hours:
        return _("%(hours)s left.", hours=hours_words(hours))
    return _("Only the final quiz is left.")


def _obstacle(standing: Standing) -> str:
    match standing:
        case Standing.BLOCKED:
            return _("No attempts are left: ask the trainer for another.")
        case Standing.LOCKED:
            return _("It needs another course first.")
        case Standing.SUSPENDED:
            return _("Its certificate is suspended.")
        case Standing.REVOKED:
            return _("Its certificate was revoked.")
        case _:
            return ""
