"""A learner's required courses in words: by when, how far, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.hours import hours_left
from conexx_learn.domain.readiness.matrix import NOT_BEGUN
from conexx_learn.domain.readiness.pace import paced
from conexx_learn.domain.readiness.personal import RequiredCourse, required_courses
from conexx_learn.domain.readiness.scopes import of_person
from conexx_learn.domain.readiness.standings import (
    Judgement,
    Standing,
    judgements,
    missing_prerequisites,
)
from conexx_learn.queries.exemption_requests import RequestRow
from conexx_learn.queries.personal_facts import PersonalPlace
from conexx_learn.web.addresses import url_for
from conexx_learn.web.exemption_words import request_words
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.filters import percent
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.obligation_words import learner_sentence, why
from conexx_learn.web.reminder_words import hours_words
from conexx_learn.web.standing_words import standing_state, standing_word


@dataclass(frozen=True, slots=True)
class Here:
    """A person at one institution, on the day that it is there.

    Attributes:
        name: Of the institution.
        index: The facts.
        day: Today.
        judged: What the person owes there.
    """

    name: str
    index: FactIndex
    day: date
    judged: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """A required course.

    Attributes:
        title: Of the course.
        address: Of its page.
        on: The day that counts: by when, or since when it is met; None for none.
        label: What stands before that day; may be empty.
        rest: How long until then; may be empty.
        why: Sentences: why it is required, what stands in the way.
        state: Colour and shape.
        standing: The word, with how far.
        own_address: Of the page on which the person can say that it is none of theirs.
        request: What became of such a request; may be empty.
        may_ask: Whether there is something to be exempt from, and no request waits.
    """

    title: str
    address: str
    on: date | None
    label: str
    rest: str
    why: tuple[str, ...]
    state: str
    standing: str
    own_address: str
    request: str
    may_ask: bool


@dataclass(frozen=True, slots=True)
class RequiredPart:
    """What `/me` says of required courses.

    Attributes:
        places: Posts and institutions of the person.
        courses: What is required, unmet first.
        slugs: Of these courses.
        unmet: How many are still to be met.
        lede: How much that is, and the first day.
        next_slug: The course to go on with; None where none can be done alone.
        renews: Whether that one was certified before.
        pace: When that one will be done; may be empty.
    """

    places: tuple[str, ...]
    courses: tuple[ShownCourse, ...]
    slugs: frozenset[str]
    unmet: int
    lede: str
    next_slug: str | None
    renews: bool
    pace: str


def required_part(
    places: Iterable[PersonalPlace],
    *,
    user_id: int,
    now: datetime,
    requests: Sequence[RequestRow] = (),
) -> RequiredPart | None:
    """Put what a person owes into words; None where no plan asks anything of them.

    Args:
        places: What is known of them at each institution.
        user_id: Who.
        now: This moment.
        requests: What they asked to be exempt from, the newest first.
    """
    here = [_here(one, user_id, now) for one in places]
    owing = [one for one in here if one.judged]
    found = required_courses({number: one.judged for number, one in enumerate(owing)})
    if not found:
        return None
    following = _following(found, owing[0].index)
    return RequiredPart(
        places=tuple(words for one in owing for words in _posts(one, user_id)),
        courses=tuple(_shown(one, owing, user_id, requests) for one in found),
        slugs=frozenset(one.course for one in found),
        unmet=sum(one.judged.is_unmet for one in found),
        lede=_lede(found, owing),
        next_slug=following.course if following else None,
        renews=following is not None and following.judged.certificate is not None,
        pace=_pace(found, following, owing[0], user_id),
    )


def _here(one: PersonalPlace, user_id: int, now: datetime) -> Here:
    index, day = FactIndex(one.known), one.place.today(now)
    judged = of_person(judgements(index, day), user_id)
    return Here(one.place.name, index, day, tuple(judged))


def _posts(here: Here, user_id: int) -> list[str]:
    person = here.index.people[user_id]
    held = here.index.appointments_on(person, here.day)
    titles = dict.fromkeys(here.index.posts[one.post_id].title for one in held)
    return [f"{title}, {here.name}" for title in titles] or [here.name]


def _following(
    found: Sequence[RequiredCourse[int]], index: FactIndex
) -> RequiredCourse[int] | None:
    """Find the first course that the person can go on with."""
    for one in found:
        course = index.facts.courses.get(one.course)
        if one.can_be_done and course and course.is_live:
            return one
    return None


# The head ---------------------------------------------------------------------------


def _lede(found: Sequence[RequiredCourse[int]], owing: Sequence[Here]) -> str:
    unmet = [one for one in found if one.judged.is_unmet]
    if not unmet:
        return _first_end(found, owing)
    left = (hours_left(owing[0].index, one.judged) for one in unmet)
    hours = sum(left, Fraction(0))
    said = [_("About %(hours)s in all.", hours=hours_words(hours))] if hours else []
    first = unmet[0].due_on
    if first is not None and first < owing[0].day:
        said.append(_("The first was due on %(day)s.", day=in_words(first)))
    elif first is not None:
        said.append(_("The first due date is %(day)s.", day=in_words(first)))
    return " ".join(said)


def _first_end(found: Sequence[RequiredCourse[int]], owing: Sequence[Here]) -> str:
    """Say which certificate ends first, where everything is met."""
    one = found[0]
    if one.judged.until is None:
        return ""
    return _(
        "The first certificate to expire is that of “%(course)s”, on %(day)s.",
        course=_title(one.course, owing),
        day=in_words(one.judged.until),
    )


def _pace(
    found: Sequence[RequiredCourse[int]],
    following: RequiredCourse[int] | None,
    here: Here,
    user_id: int,
) -> str:
    """Say when the next course will be done at the person's weekly hours."""
    if following is None:
        return ""
    weekly = here.index.people[user_id].weekly_hours
    hours = ngettext("%(num)s hour a week", "%(num)s hours a week", weekly)
    owed = [one.judged for one in found]
    for one in paced(here.index, owed, here.day, weekly_hours=weekly):
        if one.judged is following.judged and one.done_on is not None:
            said = _(
                "%(hours)s. At this pace you finish “%(course)s” on %(day)s.",
                hours=hours,
                course=_title(following.course, [here]),
                day=in_words(one.done_on),
            )
            if one.is_in_time is False:
                return f"{said} {_('That is after the due date.')}"
            return said
    return hours


# The list ---------------------------------------------------------------------------


def _shown(
    one: RequiredCourse[int],
    owing: Sequence[Here],
    user_id: int,
    requests: Sequence[RequestRow],
) -> ShownCourse:
    number, judged = one.asked[0]
    here = owing[number]
    asked = next((row for row in requests if row.course == one.course), None)
    label, on, rest = _when(judged, here.day)
    return ShownCourse(
        title=_title(one.course, owing),
        address=url_for("catalogue.show", course=one.course),
        on=on,
        label=label,
        rest=rest,
        why=(*_reasons(one, owing), *_obstacles(judged, here, user_id)),
        state="overdue"
        if _is_plainly_late(judged)
        else standing_state(judged.standing),
        standing=_standing(judged),
        own_address=url_for("exemption_requests.show", course=one.course),
        request=request_words(asked) if asked and judged.is_unmet else "",
        may_ask=judged.is_unmet and not (asked and asked.state.is_open),
    )


def _is_plainly_late(one: Judgement) -> bool:
    """Say whether being late is all that there is to say."""
    return one.is_overdue and one.standing in NOT_BEGUN


def _title(course: str, owing: Sequence[Here]) -> str:
    known = owing[0].index.facts.courses.get(course)
    return known.title if known else course


def _when(one: Judgement, today: date) -> tuple[str, date | None, str]:
    """Return what stands before the day, the day, and how far away it is."""
    if one.is_met and one.certificate is not None:
        return _("met on"), one.certificate.issued_on, ""
    due_on = one.obligation.due_on
    if one.is_exempt:
        return _("exempt"), None, ""
    if due_on is None:
        return _("no due date"), None, ""
    days = (due_on - today).days
    if days < 0:
        late = ngettext("%(num)s day late", "%(num)s days late", -days)
        return "", due_on, late
    rest = ngettext("in %(num)s day", "in %(num)s days", days) if days else _("today")
    return "", due_on, rest


def _reasons(one: RequiredCourse[int], owing: Sequence[Here]) -> list[str]:
    """Say why, for each institution that asks; name it where there are several."""
    said = []
    for number, judged in one.asked:
        here = owing[number]
        sentence = learner_sentence(why(here.index, judged.obligation))
        said.append(f"{here.name}: {sentence}" if len(owing) > 1 else sentence)
    return said


def _obstacles(one: Judgement, here: Here, user_id: int) -> list[str]:
    """Say what stands in the way, or how long it is met."""
    if one.is_met:
        return _how_long(one)
    if one.is_exempt:
        return _exemption(one, here, user_id)
    said = _obstacle(one, here, user_id)
    return [said] if said else []


def _obstacle(one: Judgement, here: Here, user_id: int) -> str:
    """Say what stands in the way of an unmet course; "" for nothing."""
    match one.standing:
        case Standing.LOCKED:
            missing = missing_prerequisites(
                here.index, user_id, one.obligation.course, here.day
            )
            titles = ", ".join(_title(slug, [here]) for slug in missing)
            return _("It opens when you have completed: %(courses)s.", courses=titles)
        case Standing.BLOCKED:
            return _("No attempts are left: ask the trainer for another.")
        case Standing.SUSPENDED:
            return _("Its certificate is suspended.")
        case Standing.REVOKED:
            return _("Its certificate was revoked.")
        case Standing.EXPIRED:
            return _("Its certificate counts no longer: take it again.")
        case _:
            return ""


def _exemption(one: Judgement, here: Here, user_id: int) -> list[str]:
    """Say until when somebody need not, and why."""
    return [
        _(
            "You need not take it until %(day)s: %(reason)s.",
            day=in_words(exempt.period.to_on),
            reason=exempt.reason.rstrip("."),
        )
        for exempt in here.index.facts.exemptions
        if exempt.person_id == user_id
        and exempt.course == one.obligation.course
        and exempt.period.contains(here.day)
    ]


def _how_long(one: Judgement) -> list[str]:
    if one.until is None:
        return []
    day = in_words(one.until)
    if one.standing is Standing.EXPIRING:
        return [_("It is met until %(day)s: renew it now.", day=day)]
    return [_("It is met until %(day)s.", day=day)]


def _standing(one: Judgement) -> str:
    word = standing_word(one.standing)
    if one.standing is Standing.IN_PROGRESS:
        word = f"{word}, {percent(int(one.progress * 100))}"
    return _("%(standing)s, overdue", standing=word) if one.is_overdue else word
