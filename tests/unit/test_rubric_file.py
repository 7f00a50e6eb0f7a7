"""The file of a rubric: what is refused, and what is read."""

import pytest

from conexx_learn.domain.course_source.markdown_lines import read_prose
from conexx_learn.domain.course_source.rubric import rubric_difference, rubric_problems
from conexx_learn.domain.graded_work.marks import (
    Gap,
    Mark,
    gaps,
    read_marks,
    stored_marks,
)
from conexx_learn.domain.graded_work.rubric_file import read_rubric

LEVELS = "".join(f"- [{level}] level {level}\n" for level in range(6))
SOUND = f"""## staff | People and equipment
weight: 40
section: capacity
least: 30

{LEVELS}
## money | Stable finance
weight: 20
section: capacity

{LEVELS}
## need | What the town needs
weight: 40

{LEVELS}"""


def problems(text: str) -> list[str]:
    prose = read_prose(text.split("\n"), first_line=1)
    found = rubric_problems(prose, path="rubric.en.md")
    return [str(one.facts.get("variant", one.facts["key"])) for one in found]


def test_a_rubric_is_read_with_its_sections() -> None:
    rubric = read_rubric(SOUND, lang="en")

    assert [one.id for one in rubric.criteria] == ["staff", "money", "need"]
    assert [one.section for one in rubric.criteria] == ["capacity", "capacity", "need"]
    assert rubric.criteria[0].title == "People and equipment"
    assert rubric.criteria[2].levels[5] == "level 5"
    assert dict(rubric.least) == {"capacity": 30}
    assert rubric.section_weight("capacity") == 60


def test_spanish_keys_say_the_same() -> None:
    spanish = (
        SOUND.replace("weight", "peso")
        .replace("section", "sección")
        .replace("least", "mínimo")
    )

    assert problems(spanish) == []
    assert read_rubric(spanish, lang="en") == read_rubric(SOUND, lang="en")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("", "", [], id="sound"),
        pytest.param("weight: 40\n\n", "weight: 39\n\n", ["weights"], id="99 in all"),
        pytest.param("least: 30", "least: 61", ["least"], id="more than it earns"),
        pytest.param("least: 30", "least: all", ["least"], id="no number"),
        pytest.param(
            "section: capacity\n\n", "section: a b\n\n", ["section"], id="words"
        ),
        pytest.param(
            "section: capacity\n\n",
            "section: capacity\nleast: 3\n\n",
            ["least-twice"],
            id="two minimums",
        ),
        pytest.param("## need", "## staff", ["criterion-twice"], id="one id twice"),
        pytest.param("## need |", "## need", ["criterion"], id="no title"),
        pytest.param("weight: 20\n", "", ["weight"], id="no weight"),
        pytest.param("- [5] level 5", "- [6] level 6", ["levels"] * 3, id="no level 5"),
    ],
)
def test_what_makes_no_rubric_is_reported(
    old: str, new: str, expected: list[str]
) -> None:
    assert problems(SOUND.replace(old, new)) == expected


def test_no_criterion_at_all_is_one_problem() -> None:
    assert problems("Only words.") == ["## id | …"]


def test_a_translation_has_the_same_numbers() -> None:
    source = read_prose(SOUND.split("\n"), first_line=1)
    same = SOUND.replace("People and equipment", "Personas y equipo")
    other = SOUND.replace("least: 30", "least: 31")

    def differences(text: str) -> int:
        prose = read_prose(text.split("\n"), first_line=1)
        paths = {"path": "rubric.es.md", "source_path": "rubric.en.md"}
        return len(list(rubric_difference(prose, source, **paths)))

    assert (differences(same), differences(other)) == (0, 1)


@pytest.mark.parametrize(
    ("mark", "gap"),
    [
        pytest.param(Mark(), Gap.LEVEL, id="nothing"),
        pytest.param(Mark(None, "words"), Gap.LEVEL, id="words alone"),
        pytest.param(Mark(0), Gap.COMMENT, id="0"),
        pytest.param(Mark(1), Gap.COMMENT, id="1"),
        pytest.param(Mark(2), Gap.COMMENT, id="2"),
        pytest.param(Mark(3), None, id="3"),
        pytest.param(Mark(4), None, id="4"),
        pytest.param(Mark(5), Gap.COMMENT, id="5"),
        pytest.param(Mark(5, "Very clear."), None, id="5 with a reason"),
    ],
)
def test_low_levels_and_the_highest_need_a_reason(mark: Mark, gap: Gap | None) -> None:
    rubric = read_rubric(SOUND, lang="en")
    marks = {"staff": Mark(3), "money": Mark(4), "need": mark}

    assert gaps(rubric, marks).get("need") is gap
    assert read_marks(stored_marks(marks)) == marks


def test_what_nobody_looked_at_lacks_its_level() -> None:
    assert gaps(read_rubric(SOUND, lang="en"), {}) == dict.fromkeys(
        ("staff", "money", "need"), Gap.LEVEL
    )
