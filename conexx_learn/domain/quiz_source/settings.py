"""The front matter of a quiz: its identity and its rules, defaults applied."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from conexx_learn.domain.front_matter import FrontMatter
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import (
    AttemptGrade,
    FeedbackPolicy,
    Mode,
    QuizSettings,
    Scoring,
)
from conexx_learn.domain.quiz_source.blocks import Attribute
from conexx_learn.domain.quiz_source.headings import is_id, proposed_id
from conexx_learn.domain.quiz_source.keys import (
    FRONT,
    LEVELS,
    both_words,
    english_key,
    suggested_key,
)
from conexx_learn.domain.quiz_source.values import (
    MOST_ATTEMPTS,
    Values,
)

DEFAULT_LANG = "es"
"""Of a quiz that says nothing, in the file name neither."""

GRADED_ATTEMPTS = 3

ORDER_SCORINGS = (Scoring.PAIRS, Scoring.POSITION, Scoring.EXACT)
MULTIPLE_SCORINGS = tuple(
    scoring for scoring in Scoring if scoring not in (Scoring.PAIRS, Scoring.POSITION)
)

_TAG = re.compile(r"\.([a-z]{2,3})\.md$")
_LANG = re.compile(r"^[a-z]{2,3}$")
_TRANSLATES = re.compile(r"^[^\s@/\\]+\.md@[0-9a-f]{12}$")


@dataclass(frozen=True, slots=True)
class Identity:
    """What the front matter says besides the rules."""

    id: str
    title: str
    lang: str
    translates: str | None


def file_lang(path: str) -> str | None:
    """Read the language tag of a file name, if there is one.

    Example:
        >>> file_lang("01-map.quiz.es.md"), file_lang("quiz.md")
        ('es', None)
    """
    found = _TAG.search(path)
    return found[1] if found else None


def front_attributes(
    head: FrontMatter, path: str
) -> tuple[dict[str, Attribute], list[Problem]]:
    """Name the keys of the front matter: E106, E120 and E121."""
    attributes: dict[str, Attribute] = {}
    problems: list[Problem] = []
    for entry in head.entries:
        key = english_key(entry.key)
        facts = {"key": entry.key}
        if key is None:
            code, guess = "E120", suggested_key(entry.key, FRONT)
            facts |= {"suggestion": guess, "variant": "meant"} if guess else {}
        elif key not in LEVELS[FRONT]:
            code = "E121"
        elif key in attributes:
            code, facts["line"] = "E106", str(attributes[key].line)
        else:
            place = (entry.line, entry.column)
            attributes[key] = Attribute(key, entry.key, entry.value, *place)
            continue
        problems.append(Problem(path, entry.line, 1, code, facts))
    return attributes, problems


def read_identity(values: Values, *, is_present: bool) -> Identity:
    """Read id, title, language and what the file translates."""
    attributes, path = values.attributes, values.path
    for key in ("quiz", "title"):
        if key not in attributes and is_present:
            values.problems.append(
                Problem(path, 1, 1, "E103", {"key": both_words(key)})
            )
    id_ = values.text("quiz")
    if id_ and not is_id(id_):
        values.report("quiz", "E112", found=id_, proposal=proposed_id(id_))
    translates = values.text("translates") or None
    if translates and not _TRANSLATES.match(translates):
        values.refuse("translates", "NAME.quiz.es.md@0123456789ab")
    return Identity(id_, values.text("title"), _lang(values), translates)


def _lang(values: Values) -> str:
    tag = file_lang(values.path)
    lang = values.text("lang").casefold()
    if lang and ((tag and lang != tag) or not _LANG.match(lang)):
        values.refuse("lang", tag or "es, en, pt …")
    return tag or lang or DEFAULT_LANG


def read_settings(
    values: Values, *, is_final: bool, default_pass: Fraction | None
) -> QuizSettings:
    """Read the rules of a quiz.

    Args:
        values: Of the front matter.
        is_final: A final quiz is graded unless it says otherwise.
        default_pass: The course's pass mark in percent, for a graded quiz without
            its own; None where the course has none.
    """
    default = Mode.GRADED if is_final else Mode.PRACTICE
    mode = Mode(values.choice("mode") or default)
    is_graded = mode is Mode.GRADED
    shuffled = _shuffled(values)
    feedback = FeedbackPolicy.AFTER_ATTEMPT if is_graded else FeedbackPolicy.IMMEDIATE
    values.choice("on-timeout")
    return QuizSettings(
        mode=mode,
        pass_percent=_pass_percent(values, mode, default_pass),
        attempts=_attempts(values, GRADED_ATTEMPTS if is_graded else None),
        wait_seconds=values.seconds("wait", allows_zero=True) or 0,
        grade=AttemptGrade(values.choice("grade") or AttemptGrade.HIGHEST),
        time_seconds=values.seconds("time", allows_zero=False),
        shuffle_questions="questions" in shuffled,
        shuffle_options="options" in shuffled,
        feedback=FeedbackPolicy(values.choice("feedback") or feedback),
        scoring=_default_scoring(values),
    )


def _pass_percent(
    values: Values, mode: Mode, default_pass: Fraction | None
) -> Fraction | None:
    if "pass" in values.attributes or mode is Mode.PRACTICE:
        return values.percent("pass")
    is_translation = "translates" in values.attributes
    if default_pass is None and not is_translation:
        problem = Problem(values.path, 1, 1, "E103", {"key": both_words("pass")})
        values.problems.append(problem)
    return default_pass


def _attempts(values: Values, default: int | None) -> int | None:
    if "attempts" not in values.attributes:
        return default
    if values.is_unlimited("attempts"):
        return None
    besides = ", unlimited/sin limite"
    return values.integer("attempts", most=MOST_ATTEMPTS, besides=besides)


def _shuffled(values: Values) -> set[str]:
    """Say what may be shuffled; the options, unless told otherwise."""
    if "shuffle" not in values.attributes:
        return {"options"}
    shuffled = values.choices("shuffle")
    if "no" in shuffled and len(shuffled) > 1:
        values.refuse("shuffle", "questions, options | no")
    return shuffled - {"no"}


def _default_scoring(values: Values) -> Scoring:
    scoring = Scoring(values.choice("scoring") or Scoring.BALANCED)
    if scoring not in MULTIPLE_SCORINGS:
        values.refuse("scoring", ", ".join(MULTIPLE_SCORINGS))
        return Scoring.BALANCED
    return scoring


def stated_lines(attributes: Mapping[str, Attribute]) -> dict[str, int]:
    """Say on which line each key is written."""
    return {key: attribute.line for key, attribute in attributes.items()}
