"""Each problem of a list of people has its place and its sentence."""

from collections.abc import Sequence

import pytest

from conexx_learn.domain.people_import import RowProblem, read_people
from conexx_learn.domain.people_import.decoding import MOST_BYTES
from conexx_learn.domain.people_import.table import (
    LONGEST_CELL,
    LONGEST_LINE,
    MOST_COLUMNS,
    MOST_LINES,
)
from conexx_learn.domain.sentences.people_problems import PEOPLE_PROBLEMS, row_sentence

PROFILES = {"pm": "PM", "fin": "FIN"}
Place = tuple[int, int, str]


def places(problems: Sequence[RowProblem]) -> list[Place]:
    return [(problem.line, problem.column, problem.code) for problem in problems]


LONG_NAME = "Ana " * 60

EXAMPLES: dict[str, tuple[bytes, list[Place]]] = {
    "large": (b"x" * (MOST_BYTES + 1), [(1, 1, "file-too-large")]),
    "xlsx": (b"PK\x03\x04...", [(1, 1, "file-is-workbook")]),
    "xls": (b"\xd0\xcf\x11\xe0...", [(1, 1, "file-is-workbook")]),
    "encoding": (b"Nombre\nAna\n\x81", [(3, 1, "file-encoding")]),
    "half a sign": (b"\xff\xfea", [(1, 1, "file-encoding")]),
    "NUL": (b"Nombre\nAna\0", [(2, 1, "file-nul")]),
    "empty": (b"", [(1, 1, "file-empty")]),
    "blank": (b"\n \n\t\n", [(1, 1, "file-empty")]),
    "no headings": (b"\nAna;x\nEva;y", [(2, 1, "no-name-heading")]),
    "no name": (b"Correo\na@x.example", [(1, 1, "no-name-heading")]),
    "nobody": (b"Nombre;Correo\n;;\n", [(1, 1, "no-people")]),
    "heading twice": (b"Nombre;Correo;Tel;E-mail\nAna", [(1, 4, "heading-twice")]),
    "line": (b"Nombre\n" + b"x" * (LONGEST_LINE + 1), [(2, 1, "line-too-long")]),
    "lines": (
        b"Nombre" + b"\n" * (MOST_LINES + 1),
        [(MOST_LINES + 1, 1, "too-many-lines")],
    ),
    "a cell more": (b"Nombre;Edad\nAna;7;x", [(2, 3, "too-many-cells")]),
    "columns": (
        b"Nombre;Edad\nAna" + b";" * MOST_COLUMNS + b"x",
        [(2, MOST_COLUMNS + 1, "too-many-columns")],
    ),
    "cell": (
        b"Nombre;Edad\nAna;" + b"x" * (LONGEST_CELL + 1),
        [(2, 2, "cell-too-long")],
    ),
    "open quotes": (b'Nombre\n"Ana', [(2, 1, "quotes")]),
    "text behind quotes": (b'Nombre\n"Ana" Ruiz', [(2, 1, "quotes")]),
    "formula not read": (b"Nombre;Edad\nAna;=1", []),
    "formula": (b"Nombre\n=1", [(2, 1, "formula")]),
    "no name in row": (b"Nombre;Edad\n;7", [(2, 1, "name-missing")]),
    "surname": (b"Nombre;Apellidos\n;Paz", [(2, 1, "name-missing")]),
    "DOS": ("Nombre\nMu¤oz".encode(), [(2, 1, "text-signs")]),
    "twice": ("Nombre\nMarÃ\xada".encode(), [(2, 1, "text-signs")]),
    "UTF-8 again": ("Nombre\nJosÃ©".encode(), [(2, 1, "text-signs")]),
    "a number": (b"Nombre\n12345", [(2, 1, "text-signs")]),
    "semicolon": (b"Nombre\nAna;7", [(2, 1, "text-signs")]),
    "an address": (b"Nombre\na@x.example", [(2, 1, "text-signs")]),
    "a post": (b"Nombre;Cargo\nAna;A=B", [(2, 2, "text-signs")]),
    "long name": (f"Nombre\n{LONG_NAME}".encode(), [(2, 1, "text-too-long")]),
    "long post": (b"Nombre;Cargo\nAna;" + b"x" * 121, [(2, 2, "text-too-long")]),
    "address": (b"Nombre;Correo\nAna;a@b", [(2, 2, "email-malformed")]),
    "no at": (b"Nombre;Correo\nAna;ana", [(2, 2, "email-malformed")]),
    "user": (b"Nombre;Usuario\nAna;a@x.example", [(2, 2, "username-malformed")]),
    "profile": (b"Nombre;Perfil\nAna;XX", [(2, 2, "profile-unknown")]),
    "kind": (b"Nombre;Tipo\nAna;acaso", [(2, 2, "kind-unknown")]),
    "yes": (b"Nombre;Termina con el mandato\nAna;2027", [(2, 2, "yes-unknown")]),
    "date": (b"Nombre;Desde\nAna;ayer", [(2, 2, "date-unreadable")]),
    "day": (b"Nombre;Desde\nAna;31/4/26", [(2, 2, "date-impossible")]),
    "mdy": (b"Nombre;Desde\nAna;4/31/26", [(2, 2, "date-month-first")]),
    "year": (b"Nombre;Desde\nAna;1/1/1900", [(2, 2, "date-range")]),
    "reversed": (
        b"Nombre;Cargo;Desde;Hasta\nAna;Jefa;2026-01-02;2026-01-01",
        [(2, 4, "dates-reversed")],
    ),
    "no post": (b"Nombre;Desde\nAna;1/1/2026", [(2, 2, "post-missing")]),
    "two names": (b"Nombre;Usuario\nAna;paz\nEva;paz", [(3, 1, "identity-of-two")]),
    "row": (b"Nombre;Usuario\nAna;paz\nAna;paz", [(3, 1, "row-twice")]),
    "name": (
        b"Nombre;Cargo\nAna;A\nAna;B",
        [(2, 1, "name-twice"), (3, 1, "name-twice")],
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_problem_has_its_place(example: str) -> None:
    data, found = EXAMPLES[example]

    assert places(read_people(data, profiles=PROFILES).problems) == found


REMARKABLE: dict[str, tuple[bytes, Place]] = {
    "CP": ("Nombre\nÁna".encode("cp1252"), (1, 1, "encoding-guessed")),
    "column": (b"Edad;Nombre\n1;Ana", (1, 1, "columns-ignored")),
    "capitals": (b"Edad;Nombre\n1;ANA", (2, 2, "name-capitals")),
    "turned": (b'Nombre\n"Paz, Ana"', (2, 1, "name-turned")),
    "order": (b"Apellidos y nombre\nA B C D E", (2, 1, "name-order-unknown")),
    "short year": (b"Nombre;Desde;Cargo\nAna;1/1/26;A", (2, 2, "date-short-year")),
    "days": (b"Nombre;Desde;Cargo\nAna;46086;A", (2, 2, "date-number")),
}


@pytest.mark.parametrize("example", REMARKABLE)
def test_each_change_is_remarked_at_its_place(example: str) -> None:
    data, found = REMARKABLE[example]

    reading = read_people(data)

    assert reading.problems == ()
    assert found in places(reading.remarks)


def test_every_sentence_is_used_and_every_code_has_one() -> None:
    told = {code for _, found in EXAMPLES.values() for _, _, code in found}
    told |= {code for _, (_, _, code) in REMARKABLE.values()}
    told |= {"too-many-rows", "paste-empty", "paste-too-long"}

    assert told == set(PEOPLE_PROBLEMS)


@pytest.mark.parametrize("code", sorted(PEOPLE_PROBLEMS))
def test_a_message_is_one_line_without_a_full_stop(code: str) -> None:
    for message, hint in PEOPLE_PROBLEMS[code].values():
        assert "\n" not in message + hint
        assert not message.endswith(".")
        assert hint.endswith(".")


def test_a_sentence_fills_in_its_facts_and_is_told_in_two_languages() -> None:
    facts = {"heading": "Desde", "value": "{x} 31/02/2026", "proposal": ""}
    problem = RowProblem(7, 4, "date-impossible", facts)

    assert row_sentence(problem, "es_MX")[0] == "el día «{x} 31/02/2026» no existe"
    assert row_sentence(problem, "en") == row_sentence(problem, "pt")
