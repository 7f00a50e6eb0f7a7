"""The weekly letter of trainers as a mail, in the language that they read."""

from collections.abc import Sequence

from flask import Flask, current_app, has_request_context

from conexx_learn.domain.few_people import FEWEST_PEOPLE, tells_of_few
from conexx_learn.domain.messages import Message
from conexx_learn.services.teaching_letters import (
    TEACHING_LETTERS,
    CourseWeek,
    TeachingLetter,
    week_of,
)
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day, number
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import absolute, rendered, speaking
from conexx_learn.web.reminder_words import MatterWords
from conexx_learn.web.signed_links import optional_mail_path


def init_app(app: Flask) -> None:
    """Offer the letters to the clock and the shell, which know no pages."""
    app.extensions[TEACHING_LETTERS] = teaching_mails


def teaching_mails(letters: Sequence[TeachingLetter]) -> list[Message]:
    """Write the mail of each letter."""
    if has_request_context():
        return [_mail(one) for one in letters]
    with current_app.test_request_context():
        return [_mail(one) for one in letters]


def _mail(letter: TeachingLetter) -> Message:
    lang = letter.locale or str(current_app.config["BABEL_DEFAULT_LOCALE"])
    unsubscribe = absolute(optional_mail_path(letter.user_id))
    week = week_of(letter)
    with speaking(lang):
        subject = _("Your courses, week of %(day)s", day=day(week["first"]))
        facts: dict[str, object] = {
            "subject": subject,
            "greeting": _("Good day, %(name)s.", name=letter.full_name),
            "intro": _(
                "What happened on your courses from %(first)s to %(last)s.",
                first=day(week["first"]),
                last=day(week["last"]),
            ),
            "matters": [_words(one, lang) for one in letter.courses],
            "action": (
                absolute(url_for("trainer_courses.index")),
                _("See the courses"),
            ),
            "later": [],
            "more": 0,
            "mine": "",
            "unsubscribe": unsubscribe,
            "reason": _(
                "You receive this letter on Mondays because you train on Conexx "
                "Learn, and only when something happened."
            ),
            "home": absolute("/"),
            "lang": lang,
        }
        return Message(
            key=letter.key,
            recipient=letter.email,
            subject=subject,
            text=rendered("mail/digest.txt", facts),
            html=rendered("mail/digest.html", facts),
            unsubscribe=unsubscribe,
        )


def _words(week: CourseWeek, lang: str) -> MatterWords:
    course = week.course
    titles = course.titles
    return MatterWords(
        title=titles.get(lang) or next(iter(titles.values())),
        address=absolute(url_for("course_activity.show", course=course.slug)),
        when=_(
            "Enrolled: %(enrolled)s. Completed: %(completed)s. Stopped: %(stopped)s.",
            enrolled=_count(week.enrolled),
            completed=_count(week.completed),
            stopped=_count(week.stopped),
        ),
        rest=[
            _(
                "Reported questions that wait: %(count)s.",
                count=number(week.open_appeals),
            ),
            _("Content to review: %(count)s.", count=number(week.to_review)),
        ],
    )


def _count(count: int) -> str:
    """Write how many people; a few are not counted out."""
    if tells_of_few(count):
        return _("fewer than %(fewest)s", fewest=FEWEST_PEOPLE)
    return number(count)
