"""What courses rest on is read from what they say, and sorted by urgency."""

from datetime import date, timedelta

import pytest

from conexx_learn.domain.content_review import (
    Cause,
    ReviewMatter,
    by_urgency,
    expiry_cause,
)
from conexx_learn.domain.content_sources import (
    CourseContent,
    QuestionUse,
    fact_ids,
    sources_of_question,
    sources_of_text,
)

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("I-001 Reglamento", ["I-001"], id="one"),
        pytest.param(
            "P-008, P-020 y P-026 arts.", ["P-008", "P-020", "P-026"], id="some"
        ),
        pytest.param("I-012 a I-014 arts.", ["I-012", "I-013", "I-014"], id="a range"),
        pytest.param("COM(2025) 262, art. 28", [], id="none"),
        pytest.param("XI-0012", [], id="no id"),
    ],
)
def test_facts_are_named_by_their_ids(text: str, ids: list[str]) -> None:
    assert fact_ids(text) == ids


def test_what_stands_beside_an_id_is_its_wording() -> None:
    (first, second) = sources_of_text(["P-002 y P-003 Reglamento 2024/2509, art. 183"])

    assert (first.name, second.name) == ("P-002", "P-003")
    assert first.wording == second.wording == "Reglamento 2024/2509, art. 183"


def test_a_source_without_an_id_is_named_by_its_words() -> None:
    (only,) = sources_of_text(["  Ley  de aguas,\tart. 3 ", ""])

    assert (only.name, only.wording) == ("Ley de aguas, art. 3", "Ley de aguas, art. 3")


def test_a_worked_example_is_no_source() -> None:
    listed = ["ejemplo del módulo 3 (afirmación", "dato", "consecuencia)", "P-047"]

    assert [one.name for one in sources_of_question(listed)] == ["P-047"]
    assert list(sources_of_text(["Example: Villa Tamarindo"])) == []


def test_content_says_what_rests_on_a_source_and_on_a_module() -> None:
    one = QuestionUse("q-1", {}, frozenset({"well"}), (), frozenset({"I-001"}))
    other = QuestionUse("q-2", {}, frozenset(), (), frozenset({"I-002"}))
    content = CourseContent(
        modules={"well": frozenset({"I-001", "I-003"}), "pump": frozenset({"I-003"})},
        wordings={},
        questions=(one, other),
    )

    assert content.sources == {"I-001", "I-002", "I-003"}
    assert content.modules_on("I-003") == ["well", "pump"]
    assert content.questions_on("I-001") == [one]
    assert content.questions_of("well") == [one]


@pytest.mark.parametrize(
    ("days", "cause"),
    [
        pytest.param(-1, Cause.EXPIRED, id="yesterday was the last day"),
        pytest.param(0, Cause.EXPIRING, id="today is the last day"),
        pytest.param(60, Cause.EXPIRING, id="sixty days ahead"),
        pytest.param(61, None, id="later"),
    ],
)
def test_a_last_day_is_inclusive(days: int, cause: Cause | None) -> None:
    assert expiry_cause(TODAY + timedelta(days=days), TODAY) is cause


def test_what_has_no_last_day_does_not_expire() -> None:
    assert expiry_cause(None, TODAY) is None


def test_the_oldest_of_the_most_urgent_comes_first() -> None:
    def matter(cause: Cause, days: int | None) -> ReviewMatter:
        since = None if days is None else TODAY + timedelta(days=days)
        return ReviewMatter(f"{cause}{days}", cause, "course", since, (), ())

    given = [
        matter(Cause.TRANSLATION, None),
        matter(Cause.EXPIRING, 20),
        matter(Cause.SOURCE, -40),
        matter(Cause.EXPIRED, -1),
        matter(Cause.EXPIRED, -30),
        matter(Cause.EXPIRING, 3),
    ]

    assert [(one.cause, one.since) for one in by_urgency(given)] == [
        (given[place].cause, given[place].since) for place in (4, 3, 2, 5, 1, 0)
    ]
