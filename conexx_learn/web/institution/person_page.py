"""One person as their page shows them: what they owe, what they hold, what they cover.

Only what concerns the institution: courses that one of its plans ever named, or that
its functions need. What somebody learns for themselves is not its business, and what
happened after they left is not either.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from conexx_learn.domain.calendar import RENEWAL_WINDOW
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.readiness.coverage import coverage
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    Appointment,
    Certificate,
    CertificateChange,
    InstitutionFacts,
    Person,
)
from conexx_learn.domain.readiness.pace import PacedCourse, due_order, paced
from conexx_learn.domain.readiness.scopes import of_person
from conexx_learn.domain.readiness.standings import Judgement, judgements
from conexx_learn.domain.readiness.tally import Share, strict_share
from conexx_learn.queries.learning_cycles import LearningCycle
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.institution.matrix_table import Cell, CellWords
from conexx_learn.web.institution.words import competency_title, course_title
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.obligation_words import manager_phrase, why
from conexx_learn.web.reminder_words import hours_words

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwedCourse:
    """A required course of the person.

    Attributes:
        slug: Of the course.
        title: Its title.
        due_on: By when, or None.
        cell: How it stands.
        reason: Why it is required.
        may_be_exempt: Whether an exemption makes sense.
    """

    slug: str
    title: str
    due_on: date | None
    cell: Cell
    reason: str
    may_be_exempt: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, as `components/timeline.html` reads it."""

    state: str
    title: str
    text: str
    at: date


@dataclass(frozen=True, slots=True)
class Covered:
    """A function that the person covers, and whether somebody else does."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page shows.

    Attributes:
        person: Who.
        is_here: Whether they belong to the institution on the day.
        left_on: Their last day, where they have left.
        posts: Title, unit and first day of each post, in words.
        met: What is met of the weight that is required, vacant seats apart.
        owed: What is required, by due day.
        hours: What it still costs, in words; "" when nothing is left.
        weekly: The hours that they give, in words.
        pace: When each course will be done.
        mandate: Whether their appointments end with the mandate, in words; or "".
        covers: The functions that they cover.
        steps: What happened, the newest first.
    """

    person: Person
    is_here: bool
    left_on: date | None
    posts: tuple[str, ...]
    met: Share
    owed: tuple[OwedCourse, ...]
    hours: str
    weekly: str
    pace: tuple[str, ...]
    mandate: str
    covers: tuple[Covered, ...]
    steps: tuple[Step, ...]


def person_page(
    known: InstitutionFacts,
    person: Person,
    cycles: Iterable[LearningCycle],
    day: date,
) -> PersonPage:
    """Put a person's readiness into words.

    Args:
        known: The institution.
        person: Of its people.
        cycles: Every course that they took.
        day: When.
    """
    index = FactIndex(known)
    is_here = person.belongs_on(day)
    judged = of_person(judgements(index, day), person.id) if is_here else []
    held = index.appointments_on(person, day) if is_here else ()
    left = paced(index, judged, day, weekly_hours=person.weekly_hours)
    return PersonPage(
        person=person,
        is_here=is_here,
        left_on=None if is_here else _last_day(person),
        posts=tuple(_post(index, one) for one in held),
        met=strict_share(judged),
        owed=tuple(_owed(index, judged, day)),
        hours=_hours(left),
        weekly=ngettext(
            "%(num)s hour a week", "%(num)s hours a week", person.weekly_hours
        ),
        pace=tuple(_pace(known, left)),
        mandate=_mandate(known, held),
        covers=tuple(_covers(known, person, day)) if is_here else (),
        steps=tuple(_steps(known, person, cycles, day)),
    )


def _last_day(person: Person) -> date | None:
    ends = [period.to_on for period in person.memberships if period.to_on is not None]
    return max(ends, default=None)


def _post(index: FactIndex, one: Appointment) -> str:
    post = index.posts[one.post_id]
    unit = next(unit.name for unit in index.facts.units if unit.id == post.unit_id)
    if one.from_on is None:
        return _("%(post)s, %(unit)s, start date missing", post=post.title, unit=unit)
    return _(
        "%(post)s, %(unit)s, since %(day)s",
        post=post.title,
        unit=unit,
        day=in_words(one.from_on),
    )


def _owed(
    index: FactIndex, judged: Sequence[Judgement], day: date
) -> Iterator[OwedCourse]:
    words = CellWords(index, day)
    for one in sorted(judged, key=due_order):
        owed = one.obligation
        yield OwedCourse(
            slug=owed.course,
            title=course_title(index.facts, owed.course),
            due_on=owed.due_on,
            cell=words.cell(one),
            reason=manager_phrase(why(index, owed)),
            may_be_exempt=one.is_unmet,
        )


# Time -------------------------------------------------------------------------------


def _hours(left: Sequence[PacedCourse]) -> str:
    if not left:
        return ""
    hours = sum((one.hours_left for one in left), Fraction(0))
    return ngettext(
        "%(hours)s in %(num)s course",
        "%(hours)s in %(num)s courses",
        len(left),
        hours=hours_words(hours),
    )


def _pace(known: InstitutionFacts, left: Sequence[PacedCourse]) -> Iterator[str]:
    for one in left:
        title = course_title(known, one.judged.obligation.course)
        if one.done_on is None:
            yield _("%(course)s: cannot be said", course=title)
        elif one.is_in_time is False:
            yield _(
                "%(course)s: %(day)s, too late",
                course=title,
                day=in_words(one.done_on),
            )
        else:
            yield f"{title}: {in_words(one.done_on)}"


def _mandate(known: InstitutionFacts, held: Sequence[Appointment]) -> str:
    if known.mandate_ends_on is None or not held:
        return ""
    if any(one.ends_with_mandate for one in held):
        return _(
            "Ends with the mandate, on %(day)s", day=in_words(known.mandate_ends_on)
        )
    return _("Does not end with the mandate")


def _covers(known: InstitutionFacts, person: Person, day: date) -> Iterator[Covered]:
    for one in coverage(known, day=day):
        mine = [holder for holder in one.holders if holder.person.id == person.id]
        if not mine:
            continue
        said = []
        if len(one.holders) == 1:
            said.append(_("nobody else does"))
        elif one.margin == 0:
            said.append(_("nobody to spare"))
        if mine[0].rests_on_prior_learning:
            said.append(_("by recognised prior learning"))
        title = competency_title(known, one.minimum.competency)
        yield Covered(title, ", ".join(said))


# What happened ----------------------------------------------------------------------


def _steps(
    known: InstitutionFacts,
    person: Person,
    cycles: Iterable[LearningCycle],
    day: date,
) -> list[Step]:
    wanted = _courses_of_concern(known)
    until = day if person.belongs_on(day) else _last_day(person) or day
    steps = [
        *(
            step
            for one in known.certificates
            if one.person_id == person.id and one.course in wanted
            for step in _certificate_steps(known, one, day)
        ),
        *(_begun(one) for one in cycles if one.course in wanted),
    ]
    return sorted(
        (step for step in steps if step.at <= until),
        key=lambda step: step.at,
        reverse=True,
    )


def _courses_of_concern(known: InstitutionFacts) -> set[str]:
    """Return the courses that a plan ever named, or that a function needs."""
    named = {line.course for plan in known.plans for line in plan.requirements}
    needed = {(one.competency, one.level) for one in known.minima}
    granting = {
        course.slug
        for course in known.courses.values()
        for code, level in course.grants
        for competency, least in needed
        if code == competency and level >= least
    }
    return named | granting


def _begun(one: LearningCycle) -> Step:
    title = (
        _(
            "Began “%(course)s” again (time %(number)s)",
            course=one.title,
            number=one.cycle,
        )
        if one.cycle > 1
        else _("Began “%(course)s”", course=one.title)
    )
    return Step("progress", title, "", one.started_at.date())


def _certificate_steps(
    known: InstitutionFacts, one: Certificate, day: date
) -> Iterator[Step]:
    title, until = course_title(known, one.course), one.valid_until
    number_ = grouped(one.number)
    yield Step(
        "met",
        _("“%(course)s” corrected", course=title)
        if one.corrected_on
        else _("Completed “%(course)s”", course=title),
        _(
            "Certificate %(number)s, valid until %(day)s.",
            number=number_,
            day=in_words(until),
        )
        if until
        else _("Certificate %(number)s, without an end.", number=number_),
        one.begins_on,
    )
    for change, on in one.changes:
        state, said = _change(change, title)
        yield Step(state, said, _("Certificate %(number)s.", number=number_), on)
    if until is None or not one.stands_on(day):
        return
    if until < day:
        yield Step("expired", _("“%(course)s” expired", course=title), "", until + _DAY)
    elif until - day <= RENEWAL_WINDOW:
        yield Step(
            "expiring",
            _("“%(course)s” is expiring", course=title),
            _(
                "Valid until %(day)s. Whoever renews it now keeps the time that is "
                "left: the new one counts from that day.",
                day=in_words(until),
            ),
            until - RENEWAL_WINDOW,
        )


def _change(change: CertificateChange, title: str) -> tuple[str, str]:
    match change:
        case CertificateChange.SUSPENDED:
            return "suspended", _("“%(course)s” suspended", course=title)
        case CertificateChange.REINSTATED:
            return "valid", _("“%(course)s” reinstated", course=title)
        case CertificateChange.REVOKED:
            return "revoked", _("“%(course)s” revoked", course=title)
        case CertificateChange.SUPERSEDED:
            return "exempt", _("“%(course)s” replaced", course=title)
