"""The language of the shell, as the environment tells it."""

import os
from collections.abc import Mapping


def shell_language(environment: Mapping[str, str] | None = None) -> str:
    """Choose `es` or `en` for the messages of commands.

    The first of LC_ALL, LC_MESSAGES and LANG that says anything decides; Spanish where
    it begins with `es`, English everywhere else.

    Args:
        environment: Name to value; the process's own where None.

    Example:
        >>> shell_language({"LANG": "es_MX.UTF-8"}), shell_language({"LANG": "C"})
        ('es', 'en')
    """
    values = os.environ if environment is None else environment
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    stated = next((values[name] for name in names if values.get(name)), "")
    return "es" if stated.lower().startswith("es") else "en"
