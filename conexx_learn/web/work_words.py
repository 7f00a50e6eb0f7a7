"""Graded work in words: how it stands, why it is not passed, what a file lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from conexx_learn.domain.graded_work.decision import DISTINCTION, PASS_MARK, Lack
from conexx_learn.domain.graded_work.handing_in import WorkState
from conexx_learn.domain.graded_work.rubric import Criterion, Rubric
from conexx_learn.domain.graded_work.work_files import MOST_BYTES, WorkFault
from conexx_learn.queries.handed_work import HandedWork
from conexx_learn.web.filters import byte_size, number
from conexx_learn.web.language import gettext as _

SHAPES = {
    WorkState.OPEN: "none",
    WorkState.HANDED_IN: "progress",
    WorkState.READING: "progress",
    WorkState.PASSED: "met",
    WorkState.FAILED: "overdue",
}
"""State to the colour and shape of a standing."""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion of a result: its level, what that means, and the comments."""

    criterion: Criterion
    level: str
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownResult:
    """What the authors of a work are shown.

    Attributes:
        total: Points of 100, written.
        passed: Whether it is passed.
        distinction: With distinction.
        reasons: Why it is not passed; empty where it is.
        criteria: In the order of the rubric.
    """

    total: str
    passed: bool
    distinction: bool
    reasons: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]


def state_words(state: WorkState) -> str:
    """Say how a work stands."""
    return {
        WorkState.OPEN: _("Not handed in yet"),
        WorkState.HANDED_IN: _("Handed in"),
        WorkState.READING: _("Being assessed"),
        WorkState.PASSED: _("Passed"),
        WorkState.FAILED: _("Not passed"),
    }[state]


def shown_result(work: HandedWork, rubric: Rubric) -> ShownResult | None:
    """Return the result of a work in words; None before it has one."""
    if work.result is None:
        return None
    result = work.result
    return ShownResult(
        total=number(work.total),
        passed=work.state is WorkState.PASSED,
        distinction=bool(result["distinction"]),
        reasons=tuple(
            _reason(Lack(lack), where, rubric, result)
            for lack, where in result["shortfalls"]
        ),
        criteria=tuple(
            CriterionResult(
                one,
                number(Fraction(result["levels"][one.id])),
                tuple(result["comments"].get(one.id, ())),
            )
            for one in rubric.criteria
            if one.id in result["levels"]
        ),
    )


def _reason(lack: Lack, where: str, rubric: Rubric, result: Mapping[str, Any]) -> str:
    if lack is Lack.TOTAL:
        return _("The total is below %(points)s points.", points=PASS_MARK)
    if lack is Lack.SECTION:
        return _(
            "%(section)s: %(earned)s of %(all)s points; at least %(least)s are needed.",
            section=section_title(rubric, where),
            earned=number(Fraction(result["sections"][where])),
            all=rubric.section_weight(where),
            least=rubric.least.get(where, 0),
        )
    title = next((one.title for one in rubric.criteria if one.id == where), where)
    return _("%(criterion)s: level 2 or higher is needed.", criterion=title)


def section_title(rubric: Rubric, section: str) -> str:
    """Name a section by its criteria."""
    return " + ".join(one.title for one in rubric.section(section)) or section


def pass_rule(rubric: Rubric) -> list[str]:
    """Say what a work needs to be passed, one sentence a rule."""
    rules = [
        _(
            "At least %(least)s of 100 points; from %(high)s on it is a distinction.",
            least=PASS_MARK,
            high=DISTINCTION,
        )
    ]
    rules += [
        _(
            "%(section)s: at least %(least)s of %(all)s points, and level 2 or higher "
            "in each criterion.",
            section=section_title(rubric, section),
            least=least,
            all=rubric.section_weight(section),
        )
        for section, least in rubric.least.items()
    ]
    return rules


def fault_words(fault: WorkFault) -> str:
    """Say why a file is not taken, and what to do."""
    return {
        WorkFault.EMPTY: _("The file is empty."),
        WorkFault.TOO_LARGE: _(
            "The file is too large; at most %(size)s. Make its images smaller, and "
            "send that.",
            size=byte_size(MOST_BYTES),
        ),
        WorkFault.UNKNOWN_KIND: _(
            "Only PDF, DOCX and XLSX are taken. Save it as PDF, and send that."
        ),
        WorkFault.OTHER_CONTENT: _(
            "The file is damaged, carries programs, or is not what its name says. Save "
            "it as PDF, and send that."
        ),
    }[fault]
