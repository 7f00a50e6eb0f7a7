"""The one word for a plan, tried in order."""

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.forecast import Forecast, Silence
from conexx_learn.domain.readiness.labels import (
    PlanLabel,
    institution_label,
    plan_label,
)
from conexx_learn.domain.readiness.standings import judgements
from conexx_learn.domain.readiness.tally import Share, Tally, tally
from tests.sample_institutions import AS_OF, Sketch

EMPTY = tally(judgements(FactIndex(Sketch().facts()), AS_OF), AS_OF)


@dataclass(frozen=True)
class Case:
    """What a label is made of: percent met, critical gaps, days left, weeks told."""

    met: int = 50
    critical: int = 0
    ends: int = 70
    p50: int | None = 5
    p85: int | None = 8
    silence: Silence | None = None
    minima_met: bool = True
    target_bp: int = 9000

    @property
    def counted(self) -> Tally:
        seats = Share(Fraction(self.met), 100)
        return replace(EMPTY, seats=seats, critical=self.critical)

    @property
    def foretold(self) -> Forecast:
        return Forecast((), self.p50, self.p85, self.silence, None, None, Fraction(0))


def label(case: Case, *, counted: Tally | None = None) -> PlanLabel:
    plan = Sketch().plan([], ends=case.ends, target_bp=case.target_bp)
    return plan_label(
        plan,
        counted or case.counted,
        case.foretold,
        minima_met=case.minima_met,
        day=AS_OF,
    )


SILENT = Case(p50=None, p85=None, silence=Silence.FEW_COMPLETIONS)
NEVER = Case(p50=None, p85=None, silence=Silence.OUT_OF_REACH)


@pytest.mark.parametrize(
    ("case", "word"),
    [
        pytest.param(Case(met=90), "READY", id="the target exactly"),
        pytest.param(Case(met=89), "ON TRACK", id="just under it"),
        pytest.param(Case(met=90, target_bp=9001), "ON TRACK", id="a higher target"),
        pytest.param(Case(met=95, critical=1), "ON TRACK", id="a critical gap"),
        pytest.param(Case(met=95, minima_met=False), "ON TRACK", id="a minimum short"),
        pytest.param(Case(met=95, ends=-9), "READY", id="ready outlives the end"),
        pytest.param(replace(SILENT, met=95), "READY", id="ready needs no forecast"),
        pytest.param(Case(ends=-1), "LATE", id="over since yesterday"),
        pytest.param(replace(SILENT, ends=-1), "LATE", id="over, and no forecast"),
        pytest.param(replace(SILENT, ends=0), "NO FORECAST", id="the last day"),
        pytest.param(Case(ends=34), "LATE", id="a day short of one chance in two"),
        pytest.param(Case(ends=35), "AT RISK", id="one chance in two in time"),
        pytest.param(Case(ends=55), "AT RISK", id="a day short of 85 %"),
        pytest.param(Case(ends=56), "ON TRACK", id="85 % in time"),
        pytest.param(replace(SILENT), "NO FORECAST", id="too little is known"),
        pytest.param(NEVER, "LATE", id="not at this pace"),
        pytest.param(
            replace(NEVER, p50=5), "AT RISK", id="one chance in two, and never 85 %"
        ),
    ],
)
def test_the_first_word_that_fits_is_the_label(case: Case, word: str) -> None:
    assert label(case) == PlanLabel(word)


def test_where_nothing_is_required_nothing_is_ready() -> None:
    case = replace(SILENT, silence=Silence.NO_REQUIREMENTS, target_bp=0)

    assert label(case, counted=EMPTY) is PlanLabel.NO_FORECAST


@pytest.mark.parametrize(
    ("labels", "word"),
    [
        ([], PlanLabel.NO_PLAN),
        ([PlanLabel.READY], PlanLabel.READY),
        ([PlanLabel.READY, PlanLabel.ON_TRACK], PlanLabel.ON_TRACK),
        ([PlanLabel.NO_FORECAST, PlanLabel.AT_RISK], PlanLabel.AT_RISK),
        ([PlanLabel.LATE, PlanLabel.AT_RISK], PlanLabel.LATE),
    ],
)
def test_an_institution_has_the_most_urgent_word(
    labels: list[PlanLabel], word: PlanLabel
) -> None:
    assert institution_label(labels) is word
