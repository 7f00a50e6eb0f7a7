"""The sums of the course on executing a contract, calculated again from its tables."""

import re
from decimal import Decimal
from itertools import accumulate

from tests.house.course_tables import (
    LANGUAGES,
    PERCENT,
    is_written,
    number,
    table,
    text_of,
)

COSTS = "execution-and-reporting/01-eligible-costs"
PAYMENTS = "execution-and-reporting/02-payments-and-reports"
BUYING = "execution-and-reporting/03-procurement"
CLOSING = "execution-and-reporting/04-visibility-closure-audit"
ENOUGH = Decimal(70)


def next_payment(planned: Decimal, earlier: Decimal, consumed: Decimal) -> Decimal:
    """Return a further pre-financing: whole from 70 %, else less what is unused."""
    if consumed / earlier * PERCENT >= ENOUGH:
        return planned
    return planned - (earlier - consumed)


@LANGUAGES
def test_three_invoices_give_what_is_charged(lang: str) -> None:
    invoices = table(COSTS, lang, "^(?:Factura|Invoice)", "Folletos|Leaflets")
    whole, _, fuel, total = invoices.column(1)
    charged = invoices.column(3)
    share = number(invoices.row("Combustible|Fuel")[2])

    assert charged == [whole, 0, fuel * share / PERCENT, sum(charged[:-1])]
    assert sum(invoices.column(1)[:-1]) == total
    left = f"{total - charged[-1]:,}"
    assert left in text_of(COSTS, lang)


@LANGUAGES
def test_the_contract_of_the_case_adds_up(lang: str) -> None:
    contract = table(PAYMENTS, lang, "Dato del contrato|Item of the contract")
    planned, share, grant, first, second, balance = contract.column(1)[:6]

    assert planned * share / PERCENT == grant
    assert first + second + balance == grant


@LANGUAGES
def test_the_next_payment_follows_from_what_is_consumed(lang: str) -> None:
    contract = table(PAYMENTS, lang, "Dato del contrato|Item of the contract")
    test = table(PAYMENTS, lang, "7,500")
    share = contract.value("Parte de la UE|Share of the EU")
    first = contract.value("Anticipo 1|Pre-financing 1")
    planned = contract.value("Anticipo 2|Pre-financing 2")

    for place in (1, 2):
        costs, consumed, earlier, part, unused, payment = test.column(place)
        assert costs * share / PERCENT == consumed
        assert earlier == first
        assert is_written(consumed / earlier * PERCENT, part)
        assert next_payment(planned, earlier, consumed) == payment == planned - unused
    less, more = (test.column(place)[0] for place in (1, 2))
    assert more - less == number(test.head[2])


@LANGUAGES
def test_the_cash_at_the_close_of_each_quarter_is_right(lang: str) -> None:
    contract = table(PAYMENTS, lang, "Dato del contrato|Item of the contract")
    planned, share, _, first, second, balance = contract.column(1)[:6]
    cash = table(PAYMENTS, lang, "^(?:Trimestre|Quarter)")
    spent, own, received = (cash.column(place) for place in (1, 2, 3))
    flows = [a + b - c for a, b, c in zip(own, received, spent, strict=True)]

    assert list(accumulate(flows)) == cash.column(4)
    assert sum(spent) == planned
    assert sum(own) == planned * (PERCENT - share) / PERCENT
    assert sum(received) == first + second
    assert cash.column(4)[-1] + balance == 0


@LANGUAGES
def test_the_balance_is_what_is_accepted_less_what_was_paid(lang: str) -> None:
    sums = table(PAYMENTS, lang, "^(?:Dato|Item)", "Costos presentados|Costs presented")
    shown, rejected, accepted, grant, paid, balance = sums.column(1)
    label = sums.rows[3][0]

    assert shown - rejected == accepted
    assert accepted * number(label) / PERCENT == grant
    assert grant - paid == balance


@LANGUAGES
def test_the_purchases_together_ask_for_a_tender(lang: str) -> None:
    parts = table(BUYING, lang, "^(?:Contenedores|Containers)")
    steps = table(BUYING, lang, "ficticia|fictional")
    amounts = parts.column(2)
    low, high = (number(row[0].split(" y ")[-1]) for row in steps.rows[::2])

    assert sum(amounts[:-1]) == amounts[-1]
    assert low < min(amounts) < max(amounts[:-1]) < high < amounts[-1]


@LANGUAGES
def test_the_offers_have_their_points(lang: str) -> None:
    offers = table(BUYING, lang, "^(?:Oferta|Offer)")
    told = re.findall(
        r"(\d+) % (?:calidad|quality|precio|price)", text_of(BUYING, lang)
    )
    quality, price = (number(each) for each in told[:2])
    cheapest = min(offers.column(2))

    assert quality + price == PERCENT
    for _, good, cost, *points in offers.rows:
        for_quality, for_price, total = map(number, points)
        assert is_written(number(good) * quality / PERCENT, for_quality)
        assert is_written(cheapest / number(cost) * price, for_price)
        assert for_quality + for_price == total
    best = max(offers.rows, key=lambda row: number(row[5]))
    assert best[0] == "B"


@LANGUAGES
def test_with_more_weight_for_the_price_another_offer_wins(lang: str) -> None:
    block = text_of(BUYING, lang).partition("## exec-check-late-weights")[2]
    percent = number(block.partition("%")[0].rpartition("\n")[2])
    offers = table(BUYING, lang, "^(?:Oferta|Offer)")
    cheapest = min(offers.column(2))
    points = {
        row[0]: number(row[1]) * (PERCENT - percent) / PERCENT
        + cheapest / number(row[2]) * percent
        for row in offers.rows
    }

    assert max(points, key=lambda name: points[name]) == "C"


@LANGUAGES
def test_an_error_is_extrapolated_as_it_is_told(lang: str) -> None:
    sums = table(CLOSING, lang, "^(?:Dato|Item)", "Personal declarado|Staff declared")
    declared, checked, error, percent, whole, lost = sums.column(1)
    share = number(sums.rows[-1][0])

    assert error / checked * PERCENT == percent
    assert declared * percent / PERCENT == whole
    assert whole * share / PERCENT == lost
