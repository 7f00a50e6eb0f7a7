"""What the check says of a quiz file: message and hint, in Spanish and English.

A key is a code, or a code and a variant joined by a dot. Placeholders are the facts of
the problem.
"""

from conexx_learn.domain.sentences.quiz_answer_problems import QUIZ_ANSWER_PROBLEMS
from conexx_learn.domain.sentences.quiz_file_problems import QUIZ_FILE_PROBLEMS
from conexx_learn.domain.sentences.quiz_warnings import QUIZ_WARNINGS
from conexx_learn.domain.sentences.quiz_whole_problems import QUIZ_WHOLE_PROBLEMS

QUIZ_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    **QUIZ_FILE_PROBLEMS,
    **QUIZ_ANSWER_PROBLEMS,
    **QUIZ_WHOLE_PROBLEMS,
    **QUIZ_WARNINGS,
}
"""Code, or `code.variant`, to language to message and hint."""
