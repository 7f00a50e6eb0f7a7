"""A list of people, as real spreadsheets write it, becomes rows or problems."""

from datetime import date

import pytest

from conexx_learn.domain.people_import import (
    Field,
    ImportRow,
    PeopleReading,
    read_pasted_people,
    read_people,
)
from conexx_learn.domain.people_import.cells import read_email
from conexx_learn.domain.people_import.headings import field_of
from conexx_learn.domain.people_import.reading import MOST_PASTED, MOST_ROWS
from conexx_learn.domain.readiness.facts import AppointmentKind

PROFILES = {"pm": "PM", "responsable de proyectos": "PM", "fin": "FIN"}


def read(*lines: str) -> PeopleReading:
    return read_people("\n".join(lines).encode(), profiles=PROFILES)


def one_row(*lines: str) -> ImportRow:
    reading = read(*lines)
    assert reading.problems == ()
    (row,) = reading.rows
    return row


def problems(reading: PeopleReading) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.code) for one in reading.problems]


def remarks(reading: PeopleReading) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.code) for one in reading.remarks]


def test_a_full_row_is_a_person_in_a_post() -> None:
    row = one_row(
        "Nombre completo;Correo;Usuario;Área;Puesto;Perfil;Desde;Hasta;Tipo;"
        "Termina con el mandato",
        "Ana Ruiz López;Ana@Xaltepec.example;Ana.Ruiz;Obras;Jefa de proyectos;"
        "Responsable de Proyectos;2026-03-05;31/12/2027;Suplente;sí",
    )

    assert row == ImportRow(
        line=2,
        name="Ana Ruiz López",
        email="ana@xaltepec.example",
        username="ana.ruiz",
        unit="Obras",
        post="Jefa de proyectos",
        profile="PM",
        kind=AppointmentKind.DEPUTY,
        from_on=date(2026, 3, 5),
        to_on=date(2027, 12, 31),
        ends_with_mandate=True,
    )
    assert row.identity == "ana@xaltepec.example"


def test_a_name_is_enough() -> None:
    row = one_row("Nombre", "Ana Ruiz")

    assert row == ImportRow(line=2, name="Ana Ruiz")
    assert row.identity == ""


def test_english_headings_are_read_too() -> None:
    row = one_row(
        "First name,Last name,E-mail,Unit,Post,From,To,Kind,Ends with mandate",
        "Ana,Ruiz,ana@xaltepec.example,Works,Clerk,2026-03-05,,holder,no",
    )

    assert (row.name, row.unit, row.post) == ("Ana Ruiz", "Works", "Clerk")
    assert (row.kind, row.ends_with_mandate) == (AppointmentKind.HOLDER, False)


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [
        pytest.param("utf-8", [], id="UTF-8"),
        pytest.param("utf-8-sig", [], id="UTF-8 with a mark"),
        pytest.param("utf-16", [], id="UTF-16"),
        pytest.param("cp1252", [(1, 1, "encoding-guessed")], id="CP1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_files_are_read_as_they_come(
    encoding: str, remark: list[tuple[int, int, str]], delimiter: str, end: str
) -> None:
    text = f"Nombre{delimiter}Área{end}Íñigo Núñez{delimiter}Gestión{end}"

    reading = read_people(text.encode(encoding))

    assert reading.rows == (ImportRow(line=2, name="Íñigo Núñez", unit="Gestión"),)
    assert remarks(reading) == remark
    assert reading.delimiter == delimiter


def test_utf16_of_either_order_is_read() -> None:
    text = "\ufeffNombre\nAna Ruiz"

    for order in ("utf-16-le", "utf-16-be"):
        assert read_people(text.encode(order)).rows[0].name == "Ana Ruiz"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NOMBRE(S)", Field.GIVEN_NAMES),
        ("Nombre (s)", Field.GIVEN_NAMES),
        ("Nombres", Field.GIVEN_NAMES),
        ("nombre", Field.NAME),
        ("Nombre completo", Field.FULL_NAME),
        ("Apellidos y nombre(s)", Field.SURNAMES_FIRST),
        ("Apellido Paterno", Field.FIRST_SURNAME),
        ("Segundo apellido", Field.SECOND_SURNAME),
        ("  Correo electrónico: ", Field.EMAIL),
        ("E-mail", Field.EMAIL),
        ("Correo (opcional)", Field.EMAIL),
        ("Usuario", Field.USERNAME),
        ("Correo o usuario", Field.IDENTITY),
        ("Área/unidad", Field.UNIT),
        ("Cargo", Field.POST),
        ("Puesto", Field.POST),
        ("Perfil", Field.PROFILE),
        ("Fecha de inicio (dd/mm/aaaa)", Field.FROM_ON),
        ("Desde", Field.FROM_ON),
        ("Hasta", Field.TO_ON),
        ("Tipo", Field.KIND),
        ("¿Termina con el mandato?", Field.ENDS_WITH_MANDATE),
        ("Edad", None),
        ("(Nombre)", Field.NAME),
        ("()", None),
        ("x" * 1000, None),
    ],
)
def test_headings_are_known_by_many_words(heading: str, field: Field | None) -> None:
    assert field_of(heading) is field


def test_lines_above_the_headings_and_blank_lines_are_passed_over() -> None:
    reading = read(
        "Ayuntamiento de Xaltepec;;;",
        "Directorio 2026",
        ";;;",
        "No.;Nombre;Correo;;;;",
        "",
        "1;Ana Ruiz;;;;",
    )

    assert reading.rows == (ImportRow(line=6, name="Ana Ruiz"),)
    assert remarks(reading) == [(4, 1, "columns-ignored")]
    assert reading.remarks[0].facts == {"headings": "No."}
    assert reading.fields == {Field.NAME, Field.EMAIL}


def test_a_list_of_names_alone_may_have_commas_in_them() -> None:
    reading = read("Nombre", "López Paz, Ana", "Luis Gil")

    assert [row.name for row in reading.rows] == ["Ana López Paz", "Luis Gil"]


def test_quoted_cells_keep_delimiters_quotes_and_lines() -> None:
    reading = read(
        "Nombre,Puesto", '"López, Ana","Jefa ""A""\nde obra"', "Luis,,,,", 'Eva,"Paz"'
    )

    assert [(row.line, row.name, row.post) for row in reading.rows] == [
        (2, "Ana López", 'Jefa "A" de obra'),
        (4, "Luis", ""),
        (5, "Eva", "Paz"),
    ]


def test_surnames_in_columns_of_their_own_go_behind() -> None:
    reading = read(
        "Apellido paterno;Apellido materno;Nombre(s)",
        "HERNANDEZ;LOPEZ;JUAN",
        "Ruiz;;Ana",
    )

    assert [row.name for row in reading.rows] == ["Juan Hernandez Lopez", "Ana Ruiz"]
    assert remarks(reading) == [(2, 1, "name-capitals")]
    assert reading.remarks[0].facts["value"] == "HERNANDEZ LOPEZ JUAN"
    assert reading.remarks[0].facts["name"] == "Juan Hernandez Lopez"


@pytest.mark.parametrize(
    ("headings", "cells", "name"),
    [
        ("Nombre;Apellidos", "Ana;Ruiz Paz", "Ana Ruiz Paz"),
        ("Apellidos;Nombre", "Ruiz Paz;Ana", "Ana Ruiz Paz"),
        ("Nombre;Apellidos", "Ana;", "Ana"),
        ("Primer nombre;Segundo nombre;Apellidos", "Ana;Eva;Ruiz", "Ana Eva Ruiz"),
        ("Apellidos y nombre", "Ruiz Paz Ana", "Ana Ruiz Paz"),
        ("Nombre completo;Nombres;Apellidos", "Ana R.;;", "Ana R."),
    ],
)
def test_a_name_is_put_together_from_its_columns(
    headings: str, cells: str, name: str
) -> None:
    assert one_row(headings, cells).name == name


def test_accents_are_not_invented() -> None:
    assert one_row("Nombre", "MARIA NUÑEZ GOMEZ").name == "Maria Nuñez Gomez"


@pytest.mark.parametrize(
    ("cell", "email", "username"),
    [
        ("ana@xaltepec.example", "ana@xaltepec.example", ""),
        (" ANA+B@Xaltepec.Example ", "ana+b@xaltepec.example", ""),
        ("Ana.Ruiz", "", "ana.ruiz"),
        ("-", "", ""),
        ("No tiene", "", ""),
        ("N/A", "", ""),
        ("", "", ""),
    ],
)
def test_an_identity_is_an_address_or_a_username_or_nothing(
    cell: str, email: str, username: str
) -> None:
    row = one_row("Nombre;Correo o usuario", f"Ana Ruiz;{cell}")

    assert (row.email, row.username) == (email, username)


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("a@b.example", True),
        ("o'brien@b.example", True),
        ("ñandú@b.example", True),
        ("a@ñandú.example", True),
        ("a." * 122 + "b@b.example", False),
        ("a" * 244 + "@b.example", True),
        ("a" * 245 + "@b.example", False),
        ("a@b", False),
        ("a@@b.example", False),
        ("a..b@b.example", False),
        ("a b@b.example", False),
        ("@b.example", False),
        ("a@", False),
    ],
)
def test_an_address_is_checked_for_its_form(address: str, is_one: bool) -> None:
    assert bool(read_email(address)) is is_one


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Titular", AppointmentKind.HOLDER),
        ("Encargado de despacho", AppointmentKind.HOLDER),
        ("SUPLENTE", AppointmentKind.DEPUTY),
        ("deputy", AppointmentKind.DEPUTY),
        ("", None),
        ("-", None),
    ],
)
def test_a_kind_is_known_by_its_first_word(
    cell: str, kind: AppointmentKind | None
) -> None:
    assert one_row("Nombre;Tipo;Puesto", f"Ana;{cell};Jefa").kind is kind


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        *((word, True) for word in ("Sí", "X", "VERDADERO", "1", "yes")),
        *((word, False) for word in ("no", "FALSO", "0")),
        *((word, None) for word in ("", "\u2014", "-")),
    ],
)
def test_yes_and_no_have_many_words(cell: str, answer: bool | None) -> None:
    row = one_row("Nombre;Termina con el mandato", f"Ana;{cell}")

    assert row.ends_with_mandate is answer


def test_signs_that_our_own_files_escape_come_back() -> None:
    row = one_row("Nombre;Área;Puesto", "Ana;'+Agua;'-Jefa")

    assert (row.unit, row.post) == ("+Agua", "-Jefa")


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\uff1d1",
        '"\t=1"',
        "\u200b=1",
        "\x1b-1",
    ],
)
@pytest.mark.parametrize("field", ["Nombre", "Correo", "Puesto", "Desde", "Tipo"])
def test_a_formula_is_refused_in_any_column(cell: str, field: str) -> None:
    reading = read(f"{field};Nombre completo", f"{cell};Ana Ruiz")

    assert reading.rows == ()
    assert problems(reading) == [(2, 1, "formula")]


def test_a_formula_in_a_column_that_is_not_read_harms_nobody() -> None:
    assert one_row("Nombre;Notas", "Ana;=1+1").name == "Ana"


def test_a_comma_does_not_bring_a_formula_to_the_front() -> None:
    assert problems(read("Nombre", "Ruiz, -Ana")) == [(2, 1, "text-signs")]


def test_a_field_that_is_not_there_is_known_to_be_unknown() -> None:
    assert read("Nombre;Hasta", "Ana;").fields == {Field.NAME, Field.TO_ON}


def test_profiles_are_any_words_where_none_are_known() -> None:
    reading = read_people(b"Nombre;Perfil\nAna;Jefatura")

    assert reading.rows[0].profile == "Jefatura"


def test_one_person_may_hold_several_posts() -> None:
    reading = read(
        "Nombre;Correo;Puesto;Desde;Hasta",
        "Ana Ruiz;ana@x.example;Jefa;2024-01-01;2024-12-31",
        "ANA RUIZ;ana@x.example;Jefa;2025-01-01;",
        "Ana Ruiz;ana@x.example;Asesora;2025-01-01;",
    )

    assert reading.problems == ()
    assert len(reading.rows) == 3


def test_namesakes_with_identities_are_two_people() -> None:
    reading = read(
        "Nombre;Correo o usuario",
        "Juan Paz;juan@x.example",
        "Juan Paz;juan.paz",
    )

    assert reading.problems == ()


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param(
            ["Ana;a@x.example;Jefa;;", "Ana;a@x.example;Jefa;;"],
            [(3, "row-twice", "2")],
            id="the same row",
        ),
        pytest.param(
            ["Ana;a@x.example;Jefa;;2025-03-01", "Ana;a@x.example;JEFA;2025-03-01;"],
            [(3, "row-twice", "2")],
            id="periods that touch",
        ),
        pytest.param(
            ["Ana;a@x.example;Jefa;2025-03-01;", "Ana;a@x.example;Jefa;;2025-03-01"],
            [(3, "row-twice", "2")],
            id="the later period first",
        ),
        pytest.param(
            [
                "Ana;a@x.example;Jefa;2020-01-01;",
                "Ana;a@x.example;Jefa;2021-01-01;2021-12-31",
                "Ana;a@x.example;Jefa;2023-01-01;2023-12-31",
            ],
            [(3, "row-twice", "2"), (4, "row-twice", "2")],
            id="two inside a long one",
        ),
        pytest.param(
            ["Ana;a@x.example;;;", "Eva;a@x.example;Jefa;;"],
            [(3, "identity-of-two", "2")],
            id="an address of two people",
        ),
        pytest.param(
            ["Ana;;Jefa;;", "ÁNA;;Asesora;;"],
            [(2, "name-twice", "3"), (3, "name-twice", "2")],
            id="one name, no identity",
        ),
        pytest.param(
            ["Ana;;Jefa;;", "Ana;a@x.example;Asesora;;"],
            [(2, "name-twice", "3")],
            id="one name, one identity",
        ),
        pytest.param(
            ["Ana;;Jefa;;", "Ana;;Jefa;;"],
            [(2, "name-twice", "3"), (3, "row-twice", "2")],
            id="one name, one post",
        ),
    ],
)
def test_what_stands_twice_is_told_with_its_other_line(
    lines: list[str], found: list[tuple[int, str, str]]
) -> None:
    reading = read("Nombre;Correo;Puesto;Desde;Hasta", *lines)

    assert [
        (one.line, one.code, one.facts["other_line"]) for one in reading.problems
    ] == found


def test_a_username_of_two_people_is_told_too() -> None:
    reading = read("Nombre;Usuario", "Ana;paz.1", "Eva;paz.1")

    assert problems(reading) == [(3, 1, "identity-of-two")]


def test_rows_without_problems_are_there_beside_the_others() -> None:
    reading = read("Nombre;Desde;Puesto", "Ana;31/02/2026;Jefa", "Eva;;Jefa")

    assert [row.name for row in reading.rows] == ["Eva"]
    assert problems(reading) == [(2, 2, "date-impossible")]
    assert reading.problems[0].facts["heading"] == "Desde"
    assert not reading.is_sound


def test_a_row_tells_all_of_its_problems() -> None:
    reading = read(
        "Nombre;Correo;Puesto;Desde;Hasta;Tipo;Termina con el mandato",
        ";ana@;Jefa;pronto;31/02/2026;a veces;quizá",
    )

    assert problems(reading) == [
        (2, 1, "name-missing"),
        (2, 2, "email-malformed"),
        (2, 4, "date-unreadable"),
        (2, 5, "date-impossible"),
        (2, 6, "kind-unknown"),
        (2, 7, "yes-unknown"),
    ]


def test_a_problem_of_form_ends_the_reading() -> None:
    reading = read("Nombre;Correo", "Ana;", 'Eva;"abierto', "Luis;")

    assert [row.name for row in reading.rows] == ["Ana"]
    assert problems(reading) == [(3, 1, "quotes")]


def test_one_person_too_many_is_refused() -> None:
    lines = [f"Ana {n};u{n:05}" for n in range(MOST_ROWS + 1)]

    enough = read("Nombre;Usuario", *lines[:-1])
    assert (len(enough.rows), enough.problems) == (MOST_ROWS, ())
    too_many = read("Nombre;Usuario", *lines)
    assert problems(too_many) == [(MOST_ROWS + 2, 1, "too-many-rows")]


def test_a_pasted_list_needs_no_headings() -> None:
    reading = read_pasted_people(
        "Ana Ruiz\tana@x.example\r\nPaz, Juan\t\nEVA GIL\teva.gil\n\n"
    )

    assert reading.problems == ()
    assert [(row.line, row.name, row.identity) for row in reading.rows] == [
        (1, "Ana Ruiz", "ana@x.example"),
        (2, "Juan Paz", ""),
        (3, "Eva Gil", "eva.gil"),
    ]
    assert remarks(reading) == [(2, 1, "name-turned"), (3, 1, "name-capitals")]


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ruiz\tana@x.example",
        "Ana Ruiz, ana@x.example",
        "Ana Ruiz; ana@x.example;",
        "Ana Ruiz ana@x.example",
        "Ana Ruiz <ana@x.example>",
        "Ruiz, Ana; <ana@x.example>",
        "  Ana Ruiz \xa0 ana@x.example  ",
    ],
)
def test_a_pasted_address_is_found_at_the_end_of_the_line(line: str) -> None:
    (row,) = read_pasted_people(line).rows

    assert (row.name, row.email) == ("Ana Ruiz", "ana@x.example")


def test_pasted_headings_are_read_as_those_of_a_file() -> None:
    reading = read_pasted_people("Correo\tApellidos\tNombre\na@x.example\tPaz\tAna")

    assert [(row.name, row.email) for row in reading.rows] == [
        ("Ana Paz", "a@x.example")
    ]


def test_a_person_with_the_name_of_a_heading_is_a_person() -> None:
    reading = read_pasted_people("Persona Ruiz\nAna Paz")

    assert [row.name for row in reading.rows] == ["Persona Ruiz", "Ana Paz"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [(1, 1, "paste-empty")], id="nothing"),
        pytest.param(" \n\t\n", [(1, 1, "paste-empty")], id="blanks"),
        pytest.param("x" * (MOST_PASTED + 1), [(1, 1, "paste-too-long")], id="long"),
        pytest.param("Ana\nE\0va", [(2, 1, "file-nul")], id="NUL"),
        pytest.param("Ana\ta\tb", [(1, 3, "too-many-cells")], id="a third cell"),
        pytest.param("Ana\n=1+1", [(2, 1, "formula")], id="formula"),
        pytest.param("a@x.example", [(1, 1, "text-signs")], id="no name"),
        pytest.param(
            "Ana\nAna", [(1, 1, "name-twice"), (2, 1, "row-twice")], id="twice"
        ),
        pytest.param("Nombre\tCorreo", [(1, 1, "no-people")], id="headings alone"),
    ],
)
def test_a_paste_has_its_problems_too(
    text: str, found: list[tuple[int, int, str]]
) -> None:
    assert problems(read_pasted_people(text)) == found
