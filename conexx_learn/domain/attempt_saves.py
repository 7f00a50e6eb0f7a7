"""Saves of an attempt: which answer of which device is the newest.

A page numbers its saves, so that one that arrives late is known for what it is. Each
answer also carries its time, in tenths of a second since the attempt began: of two
devices the one that changed an answer last is right, whichever is heard first. What
was overtaken is told to the page that sent it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from pydantic import TypeAdapter

from conexx_learn.domain.errors import ShapeError

LARGEST_NUMBER = 2**53
"""What every browser counts exactly."""

MOST_DEVICES = 20
"""Pages of which the number is remembered; of the others than the one that saves, the
one that counted least far is forgotten."""

DEVICE = re.compile(r"[a-z0-9]{0,40}")
TENTH = timedelta(milliseconds=100)
OBLIGATORY = frozenset({"number", "responses"})
OPTIONAL = frozenset({"device", "times", "known"})


@dataclass(frozen=True, slots=True)
class Save:
    """What a page sends.

    Attributes:
        number: Of the save, counted by the page, from 1; 0 for a form or a file, which
            a person sends and which is never late.
        responses: Question id to response in shown keys, only the changed ones.
        device: Of the page that counts; empty for one that does not say.
        times: Question id to when it was changed, in tenths of a second since the
            attempt began; one without is changed now.
        known: The newest save that the page has seen the result of; None for a page
            that does not want to be told about other devices.
    """

    number: int
    responses: Mapping[str, object]
    device: str = ""
    times: Mapping[str, int] = field(default_factory=dict)
    known: int | None = None


@dataclass(frozen=True, slots=True)
class SaveLedger:
    """What an attempt remembers of its saves.

    Attributes:
        devices: Device to the number of its newest save.
        times: Question id to when its answer was changed.
        saves: Question id to the save that brought its answer, counted here.
    """

    devices: dict[str, int] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    saves: dict[str, int] = field(default_factory=dict)

    def has_seen(self, save: Save) -> bool:
        """Say whether this save, or a later one of the same device, came before."""
        return 0 < save.number <= self.devices.get(save.device, 0)

    def newest(self, save: Save, *, age: int) -> dict[str, int]:
        """Choose the answers of a save that nobody changed later.

        Args:
            save: What came.
            age: Of the attempt, in tenths of a second: nothing is changed later than
                it arrives, whatever a clock says.

        Returns:
            Question id to the time that counts for it.
        """
        times = {
            question_id: min(save.times.get(question_id, age), age)
            for question_id in save.responses
        }
        return {
            question_id: time
            for question_id, time in times.items()
            if time >= self.times.get(question_id, 0)
        }

    def with_save(
        self, times: Mapping[str, int], *, count: int, save: Save
    ) -> "SaveLedger":
        """Return the ledger after a save of which `times` were taken."""
        counted = {save.device: save.number} if save.number else {}
        devices = {**self.devices, **counted}
        if len(devices) > MOST_DEVICES:
            others = devices.keys() - {save.device}
            del devices[min(others, key=lambda device: (devices[device], device))]
        return SaveLedger(
            devices=devices,
            times={**self.times, **times},
            saves={**self.saves, **dict.fromkeys(times, count)},
        )

    def since(self, known: int) -> list[str]:
        """List the questions whose answer came with a later save than the known one."""
        return [question_id for question_id, save in self.saves.items() if save > known]


LEDGER_JSON: TypeAdapter[SaveLedger] = TypeAdapter(SaveLedger)
"""Turns a `SaveLedger` into JSON values and back."""


def age_of(passed: timedelta) -> int:
    """Say how old an attempt is, in tenths of a second; never below 0.

    Example:
        >>> age_of(timedelta(minutes=1))
        600
    """
    return max(0, passed // TENTH)


def read_save(body: object) -> Save:
    """Read `{"number": 7, "responses": {…}}`, with `device`, `times`, `known` or not.

    Raises:
        ShapeError: It is anything else.
    """
    if not isinstance(body, dict) or not set(body) >= OBLIGATORY:
        raise ShapeError
    if not set(body) <= OBLIGATORY | OPTIONAL:
        raise ShapeError
    if not isinstance(body["responses"], dict):
        raise ShapeError
    return Save(
        number=_number(body["number"], least=1),
        responses=body["responses"],
        device=_device(body.get("device", "")),
        times=_times(body.get("times", {})),
        known=_number(body["known"], least=0) if "known" in body else None,
    )


def _number(raw: object, *, least: int) -> int:
    if type(raw) is not int or not least <= raw < LARGEST_NUMBER:
        raise ShapeError
    return raw


def _device(raw: object) -> str:
    if not isinstance(raw, str) or DEVICE.fullmatch(raw) is None:
        raise ShapeError
    return raw


def _times(raw: object) -> dict[str, int]:
    if not isinstance(raw, dict):
        raise ShapeError
    return {question_id: _number(time, least=0) for question_id, time in raw.items()}
