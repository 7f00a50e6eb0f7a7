"""The points and the debt of the partnership course, calculated again."""

import re
from decimal import Decimal

from tests.house.course_tables import LANGUAGES, number, table

PARTNERS = "partnership-and-consortium/02-finding-partners"
RISKS = "partnership-and-consortium/03-risk-and-ppp"
HIGHEST_LEVEL = 5
LOAN_FOR_AN_INSTALMENT = 10


@LANGUAGES
def test_the_points_of_the_candidates_follow_from_weights_and_levels(lang: str) -> None:
    points = table(PARTNERS, lang, "nivel → puntos|level → points")
    *criteria, totals = points.rows
    weights = [number(row[1]) for row in criteria]

    assert sum(weights) == number(totals[1]) == Decimal(100)
    for place in (2, 3, 4):
        written = [re.findall(r"\d+", row[place]) for row in criteria]
        for weight, (level, earned) in zip(weights, written, strict=True):
            assert 0 <= int(level) <= HIGHEST_LEVEL
            assert weight * int(level) / HIGHEST_LEVEL == int(earned)
        assert sum(int(earned) for _, earned in written) == number(totals[place])


@LANGUAGES
def test_more_private_risk_means_less_debt_and_more_equity(lang: str) -> None:
    debt = table(RISKS, lang, "Cobro a usuarios|Charging users")
    flow, coverage, instalment, loan, investment, equity = (
        [number(cell) for cell in row[1:]] for row in debt.rows
    )

    for place in range(3):
        assert flow[place] / coverage[place] == instalment[place]
        assert instalment[place] * LOAN_FOR_AN_INSTALMENT == loan[place]
        assert investment[place] - loan[place] == equity[place]
    assert coverage == sorted(coverage)
    assert equity == sorted(equity)
    assert len({*flow}) == len({*investment}) == 1
