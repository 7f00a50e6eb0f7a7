"""How an obligation stands, at its edges."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import CertificateChange, Period
from conexx_learn.domain.readiness.standings import (
    Judgement,
    Standing,
    judgements,
    missing_prerequisites,
)
from tests.sample_institutions import AS_OF, Line, Sketch

DAY = timedelta(days=1)
SUSPENDED, REINSTATED = CertificateChange.SUSPENDED, CertificateChange.REINSTATED
REVOKED, SUPERSEDED = CertificateChange.REVOKED, CertificateChange.SUPERSEDED
ANA = 1


def hall(
    course: str = "C4",
    *,
    due: int | None = 30,
    recert_months: int | None = None,
    min_major: int | None = None,
    invited: bool = True,
) -> Sketch:
    """Make Ana, who owes one course."""
    town = Sketch()
    post = town.add_post("PM", town.add_unit("Hall"))
    town.appoint(town.add_person("Ana", invited=invited), post)
    line = Line("PM", course, due, 3, recert_months=recert_months, min_major=min_major)
    town.plan([line])
    return town


def judged(town: Sketch, *, days: int = 0) -> Judgement:
    [one] = judgements(FactIndex(town.facts()), AS_OF + days * DAY)
    return one


@pytest.mark.parametrize(
    ("left", "standing"),
    [
        pytest.param(61, Standing.MET, id="61 days"),
        pytest.param(60, Standing.EXPIRING, id="60 days"),
        pytest.param(1, Standing.EXPIRING, id="one day"),
        pytest.param(0, Standing.EXPIRING, id="the last day counts"),
        pytest.param(-1, Standing.EXPIRED, id="the day after"),
    ],
)
def test_a_certificate_counts_through_its_last_day(
    left: int, standing: Standing
) -> None:
    town = hall()
    town.certify(ANA, "C4", -600, until=left)

    assert judged(town).standing is standing
    assert judged(town).is_met is (left >= 0)


def test_a_certificate_counts_from_the_day_of_its_issue() -> None:
    town = hall()
    town.certify(ANA, "C4", 0)

    assert judged(town, days=-1).standing is Standing.NOT_STARTED
    assert judged(town).standing is Standing.MET


def test_of_several_certificates_the_one_that_lasts_longest_counts() -> None:
    town = hall()
    town.certify(ANA, "C4", -100, until=500)
    town.certify(ANA, "C4", -50, until=30)
    one = judged(town)

    assert one.standing is Standing.MET
    assert one.until == AS_OF + 500 * DAY
    assert one.certificate == town.certificates[0]


@pytest.mark.parametrize(
    ("issued", "recert_months", "standing"),
    [
        pytest.param(-365, 12, Standing.EXPIRING, id="the last day of the year"),
        pytest.param(-366, 12, Standing.EXPIRED, id="a day too old"),
        pytest.param(-366, None, Standing.MET, id="no age is asked"),
        pytest.param(-366, 36, Standing.MET, id="a longer age changes nothing"),
    ],
)
def test_an_age_shortens_the_obligation_and_not_the_certificate(
    issued: int, recert_months: int | None, standing: Standing
) -> None:
    town = hall(recert_months=recert_months)
    town.certify(ANA, "C4", issued)

    assert judged(town).standing is standing
    assert town.certificates[0].is_valid_on(AS_OF)


def test_an_age_never_prolongs_a_certificate() -> None:
    town = hall(recert_months=48)
    town.certify(ANA, "C4", -800)

    assert judged(town).standing is Standing.EXPIRED


def test_an_age_bounds_a_certificate_without_end() -> None:
    town = hall(recert_months=12)
    town.certify(ANA, "C4", -365)
    town.certificates[0] = replace(town.certificates[0], valid_until=None)

    assert judged(town).until == AS_OF
    assert judged(town, days=1).standing is Standing.EXPIRED


def test_a_certificate_without_end_is_met_for_ever() -> None:
    town = hall()
    town.certify(ANA, "C4", -365)
    town.certificates[0] = replace(town.certificates[0], valid_until=None)

    assert judged(town, days=9000).standing is Standing.MET
    assert judged(town).until is None


@pytest.mark.parametrize(
    ("major", "standing"), [(1, Standing.EXPIRED), (2, Standing.MET), (3, Standing.MET)]
)
def test_a_lower_major_version_counts_no_longer(major: int, standing: Standing) -> None:
    town = hall(min_major=2)
    town.certify(ANA, "C4", -10, major=major)

    assert judged(town).standing is standing


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        pytest.param([(SUSPENDED, 0)], Standing.SUSPENDED, id="suspended today"),
        pytest.param([(SUSPENDED, 1)], Standing.MET, id="suspended tomorrow"),
        pytest.param([(SUSPENDED, -9), (REINSTATED, 0)], Standing.MET, id="back"),
        pytest.param(
            [(SUSPENDED, -9), (REINSTATED, 1)], Standing.SUSPENDED, id="back tomorrow"
        ),
        pytest.param([(REVOKED, 0)], Standing.REVOKED, id="revoked today"),
        pytest.param(
            [(SUSPENDED, -9), (REVOKED, -5)], Standing.REVOKED, id="then revoked"
        ),
        pytest.param(
            [(REVOKED, -5), (REINSTATED, -4)], Standing.REVOKED, id="for good"
        ),
        pytest.param([(SUPERSEDED, 0)], Standing.EXPIRED, id="replaced by nothing"),
    ],
)
def test_what_happens_to_a_certificate_decides(
    changes: list[tuple[CertificateChange, int]], standing: Standing
) -> None:
    town = hall()
    town.certify(ANA, "C4", -100, changes=changes)

    assert judged(town).standing is standing


@pytest.mark.parametrize(
    ("change", "standing"),
    [(SUSPENDED, Standing.SUSPENDED), (REVOKED, Standing.REVOKED)],
)
def test_a_certificate_may_be_withdrawn_on_the_day_of_its_issue(
    change: CertificateChange, standing: Standing
) -> None:
    town = hall()
    town.certify(ANA, "C4", 0, changes=[(change, 0)])

    assert judged(town).standing is standing
    assert judged(town, days=-1).standing is Standing.NOT_STARTED


def test_a_certificate_is_suspended_through_its_last_day() -> None:
    town = hall()
    town.certify(ANA, "C4", -100, until=0, changes=[(SUSPENDED, -9)])

    assert judged(town).standing is Standing.SUSPENDED


def test_a_suspended_certificate_whose_time_is_over_is_expired() -> None:
    town = hall()
    town.certify(ANA, "C4", -100, until=-1, changes=[(SUSPENDED, -9)])

    assert judged(town).standing is Standing.EXPIRED


def test_a_renewal_takes_the_place_of_the_old_certificate() -> None:
    town = hall()
    town.certify(ANA, "C4", -700, until=20, changes=[(SUPERSEDED, 0)])
    town.certify(ANA, "C4", 0, until=750)

    assert judged(town).standing is Standing.MET
    assert judged(town, days=-1).standing is Standing.EXPIRING


def test_progress_is_known_for_the_day_of_the_facts_alone() -> None:
    town = hall()
    town.learn(ANA, "C4", 60)

    assert judged(town).standing is Standing.IN_PROGRESS
    assert judged(town).progress == Fraction(3, 5)
    assert judged(town, days=-1).standing is Standing.NOT_STARTED
    assert judged(town, days=-1).progress == 0


def test_learning_again_after_the_end_is_marked_as_a_renewal() -> None:
    town = hall()
    town.certify(ANA, "C4", -800)
    town.learn(ANA, "C4", 10)

    assert judged(town).standing is Standing.IN_PROGRESS
    assert judged(town).renews


@pytest.mark.parametrize("changes", [[], [(REVOKED, -5)]])
def test_learning_for_the_first_time_or_after_a_revocation_renews_nothing(
    changes: list[tuple[CertificateChange, int]],
) -> None:
    town = hall()
    if changes:
        town.certify(ANA, "C4", -100, changes=changes)
    town.learn(ANA, "C4", 10)

    assert judged(town).standing is Standing.IN_PROGRESS
    assert not judged(town).renews


def test_the_first_word_that_fits_is_the_standing() -> None:
    town = hall("C10")
    words = [judged(town).standing]
    town.certify(ANA, "C10", -90, until=-10)
    words.append(judged(town).standing)
    town.learn(ANA, "C10", 10)
    words.append(judged(town).standing)
    town.learning.clear()
    town.block(ANA, "C10")
    words.append(judged(town).standing)
    town.certify(ANA, "C10", -80, changes=[(SUSPENDED, -8)])
    words.append(judged(town).standing)
    town.certify(ANA, "C10", -70)
    words.append(judged(town).standing)
    town.exempt(ANA, "C10", -1, 1)
    words.append(judged(town).standing)

    assert words == [
        Standing.LOCKED,
        Standing.EXPIRED,
        Standing.IN_PROGRESS,
        Standing.BLOCKED,
        Standing.SUSPENDED,
        Standing.MET,
        Standing.EXEMPT,
    ]


def test_the_words_come_in_the_order_in_which_they_are_tried() -> None:
    assert [standing.value for standing in Standing] == [
        "vacant",
        "exempt",
        "met",
        "expiring",
        "suspended",
        "blocked",
        "in_progress",
        "expired",
        "revoked",
        "locked",
        "not_invited",
        "not_started",
    ]


def test_a_course_is_locked_until_every_course_before_it_is_certified() -> None:
    town = hall("C10")
    town.certify(ANA, "C2", -9)
    town.certify(ANA, "C3", -9, until=-1)
    index = FactIndex(town.facts())

    assert missing_prerequisites(index, ANA, "C10", AS_OF) == ("C3", "C4")
    assert judged(town).standing is Standing.LOCKED
    town.certify(ANA, "C3", 0)
    town.certify(ANA, "C4", 0)
    assert judged(town).standing is Standing.NOT_STARTED


@pytest.mark.parametrize(
    ("course", "standing"), [("C4", Standing.NOT_INVITED), ("C10", Standing.LOCKED)]
)
def test_who_was_never_invited_cannot_start(course: str, standing: Standing) -> None:
    assert judged(hall(course, invited=False)).standing is standing


@pytest.mark.parametrize(
    ("due", "is_overdue"), [(-1, True), (0, False), (1, False), (None, False)]
)
def test_nothing_is_overdue_on_its_due_day(due: int | None, is_overdue: bool) -> None:
    assert judged(hall(due=due)).is_overdue is is_overdue


def test_what_is_met_or_exempt_is_never_overdue() -> None:
    met, exempt = hall(due=-9), hall(due=-9)
    met.certify(ANA, "C4", -20)
    exempt.exempt(ANA, "C4", -5, 5)

    assert not judged(met).is_overdue
    assert not judged(exempt).is_overdue


@pytest.mark.parametrize(
    ("days", "is_exempt"), [(-6, False), (-5, True), (5, True), (6, False)]
)
def test_an_exemption_lasts_from_its_first_to_its_last_day(
    days: int, is_exempt: bool
) -> None:
    town = hall()
    town.exempt(ANA, "C4", -5, 5)

    assert judged(town, days=days).is_exempt is is_exempt


def test_a_vacant_seat_is_vacant_and_may_be_overdue() -> None:
    town = hall(due=-1)
    town.people[0] = replace(town.people[0], memberships=(Period(AS_OF + DAY),))

    assert judged(town).standing is Standing.VACANT
    assert judged(town).is_overdue


def test_a_course_that_is_not_known_can_still_be_judged() -> None:
    town = hall("C4")
    [one] = judgements(FactIndex(replace(town.facts(), courses={})), AS_OF)

    assert one.standing is Standing.NOT_STARTED
