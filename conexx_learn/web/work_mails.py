"""Mails about graded work, in the language of who receives them."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from conexx_learn.domain.messages import Message
from conexx_learn.queries.handed_work import (
    HandedWork,
    Mailbox,
    any_work,
    mailbox_of,
    mailboxes_of,
)
from conexx_learn.services import outbox
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import moment, number
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.mails import absolute, account_message, speaking
from conexx_learn.web.work_words import state_words

Write = Callable[[Mailbox], tuple[str, list[str], tuple[str, str]]]
"""Gives subject, paragraphs and the one link of a message."""


def tell_receipt(session: Session, *, hand_in_id: int, now: datetime) -> None:
    """Tell the team what was handed in, with its hash and its moment."""
    work = any_work(session, hand_in_id=hand_in_id)

    def write(_box: Mailbox) -> tuple[str, list[str], tuple[str, str]]:
        return (
            _("Receipt for your work %(number)s", number=work.label),
            [
                _(
                    "Your work %(number)s was handed in on %(moment)s by %(name)s.",
                    number=work.label,
                    moment=moment(work.handed_at),
                    name=work.handed_by,
                ),
                _("SHA-256 of the file: %(hash)s", hash=work.sha256),
                _("You can hand in a newer one until an assessor begins to read."),
            ],
            (_receipt(work), _("See the receipt")),
        )

    _tell(
        session,
        f"work-receipt.{work.id}",
        mailboxes_of(session, hand_in_id=work.id),
        write,
        now,
    )


def tell_result(session: Session, *, hand_in_id: int, now: datetime) -> None:
    """Tell the team that their work has a result; comments are read on its page."""
    work = any_work(session, hand_in_id=hand_in_id)

    def write(_box: Mailbox) -> tuple[str, list[str], tuple[str, str]]:
        return (
            _("Your work %(number)s has a grade", number=work.label),
            [
                _(
                    "%(state)s: %(total)s of 100 points.",
                    state=state_words(work.state),
                    total=number(work.total),
                ),
                _("On its page you find each criterion and what the assessors write."),
            ],
            (
                absolute(url_for("graded_work.show", course=work.course)),
                _("See the result"),
            ),
        )

    key = f"work-result.{work.id}.{now:%Y%m%d%H%M%S%f}"
    _tell(session, key, mailboxes_of(session, hand_in_id=work.id), write, now)


def tell_assessors(
    session: Session, *, hand_in_id: int, user_ids: Iterable[int], now: datetime
) -> None:
    """Tell trainers that a work waits for them, without a word of its authors."""
    work = any_work(session, hand_in_id=hand_in_id)

    def write(_box: Mailbox) -> tuple[str, list[str], tuple[str, str]]:
        return (
            _("Work %(number)s waits for your assessment", number=work.label),
            [
                _(
                    "You were asked to assess the work %(number)s. Another person "
                    "assesses it too, and you do not see each other's levels.",
                    number=work.label,
                )
            ],
            (absolute(url_for("grading.index")), _("See my list")),
        )

    for user_id in user_ids:
        box = mailbox_of(session, user_id=user_id)
        boxes = [box] if box else []
        _tell(session, f"work-assess.{work.id}.{user_id}", boxes, write, now)


def tell_invitation(
    session: Session, *, course: str, user_id: int, name: str, now: datetime
) -> None:
    """Tell a colleague that a team asks them."""

    def write(_box: Mailbox) -> tuple[str, list[str], tuple[str, str]]:
        return (
            _("%(name)s asks you into a team", name=name),
            [
                _(
                    "%(name)s asks you to hand in a work together. It counts for you "
                    "only if you accept.",
                    name=name,
                )
            ],
            (
                absolute(url_for("graded_work.show", course=course)),
                _("Answer the invitation"),
            ),
        )

    box = mailbox_of(session, user_id=user_id)
    key = f"work-team.{course}.{user_id}.{now:%Y%m%d%H}"
    _tell(session, key, [box] if box else [], write, now)


def _receipt(work: HandedWork) -> str:
    return absolute(
        url_for("work_receipts.show", course=work.course, hand_in_id=work.id)
    )


def _tell(
    session: Session, key: str, boxes: Iterable[Mailbox], write: Write, now: datetime
) -> None:
    for box in boxes:
        outbox.post(session, _message(f"{key}.{box.user_id}", box, write), now=now)


def _message(key: str, box: Mailbox, write: Write) -> Message:
    lang = box.locale or page_language()
    with speaking(lang):
        subject, paragraphs, action = write(box)
        return account_message(
            key=key,
            recipient=box.email,
            subject=subject,
            paragraphs=[_("Good day, %(name)s.", name=box.name), *paragraphs],
            action=action,
            lang=lang,
        )
