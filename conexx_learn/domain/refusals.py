"""A file from outside that is not taken: one problem, which says what to do."""

from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.problems import Problem

_LONGEST_NAME = 80


def refusal(name: str, code: str, variant: str, **facts: str) -> ContentError:
    """Make the error that says why a file is not taken and what to do.

    Args:
        name: Of the file; what cannot be shown of it is left out.
        code: `E008` or `E009`.
        variant: Which sentence of `sentences.office_problems`.
        facts: What the sentence needs besides `entry`, the name.
    """
    shown = "".join(sign if sign.isprintable() else "?" for sign in name)
    shown = shown[-_LONGEST_NAME:]
    stated = {"entry": shown, "variant": variant, **facts}
    problem = Problem(shown, 1, 1, code, stated)
    return ContentError(
        "content-unreadable", problems=(problem,), name=shown, reason=variant
    )
