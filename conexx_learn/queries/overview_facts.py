"""All facts of the few institutions of one page, so that each can have its label.

Seven statements, however many institutions; what they read is what `institution_facts`
reads of one, and the same readers make values of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Row, Select, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness import facts
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.institutions import Membership
from conexx_learn.models.planning import TrainingPlan
from conexx_learn.models.posts import Unit
from conexx_learn.queries.institution_circumstances import (
    circumstances_statement,
    read_circumstances,
)
from conexx_learn.queries.institution_evidence import (
    COURSES,
    certificates_statement,
    learning_statement,
    read_certificates,
    read_courses,
    read_learning,
)
from conexx_learn.queries.institution_plans import plans_statement, read_plans
from conexx_learn.queries.institution_scope import Rows
from conexx_learn.queries.institution_staffing import (
    people_statement,
    read_people,
    read_staffing,
    staffing_statement,
)

LANG = "es"
"""Of titles, which no label says."""

IDS = bindparam("ids", expanding=True, type_=Integer)
MEMBERS = select(Membership.user_id).where(Membership.institution_id.in_(IDS))
PEOPLE = people_statement(Membership.institution_id.in_(IDS))
STAFFING = staffing_statement(Unit.institution_id.in_(IDS))
CERTIFICATES = certificates_statement(Certificate.user_id.in_(MEMBERS))
LEARNING = learning_statement(Enrolment.user_id.in_(MEMBERS))
PLANS = plans_statement(TrainingPlan.institution_id.in_(IDS))
CIRCUMSTANCES = circumstances_statement(lambda id_: id_.in_(IDS), MEMBERS)


NOWHERE = 0
"""What the statement of circumstances says for a place where only a person counts."""


class _OfPerson(Protocol):
    @property
    def person_id(self) -> int: ...


Known = TypeVar("Known", bound=_OfPerson)
Groups = Mapping[int, Sequence[Row[*tuple[Any, ...]]]]


@dataclass(frozen=True, slots=True)
class PlaceInTime:
    """An institution whose facts are wanted, and what its days depend on.

    Attributes:
        id: Key.
        timezone: Of its clocks.
        mandate_ends_on: Last day of the mandate, or None.
    """

    id: int
    timezone: str
    mandate_ends_on: date | None

    def today(self, now: datetime) -> date:
        """Return the calendar day there."""
        return now.astimezone(ZoneInfo(self.timezone)).date()


def facts_of_several(
    session: Session, *, places: Sequence[PlaceInTime], now: datetime
) -> dict[int, facts.InstitutionFacts]:
    """Map institutions to all that is known of each today; seven statements.

    Args:
        session: Where to read.
        places: Few: everything is read at once.
        now: This moment; each has the day of its own clocks.
    """
    # No work is done in days to come: the end of any clock's day is late enough.
    values = {
        "ids": [place.id for place in places],
        "lang": LANG,
        "until": now + timedelta(days=1),
    }

    def rows(statement: Select[*tuple[Any, ...]]) -> Rows:
        return session.execute(statement, values)

    courses, versions, titles = read_courses(rows(COURSES), LANG)
    people = _grouped(rows(PEOPLE), lambda row: row.institution_id)
    staffing = _grouped(rows(STAFFING), lambda row: row[0].institution_id)
    plans = _grouped(rows(PLANS), lambda row: row[0].institution_id)
    circumstances = _grouped(rows(CIRCUMSTANCES), lambda row: row.institution_id)
    homes = _homes(people)
    certificates = _shared(read_certificates(rows(CERTIFICATES), versions), homes)
    learning = _shared(read_learning(rows(LEARNING)), homes)
    _none, known_prior, _neither = read_circumstances(circumstances[NOWHERE])
    prior_learning = _shared(known_prior, homes)
    found = {}
    for place in places:
        units, posts, appointments = read_staffing(staffing[place.id])
        exemptions, _prior, minima = read_circumstances(circumstances[place.id])
        found[place.id] = facts.InstitutionFacts(
            as_of=place.today(now),
            mandate_ends_on=place.mandate_ends_on,
            people=read_people(people[place.id]),
            units=units,
            posts=posts,
            appointments=appointments,
            courses=courses,
            certificates=tuple(certificates[place.id]),
            learning=tuple(learning[place.id]),
            plans=read_plans(plans[place.id]),
            exemptions=exemptions,
            prior_learning=tuple(prior_learning[place.id]),
            minima=minima,
            competencies=titles,
        )
    return found


def _grouped(
    rows: Rows, place: Callable[[Row[*tuple[Any, ...]]], int]
) -> defaultdict[int, list[Row[*tuple[Any, ...]]]]:
    """Part rows by their institution; each keeps its order."""
    found: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        found[place(row)].append(row)
    return found


def _homes(people: Groups) -> dict[int, set[int]]:
    """Map each person to the institutions that they belong or belonged to."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for place, rows in people.items():
        for row in rows:
            found[row.id].add(place)
    return found


def _shared(
    everything: Iterable[Known], homes: Mapping[int, Iterable[int]]
) -> defaultdict[int, list[Known]]:
    """Give what is known of a person to each institution of theirs."""
    found: defaultdict[int, list[Known]] = defaultdict(list)
    for one in everything:
        for place in homes.get(one.person_id, ()):
            found[place].append(one)
    return found
