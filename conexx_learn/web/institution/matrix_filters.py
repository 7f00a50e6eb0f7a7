"""What the address of the matrix asks for, and addresses that ask for more or less."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from flask import request

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import read_key
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.matrix import Selection, Trait
from conexx_learn.domain.readiness.standings import Standing
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.standing_words import standing_word

WANTED: dict[str, Standing | Trait] = {one.value: one for one in (*Trait, *Standing)}


@dataclass(frozen=True, slots=True)
class MatrixFilters:
    """What is asked for.

    Attributes:
        slug: Of the institution.
        day: The day that was asked for, as it was written; "" for today.
        selection: What of the matrix is wanted.
        page: From 1.
    """

    slug: str
    day: str
    selection: Selection
    page: int = 1

    @classmethod
    def asked(cls, slug: str, index: FactIndex) -> "MatrixFilters":
        """Read the address; a standing that there is not is as if it was not there.

        Raises:
            NotFoundError: A post or a unit that is not of this institution.
        """
        units = {unit.id for unit in index.facts.units}
        return cls(
            slug=slug,
            day=request.args.get("as_of", "").strip()[:20],
            selection=Selection(
                post_id=_key("post", index.posts),
                unit_id=_key("unit", units),
                wanted=WANTED.get(request.args.get("standing", "")),
                attention=request.args.get("attention") == "1",
            ),
            page=max(1, request.args.get("page", 1, type=int)),
        )

    @property
    def are_set(self) -> bool:
        """Say whether anything is left out."""
        return self.selection != Selection()

    def query(self, **changes: object) -> dict[str, object]:
        """Return the parts of an address that asks for this, with changes."""
        chosen = self.selection
        parts: dict[str, object] = {
            "as_of": self.day or None,
            "post": chosen.post_id,
            "unit": chosen.unit_id,
            "standing": chosen.wanted.value if chosen.wanted else None,
            "attention": "1" if chosen.attention else None,
            **changes,
        }
        return {name: value for name, value in parts.items() if value is not None}

    def address(self, **changes: object) -> str:
        """Return the address of the page that asks for this, with changes."""
        return url_for("matrix.show", slug=self.slug, **self.query(**changes))

    def file(self, kind: str) -> str:
        """Return the address of a file with what is shown."""
        return url_for("matrix.download", slug=self.slug, kind=kind, **self.query())


def _key(name: str, known: Container[int]) -> int | None:
    """Return a key that the address names; None where it names none."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    key = read_key(text)
    if key is None or key not in known:
        raise NotFoundError
    return key


def wanted_words() -> list[tuple[str, str]]:
    """Return what can be asked for, in words: what lies across standings first."""
    return [
        (Trait.OVERDUE.value, _("Overdue")),
        (Trait.UNMET.value, _("Still to be met")),
        (Trait.CRITICAL.value, _("Critical and not met")),
        (Trait.DUE.value, _("Due by this day")),
        (Trait.UNDATED.value, _("A fact is missing")),
        *((standing.value, standing_word(standing)) for standing in Standing),
    ]


def post_choices(index: FactIndex, day: date) -> list[tuple[int, str]]:
    """List the posts of a day in reading order: key and title."""
    posts = [index.posts[post_id] for post_id in index.post_ids_on(day)]
    units = {unit.id: unit.name for unit in index.facts.units}
    ranked = sorted(posts, key=lambda post: index.post_rank[post.id])
    return [(post.id, f"{post.title} · {units[post.unit_id]}") for post in ranked]


def unit_choices(index: FactIndex) -> list[tuple[int, str]]:
    """List the units by name: key and name."""
    return [(unit.id, unit.name) for unit in index.facts.units]
