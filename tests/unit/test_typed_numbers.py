"""Numbers as learners type them."""

from decimal import Decimal

import pytest

from conexx_learn.domain.typed_numbers import UnreadableNumberError, read_number


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        pytest.param("85", ["85"], id="plain"),
        pytest.param("85 %", ["85"], id="percent sign"),
        pytest.param("$ 1,700,000", ["1700000"], id="grouped with commas"),
        pytest.param("1.700.000 EUR", ["1700000"], id="grouped with points"),
        pytest.param("1 700 000", ["1700000"], id="grouped with spaces"),
        pytest.param(
            "1\u202f700\u00a0000", ["1700000"], id="grouped with no-break spaces"
        ),
        pytest.param("1'700,000.50", ["1700000.50"], id="as by hand in Mexico"),
        pytest.param("1,700,000.50", ["1700000.50"], id="the last mark is decimal"),
        pytest.param("1.700.000,50", ["1700000.50"], id="also when it is a comma"),
        pytest.param("1.250", ["1.250", "1250"], id="one point before three digits"),
        pytest.param("1,250", ["1250", "1.250"], id="one comma before three digits"),
        pytest.param("0.125", ["0.125"], id="no group begins with nought"),
        pytest.param("1234.567", ["1234.567"], id="no group has four digits"),
        pytest.param("3,5", ["3.5"], id="decimal comma"),
        pytest.param(".5", ["0.5"], id="no whole part"),
        pytest.param("-5", ["-5"], id="negative"),
        pytest.param("\N{MINUS SIGN}5", ["-5"], id="a real minus"),
        pytest.param("1.5e3", ["1500"], id="scientific"),
        pytest.param("12 personas", ["12"], id="the unit of the question"),
    ],
)
def test_a_number_is_read_in_every_way_it_can_be_meant(
    typed: str, readings: list[str]
) -> None:
    assert read_number(typed, "personas") == [Decimal(reading) for reading in readings]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "-",
            ".",
            ",",
            "e5",
            "abc",
            "1e",
            "1e5e5",
            "1-2",
            "1,2,3",
            "1.2.3,4",
        ),
        *("NaN", "sNaN", "Infinity", "-inf", "1e999999", "1e-999999", "1e31"),
        *("9" * 41, "0x10", "1/2", "%", "EUR", "1" + "'" * 2_000),
    ],
    ids=lambda typed: typed[:12] or "empty",
)
def test_what_is_no_number_is_unreadable(typed: str) -> None:
    with pytest.raises(UnreadableNumberError):
        read_number(typed, "")
