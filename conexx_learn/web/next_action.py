"""The one thing to do next on a course, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from conexx_learn.domain.catalogue import CoursePage
from conexx_learn.domain.progress import Outline, Step
from conexx_learn.queries.prerequisites import Prerequisite
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.progress_bar import Bar, outline_bar
from conexx_learn.web.reading_memory import read_here
from conexx_learn.web.work_words import state_words


@dataclass(frozen=True, slots=True)
class NextAction:
    """The one thing to do on a course's page."""

    kicker: str
    title: str
    text: str
    address: str
    action: str
    is_post: bool = False
    progress: Bar | None = None
    offer_sign_in: bool = False


def next_action(
    page: CoursePage, *, user_id: int | None, missing: Sequence[Prerequisite] = ()
) -> NextAction:
    """Say the one thing to do next on a course.

    Args:
        page: Of the course.
        user_id: Of the reader; None for a visitor.
        missing: Courses that the reader has to complete first.
    """
    place = page.place
    first = page.outline.modules[0].slug if page.outline.modules else ""
    if not place.is_enrolled and user_id is None and place.access == "open":
        return _read_first(page, first)
    if not place.is_enrolled and missing:
        return _complete_first(missing)
    if not place.is_enrolled:
        return NextAction(
            kicker="",
            title=_("Enrol and begin"),
            text=_("It is free, at your own pace, and you can stop at any time."),
            address=url_for("enrolments.create", course=place.slug),
            action=_("Enrol"),
            is_post=True,
            offer_sign_in=user_id is None,
        )
    if place.enrolment_ended:
        return NextAction(
            kicker=_("Completed"),
            title=_("You have completed this course"),
            text=_("Your certificate is in your list; the text stays open to you."),
            address=url_for("certificates.index"),
            action=_("See my certificates"),
        )
    return _continue(page)


def _complete_first(missing: Sequence[Prerequisite]) -> NextAction:
    titles = ", ".join(one.title for one in missing)
    words = _("It opens when you have completed: %(courses)s.", courses=titles)
    first = next((one for one in missing if one.is_open), None)
    if first is None:
        closed = _("Nobody can begin that any more: ask your training manager.")
        words = f"{words} {closed}"
    return NextAction(
        kicker="",
        title=ngettext(
            "Another course comes first",
            "%(num)s other courses come first",
            len(missing),
        ),
        text=words,
        address=url_for("catalogue.show", course=first.slug)
        if first
        else url_for("catalogue.index"),
        action=_("Go to “%(course)s”", course=first.title)
        if first
        else _("See the courses"),
    )


def _read_first(page: CoursePage, first: str) -> NextAction:
    kept = len(read_here(page.place.slug))
    return NextAction(
        kicker=_("Without an account"),
        title=_("Read it now"),
        text=_(
            "You need an account only for the quizzes and the certificate; what you "
            "read here is kept."
        )
        if not kept
        else ngettext(
            "%(num)s module read in this browser is kept.",
            "%(num)s modules read in this browser are kept.",
            kept,
        ),
        address=url_for("modules.show", course=page.place.slug, module=first),
        action=_("Begin to read"),
        offer_sign_in=True,
    )


def _work_words(outline: Outline) -> str:
    if outline.work is not None and outline.work.label:
        return f"{outline.work.label}: {state_words(outline.work.state)}"
    return _("Hand in your project alone or as a team; two people assess it.")


def _continue(page: CoursePage) -> NextAction:
    outline, slug = page.outline, page.place.slug
    following = outline.next_step
    bar = outline_bar(page.outline)
    if following.step is Step.WORK:
        return NextAction(
            kicker=_("Next step"),
            title=_("Work that people grade"),
            text=_work_words(outline),
            address=url_for("graded_work.show", course=slug),
            action=_("Go to the work"),
            progress=bar,
        )
    if following.step is Step.FINAL or following.module is None:
        return NextAction(
            kicker=_("Next step"),
            title=_("Final quiz"),
            text="",
            address=url_for("finals.show_final", course=slug),
            action=_("Go to the final quiz"),
            progress=bar,
        )
    module = following.module
    if following.step is Step.QUIZ:
        return NextAction(
            kicker=_("Next step"),
            title=_("Quiz of module %(number)s", number=module.number),
            text=module.title,
            address=url_for("quizzes.show", course=slug, module=module.slug),
            action=_("Go to the quiz"),
            progress=bar,
        )
    return NextAction(
        kicker=_("Next step"),
        title=module.title,
        text="",
        address=url_for("modules.show", course=slug, module=module.slug),
        action=_("Continue: Module %(number)s", number=module.number),
        progress=bar,
    )
