"""The catalogue, and the public page of a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from flask import Blueprint, render_template, request
from flask_login import current_user

from conexx_learn.domain.catalogue import CourseCard, CoursePage
from conexx_learn.domain.course_order import recommended
from conexx_learn.queries.catalogue import course_page
from conexx_learn.queries.course_cards import course_list
from conexx_learn.queries.prerequisites import Prerequisite, prerequisites
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import NBSP, number
from conexx_learn.web.language import LANGUAGES, page_language
from conexx_learn.web.language import gettext as _
from conexx_learn.web.next_action import next_action
from conexx_learn.web.outline_rows import outline_rows
from conexx_learn.web.progress_bar import hours_text

catalogue = Blueprint("catalogue", __name__)


@dataclass(frozen=True, slots=True)
class Card:
    """A course, as `components/card.html` reads it."""

    code: str
    title: str
    summary: str
    address: str
    hours: str
    modules: int
    validity_months: int | None
    state: str
    standing: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice above the list; its first option means any."""

    name: str
    label: str
    value: str
    options: list[tuple[str, str]]


def card(course: CourseCard) -> Card:
    """Make a card of a course."""
    state, standing = "", ""
    if course.certificate_number:
        state, standing = "met", _("Completed")
    elif course.is_enrolled:
        state, standing = "progress", _("In progress")
    return Card(
        code=", ".join(course.grants),
        title=course.title,
        summary=course.summary,
        address=url_for("catalogue.show", course=course.slug),
        hours=hours_text(course.hours),
        modules=course.module_count,
        validity_months=course.validity_months,
        state=state,
        standing=standing,
    )


@catalogue.get("/courses")
@public
def index() -> str:
    """List the courses, searched and filtered as the address says."""
    query = request.args.get("q", "")[:100]
    access = request.args.get("access", "")
    competency = request.args.get("competency", "")
    user_id = current_user.id if current_user.is_authenticated else None
    everything = course_list(
        reading(), lang=page_language(), user_id=user_id, search=query
    )
    courses = [
        course
        for course in everything
        if access in {"", course.access}
        and (not competency or competency in course.grants)
    ]
    return render_template(
        "public/catalogue.html",
        courses=[card(course) for course in recommended(courses)],
        course_count=len(courses),
        hours=hours_text(sum((course.hours for course in courses), Decimal(0))),
        q=query,
        filters=_filters(everything, access, competency),
        is_filtered=bool(query or access or competency),
    )


def _filters(courses: list[CourseCard], access: str, competency: str) -> list[Filter]:
    codes = {code for course in courses for code in course.grants}
    in_order = sorted(codes, key=lambda code: (len(code), code))
    return [
        Filter(
            "access",
            _("Access"),
            access,
            [
                ("", _("All")),
                ("open", _("Open to everybody")),
                ("members", _("With an account")),
            ],
        ),
        Filter(
            "competency",
            _("Competency"),
            competency,
            [("", _("All")), *((code, code) for code in in_order)],
        ),
    ]


@catalogue.get("/courses/<course>")
@public
def show(course: str) -> str:
    """Show what a course gives, and the reader's next step on it."""
    user_id = current_user.id if current_user.is_authenticated else None
    page = course_page(reading(), slug=course, user_id=user_id, lang=page_language())
    place = page.place
    may_read = place.access == "open" or user_id is not None
    first = _first_courses(page, user_id)
    missing = [one for one in first if not one.is_met] if user_id else []
    return render_template(
        "public/course.html",
        course=_view(page, may_read=may_read),
        step=next_action(page, user_id=user_id, missing=missing),
        first=first,
        says_first=user_id is not None,
        rows=_facts(page),
        offline_address=url_for("offline.show", course=course, lang=page.lang)
        if may_read
        else "",
        offline_bytes=place.byte_count,
        newer=_newer(page),
    )


def _first_courses(page: CoursePage, user_id: int | None) -> list[Prerequisite]:
    """List what comes first; who has begun is past it."""
    slugs = [] if page.place.is_enrolled else page.place.facts["prerequisites"]
    return prerequisites(reading(), slugs=slugs, user_id=user_id, lang=page_language())


def _view(page: CoursePage, *, may_read: bool) -> dict[str, object]:
    place = page.place
    outline = page.outline
    return {
        "slug": place.slug,
        "code": ", ".join(grant["competency"] for grant in place.facts["grants"]),
        "title": page.title,
        "summary": page.summary,
        "hours": hours_text(place.hours),
        "module_count": len(outline.modules),
        "version": place.version_label,
        "languages": _language_names(page.languages),
        "outcomes": [page.outcomes[key] for key in place.facts["outcomes"]],
        "body_html": page.body_html,
        "outline": outline_rows(
            place.slug, outline, may_read=may_read, may_answer=place.is_enrolled
        ),
        "minutes": sum(module.all_minutes for module in outline.modules)
        + outline.final_minutes,
        "published_on": place.published_at,
        "text_language": page.lang,
    }


def _language_names(languages: Sequence[str]) -> str:
    if set(languages) == set(LANGUAGES):
        return _("Spanish and English")
    names = Locale.parse(page_language()).languages
    return ", ".join(names.get(lang, lang) for lang in languages)


def _facts(page: CoursePage) -> list[tuple[str, str]]:
    place = page.place
    final = page.outline.final
    rows = [
        (_("What the certificate is"), _certificate_words(page)),
        (
            _("To pass"),
            _(
                "%(percent)s of the final quiz, after reading every required module",
                percent=f"{number(final.rules.pass_percent)}{NBSP}%",
            )
            if final and final.rules.pass_percent
            else "",
        ),
        (
            _("Work that people grade"),
            _("Hand in your project alone or as a team; two people assess it.")
            if page.outline.work
            else "",
        ),
        (_("Level"), _eqf(place.eqf_level)),
        (_("Uses at most"), _megabytes(place.byte_count)),
    ]
    return [(term, text) for term, text in rows if text]


def _certificate_words(page: CoursePage) -> str:
    months = page.place.validity_months
    if page.outline.final is None:
        return _("This course issues no certificate")
    if months is None:
        return _("A certificate of training without an end, which anyone can verify")
    return _(
        "A certificate of training valid for %(months)s months, "
        "which anyone can verify",
        months=months,
    )


def _eqf(level: int | None) -> str:
    if level is None:
        return ""
    return _("Designed with reference to EQF level %(level)s", level=level)


def _megabytes(byte_count: int) -> str:
    return _(
        "%(size)s kB of text and images for the whole course",
        size=number(max(1, byte_count // 1000)),
    )


def _newer(page: CoursePage) -> dict[str, str] | None:
    place = page.place
    if place.newer_version_id is None or place.enrolment_ended or not place.is_enrolled:
        return None
    note = place.change_note.get(page_language()) or next(
        iter(place.change_note.values()), ""
    )
    return {
        "address": url_for("enrolments.move", course=place.slug),
        "note": note,
    }
