"""The mail that answers an appeal, in the language of who sent it."""

from conexx_learn.domain.appeals import AppealOutcome
from conexx_learn.domain.messages import Message
from conexx_learn.queries.appeals import AppealRow
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.mails import absolute, rendered, speaking


def appeal_mail(
    appeal: AppealRow,
    *,
    recipient: str,
    title: str,
    outcome: AppealOutcome,
    answer: str,
) -> Message:
    """Tell what a trainer answered.

    Args:
        appeal: As it was sent.
        recipient: Of the learner.
        title: Of the question, in the learner's language.
        outcome: What becomes of the question.
        answer: Of the trainer.
    """
    lang = appeal.locale or page_language()
    with speaking(lang):
        subject = _("Your report of a question has an answer")
        becomes = (
            _("You were right. The question will be voided, and your result corrected.")
            if outcome is AppealOutcome.VOID
            else _("The question stays as it is.")
        )
        facts: dict[str, object] = {
            "subject": subject,
            "paragraphs": [
                _("Good day, %(name)s.", name=appeal.full_name),
                _("You reported the question “%(title)s”.", title=title),
                becomes,
                _("The trainer writes: %(answer)s", answer=answer),
            ],
            "action": (
                absolute(url_for("attempts.show", attempt_id=appeal.attempt_id)),
                _("See my result"),
            ),
            "reason": _("You receive this message because of your account."),
            "home": absolute("/"),
            "lang": lang,
        }
        return Message(
            key=f"appeal.{appeal.id}",
            recipient=recipient,
            subject=subject,
            text=rendered("mail/account.txt", facts),
            html=rendered("mail/account.html", facts),
        )
