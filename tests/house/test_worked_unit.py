"""The hours, levels and meetings of the unit course, counted again from its tables."""

import re
from decimal import Decimal

from tests.house.course_tables import LANGUAGES, is_written, number, table, text_of

UNIT = "project-management-unit/01-building-the-unit"
COMPETENCES = "project-management-unit/02-competences-and-pm2"
START = "project-management-unit/03-start-up-and-governance"
FINAL = "project-management-unit/final.quiz"
TRAINED = Decimal(2)
TOTAL = "Total"
DAYS_BEFORE = 15


def answers(text: str, question: str) -> list[Decimal]:
    """Read the numbers that a question accepts in full or counts as nearly right."""
    block = text.partition(f"## {question} ")[2].partition("\n## ")[0]
    found = re.findall(r"^- \[=(?: \d+%)?\] ([\d ]+)", block, re.MULTILINE)
    return [number(each.replace(" ", "")) for each in found]


def is_covered(levels: list[Decimal]) -> bool:
    """Say whether somebody holds a competence."""
    return any(level >= TRAINED for level in levels)


def levels_of(lang: str) -> list[list[Decimal]]:
    """Read the map: of each competence three levels, how many hold it and should."""
    rows = table(COMPETENCES, lang, "Hacen falta|Needed").rows
    return [[number(cell) for cell in row[1:]] for row in rows]


@LANGUAGES
def test_the_hours_of_the_unit_are_added_up(lang: str) -> None:
    needed = table(UNIT, lang, "Trabajo de cada semana|Work of each week")
    lent = table(UNIT, lang, "Quién presta|Who lends")
    for each in (needed, lent):
        *hours, total = each.column(1)
        assert sum(hours) == total

    gap = needed.value(TOTAL) - lent.value(TOTAL)
    call = needed.value("Convocatoria|Call")
    text = text_of(UNIT, lang)
    without_call = needed.value(TOTAL) - call

    assert f"= {gap} hor" in text or f"= {gap} hours" in text
    assert f"{lent.value(TOTAL)} + 6 + 4 = {needed.value(TOTAL)}" in text
    assert answers(text, "unit-check-hours") == [
        lent.value(TOTAL) - without_call,
        gap,
        call,
    ]


@LANGUAGES
def test_the_average_of_the_maturity_is_as_written(lang: str) -> None:
    today = table(UNIT, lang, "Palmar hoy|Palmar today").column(1)
    written = re.search(
        r"(?:promedio de hoy es|average is) (\d\.\d)", text_of(UNIT, lang)
    )
    assert written

    assert is_written(sum(today, Decimal()) / len(today), number(written[1]))
    assert min(today) == 1


@LANGUAGES
def test_the_map_of_competences_has_its_gaps(lang: str) -> None:
    rows = levels_of(lang)
    for *levels, held, _ in rows:
        assert sum(level >= TRAINED for level in levels) == held
    gaps = [needed - held for *_, held, needed in rows]
    written = " + ".join(str(gap) for gap in gaps)

    assert f"{written} = {sum(gaps)}." in text_of(COMPETENCES, lang)


@LANGUAGES
def test_if_one_person_is_away_as_many_competences_are_empty_as_written(
    lang: str,
) -> None:
    people = [row[:3] for row in levels_of(lang)]
    without_planning = sum(not is_covered([works, money]) for _, works, money in people)
    without_accountant = sum(not is_covered(levels[:2]) for levels in people)
    empty = sum(not is_covered(levels) for levels in people)
    lost = without_accountant - empty
    text = text_of(COMPETENCES, lang)

    assert (without_planning, len(people)) == (5, 7)
    assert re.search("Cinco de siete|Five of seven", text)
    assert answers(text, "unit-check-absent")[:3] == [without_accountant, lost, empty]


@LANGUAGES
def test_the_papers_have_their_pages(lang: str) -> None:
    pages = table(COMPETENCES, lang, "Páginas|Pages").column(2)
    written = " + ".join(str(each) for each in pages)

    assert f"{written} = {sum(pages)} p" in text_of(COMPETENCES, lang)


@LANGUAGES
def test_each_row_of_the_raci_has_one_a_and_an_r(lang: str) -> None:
    rows = table(START, lang, "Coordinación.*Contador|Coordination.*Accountant").rows
    for row in rows:
        assert row.count("A") == 1, row
        assert "R" in row, row
    busy = sum(row[3] in {"A", "R"} for row in rows)

    assert (busy, len(rows)) == (6, 7)
    assert re.search("seis de siete|six of seven", text_of(START, lang))


@LANGUAGES
def test_internal_dates_are_fifteen_days_before_the_external_ones(lang: str) -> None:
    rows = table(START, lang, "Fecha interna|Internal date").rows
    dated = [row for row in rows if row[-1]]

    assert dated
    for row in dated:
        inside, outside = (re.findall(r"[^\W\d]{3,}", cell) for cell in row[-2:])
        assert inside == outside, "in the same month"
        assert number(row[-1]) - number(row[-2]) == DAYS_BEFORE


@LANGUAGES
def test_the_start_up_meeting_lasts_as_long_as_its_parts(lang: str) -> None:
    line = re.search(r"(?:dura|lasts) (\d+) minut[^:]*: (.*)\.", text_of(START, lang))
    assert line

    parts = [number(each) for each in re.findall(r"\d+", line[2])]

    assert sum(parts) == number(line[1])


@LANGUAGES
def test_the_case_of_the_final_lacks_the_hours_it_asks_for(lang: str) -> None:
    needed = sum(table(FINAL, lang, "Trabajo|Work").column(1))
    text = text_of(FINAL, lang)
    found = re.search(
        r"(?:presta|lends) (\d+) (?:de las|of the) (\d+) (?:horas|hours)", text
    )
    assert found
    hers, whole = number(found[1]), number(found[2])

    assert answers(text, "unit-final-case-hours") == [
        needed - (whole - hers),
        needed - whole,
        hers,
        needed,
    ]
