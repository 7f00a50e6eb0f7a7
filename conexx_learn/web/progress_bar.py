"""How far a learner has come, and how long things take, in words."""

from dataclasses import dataclass
from decimal import Decimal

from conexx_learn.domain.progress import Outline
from conexx_learn.web.filters import MINUTES_PER_HOUR, minutes
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext


@dataclass(frozen=True, slots=True)
class Bar:
    """A progress bar with its figure in words."""

    done: int
    total: int
    text: str
    rest: str


def hours_text(hours: Decimal) -> str:
    """Write a workload in hours and minutes: 8.25 → 8 h 15 min."""
    return minutes(round(hours * MINUTES_PER_HOUR))


def outline_bar(outline: Outline) -> Bar:
    """Say the progress by minutes, in modules and in the time that is left."""
    rest = _("%(time)s left", time=minutes(outline.minutes_left))
    return Bar(
        done=outline.percent,
        total=100,
        text=ngettext(
            "%(done)s of %(num)s module",
            "%(done)s of %(num)s modules",
            len(outline.required),
            done=outline.completed_count,
        ),
        rest=rest if outline.minutes_left else "",
    )
