"""Text that rendering would leave as it is, and that is safe by what it cannot say.

Most options and remarks of a quiz are plain sentences. They hold no sign that Markdown
or HTML reads, so that they need neither a machine nor a cleaner.
"""

import re

_PLAIN = re.compile(
    # A list begins with a sign, or with a number and its stop.
    r"(?!\d+\.)[«“¿¡]*[^\W_]"
    r"(?:[^\W_]|[ .,;:?!¿¡%()/«»“”\u2018\u2019\u2013…€\xd7\u2212=+·'-])*(?<! )"
)


def is_plain(text: str) -> bool:
    """Say whether a text is one line of words, numbers and harmless signs.

    Example:
        >>> is_plain("«Sí»: lo firma la alcaldía (30 días)."), is_plain("2 < 3")
        (True, False)
    """
    return _PLAIN.fullmatch(text) is not None
