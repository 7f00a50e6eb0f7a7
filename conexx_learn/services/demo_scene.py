"""What the stories of the demonstration share: who, where, and days that never age."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.queries.institution_facts import InstitutionPlace, institution_place
from conexx_learn.services.certification import Issuing
from conexx_learn.services.demo_people import COORDINATOR, MANAGERS

LANG = "es"
NOON = time(15)
"""In UTC: the same calendar day from Mexico to Madrid."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everything that the stories share.

    Attributes:
        session: Where to write.
        ids: Identity to account id.
        issuing: Who certifies.
        now: The moment that all days are counted back from.
    """

    session: Session
    ids: Mapping[str, int]
    issuing: Issuing
    now: datetime

    def days_ago(self, days: int) -> datetime:
        """Return the moment so many days before."""
        return self.now - timedelta(days=days)

    @property
    def coordinator(self) -> Actor:
        """Return who coordinates."""
        return Actor(self.ids[COORDINATOR], (Place(Role.COORDINATOR, None),))


@dataclass(frozen=True, slots=True)
class Town:
    """An institution of the demonstration; its days are offsets from its today.

    Attributes:
        cast: What all stories share.
        place: Which institution.
        manager: Its training manager.
        today: The day there.
    """

    cast: Cast
    place: InstitutionPlace
    manager: Actor
    today: date

    def day(self, offset: int) -> date:
        """Return the day so many days from today; negative for the past."""
        return self.today + timedelta(days=offset)

    def moment(self, offset: int) -> datetime:
        """Return an hour in the middle of a day, in UTC."""
        return datetime.combine(self.day(offset), NOON, UTC)

    def user(self, name: str) -> int:
        """Return the account of somebody by the first part of their identity."""
        known = self.cast.ids
        return known.get(f"{name}@{self.place.slug}.example") or known[name]

    @property
    def manager_id(self) -> int:
        """Return the account of the training manager."""
        return self.cast.ids[MANAGERS[self.place.slug]]


def town(cast: Cast, slug: str) -> Town:
    """Go to an institution.

    Raises:
        NotFoundError: It is not there.
    """
    place = institution_place(cast.session, slug=slug)
    if place is None:
        raise NotFoundError
    manager = Actor(cast.ids[MANAGERS[slug]], (Place(Role.MANAGER, place.id),))
    return Town(cast, place, manager, place.today(cast.now))
