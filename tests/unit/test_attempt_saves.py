"""Which answer of which device is the newest, whatever arrives when."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.attempt_saves import (
    LARGEST_NUMBER,
    MOST_DEVICES,
    Save,
    SaveLedger,
    read_save,
)
from conexx_learn.domain.errors import ShapeError

OLD_AGE = 10_000


def save(number: int = 1, device: str = "phone", **times: int) -> Save:
    return Save(
        number=number, responses=dict.fromkeys(times, "a"), device=device, times=times
    )


def after(ledger: SaveLedger, sent: Save, *, age: int = OLD_AGE) -> SaveLedger:
    """Take a save as the service does, counted by what the ledger holds."""
    if ledger.has_seen(sent):
        return ledger
    count = max(ledger.saves.values(), default=0) + 1
    return ledger.with_save(ledger.newest(sent, age=age), count=count, save=sent)


def test_the_first_answer_is_taken() -> None:
    assert SaveLedger().newest(save(one=5), age=OLD_AGE) == {"one": 5}


def test_a_save_that_came_before_is_known() -> None:
    ledger = after(SaveLedger(), save(3, one=5))

    assert ledger.has_seen(save(3, one=5))
    assert ledger.has_seen(save(2, two=5))
    assert not ledger.has_seen(save(4, one=6))
    assert not ledger.has_seen(save(1, "desk", one=6))


def test_of_two_devices_the_later_change_counts_whichever_is_heard_first() -> None:
    early, late = save(1, "phone", one=50), save(1, "desk", one=90)

    assert after(after(SaveLedger(), late), early).times == {"one": 90}
    assert after(after(SaveLedger(), early), late).times == {"one": 90}


def test_what_was_overtaken_does_not_hold_up_the_rest_of_its_save() -> None:
    ledger = after(SaveLedger(), save(1, "desk", one=90))

    assert ledger.newest(save(1, "phone", one=50, two=50), age=OLD_AGE) == {"two": 50}


def test_an_answer_without_its_time_is_changed_when_it_arrives() -> None:
    sent = Save(number=1, responses={"one": "a"})

    assert SaveLedger().newest(sent, age=70) == {"one": 70}


def test_a_clock_that_runs_ahead_makes_nothing_later_than_now() -> None:
    ledger = after(SaveLedger(), save(1, "fast", one=OLD_AGE * 50), age=100)

    assert ledger.times == {"one": 100}
    assert ledger.newest(save(1, "right", one=120), age=121) == {"one": 120}


def test_a_page_is_told_what_came_since_it_knew() -> None:
    first = after(SaveLedger(), save(1, "phone", one=1, two=1))
    second = after(first, save(1, "desk", two=2))

    assert second.since(0) == ["one", "two"]
    assert second.since(1) == ["two"]
    assert second.since(2) == []


def test_a_form_is_never_late_and_counts_for_no_device() -> None:
    form = Save(number=0, responses={"one": "a"})
    ledger = after(SaveLedger(), form)

    assert not ledger.has_seen(form)
    assert ledger.devices == {}


def test_only_so_many_devices_are_remembered() -> None:
    ledger = SaveLedger()
    for number in range(1, MOST_DEVICES * 2):
        ledger = after(ledger, save(number, f"tab{number}", one=number))

    assert len(ledger.devices) == MOST_DEVICES
    assert f"tab{MOST_DEVICES * 2 - 1}" in ledger.devices


SAVES = st.lists(
    st.builds(
        save,
        st.integers(1, 9),
        st.sampled_from(["phone", "desk"]),
        one=st.integers(0, 99),
    ),
    max_size=8,
)


@given(sent=SAVES, again=st.randoms())
def test_a_replayed_save_never_brings_back_an_older_answer(
    sent: list[Save], again: Any
) -> None:
    ledger = SaveLedger()
    for one in sent:
        ledger = after(ledger, one)
    times = dict(ledger.times)
    replayed = list(sent)
    again.shuffle(replayed)
    for one in replayed:
        ledger = after(ledger, one)
        assert ledger.times.get("one", 0) >= times.get("one", 0)
        times = dict(ledger.times)


RIGHT = {"number": 1, "responses": {}}


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"device": 7}, id="a number as device"),
        pytest.param({"device": "A b"}, id="signs that no device has"),
        pytest.param({"device": "x" * 41}, id="a long device"),
        pytest.param({"times": []}, id="times as a list"),
        pytest.param({"times": {"one": "1"}}, id="a time as text"),
        pytest.param({"times": {"one": -1}}, id="before the start"),
        pytest.param({"times": {"one": float("nan")}}, id="no number at all"),
        pytest.param({"times": {"one": LARGEST_NUMBER}}, id="a huge time"),
        pytest.param({"known": None}, id="known nothing"),
        pytest.param({"known": True}, id="known as truth"),
        pytest.param({"points": 7}, id="a word of its own"),
    ],
)
def test_a_save_of_another_shape_is_refused(wrong: dict[str, object]) -> None:
    read_save(RIGHT)

    with pytest.raises(ShapeError):
        read_save(RIGHT | wrong)
