"""The chain of the log: whatever is changed in it shows."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conexx_learn.domain.issuance_log import (
    FIRST_HASH,
    Chain,
    LogLine,
    is_left_as_logged,
    line_hash,
    log_payload,
    logged_number,
    says_the_same,
)

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def payload(number: str, **claims: str) -> str:
    return log_payload(
        uuid=f"uuid-{number}",
        number=number,
        issued_at=AT,
        claims=claims,
        status=(1, 77),
        recorded_at=AT,
    )


def lines(count: int) -> list[LogLine]:
    made, previous = [], FIRST_HASH
    for seq in range(1, count + 1):
        text = payload(str(seq))
        made.append(LogLine(seq, previous, line_hash(previous, text), text))
        previous = made[-1].hash
    return made


def first_break(found: list[LogLine]) -> int | None:
    chain = Chain()
    for line in found:
        chain.follow(line)
    return chain.broken_at


def test_what_was_added_in_turn_is_unbroken() -> None:
    assert first_break([]) is None
    assert first_break(lines(5)) is None


@pytest.mark.parametrize(
    "change",
    [{"seq": 9}, {"previous_hash": "0" * 64}, {"hash": "0" * 64}, {"payload": "{}"}],
)
def test_a_changed_line_is_found(change: dict[str, object]) -> None:
    found = lines(5)
    found[2] = replace(found[2], **change)  # type: ignore[arg-type] # one of four members

    assert first_break(found) == 3


def test_a_line_that_was_left_out_is_found() -> None:
    found = lines(5)
    del found[1]

    assert first_break(found) == 2


def test_a_line_that_was_made_again_breaks_the_next() -> None:
    found = lines(5)
    text = payload("forged")
    previous = found[1].previous_hash
    found[1] = LogLine(2, previous, line_hash(previous, text), text)

    assert first_break(found) == 3


@pytest.mark.parametrize(
    ("number", "holder", "is_same"),
    [("A", "Ana", True), ("B", "Ana", False), ("A", "Eva", False)],
)
def test_a_line_knows_its_certificate(
    number: str, holder: str, *, is_same: bool
) -> None:
    text = payload("A", holder="Ana")

    assert says_the_same(text, number, {"holder": holder}) is is_same


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"number":"A"}'])
def test_a_damaged_line_knows_none(text: str) -> None:
    assert not says_the_same(text, "A", {})


@pytest.mark.parametrize(
    ("number", "claims", "is_left"),
    [
        pytest.param("N", {"holder": "Ana"}, True, id="as it was"),
        pytest.param("N", {"holder": "Eva"}, False, id="another name"),
        pytest.param("M", {"holder": "Ana"}, False, id="another number"),
        pytest.param("N", {"holder": ""}, True, id="erased"),
        pytest.param("N", {}, False, id="damaged"),
        pytest.param(None, None, False, id="gone"),
    ],
)
def test_what_became_of_a_certificate_is_told(
    number: str | None, claims: dict[str, str] | None, is_left: bool
) -> None:
    assert is_left_as_logged(payload("N", holder="Ana"), number, claims) is is_left


def test_a_certificate_that_is_gone_is_named_by_its_line() -> None:
    assert logged_number(payload("N")) == "N"
    assert logged_number("nonsense") == ""
