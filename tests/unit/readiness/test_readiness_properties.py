"""What holds for every institution, every plan and every day."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.readiness.completions import weekly_completions
from conexx_learn.domain.readiness.evidence import best_evidence, counting_periods
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    Certificate,
    CertificateChange,
    InstitutionFacts,
    Period,
    Post,
    Requirement,
)
from conexx_learn.domain.readiness.obligations import obligations, vacant_seats
from conexx_learn.domain.readiness.scopes import of_person, of_post, of_unit
from conexx_learn.domain.readiness.standings import judgements
from conexx_learn.domain.readiness.tally import Share, strict_share, tally
from conexx_learn.domain.readiness.trend import past_share
from tests.random_institutions import CHANGES, SLUGS, sketches
from tests.sample_institutions import AS_OF, COURSES, Line, Sketch

DAY = timedelta(days=1)
days = st.integers(-400, 400).map(lambda number: AS_OF + number * DAY)
past_days = st.integers(-400, -1)


def value(share: Share) -> Fraction:
    return share.value if share.value is not None else Fraction(0)


@given(sketches(), days)
def test_readiness_lies_between_nothing_and_all_or_is_not_there(
    town: Sketch, day: date
) -> None:
    index = FactIndex(town.facts())
    judged = judgements(index, day)
    scopes = [judged]
    scopes += [of_person(judged, person.id) for person in town.people]
    scopes += [of_post(judged, post.id) for post in town.posts]
    scopes += [of_unit(judged, index, unit.id) for unit in town.units]
    for scope in scopes:
        counted = tally(scope, day)
        for share in (counted.seats, counted.seats_with_progress, counted.due):
            assert (share.value is None) is (share.whole == 0)
            assert share.percent is None or 0 <= share.percent <= 100
        assert counted.seats.part <= counted.seats_with_progress.part


@given(sketches(), SLUGS, st.data())
def test_a_certificate_issued_never_lowers_readiness(
    town: Sketch, course: str, data: st.DataObject
) -> None:
    before = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)
    for person in town.people:
        if data.draw(st.booleans()):
            _renew(town, person.id, course)
    after = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)

    assert value(after.seats) >= value(before.seats)
    assert value(after.people) >= value(before.people)
    assert value(after.seats_with_progress) >= value(before.seats_with_progress)


def _renew(town: Sketch, person: int, course: str) -> None:
    """Issue the newest version today; it takes the place of what was there."""
    ended = (CertificateChange.SUPERSEDED, AS_OF)
    town.certificates = [
        replace(old, changes=(*old.changes, ended))
        if (old.person_id, old.course) == (person, course)
        else old
        for old in town.certificates
    ]
    town.certify(person, course, 0, major=2)


@given(sketches(), past_days, st.data())
def test_the_past_does_not_change_when_later_facts_come_in(
    town: Sketch, back: int, data: st.DataObject
) -> None:
    day = AS_OF + back * DAY
    known = _known_on(town, day)
    later = FactIndex(town.facts())
    earlier = FactIndex(known)

    assert past_share(later, day) == past_share(earlier, day)
    assert weekly_completions(later, day) == weekly_completions(earlier, day)
    assert strict_share(judgements(later, day)) == strict_share(
        judgements(earlier, day)
    )


def _known_on(town: Sketch, day: date) -> InstitutionFacts:
    """Take away all that had not happened by the end of a day."""

    def until(end: date | None) -> date | None:
        return end if end is not None and end < day else None

    def left(periods: tuple[Period, ...]) -> tuple[Period, ...]:
        return tuple(replace(period, to_on=until(period.to_on)) for period in periods)

    return replace(
        town.facts(),
        people=[replace(p, memberships=left(p.memberships)) for p in town.people],
        appointments=[
            replace(one, to_on=until(one.to_on))
            for one in town.appointments
            if one.from_on is None or one.from_on <= day
        ],
        certificates=[
            replace(one, changes=tuple(c for c in one.changes if c[1] <= day))
            for one in town.certificates
            if one.issued_on <= day
        ],
        plans=[
            replace(
                plan,
                superseded_on=(
                    plan.superseded_on
                    if plan.superseded_on is not None and plan.superseded_on <= day
                    else None
                ),
            )
            for plan in town.plans
            if plan.approved_on is not None and plan.approved_on <= day
        ],
        exemptions=[e for e in town.exemptions if e.period.from_on <= day],
        learning=(),
    )


@given(sketches(), days)
def test_publishing_a_version_changes_nothing_that_was_met(
    town: Sketch, day: date
) -> None:
    facts = town.facts()
    published = {
        slug: replace(course, hours=course.hours * 2, validity_months=1, grants=())
        for slug, course in COURSES.items()
    }
    before = judgements(FactIndex(facts), day)
    after = judgements(FactIndex(replace(facts, courses=published)), day)

    assert after == before


@given(sketches(), days)
def test_who_left_counts_nowhere(town: Sketch, day: date) -> None:
    town.people = [
        replace(person, memberships=(town.period(-900, (day - AS_OF).days - 1),))
        for person in town.people
    ]
    index = FactIndex(town.facts())

    assert all(owed.person_id is None for owed in obligations(index, day))
    assert len(list(vacant_seats(index, day))) == sum(p.seats for p in town.posts)
    assert tally(judgements(index, day), day).people.whole == 0


@given(sketches(), days)
def test_the_parts_hold_at_least_the_whole(town: Sketch, day: date) -> None:
    judged = judgements(FactIndex(town.facts()), day)
    in_posts = [one for one in judged if one.obligation.post_ids]

    whole = strict_share(in_posts).whole
    parts = [strict_share(of_post(judged, post.id)).whole for post in town.posts]

    assert whole <= sum(parts)
    assert all(part <= whole for part in parts)


@given(sketches(), days)
def test_the_trend_says_what_judging_a_day_says(town: Sketch, day: date) -> None:
    index = FactIndex(town.facts())

    assert past_share(index, day) == strict_share(judgements(index, day))


@given(sketches(), days, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(
    town: Sketch, day: date, lot: random.Random
) -> None:
    index = FactIndex(town.facts())
    for facts in (town.people, town.posts, town.units, town.appointments):
        lot.shuffle(facts)
    lot.shuffle(town.certificates)
    lot.shuffle(town.plans)

    assert judgements(FactIndex(town.facts()), day) == judgements(index, day)


@given(sketches(), days)
@settings(max_examples=150)
def test_obligations_are_what_reading_line_by_line_gives(
    town: Sketch, day: date
) -> None:
    facts = town.facts()
    owed = obligations(FactIndex(facts), day)
    expected = _read_line_by_line(facts, day)

    found = {
        one.key: (one.due_on, one.weight, one.recert_months, one.min_major)
        for one in owed
        if one.person_id is not None
    }
    assert found == {(who, None, course): terms for (who, course), terms in expected}
    assert len({one.key for one in owed}) == len(owed)


Terms = tuple[date | None, int, int | None, int | None]


def _read_line_by_line(
    facts: InstitutionFacts, day: date
) -> list[tuple[tuple[int, str], Terms]]:
    """Expand the plans as slowly and plainly as can be, for people alone."""
    reached: dict[tuple[int, str], list[tuple[Requirement, date | None]]] = {}
    for person in facts.people:
        held = [
            (one, post)
            for one in facts.appointments
            for post in facts.posts
            if one.person_id == person.id
            and one.post_id == post.id
            and one.holds_on(day)
            and person.belongs_on(day)
        ]
        lines = [r for p in facts.plans if p.is_in_force(day) for r in p.requirements]
        for line in lines:
            named = line.audience == Audience(AudienceKind.PERSON, str(person.id))
            through = [one for one, post in held if named or _names(facts, line, post)]
            if through or (named and person.belongs_on(day)):
                begins = [one.from_on for one in through if one.from_on is not None]
                due = line.due_on
                if line.due_days is not None and begins:
                    due = min(begins) + line.due_days * DAY
                reached.setdefault((person.id, line.course), []).append((line, due))
    return [(key, _strictest(lines)) for key, lines in reached.items()]


def _strictest(lines: list[tuple[Requirement, date | None]]) -> Terms:
    return (
        min((due for _, due in lines if due is not None), default=None),
        max(line.weight for line, _ in lines),
        min((a for line, _ in lines if (a := line.recert_months)), default=None),
        max((m for line, _ in lines if (m := line.min_major)), default=None),
    )


def _names(facts: InstitutionFacts, line: Requirement, post: Post) -> bool:
    parents = {unit.id: unit.parent_id for unit in facts.units}
    above: list[int | None] = [post.unit_id]
    while above[-1] is not None:
        above.append(parents[above[-1]])
    answers: dict[AudienceKind, Callable[[], bool]] = {
        AudienceKind.INSTITUTION: lambda: True,
        AudienceKind.PROFILE: lambda: post.profile == line.audience.key,
        AudienceKind.POST: lambda: str(post.id) == line.audience.key,
        AudienceKind.UNIT: lambda: int(line.audience.key) in above,
        AudienceKind.PMU: lambda: any(u.is_pmu and u.id in above for u in facts.units),
        AudienceKind.PERSON: lambda: False,
    }
    return answers[line.audience.kind]()


@given(
    st.integers(-900, 0),
    CHANGES,
    st.sampled_from([None, 6, 12, 48]),
    st.sampled_from([None, 1, 2]),
)
def test_periods_and_days_agree_on_what_counts(
    issued: int,
    changes: list[tuple[CertificateChange, int]],
    recert_months: int | None,
    min_major: int | None,
) -> None:
    town = Sketch()
    town.certify(town.add_person("Ana"), "C3", issued, until=5, changes=changes)
    [certificate] = town.certificates
    asked = {"recert_months": recert_months, "min_major": min_major}

    periods = counting_periods([certificate], **asked)

    for day in _edges(certificate, recert_months or 0):
        assert any(period.contains(day) for period in periods) is (
            best_evidence([certificate], day, **asked) is not None
        )


def _edges(certificate: Certificate, recert_months: int) -> list[date]:
    """List the days on which something may change, with those beside them."""
    aged = add_months(certificate.issued_on, recert_months)
    changed = [on for _, on in certificate.changes]
    ends = [certificate.issued_on, AS_OF + 5 * DAY, aged, *changed]
    return [day + beside * DAY for day in ends for beside in (-1, 0, 1)]


@pytest.mark.parametrize("series", [None, 1])
def test_the_past_of_a_plan_keeps_its_versions(series: int | None) -> None:
    town = Sketch()
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.certify(ana, "C3", -100)
    town.plan([Line("PM", "C3", 30, 1)])
    town.plan([Line("PM", "C4", 30, 1)], approved=-10, version=2)
    index = FactIndex(town.facts())

    assert past_share(index, AS_OF - 11 * DAY, series=series).percent == 100
    assert past_share(index, AS_OF - 10 * DAY, series=series).percent == 0
