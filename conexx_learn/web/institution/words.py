"""The words of readiness on the screen: labels, coverage, pace and expected days."""

from datetime import date
from fractions import Fraction

from babel.dates import format_skeleton
from flask_babel import format_date

from conexx_learn.domain.readiness.coverage import Cover
from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.domain.readiness.forecast import Forecast, Silence
from conexx_learn.domain.readiness.labels import PlanLabel
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.filters import number, percent
from conexx_learn.web.language import format_locale, ngettext
from conexx_learn.web.language import gettext as _

LABEL_STATES = {
    PlanLabel.NO_PLAN: "none",
    PlanLabel.READY: "met",
    PlanLabel.LATE: "overdue",
    PlanLabel.NO_FORECAST: "none",
    PlanLabel.AT_RISK: "expiring",
    PlanLabel.ON_TRACK: "met",
}
"""Label to the colour and shape of a standing."""


def label_word(label: PlanLabel) -> str:
    """Return the one word for a plan; for an institution in Spanish it is feminine."""
    return {
        PlanLabel.NO_PLAN: _("No plan"),
        PlanLabel.READY: _("Ready"),
        PlanLabel.LATE: _("Plan overdue"),
        PlanLabel.NO_FORECAST: _("No forecast"),
        PlanLabel.AT_RISK: _("At risk"),
        PlanLabel.ON_TRACK: _("On track"),
    }[label]


def cover_word(cover: Cover, missing: int, *, lapses: bool) -> tuple[str, str]:
    """Return state and words of how well a function is covered."""
    if cover is Cover.UNCOVERED:
        return "blocked", _("Nobody")
    if cover is Cover.SHORT:
        return "overdue", ngettext("%(num)s is missing", "%(num)s are missing", missing)
    if lapses:
        return "expiring", _("Will be lost")
    if cover is Cover.THIN:
        return "exception", _("Nobody to spare")
    return "met", _("Covered")


def pace_sentence(foretold: Forecast) -> str:
    """Say how fast it goes, and how fast it has to."""
    observed = number(_hundredths(foretold.observed_pace))
    if foretold.required_pace is None:
        return _("Pace: %(observed)s courses a week.", observed=observed)
    return _(
        "Pace: %(observed)s courses a week; %(required)s are needed.",
        observed=observed,
        required=number(_hundredths(foretold.required_pace)),
    )


def _hundredths(value: Fraction) -> Fraction:
    return Fraction(round(value * 100), 100)


def label_sentence(plan: PlanReadiness, today: date) -> str:
    """Say in one plain sentence why a plan has its label."""
    ends_on = plan.plan.ends_on
    if plan.label is PlanLabel.READY:
        return _(
            "The target is reached, nothing critical is missing and every function "
            "has its people."
        )
    if plan.label is PlanLabel.LATE and ends_on < today:
        return _(
            "The plan ended on %(end)s and not everything is met.",
            end=in_words(ends_on),
        )
    if plan.label is PlanLabel.NO_FORECAST or plan.foretold.silence is not None:
        return silence_sentence(plan.foretold.silence)
    if not plan.counted.unmet:
        return _(
            "Every course is met, but a function lacks people or the target is "
            "not reached."
        )
    early, late = plan.foretold.p50_on(today), plan.foretold.p85_on(today)
    return _(
        "At the present pace they would finish between %(early)s and %(late)s; the "
        "plan ends on %(end)s.",
        early=day_before(early, late),
        late=in_words(late),
        end=in_words(ends_on),
    )


def day_before(value: date | None, other: date | None) -> str:
    """Write a day that stands before another: without the year that both share."""
    if value is None or other is None or value.year != other.year:
        return in_words(value)
    return str(format_skeleton("MMMMd", value, locale=format_locale()))


def silence_sentence(silence: Silence | None) -> str:
    """Say why no days can be told."""
    return {
        None: "",
        Silence.NO_REQUIREMENTS: _("The plan requires nothing of anybody yet."),
        Silence.SHORT_HISTORY: _(
            "The plan is in force for less than six weeks: too short to foresee when "
            "it will be met."
        ),
        Silence.FEW_COMPLETIONS: _(
            "Fewer than five courses were completed in twelve weeks: too few to "
            "foresee when the plan will be met."
        ),
        Silence.FEW_WEEKS: _(
            "Courses were completed in fewer than three of the last twelve weeks: too "
            "few to foresee when the plan will be met."
        ),
        Silence.NO_HOURS: _(
            "Somebody has courses left and no hours a week for learning: at this pace "
            "it will not be met."
        ),
        Silence.TREADMILL: _(
            "Certificates expire as fast as new ones come: at this pace the plan will "
            "not be met."
        ),
        Silence.OUT_OF_REACH: _("At the present pace it takes more than two years."),
    }[silence]


def method_sentences(plan: PlanReadiness) -> list[str]:
    """Say how the expected days are worked out, for who asks why."""
    weekly = ", ".join(str(count) for count in plan.foretold.weekly)
    said = [
        _(
            "Courses newly met in each of the last twelve weeks, oldest first: "
            "%(weekly)s.",
            weekly=weekly,
        ),
        _(
            "The future is taken to be like these weeks, mixed in every possible "
            "order: by the first day half of all mixtures are done, by the second 85 "
            "of 100. Certificates that expire on the way are counted again, and nobody "
            "is expected to learn faster than their weekly hours allow."
        ),
    ]
    if plan.foretold.chance_in_time is not None:
        chance = percent(Fraction(int(plan.foretold.chance_in_time * 100)))
        said.append(
            _(
                "In %(chance)s of the mixtures all is met by the end of the plan.",
                chance=chance,
            )
        )
    return said


def short_day(value: date | None) -> str:
    """Write a day in few letters: 15 dic 2026."""
    return "" if value is None else str(format_date(value, "d MMM y")).replace(".", "")


def competency_title(known: InstitutionFacts, code: str) -> str:
    """Name a competency, by its code where nobody named it."""
    return known.competencies.get(code, code)


def course_title(known: InstitutionFacts, slug: str) -> str:
    """Name a course, by its slug where it is gone."""
    course = known.courses.get(slug)
    return course.title if course else slug
