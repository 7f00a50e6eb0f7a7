"""Which questions of a course prove worst, so that a trainer looks at those first.

Facility is in percent, 0 to 100; discrimination from -100 to 100, None where everybody
earned the same: the numbers of `item_statistics`, rounded as they are shown.
"""

HARD = 30
"""Below this facility a question is as good as luck, or wrong."""

MOST_SHOWN = 3
"""How many of the worst a page names."""


def misleads(discrimination: int | None) -> bool:
    """Say whether those who know more earn less with a question."""
    return discrimination is not None and discrimination < 0


def is_worrying(facility: int, discrimination: int | None) -> bool:
    """Say whether a question should be looked at.

    Example:
        >>> is_worrying(29, 40), is_worrying(30, 40), is_worrying(80, -1)
        (True, False, True)
    """
    return facility < HARD or misleads(discrimination)


def worst_first(facility: int, discrimination: int | None) -> tuple[bool, int]:
    """Return what questions are sorted by: those that mislead, then the hardest.

    Example:
        >>> sorted([(90, -5), (10, 30), (50, None)], key=lambda one: worst_first(*one))
        [(90, -5), (10, 30), (50, None)]
    """
    if discrimination is not None and discrimination < 0:
        return False, discrimination
    return True, facility
