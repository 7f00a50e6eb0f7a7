"""What was achieved: a version of a course as an Open Badges 3.0 achievement."""

from collections.abc import Iterator
from decimal import Decimal

from conexx_learn.domain.credentials.course_facts import CourseFacts
from conexx_learn.domain.credentials.european_elements import (
    EQF_LEVEL,
    UNSUPERVISED,
    assessment_address,
    missing_elements,
    participation_address,
)
from conexx_learn.domain.issuer_addresses import achievement_address
from conexx_learn.domain.sentences import micro_credentials as words
from conexx_learn.domain.sentences.credentials import credential_words

Member = dict[str, object]


def shown_title(course: CourseFacts) -> str:
    """Return the course's title; one of a demonstration says that it proves nothing."""
    title = course.in_own_language(course.titles)
    if not course.demo:
        return title
    return f"{title} ({credential_words('demo', course.lang)})"


def shown_description(course: CourseFacts) -> str:
    """Say in a sentence what the course was."""
    text = credential_words(
        "description",
        course.lang,
        title=course.in_own_language(course.titles),
        version=course.course_version,
        hours=plain_number(course.hours),
    )
    if not course.demo:
        return text
    return f"{credential_words('demo-text', course.lang)} {text}"


def plain_number(value: Decimal) -> str:
    """Write a number without needless zeros.

    Example:
        >>> plain_number(Decimal("20.00")), plain_number(Decimal("7.50"))
        ('20', '7.5')
    """
    return f"{value.normalize():f}"


def achievement(course: CourseFacts, *, public_url: str) -> Member:
    """Describe a version of a course as its certificates do, in the holder's language.

    It is a micro-credential only when every obligatory element of the European
    Recommendation is there.

    Args:
        course: As its certificates tell it.
        public_url: Origin of absolute links.
    """
    address = achievement_address(public_url, course.course_slug, course.course_version)
    assessment = course.in_own_language(course.assessment)
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "Certificate"
        if missing_elements(course)
        else "MicroCredential",
        "name": shown_title(course),
        "description": shown_description(course),
        "criteria": {
            "id": f"{address}#criteria",
            "narrative": credential_words(
                "criteria", course.lang, assessment=assessment
            ),
        },
        "inLanguage": course.lang,
        "version": course.course_version,
        "humanCode": course.course_slug,
        "creditsAvailable": course.ects,
        "alignment": list(_alignments(course, address)),
        "resultDescription": [
            {
                "id": workload_address(address),
                "type": ["ResultDescription"],
                "name": credential_words("hours", course.lang),
                "resultType": "ext:NotionalWorkloadHours",
            }
        ],
    }


def workload_address(address: str) -> str:
    """Name the description of the hours, to which a result refers."""
    return f"{address}#workload"


def _alignments(course: CourseFacts, address: str) -> Iterator[Member]:
    for number, outcome in enumerate(course.outcomes.get(course.lang, ()), start=1):
        code = f"lo-{number}"
        yield _aligned("LearningOutcome", outcome, f"{address}#{code}", code)
    yield from _competencies(course, address)
    if course.eqf_level is not None:
        level = course.eqf_level
        name = credential_words("eqf", course.lang, level=level)
        yield _aligned("EQFLevel", name, EQF_LEVEL.format(level=level), str(level))
    yield from _manners(course, address)


def _competencies(course: CourseFacts, address: str) -> Iterator[Member]:
    for claim in course.competencies:
        name = credential_words(
            "level",
            course.lang,
            title=course.in_own_language(claim.titles),
            level=claim.level,
        )
        target = f"{address}#competency-{claim.code}"
        yield _aligned("Competency", name, target, f"{claim.code}.{claim.level}")


def _manners(course: CourseFacts, address: str) -> Iterator[Member]:
    """Say how it was assessed, attended, supervised, and how quality is assured."""
    for code in course.assessment_codes:
        name = words.in_words(words.ASSESSMENT, [code], course.lang)
        target = assessment_address(code) or f"{address}#assessment-{code}"
        yield _aligned("AssessmentType", name, target, code)
    if code := course.participation_code:
        name = words.in_words(words.PARTICIPATION, [code], course.lang)
        target = participation_address(code) or f"{address}#participation-{code}"
        yield _aligned("FormOfParticipation", name, target, code)
    if course.quality_url:
        name = credential_words("quality", course.lang)
        yield _aligned("QualityAssurance", name, course.quality_url)
    if supervision := course.in_own_language(course.supervision):
        is_none = supervision in words.NO_SUPERVISION.values()
        target = UNSUPERVISED if is_none else f"{address}#supervision"
        yield _aligned("Supervision", supervision, target)


def _aligned(kind: str, name: str, target: str, code: str = "") -> Member:
    return {
        "type": ["Alignment"],
        "targetType": f"ext:{kind}",
        "targetName": name,
        "targetUrl": target,
        "targetCode": code,
    }
