"""What the people of the demonstration have done so far, through the real verbs."""

from fractions import Fraction

from conexx_learn.services.demo_certificates import revoke
from conexx_learn.services.demo_learning import (
    answer,
    complete_course,
    is_live,
    join,
    outline_here,
    read,
    study,
)
from conexx_learn.services.demo_people import (
    ANA,
    CARLA,
    SAUL,
)
from conexx_learn.services.demo_scene import LANG, Cast

__all__ = ["FIRST_COURSE", "LANG", "LONG_COURSE", "Cast", "tell_stories"]

FIRST_COURSE = "first-steps"
LONG_COURSE = "eu-financing-instruments"
MODULES_READ = 4
"""Of the long course by Ana: her next step is module 5."""
RIGHT_WHEN_FAILING = 3
"""Of the seven questions of the first course by Carla."""


def tell_stories(cast: Cast) -> None:
    """Let everybody do what they have done; a course that is not live is left out."""
    if is_live(cast, FIRST_COURSE):
        complete_course(cast, cast.ids[ANA], FIRST_COURSE, cast.days_ago(24))
        complete_course(cast, cast.ids[SAUL], FIRST_COURSE, cast.days_ago(40))
        revoke(cast, cast.ids[SAUL], FIRST_COURSE, days=10)
        _fail_first_course(cast, CARLA, days=3)
    if is_live(cast, LONG_COURSE):
        _begin_long_course(cast, ANA, days=21)


def _fail_first_course(cast: Cast, who: str, *, days: int) -> None:
    moment, user_id = cast.days_ago(days), cast.ids[who]
    join(cast, user_id, FIRST_COURSE, moment)
    study(cast, user_id, FIRST_COURSE, moment, share=Fraction(1))
    answer(cast, user_id, FIRST_COURSE, None, moment, answered=RIGHT_WHEN_FAILING)


def _begin_long_course(cast: Cast, who: str, *, days: int) -> None:
    user_id = cast.ids[who]
    join(cast, user_id, LONG_COURSE, cast.days_ago(days))
    modules = outline_here(cast, user_id, LONG_COURSE).modules[:MODULES_READ]
    for number, module in enumerate(modules, start=1):
        moment = cast.days_ago(days - 4 * number)
        read(cast, user_id, LONG_COURSE, module.slug, moment)
        answer(cast, user_id, LONG_COURSE, module.slug, moment)
