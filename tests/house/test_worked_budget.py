"""The budgets of the budget course, calculated again from its tables.

Caps are rounded down to the cent, as the rules of budgets ask.
"""

import json
import re
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

from tests.house.course_tables import (
    FINANCES,
    GRANT,
    LANGUAGES,
    NUMBER,
    PERCENT,
    RISKS,
    is_written,
    number,
    table,
    text_of,
)

VECTORS = Path(__file__).parents[1] / "domain_vectors.json"
CENT = Decimal("0.01")


def cap(base: Decimal, percent: Decimal) -> Decimal:
    """Return a share of an amount, rounded down to the cent."""
    return (base * percent / PERCENT).quantize(CENT, ROUND_FLOOR)


def budget_vectors() -> list[dict[str, int]]:
    """Read the budgets that everything here must agree on; amounts in cents."""
    vectors: list[dict[str, int]] = json.loads(VECTORS.read_text("utf-8"))["budget"]
    return vectors


def cents(amount: Decimal) -> int:
    """Write an amount as whole cents."""
    return int(amount * 100)


def too_much(lang: str) -> tuple[int, int, int]:
    """Read the question about eight percent: indirect and direct costs, and the cut."""
    block = text_of(GRANT, lang).partition("## grant-check-cap")[2].partition("```")[0]
    indirect, direct, percent = (number(n) for n in NUMBER.findall(block)[:3])
    answer = re.search(r"^- \[=\] ([\d ]+)$", block, re.MULTILINE)
    assert answer
    cut = number(answer[1].replace(" ", ""))

    assert indirect - cap(direct, percent) == cut
    return cents(indirect), cents(direct), cents(cut)


@LANGUAGES
def test_the_first_idea_has_its_indirect_costs_and_balances(lang: str) -> None:
    spent = table(
        RISKS, lang, "costos directos|direct costs", "Costos directos|Eligible"
    )
    revenue = table(RISKS, lang, "^(?:Ingreso|Revenue)")
    direct = spent.value("Costos directos|Eligible direct")
    amounts = spent.column(2)

    for _, percent, amount in spent.rows:
        assert cap(direct, number(percent)) == number(amount)
    assert sum(amounts[:-1]) == amounts[-1]
    assert sum(revenue.column(1)[:-1]) == revenue.column(1)[-1] == amounts[-1]


@LANGUAGES
def test_the_two_frequent_mistakes_give_what_is_told(lang: str) -> None:
    spent = table(
        RISKS, lang, "costos directos|direct costs", "Costos directos|Eligible"
    )
    direct, _, reserve, _ = spent.column(2)
    percent = number(spent.row("Costos indirectos|Indirect")[1])
    text = text_of(RISKS, lang)
    told = re.findall(r"\((?:daría|it would give|would give)(?: EUR)? ([\d,]+)\)", text)
    with_itself, with_reserve = map(number, told)

    # Of a sum that has the indirect costs in it already.
    assert is_written(direct * percent / (PERCENT - percent), with_itself)
    assert cap(direct + reserve, percent) == with_reserve


@LANGUAGES
def test_the_budget_adds_up_from_its_lines(lang: str) -> None:
    lines = table(GRANT, lang, "Cantidad|Quantity")
    budget = table(GRANT, lang, "Rubro|Heading")
    amount = {row[0]: number(row[2]) for row in budget.rows}
    percents = {row[0]: number(row[1]) for row in budget.rows if "%" in row[1]}

    for _, _, quantity, cost, written in lines.rows:
        assert number(quantity) * number(cost) == number(written)
    for heading in "123456":
        below = [row for row in lines.rows if row[0].startswith(f"{heading}.")]
        assert sum(number(row[4]) for row in below) == amount[heading]
    assert sum(amount[heading] for heading in "123456") == amount["7"]
    assert cap(amount["7"], percents["8"]) == amount["8"]
    assert amount["7"] + amount["8"] == amount["9"]
    assert cap(amount["7"], percents["10"]) == amount["10"]
    assert amount["9"] + amount["10"] == amount["11"]


@LANGUAGES
def test_the_grant_and_its_cofinancing_are_right(lang: str) -> None:
    data = table(GRANT, lang, "^(?:Dato|Item)", "Total de costos|Total eligible")
    sources = table(GRANT, lang, "^(?:Fuente|Source)")
    total = data.value("Total")
    grant = data.value("Subvención máxima|Maximum grant")
    request = data.value(r"Primera solicitud del|First request of")
    share = data.value(r"Primera solicitud, parte|First request, share")

    assert cap(total, data.value("Tasa máxima|Maximum rate")) == grant
    assert total - grant == data.value("Cofinanciamiento|Minimum co-financing")
    assert is_written(request / total * PERCENT, share)
    assert request - grant == data.value("Exceso|Excess")
    assert sum(sources.column(1)[:-1]) == sources.column(1)[-1] == total
    assert sources.column(1)[0] == grant


@LANGUAGES
def test_a_cap_is_rounded_down_to_the_cent(lang: str) -> None:
    data = table(GRANT, lang, "^(?:Dato|Item)", "Subtotal")
    direct, percent = data.value("Subtotal"), data.value("Tasa|Maximum rate")
    most = data.value("Máximo de|Maximum of")

    assert direct * percent / PERCENT == data.value("Resultado|Result")
    assert cap(direct, percent) == most
    assert data.value("Indirectos|Indirect") - most == data.value("Exceso|Excess")


@LANGUAGES
def test_the_budgets_are_those_that_the_product_is_checked_with(lang: str) -> None:
    whole, rounding, asking, over = budget_vectors()
    budget = table(GRANT, lang, "Rubro|Heading")
    grant = table(GRANT, lang, "^(?:Dato|Item)", "Total de costos|Total eligible")
    trap = table(GRANT, lang, "^(?:Dato|Item)", "Subtotal")
    amounts = {row[0]: cents(number(row[2])) for row in budget.rows}

    assert whole == {
        "direct": amounts["7"],
        "indirect_max": amounts["8"],
        "contingency_max": amounts["10"],
        "total_eligible": amounts["11"],
        "max_request_80": cents(grant.value("Subvención máxima|Maximum grant")),
    }
    assert rounding["direct"] == cents(trap.value("Subtotal"))
    assert rounding["indirect_max"] == cents(trap.value("Máximo de|Maximum of"))
    assert rounding["indirect"] == cents(trap.value("Indirectos|Indirect"))
    assert asking["total_eligible"] == cents(grant.value("Total"))
    assert asking["request"] == cents(
        grant.value("Primera solicitud del|First request of")
    )
    assert asking["over_by"] == cents(grant.value("Exceso|Excess"))
    assert (over["indirect"], over["direct"], over["over_by"]) == too_much(lang)


@LANGUAGES
def test_three_years_of_the_municipality_add_up(lang: str) -> None:
    years = table(FINANCES, lang, "2023")
    names = {
        "revenue": "Ingresos corrientes|Current revenue",
        "own": "Ingresos propios|Own-source",
        "transfers": "Transferencias|Transfers",
        "spent": "Gastos|Current expenditure",
        "balance": "Saldo|Operating balance",
        "debt": "Servicio|Service",
        "margin": "Margen|Free margin",
    }
    rows = {name: years.row(label)[1:] for name, label in names.items()}

    for year in range(3):
        value = {name: number(cells[year]) for name, cells in rows.items()}
        assert value["own"] + value["transfers"] == value["revenue"]
        assert value["revenue"] - value["spent"] == value["balance"]
        assert value["balance"] - value["debt"] == value["margin"]


@LANGUAGES
def test_each_test_of_the_municipality_has_its_coverage(lang: str) -> None:
    tests = table(FINANCES, lang, "^(?:Prueba|Test)")
    last = {row[0]: number(row[3]) for row in table(FINANCES, lang, "2023").rows}
    balance, own, transfers = (
        next(value for name, value in last.items() if re.match(label, name))
        for label in (
            "Saldo|Operating",
            "Ingresos propios|Own",
            "Transferencias|Transf",
        )
    )
    lower, higher = (number(row[0]) / PERCENT for row in tests.rows[1:])
    exact = [balance, balance - transfers * lower, balance + own * higher]

    assert exact == tests.column(1)
    for _, available, service, coverage in tests.rows:
        assert is_written(number(available) / number(service), number(coverage))
