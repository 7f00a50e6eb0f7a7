"""The sentences of problems and errors, in Spanish and in English."""

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.sentences.course_problems import COURSE_PROBLEMS
from conexx_learn.domain.sentences.glossary_problems import GLOSSARY_PROBLEMS
from conexx_learn.domain.sentences.office_problems import OFFICE_PROBLEMS
from conexx_learn.domain.sentences.quiz_problems import QUIZ_PROBLEMS

PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    **QUIZ_PROBLEMS,
    **COURSE_PROBLEMS,
    **GLOSSARY_PROBLEMS,
    **OFFICE_PROBLEMS,
}
"""Code, or `code.variant`, to language to message and hint."""


def problem_sentence(problem: Problem, lang: str) -> tuple[str, str]:
    """Say what is wrong and what to do, without a full stop after the first.

    Args:
        problem: Its facts fill the placeholders; the fact `variant` chooses among the
            sentences of one code.
        lang: `es` or any tag that begins so; everything else gets English.

    Returns:
        Message and hint.
    """
    variant = problem.facts.get("variant")
    key = f"{problem.code}.{variant}" if variant else problem.code
    language = "es" if lang.startswith("es") else "en"
    message, hint = PROBLEMS[key][language]
    return message.format(**problem.facts), hint.format(**problem.facts)
