"""The mails of a review, each in the language of who receives it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from conexx_learn.domain.course_reviews import ReviewState
from conexx_learn.domain.messages import Message
from conexx_learn.queries.course_reviews import Colleague, ReviewRow
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.mails import absolute, account_message, speaking


def asking_mails(row: ReviewRow, people: Iterable[Colleague]) -> Iterator[Message]:
    """Ask those who may to look at a version."""
    for person in people:
        if person.email is None:
            continue
        with speaking(person.locale or page_language()):
            yield _mail(
                row,
                person,
                key=f"review.{row.id}.ask.{person.user_id}",
                subject=_("A course waits for your review"),
                text=_(
                    "%(name)s asks for a second look at the course “%(course)s” "
                    "before it is published.",
                    name=row.sender,
                    course=row.slug,
                ),
            )


def comment_mails(
    row: ReviewRow, people: Iterable[Colleague], *, now: datetime
) -> Iterator[Message]:
    """Tell of new comments, each person once an hour at most."""
    for person in people:
        if person.email is None:
            continue
        with speaking(person.locale or page_language()):
            yield _mail(
                row,
                person,
                key=f"review.{row.id}.talk.{person.user_id}.{now:%Y%m%d%H}",
                subject=_("New comments on a course in review"),
                text=_("There are new comments on “%(course)s”.", course=row.slug),
            )


def decision_mails(row: ReviewRow, person: Colleague | None) -> Iterator[Message]:
    """Tell who sent a course what was decided."""
    if person is None or person.email is None:
        return
    with speaking(person.locale or page_language()):
        is_approved = row.facts.state is ReviewState.APPROVED
        subject = (
            _("Your course is approved")
            if is_approved
            else _("Your course comes back with comments")
        )
        said = _("%(name)s writes: %(text)s", name=row.decider, text=row.decision)
        key = f"review.{row.id}.decision.{row.facts.state}"
        yield _mail(row, person, key=key, subject=subject, text=said)


def _mail(
    row: ReviewRow, person: Colleague, *, key: str, subject: str, text: str
) -> Message:
    return account_message(
        key=key,
        recipient=str(person.email),
        subject=subject,
        paragraphs=[_("Good day, %(name)s.", name=person.full_name), text],
        action=(
            absolute(url_for("course_reviews.show", review_id=row.id)),
            _("Open the review"),
        ),
        lang=person.locale or page_language(),
    )
