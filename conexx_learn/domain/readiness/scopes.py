"""Parts of an institution: one person, one post, one unit with everything inside it.

Each narrows what was judged for the whole. Parts overlap, since a person in two posts
is in both, so that no sum of parts gives the whole: count the whole anew. One plan of
several is no part in this sense: judge its requirements alone.
"""

from collections.abc import Iterable

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.standings import Judgement


def of_person(judged: Iterable[Judgement], person_id: int) -> list[Judgement]:
    """Keep what one person owes."""
    return [one for one in judged if one.obligation.person_id == person_id]


def of_post(judged: Iterable[Judgement], post_id: int) -> list[Judgement]:
    """Keep what is owed in a post, by its people and its vacant seats."""
    return [one for one in judged if post_id in one.obligation.post_ids]


def of_unit(
    judged: Iterable[Judgement], index: FactIndex, unit_id: int
) -> list[Judgement]:
    """Keep what is owed in the posts of a unit and of the units inside it."""
    units = index.units_below(unit_id)
    posts = {post.id for post in index.facts.posts if post.unit_id in units}
    return [one for one in judged if posts.intersection(one.obligation.post_ids)]
