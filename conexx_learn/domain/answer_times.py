"""How long questions took, told from when each answer was changed last.

Nobody watches a learner read. What an attempt knows is the moment at which each answer
took its last form; what passed since the answer before is what this one took. A break
or a second look makes a single time wrong: only the median of many learners says
something.
"""

from collections import Counter
from collections.abc import Mapping

TENTHS = 10
"""In a second."""


def seconds_taken(times: Mapping[str, int]) -> dict[str, float]:
    """Return question id to the seconds between its answer and the one before.

    Answers that came at the same moment, as with a form that sends a whole page, cannot
    be told apart and have none; the next one counts from them.

    Args:
        times: Question id to when its answer was changed last, in tenths of a second
            since the attempt began.

    Example:
        >>> seconds_taken({"first": 300, "second": 450})
        {'first': 30.0, 'second': 15.0}
    """
    together = Counter(times.values())
    moments = sorted(together)
    before = dict(zip(moments, [0, *moments], strict=False))
    return {
        question_id: (moment - before[moment]) / TENTHS
        for question_id, moment in times.items()
        if together[moment] == 1
    }
