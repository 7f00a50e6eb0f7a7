"""The lines of the list of institutions: figures and the one word, as they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from conexx_learn.domain.readiness.institution_labels import label_on
from conexx_learn.domain.readiness.labels import PlanLabel
from conexx_learn.queries.institution_overview import InstitutionFigures
from conexx_learn.queries.overview_facts import PlaceInTime, facts_of_several
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import percent
from conexx_learn.web.institution.observed import FEWEST_PEOPLE
from conexx_learn.web.institution.words import LABEL_STATES, label_word
from conexx_learn.web.language import gettext as _

NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class ShownInstitution:
    """A line of the list; what may not be told says so.

    Attributes:
        name: Of the institution.
        address: Of its page.
        label: The one word of its page.
        state: Colour and shape of the word; "" where it may not be told.
        country: Two letters.
        met: Share of what its plans require, in words; a dash where that is nothing.
        overdue: Required courses that are overdue.
        critical: Critical ones that are not met.
        people: Who belongs to it.
    """

    name: str
    address: str
    label: str
    state: str
    country: str
    met: str
    overdue: str
    critical: str
    people: str


def institution_rows(
    shown: Sequence[InstitutionFigures], *, now: datetime, hides_few: bool = False
) -> list[ShownInstitution]:
    """Put the institutions of one page into words; seven statements, for the labels.

    The label is worked out from the facts of each, as the one screen does it: no
    shorter way gives the same word, since it rests on the pace of twelve weeks.

    Args:
        shown: Their figures.
        now: This moment.
        hides_few: Hide what stands for one to four people.
    """
    if not shown:
        return []
    places = [PlaceInTime(one.id, one.timezone, one.mandate_ends_on) for one in shown]
    known = facts_of_several(reading(), places=places, now=now)
    return [
        _shown(one, label_on(known[one.id], known[one.id].as_of), hides_few=hides_few)
        for one in shown
    ]


def _shown(
    one: InstitutionFigures, label: PlanLabel, *, hides_few: bool
) -> ShownInstitution:
    """Put an institution into words; a hidden word has no colour either."""
    few = _("fewer than %(number)s", number=FEWEST_PEOPLE)

    def told(text: str, people: int | None) -> str:
        """Say a figure, unless too few people stand behind it, or any of them do."""
        is_told = not hides_few or (
            one.people >= FEWEST_PEOPLE and not _are_few(people or 0)
        )
        return text if is_told else few

    met = one.seats.percent
    word = label_word(label)
    if label is not PlanLabel.NO_PLAN:
        word = told(word, one.people_owing)
    return ShownInstitution(
        name=one.name,
        address=url_for("readiness.show", slug=one.slug),
        label=word,
        state="" if word == few else LABEL_STATES[label],
        country=one.country,
        met=NOTHING if met is None else told(percent(Fraction(met)), one.people_owing),
        overdue=told(str(one.overdue), one.people_overdue),
        critical=told(str(one.critical), one.people_critical),
        people=told(str(one.people), one.people),
    )


def _are_few(people: int) -> bool:
    """Say whether there are some people, but fewer than five."""
    return 0 < people < FEWEST_PEOPLE
