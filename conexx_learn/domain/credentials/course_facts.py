"""What a version of a course says of itself in each of its certificates."""

from dataclasses import dataclass, fields
from decimal import Decimal

from conexx_learn.domain.certificates import Claims, CompetencyClaim


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """The part of the claims that all certificates of a version share.

    Attributes are those of `Claims` of the same name.
    """

    lang: str
    course_slug: str
    course_version: str
    titles: dict[str, str]
    outcomes: dict[str, tuple[str, ...]]
    hours: Decimal
    eqf_level: int | None
    competencies: tuple[CompetencyClaim, ...]
    assessment: dict[str, str]
    supervision: dict[str, str]
    demo: bool
    assessment_codes: tuple[str, ...]
    participation_code: str
    quality_url: str
    ects: Decimal | None

    def in_own_language(self, texts: dict[str, str]) -> str:
        """Choose the text in `lang`, or the first that there is."""
        return texts.get(self.lang) or next(iter(texts.values()), "")


def course_facts(claims: Claims) -> CourseFacts:
    """Take from claims what they say of the course."""
    names = [each.name for each in fields(CourseFacts)]
    return CourseFacts(**{name: getattr(claims, name) for name in names})
