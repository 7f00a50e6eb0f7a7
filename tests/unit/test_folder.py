"""What a task makes, and how a text is kept and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.errors import ShapeError
from conexx_learn.domain.folder import (
    LONGEST_SHEET,
    Folder,
    FolderCourse,
    Sheet,
    passages,
    sheet_text,
    task_title,
)


@pytest.mark.parametrize(
    ("box", "title"),
    [
        (
            '!!! note "Tarea · 30 min · ficha de la convocatoria"',
            "Ficha de la convocatoria",
        ),
        ('!!! note "Task · 1 h 20 min · risk sheet"', "Risk sheet"),
        ('!!! note "En su municipio"', ""),
        ('!!! warning "Ojo · 30 min · esto no es tarea"', ""),
        ("Tarea · 30 min · sin caja", ""),
        ("", ""),
    ],
)
def test_a_task_is_named_after_what_it_makes(box: str, title: str) -> None:
    assert task_title(f"## En su municipio\n\n{box}\n    1. Escriba.\n") == title


def test_the_first_box_of_a_task_counts() -> None:
    text = '!!! note "Tarea · 5 min · una"\n\n!!! note "Tarea · 5 min · otra"\n'

    assert task_title(text) == "Una"


def test_a_text_keeps_its_lines_and_loses_odd_signs() -> None:
    assert (
        sheet_text("  Uno\r\ndos\rtres\x07\x00\ud800 ñ 🌊\n\n ")
        == "Uno\ndos\ntres ñ 🌊"
    )


def test_the_longest_text_is_kept_and_a_longer_one_refused() -> None:
    assert len(sheet_text("a" * LONGEST_SHEET)) == LONGEST_SHEET
    with pytest.raises(ShapeError) as refusal:
        sheet_text("a" * (LONGEST_SHEET + 1))
    assert refusal.value.facts["length"] == LONGEST_SHEET + 1


def test_paragraphs_and_lists_are_told_apart() -> None:
    found = passages("Problema:\nel río entra.\n\n- lluvia\n* precios\n2) tierra\nFin.")

    assert [(one.lines, one.is_list) for one in found] == [
        (("Problema:", "el río entra."), False),
        (("lluvia", "precios", "tierra"), True),
        (("Fin.",), False),
    ]


@given(st.text(alphabet="ab -*1.)\n\t", max_size=80))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    shown = "".join(line for one in passages(text) for line in one.lines)

    assert [sign for sign in shown if sign in "ab"] == [s for s in text if s in "ab"]


def test_a_folder_counts_what_is_written() -> None:
    sheets = tuple(
        Sheet("m", n, "t", "es", text, None) for n, text in ((1, "x"), (2, ""))
    )

    assert Folder("Ana", (FolderCourse("c", "C", "es", sheets),)).written == 1
    assert Folder("Ana", ()).written == 0
