"""Every stage of a reminder on its boundary days, once, and to whom it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from conexx_learn.domain.readiness.facts import CertificateChange, InstitutionFacts
from conexx_learn.domain.readiness.owed import owed
from conexx_learn.domain.readiness.situation import (
    Situation,
    situation,
    whole_situation,
)
from conexx_learn.domain.reminders import (
    Matter,
    ReminderKind,
    Told,
    due_matters,
)
from conexx_learn.domain.weekly_changes import weekly_changes
from tests.sample_institutions import (
    AS_OF,
    Line,
    Sketch,
    chorti_sur,
    harribide,
    izalpa,
    xaltepec,
)

SAMPLES = [xaltepec, izalpa, harribide, chorti_sur]

DUE = 100
"""Days from the day of the sketch to the due day."""


def day(offset: int) -> date:
    return AS_OF + timedelta(days=offset)


def town(*, due: int | None = DUE, due_days: int | None = None) -> Sketch:
    sketch = Sketch()
    sketch.seat("Ana", sketch.add_post("PM", sketch.add_unit("Projects")))
    sketch.plan([Line("PM", "C4", due, 3, due_days=due_days)], approved=-10)
    return sketch


def on(known: Sketch | InstitutionFacts, offset: int) -> Situation:
    facts = known.facts() if isinstance(known, Sketch) else known
    return situation(facts, day(offset))


def only(here: Situation, told: set[Told] | None = None) -> Matter | None:
    """Return the one matter of the one person, or None."""
    found = [one for many in due_matters(here, told or set()).values() for one in many]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        pytest.param(100, ReminderKind.ASSIGNED, id="at once"),
        pytest.param(31, ReminderKind.ASSIGNED, id="31 days before"),
        pytest.param(30, ReminderKind.DUE_30, id="30 days before"),
        pytest.param(8, ReminderKind.DUE_30, id="8 days before"),
        pytest.param(7, ReminderKind.DUE_7, id="7 days before"),
        pytest.param(1, ReminderKind.DUE_7, id="the day before"),
        pytest.param(0, ReminderKind.DUE, id="the day itself"),
        pytest.param(-6, ReminderKind.DUE, id="6 days after"),
        pytest.param(-7, ReminderKind.OVERDUE_7, id="7 days after"),
        pytest.param(-300, ReminderKind.OVERDUE_7, id="long after"),
    ],
)
def test_what_is_owed_is_told_by_stages(before: int, kind: ReminderKind) -> None:
    matter = only(on(town(), DUE - before))

    assert matter is not None
    assert (matter.kind, matter.about_on) == (kind, day(DUE))
    assert matter.is_required


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        pytest.param(61, None, id="61 days before"),
        pytest.param(60, ReminderKind.EXPIRY_60, id="60 days before"),
        pytest.param(31, ReminderKind.EXPIRY_60, id="31 days before"),
        pytest.param(30, ReminderKind.EXPIRY_30, id="30 days before"),
        pytest.param(8, ReminderKind.EXPIRY_30, id="8 days before"),
        pytest.param(7, ReminderKind.EXPIRY_7, id="7 days before"),
        pytest.param(0, ReminderKind.EXPIRY_7, id="its last day"),
    ],
)
@pytest.mark.parametrize("is_required", [True, False])
def test_a_certificate_is_told_by_stages(
    before: int, kind: ReminderKind | None, is_required: bool
) -> None:
    sketch = town() if is_required else Sketch()
    person = 1 if is_required else sketch.add_person("Ana")
    sketch.certify(person, "C4", -300, until=90)

    matter = only(on(sketch, 90 - before))

    assert (matter and matter.kind) == kind
    if matter is not None:
        assert matter.about_on == day(90)
        assert matter.is_required is is_required


def test_every_stage_is_told_once_over_the_whole_time() -> None:
    told: set[Told] = set()
    heard = []
    for offset in range(-10, DUE + 60):
        matter = only(on(town(), offset), told)
        if matter is not None:
            told.add(matter.told)
            heard.append((offset - DUE, matter.kind.value))

    assert heard == [
        (-110, "assigned"),
        (-30, "due-30"),
        (-7, "due-7"),
        (0, "due"),
        (7, "overdue-7"),
    ]


def test_after_an_outage_only_the_newest_stage_is_told() -> None:
    first = only(on(town(), 0))
    assert first is not None

    matter = only(on(town(), DUE - 3), {first.told})

    assert matter is not None
    assert matter.kind is ReminderKind.DUE_7
    assert only(on(town(), DUE - 2), {first.told, matter.told}) is None


def test_a_due_day_that_moves_is_told_anew() -> None:
    first = only(on(town(), 0))
    assert first is not None

    moved = only(on(town(due=DUE + 50), 0), {first.told})

    assert moved is not None
    assert moved.about_on == day(DUE + 50)


def test_what_lapses_is_due_on_its_last_day_not_on_the_old_due_day() -> None:
    sketch = town(due=-200)
    sketch.certify(1, "C4", -400, until=-1)

    assert [
        (matter.kind, matter.about_on)
        for offset in (0, 5, 6)
        if (matter := only(on(sketch, offset))) is not None
    ] == [
        (ReminderKind.DUE, day(-1)),
        (ReminderKind.DUE, day(-1)),
        (ReminderKind.OVERDUE_7, day(-1)),
    ]


def test_without_a_due_day_it_is_told_once_as_assigned() -> None:
    sketch = town(due=None, due_days=30)
    sketch.appointments[0] = replace(sketch.appointments[0], from_on=None)

    matter = only(on(sketch, 0))

    assert matter is not None
    assert (matter.kind, matter.about_on) == (ReminderKind.ASSIGNED, day(250))
    assert only(on(sketch, 200), {matter.told}) is None


@pytest.mark.parametrize("state", ["met", "exempt", "vacant", "left", "draft"])
def test_nothing_is_told_of_what_is_not_to_be_done(state: str) -> None:
    sketch = town()
    match state:
        case "met":
            sketch.certify(1, "C4", -5)
        case "exempt":
            sketch.exempt(1, "C4", -5, 300)
        case "vacant":
            sketch.appointments.clear()
        case "left":
            gone = replace(sketch.people[0], memberships=(sketch.period(-900, -1),))
            sketch.people[0] = gone
        case _:
            sketch.plans.clear()

    for offset in (0, DUE - 30, DUE, DUE + 7):
        assert only(on(sketch, offset)) is None


def test_who_left_hears_nothing_of_certificates_either() -> None:
    sketch = Sketch()
    person = sketch.add_person("Inés", left=-1)
    sketch.certify(person, "C4", -300, until=20)

    assert only(on(sketch, 0)) is None


@pytest.mark.parametrize("is_required", [True, False])
def test_optional_mail_can_be_refused_required_mail_cannot(is_required: bool) -> None:
    sketch = town() if is_required else Sketch()
    person = 1 if is_required else sketch.add_person("Ana")
    sketch.certify(person, "C4", -300, until=20)

    told = due_matters(on(sketch, 0), set(), refusing={person})

    assert bool(told) is is_required


def test_a_revoked_certificate_of_ones_own_is_not_told() -> None:
    sketch = Sketch()
    person = sketch.add_person("Ana")
    sketch.certify(
        person, "C4", -300, until=20, changes=[(CertificateChange.REVOKED, -3)]
    )

    assert only(on(sketch, 0)) is None


@pytest.mark.parametrize(
    ("invited", "mailbox", "hears"),
    [
        (True, True, True),
        (True, False, True),
        (False, False, True),
        (False, True, False),
    ],
)
def test_a_mail_waits_until_its_reader_can_sign_in(
    invited: bool, mailbox: bool, hears: bool
) -> None:
    sketch = town()
    sketch.people[0] = replace(
        sketch.people[0], is_invited=invited, has_mailbox=mailbox
    )

    assert (only(on(sketch, 0)) is not None) is hears


def test_matters_of_a_person_stand_in_the_order_of_their_days() -> None:
    sketch = Sketch()
    sketch.seat("Ana", sketch.add_post("PM", sketch.add_unit("Projects")))
    lines = [Line("PM", "C8", 90, 3), Line("PM", "C4", 20, 3), Line("PM", "C1", 50, 1)]
    sketch.plan(lines, approved=-10)

    (matters,) = due_matters(on(sketch, 0), set()).values()

    assert [matter.course for matter in matters] == ["C4", "C1", "C8"]


def test_a_week_tells_what_was_met_what_lapsed_and_what_is_late() -> None:
    sketch = Sketch()
    post = sketch.add_post("PM", sketch.add_unit("Projects"), 4)
    for name in ("Ana", "Beto", "Carla", "Diego"):
        sketch.seat(name, post)
    sketch.plan([Line("PM", "C4", -3, 3)], approved=-100)
    sketch.certify(1, "C4", -2)
    sketch.certify(2, "C4", -400, until=-1)
    sketch.certify(4, "C4", -30)

    changed = weekly_changes(on(sketch, 0))

    def people(judged: object) -> list[int | None]:
        assert isinstance(judged, tuple)
        return [one.obligation.person_id for one in judged]

    assert people(changed.newly_met) == [1]
    assert people(changed.lapsed) == [2]
    assert people(changed.newly_overdue) == [3]
    assert weekly_changes(on(sketch, 30)).is_empty


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.__name__)
def test_reminders_need_no_more_than_what_is_owed(
    sample: Callable[[], InstitutionFacts],
) -> None:
    """The whole situation, with its forecasts, tells nobody anything else."""
    facts = sample()
    for offset in (-200, -30, 0, 45):
        little, all_of_it = owed(facts, day(offset)), situation(facts, day(offset))

        assert little.judged == all_of_it.judged
        assert due_matters(little, set()) == due_matters(all_of_it, set())
        assert weekly_changes(little) == weekly_changes(all_of_it)
        assert whole_situation(little).label == all_of_it.label
