"""The forms of units and posts."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from conexx_learn.domain.units import PostTraits, UnitTraits, below, in_tree_order
from conexx_learn.queries.frameworks import JobProfile
from conexx_learn.queries.posts import UnitRow
from conexx_learn.services.posts import MOST_SEATS
from conexx_learn.services.units import LONGEST_NAME
from conexx_learn.web.filters import in_language
from conexx_learn.web.institution.entry_fields import (
    NO_DAY,
    NO_NUMBER,
    TOO_LONG,
    ChoiceField,
    WholeNumberField,
    squeezed,
)
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField

TOP = 0
INDENT = "\N{NO-BREAK SPACE}" * 3


class UnitForm(PageForm):
    """A part of the institution."""

    seen = HiddenField()
    name = StringField(
        _l("Name of the unit"),
        filters=[squeezed],
        validators=[
            InputRequired(_l("Write the name of the unit.")),
            Length(max=LONGEST_NAME, message=TOO_LONG),
        ],
    )
    parent = ChoiceField(_l("Inside of"), coerce=int, default=TOP)
    is_pmu = BooleanField(
        _l("It runs externally financed projects"),
        description=_l("A plan can require a course of this unit alone."),
    )

    @classmethod
    def of(cls, unit: UnitRow) -> "UnitForm":
        """Fill the form with what is written of a unit."""
        return cls(
            None,
            seen=unit.traits.fingerprint,
            name=unit.traits.name,
            parent=unit.traits.parent_id or TOP,
            is_pmu=unit.traits.is_pmu,
        )

    def offer(self, units: Sequence[UnitRow], *, but: int | None = None) -> None:
        """Offer the units that are open, without one and what is inside of it."""
        parents = {unit.id: unit.traits.parent_id for unit in units}
        left_out = below(parents, but) if but is not None else set()
        offered = [unit for unit in units if unit.id not in left_out]
        self.parent.choices = [(TOP, _("Nothing: it is at the top")), *choices(offered)]

    def traits(self) -> UnitTraits:
        """Return what was entered."""
        return UnitTraits(
            self.name.data or "", self.parent.data or None, bool(self.is_pmu.data)
        )


class PostForm(PageForm):
    """Seats of one kind in a unit."""

    seen = HiddenField()
    title = StringField(
        _l("Title of the post"),
        filters=[squeezed],
        validators=[
            InputRequired(_l("Write what the post is called.")),
            Length(max=LONGEST_NAME, message=TOO_LONG),
        ],
        description=_l("As your papers call it. Name the post, not the person."),
    )
    unit = ChoiceField(_l("Unit"), coerce=int)
    profile = ChoiceField(
        _l("Job profile"),
        description=_l("What the post asks for: the proposed plan follows from it."),
    )
    seats = WholeNumberField(
        _l("Seats"),
        default=1,
        validators=[
            InputRequired(NO_NUMBER),
            NumberRange(1, MOST_SEATS, _l("Write a number from 1 to 999.")),
        ],
        description=_l("How many people it wants; vacant seats count."),
    )

    def fill(self, traits: PostTraits) -> None:
        """Fill the form with what is written of a post."""
        self.seen.data = traits.fingerprint
        self.title.data, self.unit.data = traits.title, traits.unit_id
        self.profile.data, self.seats.data = traits.profile_code, traits.seats

    def offer(self, units: Sequence[UnitRow], profiles: Sequence[JobProfile]) -> None:
        """Offer the units that are open, and all profiles."""
        self.unit.choices = choices(units)
        self.profile.choices = [
            (one.code, f"{in_language(dict(one.titles))} ({one.code})")
            for one in profiles
        ]

    def traits(self) -> PostTraits:
        """Return what was entered."""
        return PostTraits(
            self.unit.data, self.title.data or "", self.profile.data, self.seats.data
        )


class NewPostForm(PostForm):
    """A post that begins."""

    active_from = DayField(_l("First day"), validators=[InputRequired(NO_DAY)])


def choices(units: Sequence[UnitRow]) -> list[tuple[int, str]]:
    """Return key and name of open units, each below what it is inside of."""
    there = [unit for unit in units if unit.closed_on is None]
    return [
        (unit.id, f"{INDENT * depth}{unit.traits.name}")
        for depth, unit in in_tree_order(
            there, id_of=lambda one: one.id, parent_of=lambda one: one.traits.parent_id
        )
    ]
