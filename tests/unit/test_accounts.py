"""Rules of accounts: identities, limits, who gives which role to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.accounts import (
    is_link_token,
    is_username,
    network_of,
    read_identity,
    retry_after,
    session_end,
    session_is_open,
)
from conexx_learn.domain.permissions import (
    Actor,
    Place,
    Role,
    may_grant,
    may_reset,
)

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HERE, ELSEWHERE = 1, 2


def actor(role: Role | None, institution_id: int | None = HERE) -> Actor:
    return Actor(7, [Place(role, institution_id)] if role else [])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ANA@Xaltepec.Example ", "ana@xaltepec.example"),
        ("josé@xaltepec.example", "josé@xaltepec.example"),
        ("José.Núñez", "jose.nunez"),
        ("ana\N{FULLWIDTH COMMERCIAL AT}x.example", "ana@x.example"),
        ("", ""),
    ],
)
def test_an_identity_is_read_in_one_form(typed: str, kept: str) -> None:
    assert read_identity(typed) == kept


@given(st.text())
def test_reading_an_identity_twice_changes_nothing(typed: str) -> None:
    once = read_identity(typed)
    assert read_identity(once) == once


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("ana", True),
        ("ana.ruiz-2_b", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("an", False),
        (".ana", False),
        ("ana.", False),
        ("ana ruiz", False),
        ("ana@x.example", False),
        ("ana\n", False),
    ],
)
def test_a_username_is_short_and_plain(text: str, is_good: bool) -> None:
    assert is_username(text) is is_good


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_tries_are_counted_by_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_waiting_ends_with_the_window() -> None:
    assert retry_after(oldest_try=NOW, now=NOW) == 301
    assert retry_after(oldest_try=NOW - timedelta(minutes=9), now=NOW) == 1


@pytest.mark.parametrize(
    ("minutes", "shared", "is_open"),
    [(64, False, True), (65, False, False), (24, True, True), (25, True, False)],
)
def test_a_session_ends_when_it_is_not_used(
    minutes: int, shared: bool, is_open: bool
) -> None:
    state = session_is_open(
        last_seen_at=NOW - timedelta(minutes=minutes),
        expires_at=NOW + timedelta(hours=1),
        shared_computer=shared,
        now=NOW,
    )
    assert state is is_open


def test_a_shared_computer_has_a_shorter_session() -> None:
    alone = session_end(now=NOW, shared_computer=False)
    assert session_end(now=NOW, shared_computer=True) < alone


@pytest.mark.parametrize("text", ["", "A" * 42, "A" * 44, "A" * 42 + "=", "ñ" * 43])
def test_what_is_not_a_link_secret_is_not_taken_for_one(text: str) -> None:
    assert not is_link_token(text)


@pytest.mark.parametrize(
    ("giver", "role", "institution_id", "may"),
    [
        (Role.MANAGER, Role.LEARNER, HERE, True),
        (Role.MANAGER, Role.MANAGER, HERE, True),
        (Role.MANAGER, Role.OBSERVER, HERE, True),
        (Role.MANAGER, Role.TRAINER, HERE, False),
        (Role.MANAGER, Role.COORDINATOR, HERE, False),
        (Role.MANAGER, Role.LEARNER, ELSEWHERE, False),
        (Role.MANAGER, Role.LEARNER, None, False),
        (Role.TRAINER, Role.LEARNER, HERE, False),
        (Role.OBSERVER, Role.LEARNER, HERE, False),
        (Role.LEARNER, Role.LEARNER, HERE, False),
        (None, Role.LEARNER, HERE, False),
        (Role.COORDINATOR, Role.COORDINATOR, None, True),
        (Role.COORDINATOR, Role.MANAGER, ELSEWHERE, True),
    ],
)
def test_roles_are_given_at_or_below_ones_own_inside_ones_place(
    giver: Role | None, role: Role, institution_id: int | None, may: bool
) -> None:
    assert may_grant(actor(giver), role, institution_id=institution_id) is may


@pytest.mark.parametrize(
    ("places", "may"),
    [
        ([Place(Role.LEARNER, HERE)], True),
        ([Place(Role.LEARNER, HERE), Place(Role.MANAGER, HERE)], True),
        ([Place(Role.LEARNER, HERE), Place(Role.LEARNER, ELSEWHERE)], False),
        ([Place(Role.LEARNER, HERE), Place(Role.COORDINATOR, None)], False),
        ([], False),
    ],
    ids=["learner", "manager", "also-elsewhere", "coordinator", "nowhere"],
)
def test_a_new_password_is_no_way_to_a_higher_role(
    places: list[Place], may: bool
) -> None:
    assert may_reset(actor(Role.MANAGER), places) is may
    assert may_reset(actor(Role.COORDINATOR, None), places)


def test_a_visitor_gives_nothing() -> None:
    nobody = Actor(None, [Place(Role.COORDINATOR, None)])
    assert not may_grant(nobody, Role.LEARNER, institution_id=HERE)
    assert not may_reset(nobody, [Place(Role.LEARNER, HERE)])
