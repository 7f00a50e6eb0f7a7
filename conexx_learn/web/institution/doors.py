"""Who may open which page of an institution: its managers, and who sees its figures.

Every read of an institution's pages begins here. A foreign institution and one that
does not exist are the same: there is no such page.
"""

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.queries.institution_facts import InstitutionPlace, institution_place
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor


def managed_place(slug: str) -> InstitutionPlace:
    """Return an institution to one of its training managers, or to the coordination.

    Raises:
        NotFoundError: It does not exist, or is not theirs.
    """
    place = institution_place(reading(), slug=slug)
    if place is None or not holds(actor(), Role.MANAGER, institution_id=place.id):
        raise NotFoundError
    return place


def watched_place(slug: str) -> InstitutionPlace:
    """Return an institution also to observers of the association that it chose.

    Raises:
        NotFoundError: It does not exist, or is not theirs to see.
    """
    place = institution_place(reading(), slug=slug)
    if place is None or not (may_see_names(place) or _observes(place)):
        raise NotFoundError
    return place


def may_see_names(place: InstitutionPlace) -> bool:
    """Say whether the reader sees people, not figures only."""
    return holds(actor(), Role.MANAGER, institution_id=place.id)


def _observes(place: InstitutionPlace) -> bool:
    return place.association_id is not None and holds(
        actor(), Role.OBSERVER, institution_id=place.association_id
    )
