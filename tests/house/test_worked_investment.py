"""The investment and the loan of the budget course, calculated again from its tables.

A result counts as right when the exact one, rounded to the decimals that are written,
is the written one.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from tests.house.course_tables import (
    ANALYSIS,
    LANGUAGES,
    PERCENT,
    is_written,
    number,
    table,
    text_of,
)


def present_value(flows: Sequence[Decimal], percent: Decimal) -> Decimal:
    """Discount the flows of years 0, 1, 2 … to year 0."""
    growth = 1 + percent / PERCENT
    return sum((flow / growth**year for year, flow in enumerate(flows)), Decimal(0))


def internal_rate(flows: Sequence[Decimal]) -> Decimal:
    """Return the rate, in percent, at which an outlay and its inflows are worth 0."""
    low, high = Decimal(0), PERCENT
    assert present_value(flows, low) > 0 > present_value(flows, high)
    while high - low > Decimal("0.00001"):
        middle = (low + high) / 2
        is_low = present_value(flows, middle) > 0
        low, high = (middle, high) if is_low else (low, middle)
    return low


def instalment(loan: Decimal, percent: Decimal, years: int) -> Decimal:
    """Return what pays a loan back in equal amounts at the end of each year."""
    return loan / present_value([Decimal(0), *[Decimal(1)] * years], percent)


def cold_rooms(lang: str) -> list[Decimal]:
    """Read the flows of the investment from the table of its data."""
    data = table(
        ANALYSIS, lang, "miles de EUR|thousand EUR", "Inversión en el|Investment in"
    )
    net = data.value("Cobro|Charges") - data.value("Operación|Operation")

    assert net == data.value("Flujo neto|Net flow")
    years = int(data.value("Años|Years"))
    return [-data.value("Inversión|Investment"), *[net] * years]


@LANGUAGES
def test_the_present_value_is_the_sum_of_its_years(lang: str) -> None:
    years = table(ANALYSIS, lang, "Factor")
    percent = number(years.head[2])
    flows = cold_rooms(lang)

    assert years.column(1) == flows
    for year, (flow, row) in enumerate(zip(flows, years.rows, strict=False)):
        factor = present_value([*[Decimal(0)] * year, Decimal(1)], percent)
        assert is_written(factor, number(row[2]))
        assert is_written(flow * factor, number(row[3]))
    assert is_written(present_value(flows, percent), years.value("VPN|NPV"))


@LANGUAGES
def test_each_discount_rate_gives_its_present_value(lang: str) -> None:
    rates = table(ANALYSIS, lang, r"^(?:Tasa de descuento|Discount rate) \(%\)")

    assert len(rates.rows) == 3
    for percent, written in zip(rates.column(0), rates.column(1), strict=True):
        assert is_written(present_value(cold_rooms(lang), percent), written)


@LANGUAGES
def test_the_indicators_of_the_investment_are_right(lang: str) -> None:
    flows = cold_rooms(lang)
    shown = table(ANALYSIS, lang, "^(?:Indicador|Indicator)")
    value_row = shown.row("VPN|NPV")

    assert is_written(present_value(flows, number(value_row[0])), number(value_row[1]))
    assert is_written(internal_rate(flows), shown.value("TIR|IRR"))
    assert is_written(-flows[0] / flows[1], shown.value("Recuperación|Simple payback"))


@LANGUAGES
def test_the_mistake_with_the_spreadsheet_is_the_one_that_is_told(lang: str) -> None:
    flows = cold_rooms(lang)
    told = re.search(
        r"(\d+\.\d+) (?:en lugar de|instead of) (\d+\.\d+)", text_of(ANALYSIS, lang)
    )
    assert told
    percent = number(table(ANALYSIS, lang, "Factor").head[2])

    assert is_written(present_value([Decimal(0), *flows], percent), Decimal(told[1]))
    assert is_written(present_value(flows, percent), Decimal(told[2]))


@LANGUAGES
def test_each_test_of_the_investment_has_its_present_value(lang: str) -> None:
    tests = table(ANALYSIS, lang, "^(?:Prueba|Test)")
    percent, years = number(tests.head[0]), len(cold_rooms(lang)) - 1

    assert len(tests.rows) == 6
    for _, investment, flow, written in tests.rows:
        flows = [-number(investment), *[number(flow)] * years]
        assert is_written(present_value(flows, percent), number(written))


@LANGUAGES
def test_the_loan_and_its_coverage_are_right(lang: str) -> None:
    loan = table(ANALYSIS, lang, "^(?:Dato|Item) ", "Préstamo|Loan")
    scenarios = table(ANALYSIS, lang, "CFADS")
    exact = instalment(
        loan.value("Préstamo|Loan"),
        loan.value("Interés|Yearly interest"),
        int(loan.value("Plazo|Term")),
    )

    assert is_written(exact, loan.value("Cuota|Constant"))
    assert len(scenarios.rows) == 3
    for _, available, paid, coverage in scenarios.rows:
        assert number(paid) == loan.value("Cuota|Constant")
        assert is_written(number(available) / number(paid), number(coverage))


@LANGUAGES
def test_a_required_coverage_gives_the_greatest_debt(lang: str) -> None:
    debts = table(ANALYSIS, lang, "RCSD exigida|Required DSCR")

    assert len(debts.rows) == 2
    for flow, years, percent, coverage, debt in debts.rows:
        ones = [Decimal(0), *[Decimal(1)] * int(years)]
        paid = number(flow) / number(coverage)
        assert is_written(paid * present_value(ones, number(percent)), number(debt))
