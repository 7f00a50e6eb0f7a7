"""What the check says, as the sentences of a page."""

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.sentences import problem_sentence
from conexx_learn.web.language import page_language


def as_sentence(message: str, hint: str = "") -> str:
    """Make a sentence of a message; the name of a file at its beginning stays.

    Example:
        >>> as_sentence("the title is missing", "Write one.")
        'The title is missing. Write one.'
        >>> as_sentence("course.toml has a fault")
        'course.toml has a fault.'
    """
    first = message.partition(" ")[0].rstrip(".,:;")
    begin = message[:1] if "." in first else message[:1].upper()
    end = "" if message.endswith(("?", "!", ".")) else "."
    return f"{begin}{message[1:]}{end} {hint}".strip()


def problem_words(problem: Problem) -> tuple[str, str]:
    """Say a problem in the page's language: a sentence, and what to do."""
    message, hint = problem_sentence(problem, page_language())
    return as_sentence(message), hint


def problem_line(problem: Problem) -> str:
    """Say a problem and what to do about it on one line."""
    return as_sentence(*problem_sentence(problem, page_language()))
