"""The mail that answers a request for an exemption, in the language of who asked."""

from conexx_learn.domain.messages import Message
from conexx_learn.queries.exemption_requests import RequestRow
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import absolute, rendered, speaking


def exempted_mail(
    row: RequestRow, *, recipient: str, course: str, answer: str
) -> Message:
    """Tell that somebody need not take a course for a time."""
    with speaking(row.lang):
        return _message(
            row,
            recipient,
            _("You need not take a course for now"),
            [
                _(
                    "%(institution)s has exempted you from “%(course)s”. Its page "
                    "says until when.",
                    institution=row.institution,
                    course=course,
                ),
                *_answer(answer),
            ],
            key="given",
        )


def request_refused_mail(
    row: RequestRow, *, recipient: str, course: str, answer: str
) -> Message:
    """Tell that a course goes on being required, and why."""
    with speaking(row.lang):
        return _message(
            row,
            recipient,
            _("A course is still required of you"),
            [
                _(
                    "You asked %(institution)s to be exempt from “%(course)s”. It was "
                    "not given: the course is still required.",
                    institution=row.institution,
                    course=course,
                ),
                *_answer(answer),
            ],
            key="refused",
        )


def _answer(answer: str) -> list[str]:
    return [_("Answer: %(answer)s", answer=answer)] if answer else []


def _message(
    row: RequestRow, recipient: str, subject: str, paragraphs: list[str], *, key: str
) -> Message:
    path = url_for("exemption_requests.show", course=row.course)
    facts: dict[str, object] = {
        "subject": subject,
        "paragraphs": [_("Good day, %(name)s.", name=row.person), *paragraphs],
        "action": (absolute(path), _("See my request")),
        "reason": _("You receive this message because of your account."),
        "home": absolute("/"),
        "lang": row.lang,
    }
    return Message(
        key=f"exemption-request.{row.id}.{key}",
        recipient=recipient,
        subject=subject,
        text=rendered("mail/account.txt", facts),
        html=rendered("mail/account.html", facts),
    )
