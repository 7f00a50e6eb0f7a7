"""Pictures as numbers: what templates draw as SVG, with the data as a table beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from conexx_learn.domain.readiness.forecast import Forecast
from conexx_learn.domain.readiness.tally import Share, Tally
from conexx_learn.domain.readiness.trend import TrendPoint

BAR_WIDTH = 1000
LINE_WIDTH, LINE_HEIGHT = 520, 96
_WHOLE_BP = 10_000
_ROOM = Fraction(115, 100)
"""What lies behind the last mark of the forecast."""


@dataclass(frozen=True, slots=True)
class ReadinessBar:
    """The share met, the paler share in progress, and the target; 0 to `BAR_WIDTH`."""

    met: int
    in_progress: int
    target: int


@dataclass(frozen=True, slots=True)
class ForecastRange:
    """From today to the end: where the plan ends, and between when all may be met.

    Attributes:
        begins: Of the expected days, 0 to `BAR_WIDTH`.
        width: Of the expected days, at least a line.
        ends: The plan's last day.
        is_late: Whether the later day lies behind the plan's end.
    """

    begins: int
    width: int
    ends: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class TrendMark:
    """One point of the line, as the table beside it says it."""

    on: date
    percent: int | None
    has_step: bool


@dataclass(frozen=True, slots=True)
class TrendLine:
    """Readiness over the weeks.

    Attributes:
        line: Path of the line.
        area: Path of what lies below it.
        target: Height of the target.
        steps: Places where a plan changed.
        marks: The data.
    """

    line: str
    area: str
    target: float
    steps: tuple[float, ...]
    marks: tuple[TrendMark, ...]

    @property
    def known(self) -> tuple[TrendMark, ...]:
        """Return the marks of the weeks in which something was required."""
        return tuple(mark for mark in self.marks if mark.percent is not None)


def readiness_bar(counted: Tally, target_bp: int) -> ReadinessBar:
    """Place the shares of a plan on the bar."""
    met = _place(counted.seats)
    return ReadinessBar(
        met=met,
        in_progress=max(0, _place(counted.seats_with_progress) - met),
        target=BAR_WIDTH * target_bp // _WHOLE_BP,
    )


def _place(share: Share) -> int:
    return int((share.value or 0) * BAR_WIDTH)


def forecast_range(
    foretold: Forecast, day: date, ends_on: date
) -> ForecastRange | None:
    """Place the expected days and the plan's end; None where no days are told."""
    early, late = foretold.p50_on(day), foretold.p85_on(day)
    if early is None or late is None:
        return None
    span = max((late - day).days, (ends_on - day).days, 1) * _ROOM

    def place(on: date) -> int:
        return max(0, int(Fraction((on - day).days) / span * BAR_WIDTH))

    return ForecastRange(
        begins=place(early),
        width=max(4, place(late) - place(early)),
        ends=place(ends_on),
        is_late=late > ends_on,
    )


def trend_line(points: Sequence[TrendPoint], target_bp: int) -> TrendLine:
    """Draw the line of the weeks; where nothing was required it lies on the ground."""
    step = LINE_WIDTH / max(1, len(points) - 1)
    places = [
        (round(number * step, 1), _height(point.share))
        for number, point in enumerate(points)
    ]
    line = " ".join(f"{x} {y}" for x, y in places)
    return TrendLine(
        line=f"M{line}",
        area=f"M{line} L{LINE_WIDTH} {LINE_HEIGHT} L0 {LINE_HEIGHT}Z",
        target=round(LINE_HEIGHT * (1 - target_bp / _WHOLE_BP), 1),
        steps=tuple(
            x for (x, _), point in zip(places, points, strict=True) if point.has_step
        ),
        marks=tuple(
            TrendMark(point.on, point.share.percent, point.has_step) for point in points
        ),
    )


def _height(share: Share) -> float:
    return round(LINE_HEIGHT * float(1 - (share.value or 0)), 1)


def weeks_before(day: date, on: date) -> int:
    """Say how many whole weeks a day lies before another."""
    return (day - on) // timedelta(weeks=1)
