"""The counts, costs and shares of the monitoring course, calculated from its tables."""

import re
from decimal import Decimal

from tests.house.course_tables import (
    LANGUAGES,
    PERCENT,
    Table,
    is_written,
    number,
    table,
    text_of,
)

PLAN = "monitoring-and-evaluation/01-monitoring-plan"
PRACTICE = "monitoring-and-evaluation/02-monitoring-in-practice"
EVALUATION = "monitoring-and-evaluation/03-evaluation"
FINAL = "monitoring-and-evaluation/final.quiz"


def products(costs: Table, quantity: int, price: int, total: int) -> None:
    """Check that each row is a quantity times a price, and the last one their sum."""
    *lines, last = costs.rows
    for row in lines:
        if any(sign.isdigit() for sign in row[quantity]):
            assert number(row[quantity]) * number(row[price]) == number(row[total])
    assert sum(number(row[total]) for row in lines) == number(last[total])


def weighted(communities: Table, shares: int, households: int) -> Decimal:
    """Return the percentage of the whole, each community by its size."""
    rows = [row for row in communities.rows if not row[0].startswith("Total")]
    having = sum(number(row[shares]) * number(row[households]) for row in rows)
    return Decimal(having) / sum(number(row[households]) for row in rows)


def project(lang: str) -> Decimal:
    """Read what the whole project costs."""
    found = re.search(r"(?:cuesta|costs) (?:EUR )?(420,000)", text_of(PLAN, lang))
    assert found
    return number(found[1])


def answer(lang: str, question: str) -> Decimal:
    """Read the right answer of a question of the final quiz."""
    block = text_of(FINAL, lang).partition(f"## {question} ")[2].partition("\n## ")[0]
    found = re.search(r"^- \[=\] ([\d.]+)", block, re.MULTILINE)
    assert found
    return number(found[1])


@LANGUAGES
def test_a_round_of_the_survey_and_all_of_the_monitoring_add_up(lang: str) -> None:
    one = table(PLAN, lang, "^(?:Una ronda|One round)")
    everything = table(PLAN, lang, "^(?:Todo|All of)")
    survey = everything.row("Encuesta|Household")
    text = text_of(PLAN, lang)

    products(one, 1, 2, 3)
    products(everything, 1, 2, 3)
    assert number(survey[2]) == number(one.rows[-1][3])
    assert is_written(
        number(everything.rows[-1][3]) / project(lang) * PERCENT, Decimal("1.5")
    )
    assert f"{everything.rows[-1][3]} ÷ 420,000 = 1.5 %" in text


@LANGUAGES
def test_the_answers_of_the_survey_are_counted_and_weighted(lang: str) -> None:
    counts = table(PRACTICE, lang, "Previstas|Planned")
    shares = table(PRACTICE, lang, "muestra|sample")
    text = text_of(PRACTICE, lang)

    for place in range(1, 5):
        *parts, whole = counts.column(place)
        assert sum(parts) == whole
    for counted, share in zip(counts.rows[:-1], shares.rows[:-1], strict=True):
        assert counted[:2] == (share[0], share[2])
        assert number(counted[4]) / number(counted[3]) * PERCENT == number(share[1])
        assert number(share[1]) * number(share[2]) / PERCENT == number(share[3])
    *estimates, whole = shares.column(3)
    assert sum(estimates) == whole
    assert weighted(shares, 1, 2) == number(shares.rows[-1][1])

    _, _, planned, answered, having = counts.rows[-1]
    simple = sum(shares.column(1)[:-1]) / 4
    assert f"{answered} ÷ {planned} = 75 %" in text
    assert f"{having} ÷ {answered} = 52 %" in text
    assert simple == int(re.findall(r"(?:daría|would be) (\d+) %", text)[-1])


@LANGUAGES
def test_both_groups_of_the_survey_are_the_whole_of_it(lang: str) -> None:
    groups = table(PRACTICE, lang, "Jefatura|Head of household")
    counts = table(PRACTICE, lang, "Previstas|Planned")

    for _, answered, having, share in groups.rows:
        assert is_written(number(having) / number(answered) * PERCENT, number(share))
    assert sum(groups.column(1)) == counts.column(3)[-1]
    assert sum(groups.column(2)) == counts.column(4)[-1]


@LANGUAGES
def test_progress_is_measured_from_the_baseline_and_has_its_signal(lang: str) -> None:
    progress = table(PRACTICE, lang, "Hito|Milestone", "Agua|Water")
    signals = table(PRACTICE, lang, "Señal|Signal")
    names = {
        "En camino": 100, "On course": 100, "Atención": 75, "Attention": 75,
        "Atraso": 0, "Late": 0,
    }  # fmt: skip

    for row, (_, signal, *_) in zip(progress.rows, signals.rows, strict=True):
        base, milestone, value, target, of_milestone, of_target = map(number, row[1:])
        exact = (value - base) / (milestone - base) * PERCENT
        assert is_written(exact, of_milestone)
        assert is_written((value - base) / (target - base) * PERCENT, of_target)
        least = 100 if exact >= 100 else 75 if exact >= 75 else 0
        assert names[signal] == least


@LANGUAGES
def test_the_results_page_keeps_to_the_matrix(lang: str) -> None:
    matrix = table(PLAN, lang, "^(?:Fila|Row)")
    progress = table(PRACTICE, lang, "Hito|Milestone", "Agua|Water")
    ends = [(number(row[2]), number(row[3])) for row in matrix.rows[1:]]

    assert ends == [(number(row[1]), number(row[4])) for row in progress.rows]
    assert number(progress.rows[1][3]) == weighted(
        table(PRACTICE, lang, "muestra|sample"), 1, 2
    )


@LANGUAGES
def test_the_days_of_the_evaluation_have_their_cost(lang: str) -> None:
    costs = table(EVALUATION, lang, "^(?:Fase|Phase)")
    text = text_of(EVALUATION, lang)
    days, total = costs.rows[-1][1], costs.rows[-1][3]

    products(costs, 1, 2, 3)
    assert sum(costs.column(1)[:-1]) == number(days)
    assert f"{days} ÷ 6 = 3" in text
    assert is_written(number(total) / project(lang) * PERCENT, Decimal("1.3"))
    assert f"{total} ÷ 420,000 = 1.3 %" in text


@LANGUAGES
def test_the_case_of_the_final_quiz_is_right(lang: str) -> None:
    communities = table(FINAL, lang, "Viviendas|Households", "El Llano")
    told = text_of(FINAL, lang).partition("mon-final-cedro")[2].partition("\n## ")[0]
    numbers = re.findall(r"(\d+) %", told)
    base, value, target = (Decimal(each) for each in numbers[-3:])

    assert weighted(communities, 2, 1) == answer(lang, "mon-final-case-total")
    assert is_written(
        (base - value) / (base - target) * PERCENT, answer(lang, "mon-final-case-loss")
    )
