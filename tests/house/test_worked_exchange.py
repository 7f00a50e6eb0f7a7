"""The exchange of Quebrada Luna, calculated again from the tables of its course."""

import re
from decimal import ROUND_CEILING, Decimal

from tests.house.course_tables import LANGUAGES, number, table, text_of

ORGANISING = "peer-exchange/01-organising-exchanges"
CAPITALISING = "peer-exchange/02-capitalising"
LOAD = Decimal(100)


def whole(amount: Decimal) -> Decimal:
    """Round up: nobody buys part of a container."""
    return amount.quantize(Decimal(1), ROUND_CEILING)


def answer(lang: str, question: str) -> Decimal:
    """Read the number that a self-check of the second module accepts."""
    block = text_of(CAPITALISING, lang).partition(f"## {question} |")[2]
    found = re.search(r"^- \[=\] ([\d. ]+)$", block.partition("```")[0], re.MULTILINE)
    assert found
    return number(found[1].replace(" ", ""))


@LANGUAGES
def test_a_journey_costs_its_fares_and_its_daily_allowances(lang: str) -> None:
    journeys = table(ORGANISING, lang, "Pasaje|Fare")

    for _, *cells in journeys.rows:
        people, fare, days, allowance, total = map(number, cells)
        assert people * fare + people * days * allowance == total


@LANGUAGES
def test_containers_follow_from_what_is_weighed_and_collected(lang: str) -> None:
    towns = table(CAPITALISING, lang, "Torrelumbre.*Quebrada Luna")
    stalls, weekly, collections, each, containers = (row[1:] for row in towns.rows)

    for town in (0, 1):
        load = number(weekly[town]) / number(collections[town])
        assert load == number(each[town])
        assert whole(load / LOAD) == number(containers[town])

    copied = whole(number(containers[0]) * number(stalls[1]) / number(stalls[0]))
    left = number(each[1]) - copied * LOAD
    text = text_of(CAPITALISING, lang)
    assert re.search(rf"\b{copied} (?:contenedores|containers) .*\b{left} kg", text)


@LANGUAGES
def test_a_fourth_collection_needs_fewer_containers(lang: str) -> None:
    towns = table(CAPITALISING, lang, "Torrelumbre.*Quebrada Luna")
    weekly = number(towns.row("Orgánicos por semana|Organic waste per week")[2])

    assert answer(lang, "peer-check-scale") == whole(weekly / 4 / LOAD)


@LANGUAGES
def test_the_plan_buys_the_containers_and_adds_up(lang: str) -> None:
    plan = table(CAPITALISING, lang, "Día|Day")
    towns = table(CAPITALISING, lang, "Torrelumbre.*Quebrada Luna")
    bought = number(plan.row("Comprar|Buy")[0])
    written = re.search(r"60 \+ 1,620 = (?:EUR )?([\d,]+)", text_of(CAPITALISING, lang))

    assert written
    assert sum(plan.column(3)) == number(written[1])
    assert bought == number(towns.row("Contenedores|Containers")[2])
    assert all(day <= Decimal(90) for day in plan.column(2))
