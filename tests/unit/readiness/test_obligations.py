"""Who owes what: audiences, seats, people in two posts, and who left."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    AppointmentKind,
    Audience,
    AudienceKind,
    Plan,
)
from conexx_learn.domain.readiness.obligations import (
    Obligation,
    Seat,
    obligations,
    vacant_seats,
)
from tests.sample_institutions import AS_OF, Line, Sketch, small_council, xaltepec

DAY = timedelta(days=1)
EVERYBODY = Audience(AudienceKind.INSTITUTION)


class Hall:
    """A hall with a project unit inside its north wing, and five people."""

    def __init__(self) -> None:
        self.town = Sketch()
        self.top = self.town.add_unit("Hall")
        self.north = self.town.add_unit("North", self.top)
        self.projects = self.town.add_unit("Projects", self.north, pmu=True)
        self.head = self.town.add_post("HEAD", self.top)
        self.finance = self.town.add_post("FIN", self.north)
        self.managers = self.town.add_post("PM", self.projects, 2)
        self.ana = self.town.seat("Ana", self.managers)
        self.beto = self.town.seat("Beto", self.head)
        self.carla = self.town.seat("Carla", self.finance)

    def owed(self, *lines: Line, on: date = AS_OF) -> list[Obligation]:
        self.town.plan(lines)
        return obligations(FactIndex(self.town.facts()), on)

    def names(self, *lines: Line, on: date = AS_OF) -> list[str]:
        """List who owes, with a vacant seat as its post and number."""
        return [self._name(owed) for owed in self.owed(*lines, on=on)]

    def _name(self, owed: Obligation) -> str:
        if owed.seat is not None:
            return f"{self.town.posts[owed.seat.post_id - 1].title} {owed.seat.number}"
        return self.town.people[(owed.person_id or 0) - 1].name


@pytest.mark.parametrize(
    ("kind", "key", "bound"),
    [
        pytest.param("institution", "", ["Beto", "Carla", "Ana", "PM 2"], id="all"),
        pytest.param("profile", "PM", ["Ana", "PM 2"], id="a profile"),
        pytest.param("post", "2", ["Carla"], id="a post"),
        pytest.param("unit", "2", ["Carla", "Ana", "PM 2"], id="a unit and below"),
        pytest.param("unit", "3", ["Ana", "PM 2"], id="the lowest unit"),
        pytest.param("pmu", "", ["Ana", "PM 2"], id="the project unit"),
        pytest.param("person", "3", ["Carla"], id="a person"),
        pytest.param("profile", "MEAL", [], id="a profile that nobody has"),
        pytest.param("unit", "9", [], id="a unit that is gone"),
        pytest.param("person", "9", [], id="a person who is gone"),
    ],
)
def test_an_audience_binds_its_people_and_vacant_seats(
    kind: str, key: str, bound: list[str]
) -> None:
    audience = Audience(AudienceKind(kind), key)

    assert Hall().names(Line(audience, "C1", 30, 1)) == bound


def test_a_membership_without_a_post_owes_only_what_names_the_person() -> None:
    hall = Hall()
    dora = hall.town.add_person("Dora")
    named = Audience(AudienceKind.PERSON, str(dora))

    owed = hall.owed(Line(EVERYBODY, "C1", 30, 1), Line(named, "C2", 30, 1))

    assert [(o.course, o.post_ids) for o in owed if o.person_id == dora] == [("C2", ())]


def test_a_deputy_owes_and_takes_no_seat() -> None:
    hall = Hall()
    dora = hall.town.add_person("Dora")
    hall.town.appoint(dora, hall.managers, kind=AppointmentKind.DEPUTY)

    assert hall.names(Line("PM", "C3", 30, 3)) == ["Ana", "Dora", "PM 2"]


def test_more_holders_than_seats_leave_no_seat_vacant() -> None:
    hall = Hall()
    hall.town.seat("Dora", hall.head)

    assert hall.names(Line("HEAD", "C1", 30, 3)) == ["Beto", "Dora"]


def test_a_person_in_two_posts_owes_each_course_once() -> None:
    hall = Hall()
    hall.town.appoint(hall.ana, hall.finance)
    lines = [Line("PM", "C4", 90, 2), Line("FIN", "C4", 30, 3), Line("FIN", "C7", 9, 1)]

    owed = [o for o in hall.owed(*lines) if o.person_id == hall.ana]

    assert [(o.course, o.post_ids) for o in owed] == [
        ("C4", (hall.finance, hall.managers)),
        ("C7", (hall.finance,)),
    ]


def test_several_requirements_merge_into_the_strictest() -> None:
    [first, *rest] = Hall().owed(
        Line("HEAD", "C1", 90, 1, min_major=1),
        Line(EVERYBODY, "C1", 30, 3, recert_months=24),
        Line("HEAD", "C1", None, 2, due_days=900, recert_months=12, min_major=2),
    )

    assert (first.due_on, first.weight) == (AS_OF + 30 * DAY, 3)
    assert (first.recert_months, first.min_major) == (12, 2)
    assert first.requirement_ids == (1100, 1101, 1102)
    assert first.plan_ids == (11,)
    assert [reason.text for reason in first.reasons] == ["HEAD C1", " C1"]
    assert all(owed.weight == 3 for owed in rest)


def test_requirements_of_two_plans_merge_too() -> None:
    hall = Hall()
    hall.town.plan([Line("HEAD", "C1", 90, 1)])
    hall.town.plan([Line("HEAD", "C1", 60, 2)], series=2)

    [owed] = obligations(FactIndex(hall.town.facts()), AS_OF)

    assert (owed.due_on, owed.weight) == (AS_OF + 60 * DAY, 2)
    assert owed.plan_ids == (11, 21)


def test_days_count_from_the_appointment_and_the_earliest_wins() -> None:
    hall = Hall()
    hall.town.appoint(hall.ana, hall.finance, -50)
    line = Line(EVERYBODY, "C1", None, 1, due_days=90)

    due = {o.person_id: o.due_on for o in hall.owed(line) if o.person_id}

    assert due[hall.ana] == AS_OF + (90 - 400) * DAY
    assert due[hall.beto] == AS_OF + (90 - 400) * DAY


def test_days_count_only_from_posts_that_the_requirement_names() -> None:
    hall = Hall()
    hall.town.appoint(hall.ana, hall.finance, -50)

    [owed] = [
        o
        for o in hall.owed(Line("FIN", "C4", None, 3, due_days=90))
        if o.person_id == hall.ana
    ]

    assert owed.due_on == AS_OF + (90 - 50) * DAY


def test_no_day_counts_from_an_unknown_beginning_or_a_vacant_seat() -> None:
    hall = Hall()
    hall.town.seat("Dora", hall.managers, None)
    hall.town.add_post("PM", hall.projects, title="Second")

    owed = hall.owed(Line("PM", "C3", None, 3, due_days=90))
    due = {(o.person_id, o.seat): o.due_on for o in owed}

    assert due == {
        (hall.ana, None): AS_OF + (90 - 400) * DAY,
        (4, None): None,
        (None, Seat(4, 1)): None,
    }


def test_an_unknown_beginning_gives_way_to_one_that_is_known() -> None:
    hall = Hall()
    hall.town.appoint(hall.ana, hall.finance, None)
    line = Line(EVERYBODY, "C1", None, 1, due_days=90)

    due = {o.person_id: o.due_on for o in hall.owed(line)}

    assert due[hall.ana] == AS_OF + (90 - 400) * DAY


@pytest.mark.parametrize("begins", [(-400, -50), (-50, -400), (None, -50), (-50, None)])
def test_a_seat_and_a_deputyship_in_one_post_begin_with_the_earlier(
    begins: tuple[int | None, int | None],
) -> None:
    hall = Hall()
    dora = hall.town.add_person("Dora")
    for begin, kind in zip(begins, AppointmentKind, strict=True):
        hall.town.appoint(dora, hall.managers, begin, kind=kind)
    known = [begin for begin in begins if begin is not None]

    owed = hall.owed(Line("PM", "C3", None, 3, due_days=90))

    assert [o.due_on for o in owed if o.person_id == dora] == [
        AS_OF + (90 + min(known)) * DAY
    ]


@pytest.mark.parametrize(
    ("begin", "end", "owes"),
    [
        pytest.param(0, None, True, id="begins today"),
        pytest.param(1, None, False, id="begins tomorrow"),
        pytest.param(-9, 0, True, id="last day"),
        pytest.param(-9, -1, False, id="ended yesterday"),
        pytest.param(None, None, True, id="nobody knows since when"),
    ],
)
def test_an_appointment_counts_on_its_first_and_last_day(
    begin: int | None, end: int | None, owes: bool
) -> None:
    hall = Hall()
    dora = hall.town.add_person("Dora")
    hall.town.appoint(dora, hall.managers, begin, end)

    names = hall.names(Line("PM", "C3", 30, 3))

    assert names == ["Ana", "Dora" if owes else "PM 2"]


def test_who_left_the_institution_counts_nowhere_and_frees_the_seat() -> None:
    hall = Hall()
    dora = hall.town.add_person("Dora", left=-1)
    hall.town.appoint(dora, hall.managers)

    assert hall.names(Line("PM", "C3", 30, 3)) == ["Ana", "PM 2"]
    assert hall.names(Line("PM", "C3", 30, 3), on=AS_OF - DAY) == ["Ana", "Dora"]


def test_a_post_that_was_closed_asks_nothing() -> None:
    hall = Hall()
    closed = replace(hall.town.posts[hall.head - 1], active=hall.town.period(-900, -1))
    hall.town.posts[hall.head - 1] = closed

    assert hall.names(Line(EVERYBODY, "C1", 30, 1)) == ["Carla", "Ana", "PM 2"]


def test_seats_are_numbered_after_those_that_are_held() -> None:
    hall = Hall()
    hall.town.add_post("TECH", hall.top, 3)
    hall.town.seat("Eva", 4)

    seats = list(vacant_seats(FactIndex(hall.town.facts()), AS_OF))

    assert seats == [Seat(4, 2), Seat(4, 3), Seat(hall.managers, 2)]


def test_only_plans_in_force_bind() -> None:
    hall = Hall()
    first = hall.town.plan([Line("HEAD", "C1", 30, 1)], approved=-90)
    hall.town.plan([Line("HEAD", "C2", 30, 1)], approved=-30, version=2)
    hall.town.plan([Line("HEAD", "C3", 30, 1)], approved=None, series=2)
    index = FactIndex(hall.town.facts())

    def courses(days: int) -> list[str]:
        return [owed.course for owed in obligations(index, AS_OF + days * DAY)]

    assert courses(-91) == []
    assert courses(-90) == ["C1"]
    assert courses(-31) == ["C1"]
    assert courses(-30) == ["C2"]
    assert courses(900) == ["C2"]
    assert first.requirements[0].course == "C1"


def test_a_plan_binds_until_it_is_closed_even_past_its_end() -> None:
    hall = Hall()
    hall.town.plan([Line("HEAD", "C1", -30, 1)], ends=-20)
    [open_plan] = hall.town.plans
    closed = replace(open_plan, completed_on=AS_OF)

    def owed(plan: Plan, on: date) -> int:
        facts = replace(hall.town.facts(), plans=(plan,))
        return len(obligations(FactIndex(facts), on))

    assert owed(open_plan, AS_OF) == 1
    assert owed(closed, AS_OF - DAY) == 1
    assert owed(closed, AS_OF) == 0


def test_a_draft_may_be_asked_for_alone() -> None:
    hall = Hall()
    hall.town.plan([Line("HEAD", "C1", 30, 1)])
    draft = hall.town.plan([Line("HEAD", "C2", 30, 1)], approved=None, version=2)

    owed = obligations(FactIndex(hall.town.facts()), AS_OF, plans=[draft])

    assert [one.course for one in owed] == ["C2"]


def test_the_order_is_by_unit_post_name_and_course() -> None:
    facts = small_council()
    index = FactIndex(facts)
    owed = obligations(index, AS_OF)

    assert [
        (index.people[o.person_id].name if o.person_id else "-", o.course) for o in owed
    ] == [
        ("Carla", "C1"),
        ("Carla", "C4"),
        ("Diego", "C1"),
        ("-", "C1"),
        ("-", "C5"),
        ("Ana", "C1"),
        ("Ana", "C3"),
        ("Ana", "C4"),
        ("Beto", "C1"),
        ("Beto", "C3"),
        ("Beto", "C4"),
    ]


def test_accents_do_not_disturb_the_order() -> None:
    hall = Hall()
    for name in ("Úrsula", "Zoe", "Álvaro"):
        hall.town.seat(name, hall.head)

    assert hall.names(Line("HEAD", "C1", 30, 1)) == ["Álvaro", "Beto", "Úrsula", "Zoe"]


def test_an_empty_institution_owes_nothing() -> None:
    town = Sketch()
    town.plan([Line(EVERYBODY, "C1", 30, 1)])

    assert obligations(FactIndex(town.facts()), AS_OF) == []


def test_every_key_is_there_once() -> None:
    owed = obligations(FactIndex(xaltepec()), AS_OF)

    assert len({one.key for one in owed}) == len(owed)
