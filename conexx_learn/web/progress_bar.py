"""How far a learner has come, and how long things take, in words."""

from dataclasses import dataclass
from decimal import Decimal

from conexx_learn.domain.progress import Outline
from conexx_learn.web.filters import NBSP, minutes, number
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Bar:
    """A progress bar with its figure in words."""

    done: int
    total: int
    text: str
    rest: str


def hours_text(hours: Decimal) -> str:
    """Write a workload; less than an hour in minutes."""
    if hours < 1:
        return f"{int(hours * 60)}{NBSP}min"
    return f"{number(hours)}{NBSP}h"


def outline_bar(outline: Outline) -> Bar:
    """Say the progress by minutes, in modules and in the time that is left."""
    rest = _("%(time)s left", time=minutes(outline.minutes_left))
    return Bar(
        done=outline.percent,
        total=100,
        text=_(
            "%(done)s of %(total)s modules",
            done=outline.completed_count,
            total=len(outline.required),
        ),
        rest=rest if outline.minutes_left else "",
    )
