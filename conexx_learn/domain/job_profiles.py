"""Job profiles as they ship: what a kind of post asks for, and its usual place."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """A competency that a profile asks for.

    Attributes:
        competency: Code, such as `K3`.
        min_level: 1 to 4.
        weight: 1 useful, 2 important, 3 critical.
        must_by_days: Days after the appointment; None for no hurry.
    """

    competency: str
    min_level: int
    weight: int
    must_by_days: int | None = None


@dataclass(frozen=True, slots=True)
class ShippedProfile:
    """One profile of the file.

    Attributes:
        code: Such as `PM`.
        titles: Language to title.
        source: Where its demands come from.
        demands: By competency.
        seats: How many people a small town hall has in such a post.
        units: Language to the usual name of the area.
        is_pmu: Whether that area runs externally financed projects.
        ends_with_mandate: Whether who holds the post usually leaves with the mandate.
    """

    code: str
    titles: Mapping[str, str]
    source: str
    demands: tuple[Demand, ...]
    seats: int
    units: Mapping[str, str]
    is_pmu: bool
    ends_with_mandate: bool


def read_shipped_profiles(text: str) -> tuple[ShippedProfile, ...]:
    """Read the file of job profiles, in its order.

    Raises:
        ValueError: It is not TOML, or a profile lacks a part: a mistake of ours.
    """
    document = tomllib.loads(text)
    source = str(document.pop("source"))
    return tuple(_profile(code, entry, source) for code, entry in document.items())


def _profile(code: str, entry: dict[str, Any], source: str) -> ShippedProfile:
    try:
        demands = (
            Demand(competency, ask["level"], ask["weight"], ask.get("must_by_days"))
            for competency, ask in entry["asks"].items()
        )
        return ShippedProfile(
            code=code,
            titles=entry["title"],
            source=source,
            demands=tuple(sorted(demands)),
            seats=entry["seats"],
            units=entry["unit"],
            is_pmu=entry.get("is_pmu", False),
            ends_with_mandate=entry.get("ends_with_mandate", False),
        )
    except KeyError as error:
        raise ValueError(f"{code} lacks {error}") from error
