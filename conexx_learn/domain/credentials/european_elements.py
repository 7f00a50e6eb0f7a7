"""The elements of the European Recommendation on micro-credentials (2022/C 243/02)."""

from conexx_learn.domain.credentials.course_facts import CourseFacts

_VOCABULARY = "http://data.europa.eu/snb"
EQF_LEVEL = _VOCABULARY + "/eqf/{level}"
UNSUPERVISED = _VOCABULARY + "/supervision-verification/c598449d64"
"""Neither supervised nor with a check of identity."""

_ASSESSMENTS = {
    "quiz": "b1b68f6735",
    "written-exam": "6e6cb2cc78",
    "oral": "d30284d7df",
    "marked-assignment": "2939dae15f",
    "continuous": "3484bd7e51",
    "portfolio": "4f03b91c0e",
    "practical": "6a4db9f11d",
    "project": "795dac4096",
    "peer-assessment": "19a2e5e671",
    "peer-review": "812e3b0ae1",
    "group": "56539a6507",
    "attendance": "7331eb4762",
    "artefact": "de4d165a6c",
    "problem-based": "c4256a2726",
}
_PARTICIPATION = {
    "online": "920fbb3cbe",
    "blended": "e92d221e4d",
    "presential": "9191af2ed9",
}


def assessment_address(code: str) -> str | None:
    """Return the European address of a type of assessment; None for an unknown one."""
    end = _ASSESSMENTS.get(code)
    return f"{_VOCABULARY}/assessment/{end}" if end else None


def participation_address(code: str) -> str | None:
    """Return the European address of a form of participation, or None."""
    end = _PARTICIPATION.get(code)
    return f"{_VOCABULARY}/learning-assessment/{end}" if end else None


def missing_elements(course: CourseFacts) -> tuple[str, ...]:
    """Name the elements without which a course grants no micro-credential.

    The level is asked for only "if applicable", so that it never lacks. The learner,
    the awarding body with its country, and the day are of the certificate, and every
    credential has them.

    Returns:
        Keys of `course.toml`; empty when all are there.
    """
    found = {
        "title": course.titles.get(course.lang),
        "outcomes": course.outcomes.get(course.lang),
        "hours": course.hours > 0,
        "assessment": course.assessment_codes
        and all(assessment_address(code) for code in course.assessment_codes),
        "participation": participation_address(course.participation_code),
        "quality_assurance": course.quality_url,
    }
    return tuple(name for name, value in found.items() if not value)
