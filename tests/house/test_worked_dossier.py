"""The sums of the capstone, calculated again from its tables.

A dossier and its points come from the rubric itself: what its sections can earn.
"""

import re
from decimal import Decimal

from conexx_learn.domain.graded_work.rubric import Rubric
from conexx_learn.domain.graded_work.rubric_file import read_rubric
from conexx_learn.services.course_checking import PROJECT_COURSES
from tests.house.course_tables import (
    LANGUAGES,
    PERCENT,
    Table,
    is_written,
    number,
    table,
    tables,
    text_of,
)

COURSE = "bankable-dossier"
MEANING = f"{COURSE}/01-what-bankable-means"
PREPARATION = f"{COURSE}/02-preparation-cycle"
PITCHING = f"{COURSE}/03-facilities-and-pitching"
INSTALMENT = Decimal("129.50")
"""Of a loan of 1,000 thousand over 10 years at 5 percent, in thousand EUR."""


def case(lang: str) -> Table:
    """Return the data of the town."""
    return table(MEANING, lang, "Bahía Ceibal", "Luminarias|Lamps")


def after_study(lang: str) -> Table:
    """Return what the first study changed."""
    return table(PREPARATION, lang, "Prefactibilidad|Pre-feasibility", "Flujo|Yearly")


def cover(flow: Decimal, instalment: Decimal) -> Decimal:
    """Return how often a yearly flow, in EUR, pays an instalment in thousands."""
    return flow / 1000 / instalment


def rubric(lang: str) -> Rubric:
    """Read the rubric of the course."""
    text = (PROJECT_COURSES / COURSE / f"rubric.{lang}.md").read_text("utf-8")
    return read_rubric(text, lang=lang)


def test_the_instalment_is_that_of_the_loan() -> None:
    rate, years = Decimal("0.05"), 10
    exact = 1000 * rate / (1 - (1 + rate) ** -years)

    assert is_written(exact, INSTALMENT)


@LANGUAGES
def test_the_flow_of_the_town_follows_from_its_data(lang: str) -> None:
    lamps, each, power, per_kw, price, lighting, panels, _ = case(lang).column(1)
    flow = (lamps * each + power * per_kw) * price - lighting - panels
    text = text_of(MEANING, lang)

    assert f"= {flow:,.0f} EUR" in text
    assert is_written(cover(flow, INSTALMENT), Decimal("1.39"))
    assert f"{INSTALMENT}" in text


@LANGUAGES
def test_the_first_study_changes_the_flow_and_the_cover(lang: str) -> None:
    data, study = case(lang), after_study(lang)
    each, price = data.value("Ahorro|Saving"), data.value("Precio|Price")
    assert number(study.row("Luminarias|Lamps")[1]) == data.value("Luminarias|Lamps")
    for stage in (1, 2):
        lamps, lighting, panels, bill, operation, flow, written = study.column(stage)

        assert lighting == lamps * each
        assert bill == (lighting + panels) * price
        assert flow == bill - operation
        assert is_written(cover(flow, INSTALMENT), written)


@LANGUAGES
def test_the_diagnosis_adds_up(lang: str) -> None:
    asked = table(MEANING, lang, "Hoja|Sheet", "1[.]")
    *points, total = asked.column(2)

    assert len(points) == 20
    assert set(points) <= {Decimal(level) for level in range(4)}
    assert sum(points) == total
    assert number(asked.rows[-1][0]) == 3 * len(points)


@LANGUAGES
def test_the_months_of_the_stages_add_up(lang: str) -> None:
    *months, total = table(PREPARATION, lang, "Meses|Months").column(1)

    assert sum(months) == total


@LANGUAGES
def test_the_page_says_the_shares_of_the_sources(lang: str) -> None:
    text = text_of(PREPARATION, lang)
    found = re.search(r"([\d,]+) \+ ([\d,]+) \+ ([\d,]+) = ([\d,]+)", text)
    assert found
    loan, own, grant, total = map(number, found.groups())
    line = table(PITCHING, lang, "alumbrado|lighting").row("3[.]")[1]
    shares = [number(share) for share in re.findall(r"(\d+) %", line)]

    assert sum(shares) == PERCENT
    for amount, share in zip((loan, own, grant), shares, strict=True):
        assert is_written(amount / total * PERCENT, share)


@LANGUAGES
def test_the_sections_have_the_points_of_the_rubric(lang: str) -> None:
    graded = rubric(lang)
    sections = list(dict.fromkeys(one.section for one in graded.criteria))
    weights = [graded.section_weight(name) for name in sections]
    page = (PROJECT_COURSES / COURSE / f"course.{lang}.md").read_text("utf-8")
    (listed,) = (one for one in tables(page) if re.match("Secci|Section", one.head[0]))
    fed = table(PITCHING, lang, "puntos|points")

    assert listed.column(1) == [*weights, sum(weights)]
    named = [re.search(r"\((\d+)\)", row[0]) for row in fed.rows]
    assert [int(found[1]) for found in named if found] == weights
    assert graded.least == {"capacity": 12}


@LANGUAGES
def test_the_gates_that_are_met_are_counted(lang: str) -> None:
    gates = table(PITCHING, lang, "Bahía Ceibal", "G1[.]")
    met = [row for row in gates.rows if row[1] in {"Sí", "Yes"}]
    told = re.search(r"(\d+) (?:de|of) 10\b", text_of(PITCHING, lang))

    assert told
    assert len(gates.rows) == 10
    assert len(met) == int(told[1])


@LANGUAGES
def test_the_cold_room_depends_on_the_cooperative(lang: str) -> None:
    data = table(f"{COURSE}/final.quiz", lang, "cuarto frío|cold room")
    energy, price, charge, operation, instalment = data.column(1)
    saved = energy * price - operation
    text = text_of(f"{COURSE}/final.quiz", lang)
    told = re.search(r"(\d[.]\d\d); (?:sin ella|without it), (?:the )?(0[.]\d\d)", text)
    assert told

    assert is_written((saved + charge) / instalment, Decimal(told[1]))
    assert is_written(saved / instalment, Decimal(told[2]))
