"""The training manager's weekly letter: how it stands, what changed, what to do."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Flask

from conexx_learn.domain.messages import Message
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.situation import Situation, whole_situation
from conexx_learn.domain.readiness.standings import Judgement
from conexx_learn.domain.weekly_changes import weekly_changes
from conexx_learn.queries.reminders import Addressee
from conexx_learn.services.reminders import LETTERS, DigestsDue, Letters
from conexx_learn.web.addresses import url_for
from conexx_learn.web.digests import digest_mails, writing_from
from conexx_learn.web.filters import percent
from conexx_learn.web.institution.board import to_do
from conexx_learn.web.institution.words import course_title, label_sentence, label_word
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.mails import absolute, rendered, speaking

MOST_CHANGES = 8
"""Of each sort; the page shows the rest."""


def init_app(app: Flask) -> None:
    """Offer the mails of reminders to the clock and the shell, which know no pages."""
    app.extensions[LETTERS] = Letters(digests=digest_mails, weekly=weekly_mails)


def weekly_mails(due: DigestsDue, *, in_person: int) -> list[Message]:
    """Write the letter of each training manager.

    Args:
        due: Their institution.
        in_person: How many of its people wait to be told in person.
    """
    if not due.managers:
        return []
    stands = whole_situation(due.here)
    with writing_from(due.place):
        return [_mail(due, stands, manager, in_person) for manager in due.managers]


def _mail(
    due: DigestsDue, stands: Situation, manager: Addressee, in_person: int
) -> Message:
    lang = manager.locale or due.place.locale
    with speaking(lang):
        here = _titled(due, stands, lang)
        slug, plan = due.place.slug, here.plan(None)
        subject = _subject(due, here)
        facts: dict[str, object] = {
            "subject": subject,
            "greeting": _("Good day, %(name)s.", name=manager.full_name),
            "institution": due.place.name,
            "answer": label_word(here.label),
            "sentence": (
                label_sentence(plan, due.day)
                if plan
                else _("Nobody knows yet who needs which course, and by when.")
            ),
            "changes": _changes(here),
            "to_do": [
                f"{one.name}: {one.text} {one.hint} ({one.gain})".replace("  ", " ")
                for one in (to_do(slug, here, plan) if plan else [])
            ],
            "exceptions": _exceptions(here),
            "in_person": (
                ngettext(
                    "%(num)s person with no confirmed address: tell them in person.",
                    "%(num)s people with no confirmed address: tell them in person.",
                    in_person,
                )
                if in_person
                else ""
            ),
            "tell": absolute(url_for("tell.index", slug=slug)),
            "action": (
                absolute(url_for("readiness.show", slug=slug)),
                _("See whether we are ready"),
            ),
            "reason": _(
                "You receive this letter on Mondays because you run the training of "
                "%(institution)s.",
                institution=due.place.name,
            ),
            "home": absolute("/"),
            "lang": lang,
        }
        return Message(
            key=due.weekly_key(manager),
            recipient=manager.email or "",
            subject=subject,
            text=rendered("mail/weekly.txt", facts),
            html=rendered("mail/weekly.html", facts),
        )


def _titled(due: DigestsDue, stands: Situation, lang: str) -> Situation:
    """Return the situation with the titles of courses in a reader's language."""
    known = stands.facts
    courses = {
        slug: replace(course, title=due.names[slug].title(lang))
        for slug, course in known.courses.items()
        if slug in due.names
    }
    return replace(stands, index=FactIndex(replace(known, courses=courses)))


def _subject(due: DigestsDue, here: Situation) -> str:
    said = f"{due.place.name[:100]}: {label_word(here.label)}"
    share = here.counted.seats.percent
    return said if share is None else f"{said}, {percent(share)}"


def _changes(here: Situation) -> list[str]:
    changed = weekly_changes(here)
    return [
        *_named(here, changed.newly_met, _("Newly met")),
        *_named(here, changed.newly_overdue, _("Newly overdue")),
        *_named(here, changed.lapsed, _("Met no longer")),
    ]


def _named(here: Situation, judged: Sequence[Judgement], heading: str) -> list[str]:
    """Write one line a change; the page shows what has no room."""
    lines = []
    for one in judged[:MOST_CHANGES]:
        person = here.person(one.obligation.person_id or 0)
        course = course_title(here.facts, one.obligation.course)
        lines.append(f"{heading}: {person.name}, {course}.")
    rest = len(judged) - len(lines)
    if rest:
        lines.append(
            f"{heading}: {ngettext('and %(num)s more', 'and %(num)s more', rest)}."
        )
    return lines


def _exceptions(here: Situation) -> str:
    count = sum(len(here.exceptions(plan)) for plan in here.plans)
    if not count:
        return ""
    return ngettext("%(num)s case to settle", "%(num)s cases to settle", count)
