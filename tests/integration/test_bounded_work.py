"""Work in a child process: it answers, it fails, it is ended, and it begins again."""

import os
import time
from collections.abc import Iterator
from threading import Thread

import pytest

from conexx_learn.adapters.bounded_work import BoundedWork, WorkFailedError


def doubled(number: int) -> int:
    return number * 2


def endless() -> None:
    while True:
        time.sleep(1)


def broken() -> None:
    raise ValueError("no")


def ended() -> None:
    os._exit(1)


@pytest.fixture(scope="module")
def work() -> Iterator[BoundedWork]:
    work = BoundedWork(doubled, endless, broken, ended, os.getpid, seconds=0.5)
    yield work
    work.stop()


def test_an_answer_comes_back_from_another_process(work: BoundedWork) -> None:
    assert work.run(doubled, 21) == 42
    assert work.run(os.getpid) != os.getpid()


def test_the_child_is_kept(work: BoundedWork) -> None:
    assert work.run(os.getpid) == work.run(os.getpid)


@pytest.mark.parametrize("function", [endless, ended])
def test_what_does_not_answer_is_ended_and_the_next_is_served(
    work: BoundedWork, function: object
) -> None:
    before = work.run(os.getpid)
    with pytest.raises(TimeoutError):
        work.run(function)  # type: ignore[arg-type] # one of two functions

    assert work.run(doubled, 2) == 4
    assert work.run(os.getpid) != before


def test_a_mistake_of_ours_is_told_and_ends_nothing(work: BoundedWork) -> None:
    before = work.run(os.getpid)
    with pytest.raises(WorkFailedError, match="no"):
        work.run(broken)

    assert work.run(os.getpid) == before


def test_who_waits_for_a_turn_waits_no_longer_either(work: BoundedWork) -> None:
    work.run(doubled, 1)
    outcomes: list[str] = []

    def ask() -> None:
        try:
            work.run(endless)
        except TimeoutError:
            outcomes.append("in time")

    asking = [Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(10)

    assert outcomes == ["in time"] * 3
