"""Everything known of one institution, read for one day: the ground of its readiness.

Seven statements, whatever the number of people, posts and requirements; each stands
with its noun in a file beside this one. What is derived from them is derived on the
ground floor, by functions without a database.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import String, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness import facts
from conexx_learn.models.institutions import Institution
from conexx_learn.queries.institution_circumstances import (
    CIRCUMSTANCES,
    read_circumstances,
)
from conexx_learn.queries.institution_evidence import (
    CERTIFICATES,
    COURSES,
    LEARNING,
    read_certificates,
    read_courses,
    read_learning,
)
from conexx_learn.queries.institution_plans import PLANS, read_plans
from conexx_learn.queries.institution_staffing import (
    PEOPLE,
    STAFFING,
    read_people,
    read_staffing,
)


@dataclass(frozen=True, slots=True)
class InstitutionPlace:
    """An institution as its pages name it.

    Attributes:
        id: Key.
        slug: Its word in addresses.
        name: As it is printed.
        kind: Such as `municipality`.
        country: ISO 3166-1 alpha-2.
        timezone: Of its clocks.
        locale: Language of its papers.
        population: How many live there, or None.
        mandate_ends_on: Last day of the mandate, or None.
        association_id: Who sees its figures, or None.
        review_is_obligatory: Whether a plan needs advice before it is approved.
    """

    id: int
    slug: str
    name: str
    kind: str
    country: str
    timezone: str
    locale: str
    population: int | None
    mandate_ends_on: date | None
    association_id: int | None
    review_is_obligatory: bool

    def today(self, now: datetime) -> date:
        """Return the calendar day at the institution."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def end_of(self, day: date) -> datetime:
        """Return the moment at which a day is over there."""
        midnight = datetime.combine(day + timedelta(days=1), time())
        return midnight.replace(tzinfo=ZoneInfo(self.timezone))


PLACE = select(Institution).where(Institution.slug == bindparam("slug", type_=String))


def institution_place(session: Session, *, slug: str) -> InstitutionPlace | None:
    """Return the institution of an address; one statement."""
    row = session.scalar(PLACE, {"slug": slug})
    return None if row is None else place_of(row)


def place_of(row: Institution) -> InstitutionPlace:
    """Read an institution from its row."""
    return InstitutionPlace(
        id=row.id,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        country=row.country,
        timezone=row.timezone,
        locale=row.default_locale,
        population=row.population,
        mandate_ends_on=row.mandate_ends_on,
        association_id=row.association_id,
        review_is_obligatory=row.review_is_obligatory,
    )


def institution_facts(
    session: Session, *, place: InstitutionPlace, as_of: date, lang: str
) -> facts.InstitutionFacts:
    """Return all facts of an institution; seven statements.

    Args:
        session: Where to read.
        place: Which institution.
        as_of: The day that progress is read for; the rest carries its own days.
        lang: Of course titles.
    """
    values = {
        "institution_id": place.id,
        "lang": lang,
        "until": place.end_of(as_of),
    }
    units, posts, appointments = read_staffing(session.execute(STAFFING, values))
    courses, versions, titles = read_courses(session.execute(COURSES, values), lang)
    exemptions, prior_learning, minima = read_circumstances(
        session.execute(CIRCUMSTANCES, values)
    )
    return facts.InstitutionFacts(
        as_of=as_of,
        mandate_ends_on=place.mandate_ends_on,
        people=read_people(session.execute(PEOPLE, values)),
        units=units,
        posts=posts,
        appointments=appointments,
        courses=courses,
        certificates=read_certificates(session.execute(CERTIFICATES, values), versions),
        learning=read_learning(session.execute(LEARNING, values)),
        plans=read_plans(session.execute(PLANS, values)),
        exemptions=exemptions,
        prior_learning=prior_learning,
        minima=minima,
        competencies=titles,
    )
