"""The digest of a person as a mail, in the language that they read."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from flask import current_app, g, has_request_context

from conexx_learn.domain.messages import Message
from conexx_learn.domain.reminders import Matter
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.services.reminders import Digest, DigestsDue
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.mails import absolute, rendered, speaking
from conexx_learn.web.reminder_words import (
    EXPIRIES,
    MatterWords,
    rest_sentences,
    when_sentence,
)
from conexx_learn.web.signed_links import optional_mail_path

LATER_SHOWN = 10
LONGEST_TITLE = 90
"""Signs of a course's title in a subject; the rest is cut."""


def digest_mails(due: DigestsDue) -> list[Message]:
    """Write the mail of each digest that has a mailbox to go to."""
    with writing_from(due.place):
        return [_mail(due, one) for one in due.digests if one.person.email]


@contextmanager
def writing_from(place: InstitutionPlace) -> Iterator[None]:
    """Write for an institution: numbers as in its country, addresses of pages."""
    apart = (
        nullcontext() if has_request_context() else current_app.test_request_context()
    )
    before = g.get("country")
    with apart:
        g.country = place.country
        try:
            yield
        finally:
            g.country = before


def _mail(due: DigestsDue, digest: Digest) -> Message:
    person = digest.person
    lang = person.locale or due.place.locale
    optional = any(not matter.is_required for matter in digest.matters)
    unsubscribe = absolute(optional_mail_path(person.user_id)) if optional else ""
    with speaking(lang):
        first = digest.matters[0]
        subject = _subject(due, digest, lang)
        later = digest.later[:LATER_SHOWN]
        facts: dict[str, object] = {
            "subject": subject,
            "greeting": _("Good day, %(name)s.", name=person.full_name),
            "intro": ngettext(
                "One course of yours needs your attention.",
                "%(num)s courses of yours need your attention.",
                len(digest.matters),
            ),
            "matters": [_words(due, matter, lang) for matter in digest.matters],
            "action": (
                _course_address(first),
                _("Continue: %(course)s", course=_title(due, first, lang)),
            ),
            "later": [
                f"{_title(due, one, lang)}: {when_sentence(one, due.day)}"
                for one in later
            ],
            "more": len(digest.later) - len(later),
            "mine": absolute(url_for("dashboard.index")),
            "unsubscribe": unsubscribe,
            "reason": _(
                "%(institution)s takes part in Conexx Learn. One message a day at "
                "most, and only when there is something new to say.",
                institution=due.place.name,
            ),
            "home": absolute("/"),
            "lang": lang,
        }
        return Message(
            key=digest.key(due.day),
            recipient=person.email or "",
            subject=subject,
            text=rendered("mail/digest.txt", facts),
            html=rendered("mail/digest.html", facts),
            unsubscribe=unsubscribe,
        )


def _subject(due: DigestsDue, digest: Digest, lang: str) -> str:
    first = digest.matters[0]
    course = _cut(_title(due, first, lang))
    if first.kind in EXPIRIES:
        said = _("Renew “%(course)s”.", course=course)
    else:
        said = f"{course}."
    return f"{said} {when_sentence(first, due.day)}".removesuffix(".")


def _words(due: DigestsDue, matter: Matter, lang: str) -> MatterWords:
    return MatterWords(
        title=_title(due, matter, lang),
        address=_course_address(matter),
        when=when_sentence(matter, due.day),
        rest=rest_sentences(due.here, matter),
    )


def _title(due: DigestsDue, matter: Matter, lang: str) -> str:
    return due.names[matter.course].title(lang)


def _course_address(matter: Matter) -> str:
    return absolute(url_for("catalogue.show", course=matter.course))


def _cut(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    return f"{title[: LONGEST_TITLE - 1].rstrip()}…"
