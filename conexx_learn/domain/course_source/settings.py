"""What `course.toml` may say, key by key."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from conexx_learn.domain.course_source.file_names import RESERVED
from conexx_learn.domain.identifiers import is_slug

ASSESSMENTS = (
    "quiz",
    "written-exam",
    "oral",
    "marked-assignment",
    "continuous",
    "portfolio",
    "practical",
    "project",
    "peer-assessment",
    "peer-review",
    "group",
    "attendance",
    "artefact",
    "problem-based",
)
"""Types of assessment that the European list of codes knows."""

_LONGEST_HOURS = 1000
_LARGEST_WHOLE = 10**9
_LONGEST_MINUTES = 6000
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = r"^(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})$"
_ADDRESS = r"^https?://[^\s<>\"{}|\\^`]+$"


def _exact(value: object) -> object:
    """Let a whole number stand where a decimal may."""
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return Decimal(value) if abs(value) <= _LARGEST_WHOLE else value


def _in_quarters(value: Decimal) -> Decimal:
    if value * 4 % 1:
        raise PydanticCustomError("quarters", "quarters of an hour")
    return value


def _slug(value: str) -> str:
    if not is_slug(value):
        raise PydanticCustomError("slug", "a slug")
    return value


def _free_slug(value: str) -> str:
    if value in RESERVED:
        raise PydanticCustomError("reserved", "a reserved word")
    return _slug(value)


def _outcome(value: str) -> str:
    if not _WORD.fullmatch(value):
        raise PydanticCustomError("outcome", "an outcome id")
    return value


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise PydanticCustomError("repeated", "a repeated value")
    return values


def _row(value: object) -> object:
    """Let a TOML array fill a tuple, which strict types refuse."""
    return tuple(value) if isinstance(value, list) else value


Quarters = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(gt=0, le=_LONGEST_HOURS, max_digits=12),
    AfterValidator(_in_quarters),
]
Credits = Annotated[
    Decimal, BeforeValidator(_exact), Field(gt=0, le=_LONGEST_HOURS, max_digits=12)
]
Minutes = Annotated[int, Field(ge=0, le=_LONGEST_MINUTES)]
Outcomes = Annotated[
    tuple[Annotated[str, AfterValidator(_outcome)], ...],
    BeforeValidator(_row),
    AfterValidator(_distinct),
]
Slugs = Annotated[
    tuple[Annotated[str, AfterValidator(_slug)], ...],
    BeforeValidator(_row),
    AfterValidator(_distinct),
]


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class GrantTable(_Table):
    """One entry of `grants`."""

    competency: str
    level: Annotated[int, Field(ge=1, le=4)]


class ModuleTable(_Table):
    """One `[[modules]]` table."""

    slug: Annotated[str, AfterValidator(_free_slug)]
    minutes: Minutes
    quiz_minutes: Minutes = 0
    task_minutes: Minutes = 0
    required: bool = True
    outcomes: Outcomes = ()
    valid_until: date | None = None

    @property
    def workload(self) -> int:
        """Add up the minutes of reading, quiz and task."""
        return self.minutes + self.quiz_minutes + self.task_minutes


class CourseTable(_Table):
    """The whole of `course.toml`."""

    version: Annotated[str, Field(pattern=_VERSION)]
    source_language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    hours: Quarters
    eqf_level: Annotated[int, Field(ge=1, le=8)] | None = None
    validity_months: Annotated[int, Field(ge=1, le=1200)] | None = None
    pass_mark: Annotated[int, Field(ge=1, le=100)] | None = None
    grants: Annotated[tuple[GrantTable, ...], BeforeValidator(_row)] = ()
    prerequisites: Slugs = ()
    outcomes: Outcomes = ()
    assessment: Annotated[
        tuple[Literal[*ASSESSMENTS], ...],  # type: ignore[valid-type]  # mypy cannot unpack values
        BeforeValidator(_row),
        AfterValidator(_distinct),
    ] = ()
    participation: Literal["online", "blended", "presential"] | None = None
    quality_assurance: Annotated[str, Field(pattern=_ADDRESS)] | None = None
    ects: Credits | None = None
    supervision: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    access: Literal["open", "members"] = "members"
    final_minutes: Minutes | None = None
    modules: Annotated[
        tuple[ModuleTable, ...], BeforeValidator(_row), Field(min_length=1)
    ]

    @property
    def workload(self) -> int:
        """Add up every stated minute of the course."""
        return sum(m.workload for m in self.modules) + (self.final_minutes or 0)
