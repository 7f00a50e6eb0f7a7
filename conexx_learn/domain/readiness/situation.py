"""Are we ready? The answer for one institution on one day, and all that leads to it.

What a page, a file, a command and a weekly letter say comes from here, so that they
never say different things.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.readiness.bottlenecks import Bottleneck, bottlenecks
from conexx_learn.domain.readiness.call_starts import OwedCourse
from conexx_learn.domain.readiness.coverage import (
    Departure,
    FunctionCoverage,
    FunctionOutlook,
    coverage,
    coverage_outlook,
    departures,
)
from conexx_learn.domain.readiness.facts import (
    FunctionMinimum,
    InstitutionFacts,
    Post,
)
from conexx_learn.domain.readiness.hours import hours_left
from conexx_learn.domain.readiness.labels import (
    MOST_URGENT_FIRST,
    PlanLabel,
    institution_label,
)
from conexx_learn.domain.readiness.owed import Owed, owed
from conexx_learn.domain.readiness.plan_exceptions import PlanException, plan_exceptions
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness, plan_readiness
from conexx_learn.domain.readiness.scopes import of_post
from conexx_learn.domain.readiness.standings import Judgement
from conexx_learn.domain.readiness.tally import Tally, tally
from conexx_learn.domain.readiness.trend import TrendPoint, trend


@dataclass(frozen=True, slots=True)
class PostSituation:
    """A post, who sits there, and how what is owed in it stands.

    Attributes:
        post: Which.
        holders: How many of its seats are held.
        judged: What its people and vacant seats owe.
        counted: Its figures.
    """

    post: Post
    holders: int
    judged: tuple[Judgement, ...]
    counted: Tally


@dataclass(frozen=True)
class Situation(Owed):
    """An institution on a day: what is owed there, and all that follows from it.

    Attributes:
        counted: Figures of everything owed.
        plans: Each plan in force with what it alone asks for, the most urgent first.
        label: The one word for the institution.
        coverages: Its functions on the day.
    """

    counted: Tally
    plans: tuple[PlanReadiness, ...]
    label: PlanLabel
    coverages: tuple[FunctionCoverage, ...]

    def plan(self, series: int | None) -> PlanReadiness | None:
        """Return a plan in force by its series; the most urgent one without."""
        for plan in self.plans:
            if series is None or plan.plan.series == series:
                return plan
        return None

    def trend(self, series: int) -> tuple[TrendPoint, ...]:
        """Return a plan's readiness over the last 26 weeks."""
        return trend(self.index, self.day, series=series)

    def outlook(self, days: Sequence[date]) -> tuple[FunctionOutlook, ...]:
        """Say how each function is covered on several days, the day itself first."""
        return coverage_outlook(self.facts, days=[self.day, *days])

    def departures(self) -> tuple[Departure, ...]:
        """List those whose leaving would be felt."""
        return departures(self.coverages)

    def exceptions(self, plan: PlanReadiness) -> list[PlanException]:
        """List what in a plan needs somebody's eyes."""
        return plan_exceptions(self.index, plan.plan, plan.judged, self.day)

    def posts(self, judged: Sequence[Judgement]) -> list[PostSituation]:
        """List the posts of the day in reading order, with what is owed in each."""
        held = self.index.staffing(self.day).holders
        there = [post for post in self.facts.posts if post.active.contains(self.day)]
        ranked = sorted(there, key=lambda post: self.index.post_rank[post.id])
        found = []
        for post in ranked:
            owed = tuple(of_post(judged, post.id))
            figures = tally(owed, self.day)
            found.append(PostSituation(post, held.get(post.id, 0), owed, figures))
        return found

    def bottlenecks(self, judged: Iterable[Judgement]) -> list[Bottleneck]:
        """Rank what is not met by what meeting it would bring."""
        return bottlenecks(self.index, judged, minima_closed=self._minima_closed)

    def closes(self, person_id: int, course: str) -> list[FunctionMinimum]:
        """List the functions that one person more with a course would complete.

        A function of which the person's own evidence ends soon is kept by it, and
        counts as well.
        """
        known = self.facts.courses.get(course)
        if known is None:
            return []
        return [
            one.minimum
            for one in self.coverages
            if one.margin < 0
            and any(
                code == one.minimum.competency and level >= one.minimum.level
                for code, level in known.grants
            )
            and all(holder.person.id != person_id for holder in one.holders)
        ]

    def _minima_closed(self, person_id: int, course: str) -> int:
        return len(self.closes(person_id, course))

    def owed_courses(self) -> list[OwedCourse]:
        """Return everything owed as the check of a call reads it."""
        return [
            OwedCourse(
                person_id=one.obligation.person_id,
                course=one.obligation.course,
                due_on=one.obligation.due_on,
                hours_left=hours_left(self.index, one),
                is_met=one.is_met,
            )
            for one in self.judged
        ]


def situation(facts: InstitutionFacts, day: date) -> Situation:
    """Say how an institution stands.

    Args:
        facts: Read for the day.
        day: When; progress is known for the day of the facts only.
    """
    return whole_situation(owed(facts, day))


def whole_situation(here: Owed) -> Situation:
    """Say how an institution stands of which it is known already what is owed."""
    index, day = here.index, here.day
    covered = coverage(here.facts, day=day)
    minima_met = all(one.margin >= 0 for one in covered)
    plans = [
        plan_readiness(index, plan, day, minima_met=minima_met)
        for plan in index.plans_in_force(day)
    ]
    plans.sort(key=lambda one: MOST_URGENT_FIRST.index(one.label))
    return Situation(
        index=index,
        day=day,
        judged=here.judged,
        counted=tally(here.judged, day),
        plans=tuple(plans),
        label=institution_label([one.label for one in plans]),
        coverages=covered,
    )
