"""Units of an institution: opened, renamed, moved, closed, always a tree."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.search import folded
from conexx_learn.domain.units import UnitTraits, makes_a_circle
from conexx_learn.models.posts import Post, Unit
from conexx_learn.services import audit
from conexx_learn.services.institutions import held_institution

LONGEST_NAME = 120


def open_unit(
    session: Session,
    *,
    institution_id: int,
    traits: UnitTraits,
    now: datetime,
) -> int:
    """Open a unit; one that was closed under the same name opens again.

    Args:
        session: Where to write.
        institution_id: Where.
        traits: Its name and its place.
        now: This moment.

    Returns:
        Its id.

    Raises:
        ShapeError: The name is empty or too long.
        RuleError: There is an open unit of that name.
        NotFoundError: The unit around it is not there.
    """
    held_institution(session, institution_id)
    known = _units(session, institution_id)
    readable = unit_name(traits.name)
    _refuse_namesake(known, readable, but=None)
    _refuse_strange_parent(known, traits.parent_id)
    unit = next((one for one in known.values() if one.name == readable), None)
    if unit is None:
        unit = Unit(institution_id=institution_id, name=readable, created_at=now)
        session.add(unit)
    unit.parent_id, unit.is_pmu = traits.parent_id, traits.is_pmu
    unit.closed_on = None
    session.flush()
    _record(session, "unit-open", unit, now)
    return unit.id


def change_unit(
    session: Session,
    *,
    institution_id: int,
    unit_id: int,
    traits: UnitTraits,
    seen: str,
    now: datetime,
) -> None:
    """Rename a unit, move it, or say whether it runs projects.

    Args:
        session: Where to write.
        institution_id: Where.
        unit_id: Which one.
        traits: As it is to be.
        seen: Fingerprint of what the editor had before them.
        now: This moment.

    Raises:
        NotFoundError: It, or the unit around it, is not there.
        ShapeError: The name is empty or too long.
        RuleError: Another unit has the name, it would lie inside itself, or somebody
            changed it meanwhile.
    """
    held_institution(session, institution_id)
    known = _units(session, institution_id)
    unit = _open(known, unit_id)
    if seen != UnitTraits(unit.name, unit.parent_id, unit.is_pmu).fingerprint:
        raise RuleError("changed-meanwhile")
    readable = unit_name(traits.name)
    _refuse_namesake(known, readable, but=unit_id)
    _refuse_strange_parent(known, traits.parent_id)
    parents = {one.id: one.parent_id for one in known.values()}
    if makes_a_circle(parents, unit_id, traits.parent_id):
        raise RuleError("unit-circle", name=unit.name)
    unit.name, unit.parent_id, unit.is_pmu = readable, traits.parent_id, traits.is_pmu
    session.flush()
    _record(session, "unit-change", unit, now)


def close_unit(
    session: Session, *, institution_id: int, unit_id: int, today: date, now: datetime
) -> None:
    """Close a unit that is empty: its posts and the units inside are closed already.

    Raises:
        NotFoundError: It is not there.
        RuleError: It still has posts or units.
    """
    held_institution(session, institution_id)
    known = _units(session, institution_id)
    unit = _open(known, unit_id)
    has_units = any(
        one.parent_id == unit_id and one.closed_on is None for one in known.values()
    )
    lasting = select(Post.id).where(
        Post.unit_id == unit_id, or_(Post.active_to.is_(None), Post.active_to > today)
    )
    if has_units or session.scalar(lasting.limit(1)) is not None:
        raise RuleError("unit-in-use", name=unit.name)
    unit.closed_on = today
    _record(session, "unit-close", unit, now)


def reopen_unit(
    session: Session, *, institution_id: int, unit_id: int, now: datetime
) -> None:
    """Open a closed unit again; one whose surroundings are closed goes to the top.

    Raises:
        NotFoundError: It is not there.
        RuleError: Another unit has its name by now.
    """
    held_institution(session, institution_id)
    known = _units(session, institution_id)
    unit = known.get(unit_id)
    if unit is None:
        raise NotFoundError
    _refuse_namesake(known, unit.name, but=unit_id)
    around = known.get(unit.parent_id or 0)
    if around is None or around.closed_on is not None:
        unit.parent_id = None
    unit.closed_on = None
    _record(session, "unit-open", unit, now)


def unit_name(text: str) -> str:
    """Return the name of a unit or the title of a post as it is stored.

    Raises:
        ShapeError: It is empty or too long.
    """
    name = printed_name(text)
    if not name or len(name) > LONGEST_NAME:
        raise ShapeError("name-length", limit=LONGEST_NAME)
    return name


def _units(session: Session, institution_id: int) -> dict[int, Unit]:
    rows = session.scalars(
        select(Unit)
        .where(Unit.institution_id == institution_id)
        .order_by(Unit.id)
        .execution_options(populate_existing=True)
    )
    return {unit.id: unit for unit in rows}


def _open(known: dict[int, Unit], unit_id: int) -> Unit:
    unit = known.get(unit_id)
    if unit is None or unit.closed_on is not None:
        raise NotFoundError
    return unit


def _refuse_namesake(known: dict[int, Unit], name: str, *, but: int | None) -> None:
    """Refuse a name that an open unit has; also that of a closed one, unless opened."""
    for unit in known.values():
        is_same = unit.name == name or (
            unit.closed_on is None and folded(unit.name) == folded(name)
        )
        opens_again = but is None and unit.closed_on is not None
        if unit.id != but and is_same and not opens_again:
            raise RuleError("unit-exists", name=name)


def _refuse_strange_parent(known: dict[int, Unit], parent_id: int | None) -> None:
    if parent_id is not None:
        _open(known, parent_id)


def _record(session: Session, act: str, unit: Unit, now: datetime) -> None:
    audit.record(
        session,
        act=act,
        thing=f"unit:{unit.id}",
        now=now,
        institution_id=unit.institution_id,
        name=unit.name,
    )
