"""Days as people and spreadsheets write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.people_import.days import read_day

FIFTH = date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "2026-03-05 00:00:00",
        "2026-03-05T12:30:00Z",
        "05/03/2026",
        "5/3/2026",
        "5-3-2026",
        "5.3.2026",
        "05 03 2026",
        "05/03/2026 0:00",
        "5/3/2026 12:00:00 a. m.",
        " 5 de marzo de 2026 ",
        "5 de marzo del 2026",
        "5 Marzo 2026",
        "05-mar-2026",
        "5 March 2026",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    read = read_day(text)

    assert (read.day, read.problem, read.remark) == (FIFTH, "", "")


@pytest.mark.parametrize(
    ("text", "day", "remark"),
    [
        pytest.param("5/3/26", FIFTH, "date-short-year", id="two digits"),
        pytest.param("05-mar-26", FIFTH, "date-short-year", id="two digits, a word"),
        pytest.param("1-9-69", date(2069, 9, 1), "date-short-year", id="this century"),
        pytest.param("1-9-70", date(1970, 9, 1), "date-short-year", id="the last one"),
        pytest.param("46086", FIFTH, "date-number", id="of a spreadsheet"),
        pytest.param("46086.0", FIFTH, "date-number", id="with decimals"),
        pytest.param("18264", date(1950, 1, 1), "date-number", id="the first number"),
        pytest.param("73415", date(2100, 12, 31), "date-number", id="the last number"),
        pytest.param("01/01/1950", date(1950, 1, 1), "", id="the first day"),
        pytest.param("2100-12-31", date(2100, 12, 31), "", id="the last day"),
        pytest.param("29/02/2028", date(2028, 2, 29), "", id="leap day"),
        pytest.param("1 sept. 2026", date(2026, 9, 1), "", id="a short month"),
        pytest.param("1 ene 2026", date(2026, 1, 1), "", id="Spanish"),
        pytest.param("1 jan 2026", date(2026, 1, 1), "", id="English"),
    ],
)
def test_what_had_to_be_supposed_is_remarked(text: str, day: date, remark: str) -> None:
    read = read_day(text)

    assert (read.day, read.remark, read.problem) == (day, remark, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("31/02/2026", "date-impossible", id="no such day"),
        pytest.param("29/02/2027", "date-impossible", id="no leap year"),
        pytest.param("00/00/0000", "date-impossible", id="nothing"),
        pytest.param("2026-13-32", "date-impossible", id="neither"),
        pytest.param("30 de febrero de 2026", "date-impossible", id="in words"),
        pytest.param("03/25/2026", "date-month-first", id="month first"),
        pytest.param("2026-25-03", "date-month-first", id="year, day, month"),
        pytest.param("01/01/1949", "date-range", id="too long ago"),
        pytest.param("01/01/2101", "date-range", id="too far off"),
        pytest.param("01/01/0026", "date-range", id="a lost century"),
        pytest.param("18263", "date-unreadable", id="a number too small"),
        pytest.param("73416", "date-unreadable", id="a number too large"),
        pytest.param("46086.5", "date-unreadable", id="a part of a day"),
        pytest.param("5 de marso de 2026", "date-unreadable", id="no such month"),
        pytest.param("pronto", "date-unreadable", id="a word"),
        pytest.param("5/3", "date-unreadable", id="no year"),
        pytest.param("5/3/2026/7", "date-unreadable", id="too much"),
        pytest.param("", "date-unreadable", id="nothing at all"),
        pytest.param("5/3/2026 " + "0" * 40, "date-unreadable", id="endless"),
        pytest.param(
            "\u0665/\u0663/\u0662\u0660\u0662\u0666",
            "date-unreadable",
            id="other digits",
        ),
    ],
)
def test_what_is_no_day_says_why(text: str, problem: str) -> None:
    read = read_day(text)

    assert (read.day, read.problem) == (None, problem)


def test_month_before_day_is_put_the_right_way_round() -> None:
    assert read_day("3-25-26").proposal == "25/03/2026"


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    number = str((day - date(1899, 12, 30)).days)
    slashes = f"{day.day}/{day.month}/{day.year}"

    assert read_day(day.isoformat()).day == day
    assert read_day(slashes).day == day
    assert read_day(number).day == day
    assert read_day(str(int(number) + 1)).day in {day + timedelta(days=1), None}


@given(st.text(max_size=60))
def test_any_text_gives_a_day_or_a_problem(text: str) -> None:
    read = read_day(text)

    assert (read.day is None) is bool(read.problem)
