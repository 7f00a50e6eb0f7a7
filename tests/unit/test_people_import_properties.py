"""What holds for any list of people, hostile ones included."""

import sys
import time
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conexx_learn.domain.accounts import is_username
from conexx_learn.domain.names import LONGEST_NAME, printed_name
from conexx_learn.domain.people_import import (
    PeopleReading,
    read_pasted_people,
    read_people,
)
from conexx_learn.domain.people_import.decoding import MOST_BYTES
from conexx_learn.domain.people_import.rows import LONGEST_TEXT
from conexx_learn.domain.sentences.people_problems import row_sentence

MANY = settings(deadline=None, max_examples=300)
HEADINGS = "Nombre;Correo;Área;Puesto;Perfil;Desde;Hasta;Tipo;Termina con el mandato"

PIECES = [
    *("Nombre", "Apellidos", "Correo", "Usuario", "Desde", "Hasta", "Tipo", "Edad"),
    *("Apellidos y nombres", "Área", "Puesto", "Termina con el mandato", "Perfil"),
    *(";", ";", ";", ",", ",", "\t", "\n", "\n", "\n", "\r\n", "\r", '"', '"', "'"),
    *("Ana Ruiz", "RUIZ, ANA", "ruiz paz ana", "ana@x.example", "ana@", "ana.ruiz"),
    *("05/03/2026", "2026-03-05", "31/02/2026", "46086", "x", "sí", "titular", "-"),
    *("=1+1", "@x", "'=1", "Mu¤oz", "JosÃ©", " ", "\xa0", "\0", "\ufeff", "{0}", "%s"),
]
LISTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def assert_sound(reading: PeopleReading) -> None:
    """Check what every reading promises, whatever was read."""
    assert reading.is_sound is not bool(reading.problems)
    assert reading.rows or reading.problems
    for row in reading.rows:
        assert row.name == printed_name(row.name)
        assert 0 < len(row.name) <= LONGEST_NAME
        assert len(row.unit) <= LONGEST_TEXT
        assert len(row.post) <= LONGEST_TEXT
        assert not row.name.startswith(("=", "+", "-", "@"))
        assert not row.username or is_username(row.username)
        assert not row.email or row.email.count("@") >= 1
        assert not (row.from_on and row.to_on) or row.from_on <= row.to_on
    lines = [row.line for row in reading.rows]
    assert lines == sorted(set(lines))
    assert list(reading.problems) == sorted(reading.problems)
    for problem in (*reading.problems, *reading.remarks):
        assert problem.line >= 1
        assert problem.column >= 1
        for lang in ("es", "en"):
            message, hint = row_sentence(problem, lang)
            assert message
            assert hint
            assert "\n" not in message + hint


@MANY
@given(st.binary(max_size=2000))
@example(b"")
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b"\xef\xbb\xbf")
@example(b"nombre\n\x81")
def test_any_bytes_give_rows_or_problems(data: bytes) -> None:
    assert_sound(read_people(data))


@MANY
@given(LISTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_any_lines_give_rows_or_problems(text: str, encoding: str) -> None:
    assert_sound(read_people(text.encode(encoding, "replace")))


@MANY
@given(LISTS)
def test_any_cells_below_headings_give_rows_or_problems(text: str) -> None:
    assert_sound(read_people(f"{HEADINGS}\n{text}".encode()))


@MANY
@given(st.one_of(LISTS, st.text(max_size=300)))
def test_any_paste_gives_rows_or_problems(text: str) -> None:
    assert_sound(read_pasted_people(text))


@MANY
@given(LISTS)
def test_the_same_list_is_read_the_same(text: str) -> None:
    assert read_people(text.encode()) == read_people(text.encode())


@MANY
@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("ABcdÑé ,;'\"\n"), min_size=1, max_size=12),
            st.integers(0, 9),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(";,\t"),
)
def test_what_a_spreadsheet_wrote_is_read_back(
    people: list[tuple[str, int]], delimiter: str
) -> None:
    lines = [
        '"{}"{}p{}-{}@x.example'.format(n.replace('"', '""'), delimiter, i, index)
        for index, (n, i) in enumerate(people)
    ]
    data = "\r\n".join([f"Nombre{delimiter}Correo", *lines]).encode()

    reading = read_people(data)

    emails = {f"p{i}-{index}@x.example" for index, (_, i) in enumerate(people)}
    assert {row.email for row in reading.rows} <= emails
    assert len(reading.rows) + len(reading.problems) == len(people)


ORDINARY = (
    "JOSE ÑUÑEZ {n};persona{n}@xaltepec.example;Área {n};Puesto {n};PM;01/02/2024;"
    "31/12/2027;titular;sí\n"
)
HOSTILE = (
    "RUIZ, ANA;persona{n}@x{n}.example;Á{n};P{n};PM;1 de marzo de 2024;31/02/2027;"
    "tit;quizá\n"
)


def people(line: str, number: int) -> bytes:
    return (HEADINGS + "\n" + "".join(line.format(n=n) for n in range(number))).encode()


def calls_of(act: Callable[[], object]) -> int:
    """Count the functions that an act calls: the same on any machine."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    ("line", "rows", "problems"),
    [
        pytest.param(ORDINARY, 20_000, 0, id="ordinary"),
        pytest.param(HOSTILE, 0, 60_000, id="all wrong"),
        pytest.param("Ana Ruiz;;Obras;Auxiliar\n", 20_000, 20_000, id="one name"),
    ],
)
def test_twenty_thousand_people_are_read_and_work_grows_no_faster_than_they(
    line: str, rows: int, problems: int
) -> None:
    reading = read_people(people(line, 20_000))

    assert (len(reading.rows), len(reading.problems)) == (rows, problems)

    few, many = people(line, 200), people(line, 800)
    # Four times as many people: a quadratic reading would call sixteen times as much.
    assert calls_of(lambda: read_people(many)) < 8 * calls_of(lambda: read_people(few))


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda size: b";" * size, id="delimiters"),
        pytest.param(lambda size: b'"' * size, id="quotes"),
        pytest.param(lambda size: b"nombre\n" + b'"\n' * (size // 2 - 8), id="open"),
        pytest.param(lambda size: b"\n" * size, id="blank lines"),
        pytest.param(lambda size: b"\r" * size, id="returns"),
        pytest.param(lambda size: b"nombre\n" + b" " * (size - 8), id="spaces"),
        pytest.param(lambda size: b"nombre\n" + b"a," * (size // 2 - 8), id="commas"),
        pytest.param(lambda size: b"\0" * size, id="NUL"),
        pytest.param(lambda size: b"\xe1" * size, id="accents"),
    ],
)
def test_the_largest_hostile_file_is_refused_at_once(
    make: Callable[[int], bytes],
) -> None:
    data = make(MOST_BYTES)
    start = time.process_time()

    reading = read_people(data)

    assert reading.problems
    assert time.process_time() - start < 2
