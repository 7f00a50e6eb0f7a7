"""The file of courses that are announced before they are written."""

import pytest

from conexx_learn.adapters.planned_courses import planned_courses
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.planned_courses import (
    read_planned_courses,
    refuse_in_preparation,
)

PLAN = """
[water]
title = { es = "Agua", en = "Water" }
summary = { es = "De agua.", en = "Of water." }
hours = 2
validity_months = 24
eqf_level = 5
grants = [{ competency = "K1", level = 2 }]
modules = [
    { slug = "wells", minutes = 90, title = { es = "Pozos", en = "Wells" } },
    { slug = "pipes", minutes = 30, title = { es = "Tubos", en = "Pipes" } },
]
"""


def test_a_planned_course_is_read_whole() -> None:
    (course,) = read_planned_courses(PLAN)
    assert (course.slug, course.titles["es"]) == ("water", "Agua")
    assert course.grants == (("K1", 2),)
    assert course.prerequisites == ()
    assert [(one.slug, one.minutes) for one in course.modules] == [
        ("wells", 90),
        ("pipes", 30),
    ]


def test_another_text_has_another_hash() -> None:
    (course,) = read_planned_courses(PLAN)
    (other,) = read_planned_courses(PLAN.replace("Of water.", "On water."))
    assert course.content_hash != other.content_hash


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("hours = 2", "hours = 3", "120 min are not 3 h", id="hours"),
        pytest.param("eqf_level = 5\n", "", "lacks 'eqf_level'", id="a-part"),
        pytest.param("[water]", "[water", "Expected", id="not-toml"),
    ],
)
def test_a_mistake_of_ours_is_told(old: str, new: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_planned_courses(PLAN.replace(old, new))


def test_those_that_ship_are_the_rest_of_the_courses() -> None:
    found = {course.slug: course for course in planned_courses()}
    assert {slug: int(course.hours) for slug, course in found.items()} == {
        "partnership-and-consortium": 6,
        "project-management-unit": 8,
        "execution-and-reporting": 10,
        "monitoring-and-evaluation": 8,
        "peer-exchange": 4,
        "bankable-dossier": 20,
    }
    assert found["bankable-dossier"].grants == (("K10", 3), ("K3", 3), ("K4", 3))


@pytest.mark.parametrize("access", ["open", "members"])
def test_what_is_written_is_not_refused(access: str) -> None:
    refuse_in_preparation(access)


def test_what_is_only_announced_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        refuse_in_preparation("preparation")
    assert refused.value.code == "course-in-preparation"
