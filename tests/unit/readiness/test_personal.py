"""What one person owes over several institutions is one list."""

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.personal import RequiredCourse, required_courses
from conexx_learn.domain.readiness.standings import Judgement, judgements
from tests.sample_institutions import AS_OF, Line, Sketch


def judged(*lines: Line, certified: int | None = None) -> list[Judgement]:
    """Judge the lines of a town for Ana, who has C1 since some days or has not."""
    town = Sketch()
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    if certified is not None:
        town.certify(ana, "C1", certified)
    town.exempt(ana, "C9", -10, 10)
    town.plan(list(lines))
    return judgements(FactIndex(town.facts()), AS_OF)


def days(found: list[RequiredCourse[str]]) -> list[tuple[str, int | None]]:
    return [
        (one.course, (one.due_on - AS_OF).days if one.due_on else None) for one in found
    ]


def test_the_earlier_day_counts_and_both_places_are_kept() -> None:
    found = required_courses(
        {
            "north": judged(Line("PM", "C1", 60, 1), Line("PM", "C2", 50, 1)),
            "south": judged(Line("PM", "C1", 20, 3)),
        }
    )

    assert days(found) == [("C1", 20), ("C2", 50)]
    assert [place for place, _ in found[0].asked] == ["south", "north"]


def test_what_is_unmet_anywhere_is_unmet() -> None:
    met = judged(Line("PM", "C1", 10, 1), certified=-400)
    stricter = judged(Line("PM", "C1", 90, 1, recert_months=12), certified=-400)

    (found,) = required_courses({"met": met, "stricter": stricter})

    assert found.judged.is_unmet
    assert found.can_be_done
    assert [place for place, _ in found.asked] == ["stricter", "met"]


def test_unmet_comes_first_then_met_then_exempt() -> None:
    found = required_courses(
        {
            "north": judged(
                Line("PM", "C9", 1, 1),
                Line("PM", "C1", 2, 1),
                Line("PM", "C2", None, 1, due_days=3000),
                Line("PM", "C4", 300, 1),
                certified=-10,
            )
        }
    )

    assert [one.course for one in found] == ["C4", "C2", "C1", "C9"]


def test_nobody_asks_nothing() -> None:
    assert required_courses({"north": []}) == []
