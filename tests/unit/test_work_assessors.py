"""Who may judge a work, and whom the queue proposes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.graded_work.assessors import (
    Authors,
    Candidate,
    Objection,
    may_assess,
    objection,
    proposal,
)

HERE, THERE = 1, 2
AUTHORS = Authors(frozenset({10, 11}), frozenset({HERE}))
FREE = Candidate(20, frozenset({THERE}))
TAUGHT = Candidate(21, taught=True)


@pytest.mark.parametrize(
    ("candidate", "chosen", "expected"),
    [
        pytest.param(Candidate(10), [], Objection.AUTHOR, id="one's own work"),
        pytest.param(
            Candidate(22, frozenset({THERE, HERE})),
            [],
            Objection.SAME_INSTITUTION,
            id="a colleague",
        ),
        pytest.param(FREE, [FREE], Objection.CHOSEN_ALREADY, id="twice the same"),
        pytest.param(
            TAUGHT,
            [Candidate(23, taught=True)],
            Objection.ALL_TAUGHT,
            id="two who taught them",
        ),
        pytest.param(
            FREE,
            [Candidate(23), Candidate(24), Candidate(25)],
            Objection.ENOUGH,
            id="a fourth",
        ),
        pytest.param(FREE, [TAUGHT], None, id="one who taught and one who did not"),
        pytest.param(TAUGHT, [], None, id="who taught, first"),
        pytest.param(TAUGHT, [FREE], None, id="who taught, second"),
    ],
)
def test_who_may_judge(
    candidate: Candidate, chosen: list[Candidate], expected: Objection | None
) -> None:
    assert objection(candidate, AUTHORS, chosen) is expected
    assert may_assess(candidate, AUTHORS, chosen) is (expected is None)


def test_who_has_least_to_do_and_taught_nobody_here_is_proposed_first() -> None:
    busy, idle = Candidate(30, load=4), Candidate(31, load=1)

    assert proposal([busy, TAUGHT, idle], AUTHORS) == [idle, busy]


def test_too_few_are_proposed_rather_than_wrong_ones() -> None:
    colleague = Candidate(22, frozenset({HERE}))

    assert proposal([colleague, FREE], AUTHORS) == [FREE]
    assert proposal([TAUGHT, Candidate(26, taught=True)], AUTHORS) == [TAUGHT]


def test_a_third_is_proposed_beside_the_two() -> None:
    two = [FREE, TAUGHT]

    assert proposal([FREE, TAUGHT, Candidate(27)], AUTHORS, two, wanted=3) == [
        Candidate(27)
    ]


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.integers(8, 16),
        st.frozensets(st.integers(1, 3), max_size=2),
        st.booleans(),
        st.integers(0, 3),
    ),
    unique_by=lambda one: one.user_id,
)


@given(CANDIDATES, st.integers(2, 3))
def test_a_proposal_never_breaks_a_rule(
    candidates: list[Candidate], wanted: int
) -> None:
    chosen = proposal(candidates, AUTHORS, wanted=wanted)

    assert len(chosen) <= wanted
    assert len({one.user_id for one in chosen}) == len(chosen)
    assert all(one.user_id not in AUTHORS.user_ids for one in chosen)
    assert all(not one.institutions & AUTHORS.institutions for one in chosen)
    assert len(chosen) < 2 or not all(one.taught for one in chosen)
