"""The folder that a trainer begins with: small, sound, and full of advice."""

from conexx_learn.domain.course_source.skeleton_texts import TEXTS

_SETTINGS = """\
# {comment_version}
version = "1.0"
source_language = "{lang}"
# {comment_hours}
hours = 0.25
access = "open"
pass_mark = 70
# {comment_grants}
grants = []
prerequisites = []
# {comment_outcomes}
outcomes = ["lo-1"]
assessment = ["quiz"]
participation = "online"
quality_assurance = "https://example.org/quality"
final_minutes = 5

# {comment_modules}
[[modules]]
slug = "{module}"
minutes = 10
outcomes = ["lo-1"]
"""


def skeleton(slug: str, *, source_language: str) -> dict[str, str]:
    """Write a course that passes the check and waits for its content.

    Args:
        slug: Of the course; question ids begin with it, since they are unique in the
            whole repository.
        source_language: Spanish keywords and advice for `es`, English for any other.

    Returns:
        Path inside the new folder to text.
    """
    texts = TEXTS["es" if source_language == "es" else "en"]
    module = texts["module_slug"]
    facts = {"slug": slug, "lang": source_language, "module": module}
    facts["prefix"] = slug[:40].rstrip("-")
    return {
        "course.toml": _SETTINGS.format(**{**texts, **facts}),
        f"course.{source_language}.md": texts["course"].format(**facts),
        f"01-{module}.{source_language}.md": texts["module"].format(**facts),
        f"final.quiz.{source_language}.md": texts["final"].format(**facts),
    }
