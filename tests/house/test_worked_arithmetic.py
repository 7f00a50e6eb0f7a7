"""The arithmetic that the courses write out is right: `12 x 1,500 = 18,000`."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from conexx_learn.services.course_checking import PROJECT_COURSES
from tests.house.course_tables import is_written, number

SUM = re.compile(
    r"(?<![\d.,⁻])(\d[\d,.]*(?: [×÷−+] \d[\d,.]*)+) = ([\d,]*\d(?:\.\d+)?(?: %)?)"  # noqa: RUF001 (signs of arithmetic)
)


def result(written: str) -> Decimal:
    """Calculate: products and quotients first, each from left to right."""
    total, term, sign = Decimal(0), None, Decimal(1)
    pending = ""
    for part in written.split(" "):
        if part in {"+", "\N{MINUS SIGN}"}:
            total += sign * (term or Decimal(0))
            term, sign = None, Decimal(1 if part == "+" else -1)
        elif part in {"\N{MULTIPLICATION SIGN}", "\N{DIVISION SIGN}"}:
            pending = part
        elif term is None:
            term = number(part)
        elif pending == "\N{DIVISION SIGN}":
            term /= number(part)
        else:
            term *= number(part)
    return total + sign * (term or Decimal(0))


def is_right(left: str, right: str) -> bool:
    """Say whether a sum is what is written; a share may be written in percent."""
    is_share = right.endswith("%") and "\N{DIVISION SIGN}" in left and "100" not in left
    scale = 100 if is_share else 1
    return is_written(result(left) * scale, number(right))


@pytest.mark.parametrize(
    "path",
    sorted(PROJECT_COURSES.glob("*/*.md")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_arithmetic_that_is_written_out_is_right(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    wrong = [
        f"{left} = {right}"
        for left, right in SUM.findall(text)
        if not is_right(left, right)
    ]

    assert not wrong, f"{path.name}: calculate again: {wrong}"


def test_arithmetic_is_found_in_both_languages() -> None:
    budget = PROJECT_COURSES / "budget-and-cofinancing"
    for lang in ("es", "en"):
        texts = [path.read_text("utf-8") for path in budget.glob(f"*.{lang}.md")]
        assert sum(len(SUM.findall(text)) for text in texts) > 10


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12 × 1,500", "18000"),  # noqa: RUF001 (a sign of arithmetic)
        ("320 − 90 − 129.50", "100.50"),  # noqa: RUF001
        ("210,000 ÷ 257,600 × 100", "81.52"),  # noqa: RUF001
        ("10 + 2 × 3", "16"),  # noqa: RUF001
        ("5 ÷ 14", "36 %"),
    ],
)
def test_written_arithmetic_is_read_as_people_do(written: str, value: str) -> None:
    assert is_right(written, value)
