"""The mail that answers a claim of prior learning, in the language of who claimed."""

from datetime import date

from conexx_learn.domain.messages import Message
from conexx_learn.queries.prior_learning import ClaimRow
from conexx_learn.web.competency_words import level_word
from conexx_learn.web.filters import day, in_language
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import absolute, rendered, speaking

PLACE = "/me/prior-learning"


def recognised_mail(
    claim: ClaimRow, *, recipient: str, level: int, valid_until: date, answer: str
) -> Message:
    """Tell that a claim was recognised, and what that is not."""
    with speaking(_lang(claim)):
        return _message(
            claim,
            recipient,
            _("Your prior learning is recognised"),
            [
                _(
                    "%(competency)s: %(level)s, until %(day)s.",
                    competency=in_language(dict(claim.titles)),
                    level=level_word(level),
                    day=day(valid_until),
                ),
                *_answer(answer),
                _(
                    "It counts for your institution, %(institution)s. It is not a "
                    "certificate, and does not replace a course that a plan requires.",
                    institution=claim.institution,
                ),
            ],
        )


def refused_mail(claim: ClaimRow, *, recipient: str, answer: str) -> Message:
    """Tell that a claim was not recognised, and why."""
    with speaking(_lang(claim)):
        return _message(
            claim,
            recipient,
            _("Your prior learning was not recognised"),
            [
                _(
                    "Your claim for %(competency)s was not recognised.",
                    competency=in_language(dict(claim.titles)),
                ),
                *_answer(answer),
                _("You can claim it again with other evidence."),
            ],
        )


def _lang(claim: ClaimRow) -> str:
    """Return the language of the person, else of their institution."""
    return claim.locale or claim.institution_locale


def _answer(answer: str) -> list[str]:
    return [_("The coordination writes: %(answer)s", answer=answer)] if answer else []


def _message(
    claim: ClaimRow, recipient: str, subject: str, paragraphs: list[str]
) -> Message:
    facts: dict[str, object] = {
        "subject": subject,
        "paragraphs": [_("Good day, %(name)s.", name=claim.full_name), *paragraphs],
        "action": (absolute(PLACE), _("See my claims")),
        "reason": _("You receive this message because of your account."),
        "home": absolute("/"),
        "lang": _lang(claim),
    }
    return Message(
        key=f"prior-learning.{claim.id}",
        recipient=recipient,
        subject=subject,
        text=rendered("mail/account.txt", facts),
        html=rendered("mail/account.html", facts),
    )
