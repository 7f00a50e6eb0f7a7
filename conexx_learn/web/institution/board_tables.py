"""The tables of the one screen: functions by day, and posts with their figures.

Each figure carries the address of the list behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.readiness.coverage import FunctionCoverage, FunctionOutlook
from conexx_learn.domain.readiness.matrix import Trait
from conexx_learn.domain.readiness.situation import PostSituation, Situation
from conexx_learn.domain.readiness.standings import Judgement, Standing
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.words import competency_title, cover_word
from conexx_learn.web.language import gettext as _

Lists = Callable[..., str]
"""From what is asked for of the matrix (post, standing, day) to its address."""


@dataclass(frozen=True, slots=True)
class FunctionCell:
    """How many hold a function on a day, of how many that are wanted, and who."""

    label: str
    address: str
    there: int
    wanted: int
    names: str


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One function with its days."""

    title: str
    address: str
    cells: tuple[FunctionCell, ...]
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the address of the list behind it."""

    count: int
    address: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post with its figures.

    Attributes:
        title: Of the post.
        address: Of what is required in it.
        holders: How many sit there.
        seats: How many might.
        seats_address: Of who sits there.
        percent: How much is met; None where nothing is required.
        in_progress: Courses that somebody is in.
        overdue: Courses whose day is past.
        expiring: Courses that are met, and not for long.
    """

    title: str
    address: str
    holders: int
    seats: int
    seats_address: str
    percent: int | None
    in_progress: Figure
    overdue: Figure
    expiring: Figure


def lists_of(slug: str, day: date | None) -> Lists:
    """Return what gives the address of the list behind a figure.

    Args:
        slug: Of the institution.
        day: That the figures are of; None for today.
    """
    shown = {} if day is None else {"as_of": day.isoformat()}

    def listed(**asked: object) -> str:
        parts = {name: value for name, value in asked.items() if value is not None}
        return url_for("matrix.show", slug=slug, **(shown | parts))

    return listed


def function_rows(
    slug: str, here: Situation, days: Sequence[tuple[str, date]]
) -> list[FunctionRow]:
    """List the functions with today and the other days.

    Args:
        slug: Of the institution.
        here: How it stands.
        days: Heading and day, without today.
    """
    labels = [_("Today"), *(label for label, _day in days)]
    ahead = [on for _label, on in days]
    addresses = [_functions_on(slug, on) for on in (here.day, *ahead)]
    return [
        _function_row(slug, here, outlook, list(zip(labels, addresses, strict=True)))
        for outlook in here.outlook(ahead)
    ]


def _functions_on(slug: str, on: date) -> str:
    return url_for("functions.show", slug=slug, as_of=on.isoformat())


def _function_row(
    slug: str,
    here: Situation,
    outlook: FunctionOutlook,
    days: Sequence[tuple[str, str]],
) -> FunctionRow:
    today = outlook.coverages[0]
    state, words = cover_word(today.cover, -today.margin, lapses=outlook.lapses)
    return FunctionRow(
        title=competency_title(here.facts, outlook.minimum.competency),
        address=url_for("functions.show", slug=slug),
        cells=tuple(
            _function_cell(*day, one)
            for day, one in zip(days, outlook.coverages, strict=True)
        ),
        state=state,
        words=words,
    )


def _function_cell(label: str, address: str, one: FunctionCoverage) -> FunctionCell:
    names = ", ".join(holder.person.name for holder in one.holders)
    return FunctionCell(label, address, len(one.holders), one.minimum.holders, names)


def nobody_to_spare(here: Situation) -> str:
    """Say in one sentence what happens when one person leaves."""
    felt = [one for one in here.departures() if one.falls_short]
    if not here.coverages:
        return ""
    if any(one.margin < 0 for one in here.coverages):
        return _("If one person leaves, there is nobody to spare.")
    if not felt:
        return _("If any one person leaves, every function is still covered.")
    names = ", ".join(one.person.name for one in felt[:2])
    return _("If %(names)s leaves, a function is no longer covered.", names=names)


def post_rows(
    slug: str, here: Situation, judged: Sequence[Judgement], listed: Lists
) -> list[PostRow]:
    """List the posts in which something is required, then the others."""
    rows = [_post_row(slug, one, listed) for one in here.posts(judged)]
    return sorted(rows, key=lambda row: row.percent is None)


def _post_row(slug: str, one: PostSituation, listed: Lists) -> PostRow:
    post = one.post.id

    def figure(count: int, wanted: Standing | Trait) -> Figure:
        return Figure(count, listed(post=post, standing=wanted.value))

    counts = one.counted.counts
    return PostRow(
        title=one.post.title,
        address=listed(post=post),
        holders=one.holders,
        seats=one.post.seats,
        seats_address=url_for("posts.show", slug=slug, post_id=post),
        percent=one.counted.seats.percent,
        in_progress=figure(counts.get(Standing.IN_PROGRESS, 0), Standing.IN_PROGRESS),
        overdue=figure(one.counted.overdue, Trait.OVERDUE),
        expiring=figure(counts.get(Standing.EXPIRING, 0), Standing.EXPIRING),
    )
