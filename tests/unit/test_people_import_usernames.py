"""Usernames proposed for people without an e-mail address."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.accounts import is_username
from conexx_learn.domain.people_import import proposed_usernames


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Juan Hernández", "juan.hernandez"),
        ("Juan Hernández López", "juan.hernandez"),
        ("Juan Carlos Hernández López", "juan.hernandez"),
        ("María de los Ángeles Ruiz Paz", "maria.ruiz"),
        ("Juan de la Cruz", "juan.cruz"),
        ("Íñigo Núñez", "inigo.nunez"),
        ("Łukasz Øverland", "lukasz.overland"),
        ("Ana O'Brien-Gómez", "ana.obriengomez"),
        ("Ana", "ana"),
        ("Li", "persona.li"),
        ("X Y", "x.y"),
        ("李 小龙", "persona"),
        ("", "persona"),
        ("Ana 李", "ana"),
        ("a" * 90 + " Ruiz", "a" * 56),
    ],
)
def test_a_username_is_made_of_given_name_and_first_surname(
    name: str, username: str
) -> None:
    assert proposed_usernames([name], taken=()) == [username]


def test_who_shares_a_username_gets_a_number() -> None:
    names = ["Juan Paz", "Ana Ruiz", "Juan Paz", "JUAN PAZ"]

    assert proposed_usernames(names, taken={"Juan.Paz", "juan.paz3"}) == [
        "juan.paz2",
        "ana.ruiz",
        "juan.paz4",
        "juan.paz5",
    ]


def test_a_number_that_looks_like_a_name_is_not_given_twice() -> None:
    names = ["Juan Paz2", "Juan Paz", "Juan Paz"]

    assert proposed_usernames(names, taken=()) == [
        "juan.paz2",
        "juan.paz",
        "juan.paz3",
    ]


def test_many_of_one_name_take_no_time() -> None:
    start = time.process_time()

    usernames = proposed_usernames(["Juan Paz"] * 20_000, taken=())

    assert len(set(usernames)) == 20_000
    assert usernames[-1] == "juan.paz20000"
    assert time.process_time() - start < 2


@given(
    st.lists(st.text(max_size=100), max_size=8),
    st.sets(st.sampled_from(["persona", "persona2", "ana", "a.b"])),
)
def test_every_proposal_is_a_free_username(names: list[str], taken: set[str]) -> None:
    usernames = proposed_usernames(names, taken=taken)

    assert len(usernames) == len(names) == len(set(usernames))
    assert not set(usernames) & taken
    assert all(is_username(username) for username in usernames)
    assert all(username.isascii() for username in usernames)
