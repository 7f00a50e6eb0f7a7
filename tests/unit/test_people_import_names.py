"""Names from lists: turned and given capitals only where the list shows how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.names import allowed_correction, printed_name
from conexx_learn.domain.people_import.person_names import (
    NameChange,
    name_of_parts,
    name_of_whole,
    names_in,
)
from conexx_learn.domain.people_import.plain_text import tidied

NOTHING, CAPITALS, TURNED, UNKNOWN = (
    NameChange.NOTHING,
    NameChange.CAPITALS,
    NameChange.TURNED,
    NameChange.ORDER_UNKNOWN,
)
NAMES = st.text(st.sampled_from("ABÑáñz ,.'-"), max_size=20)


@pytest.mark.parametrize(
    ("cell", "name", "change"),
    [
        pytest.param("Ana Ruiz López", "Ana Ruiz López", NOTHING, id="as it is"),
        pytest.param("  Ana \t Ruiz ", "Ana Ruiz", NOTHING, id="spaces"),
        pytest.param(
            "HERNANDEZ LOPEZ JUAN", "Hernandez Lopez Juan", CAPITALS, id="not turned"
        ),
        pytest.param("José NUÑEZ", "José NUÑEZ", NOTHING, id="mixed sizes stay"),
        pytest.param("NUÑEZ, JOSÉ", "José Nuñez", TURNED, id="comma and capitals"),
        pytest.param("López, Juan", "Juan López", TURNED, id="comma"),
        pytest.param(
            "de la Cruz, María", "María de la Cruz", TURNED, id="particle and comma"
        ),
        pytest.param("López,Juan", "Juan López", TURNED, id="comma without space"),
        pytest.param("Juan López, Lic.", "Juan López, Lic.", UNKNOWN, id="degree"),
        pytest.param("Juan López, C.P.", "Juan López, C.P.", UNKNOWN, id="with dots"),
        pytest.param("Ruiz, Juan, Jr.", "Ruiz, Juan, Jr.", UNKNOWN, id="two commas"),
        pytest.param("López,", "López,", UNKNOWN, id="nothing behind the comma"),
        pytest.param("juan pérez", "Juan Pérez", CAPITALS, id="small letters"),
        pytest.param(
            "MARÍA DE LOS ÁNGELES", "María de los Ángeles", CAPITALS, id="particles"
        ),
        pytest.param("DE LEÓN", "De León", CAPITALS, id="particle at the begin"),
        pytest.param(
            "O'BRIEN D\u2019ORS", "O'Brien D\u2019Ors", CAPITALS, id="apostrophe"
        ),
        pytest.param("PÉREZ-GÓMEZ", "Pérez-Gómez", CAPITALS, id="hyphen"),
        pytest.param("JUAN II", "Juan II", CAPITALS, id="numeral"),
        pytest.param("ORTEGA Y GASSET", "Ortega y Gasset", CAPITALS, id="and"),
        pytest.param("J. R.", "J. R.", NOTHING, id="initials"),
        pytest.param("李 小龙", "李 小龙", NOTHING, id="no capitals in the script"),
        pytest.param("", "", NOTHING, id="nothing"),
    ],
)
def test_a_whole_name_is_changed_only_where_it_shows_how(
    cell: str, name: str, change: NameChange
) -> None:
    read = name_of_whole(cell)

    assert (read.name, read.change) == (name, change)


@pytest.mark.parametrize(
    ("cell", "name", "change"),
    [
        pytest.param("HERNANDEZ LOPEZ JUAN", "Juan Hernandez Lopez", TURNED, id="3"),
        pytest.param("Ruiz Ana", "Ana Ruiz", TURNED, id="2"),
        pytest.param(
            "Hernández López Juan Carlos", "Juan Carlos Hernández López", TURNED, id="4"
        ),
        pytest.param(
            "DE LA CRUZ LOPEZ MARIA DE JESUS",
            "Maria de Jesus de la Cruz Lopez",
            TURNED,
            id="4 with particles",
        ),
        pytest.param("A B C D E", "A B C D E", UNKNOWN, id="5"),
        pytest.param(
            "RUIZ PAZ ANA EVA LUZ", "Ruiz Paz Ana Eva Luz", UNKNOWN, id="5 in capitals"
        ),
        pytest.param("Ana", "Ana", NOTHING, id="1"),
        pytest.param("López Paz, Ana", "Ana López Paz", TURNED, id="comma"),
    ],
)
def test_where_the_heading_says_so_surnames_go_behind(
    cell: str, name: str, change: NameChange
) -> None:
    read = name_of_whole(cell, surnames_first=True)

    assert (read.name, read.change) == (name, change)


@pytest.mark.parametrize(
    ("given_names", "surnames", "name", "change"),
    [
        pytest.param("Juan", "Hernández", "Juan Hernández", NOTHING, id="as it is"),
        pytest.param("JUAN", "PAZ RUIZ", "Juan Paz Ruiz", CAPITALS, id="capitals"),
        pytest.param("Juan", "HERNÁNDEZ", "Juan Hernández", CAPITALS, id="one part"),
        pytest.param("ANA", "DE LA O", "Ana de la O", CAPITALS, id="particles"),
        pytest.param("Ana", "de la O", "Ana de la O", NOTHING, id="small particles"),
    ],
)
def test_parts_are_joined_given_names_first(
    given_names: str, surnames: str, name: str, change: NameChange
) -> None:
    read = name_of_parts(given_names, surnames)

    assert (read.name, read.change) == (name, change)


@given(NAMES, st.booleans())
def test_whatever_is_changed_the_holder_could_have_changed(
    cell: str, surnames_first: bool
) -> None:
    read = name_of_whole(cell, surnames_first=surnames_first)
    before = printed_name(cell)

    if read.change is TURNED:
        before = before.replace(",", " ")
    assert read.name == before or allowed_correction(before, read.name)


@given(NAMES)
def test_a_name_that_was_read_is_read_as_it_is(cell: str) -> None:
    once = name_of_whole(cell)
    if once.change is not UNKNOWN:
        assert name_of_whole(once.name).name == once.name


@given(st.text())
def test_tidying_quickly_is_tidying(text: str) -> None:
    assert tidied(text) == printed_name(text)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Ana Ruiz", ["Ana", "Ruiz"]),
        ("Juan de la Cruz", ["Juan", "de la Cruz"]),
        ("Ana De", ["Ana", "De"]),
        ("", []),
    ],
)
def test_a_particle_belongs_to_the_name_behind_it(name: str, names: list[str]) -> None:
    assert names_in(name) == names
