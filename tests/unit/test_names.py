"""Names as printed, and what their owners may correct alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.names import allowed_correction, printed_name


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        pytest.param("  Ana   María\tRuiz\n", "Ana María Ruiz", id="spaces collapse"),
        pytest.param("Mari\u0301a", "María", id="composed"),
        pytest.param("Ana\u202egro", "Anagro", id="no turning of the text"),
        pytest.param("A\u2066na\u2069", "Ana", id="no isolates"),
        pytest.param("Ana\x00\x1b[31m", "Ana[31m", id="no control characters"),
        pytest.param("Ana\N{NO-BREAK SPACE}Ruiz", "Ana Ruiz", id="hard space"),
        pytest.param("A\u00adna\ufeff", "Ana", id="nothing invisible"),
        pytest.param("*b* #read $x$", "*b* #read $x$", id="markup stays as typed"),
        pytest.param("\u202e \x00", "", id="nothing left"),
        pytest.param("\u3164\u2800 \u115f", "", id="nothing but blanks"),
        pytest.param("Ana\u2800Ruiz", "Ana Ruiz", id="a blank symbol"),
        pytest.param("Tupã Ge\u0303", "Tupã Gẽ", id="Guarani"),
    ],
)
def test_a_name_is_printed_as_it_is_seen(typed: str, printed: str) -> None:
    assert printed_name(typed) == printed


@given(st.text(max_size=60))
def test_tidying_a_name_twice_changes_nothing_more(typed: str) -> None:
    assert printed_name(printed_name(typed)) == printed_name(typed)


@pytest.mark.parametrize(
    ("current", "proposed", "allowed"),
    [
        pytest.param("Jose Nunez", "José Núñez", True, id="accents"),
        pytest.param("JOSE NUÑEZ", "José Nuñez", True, id="capitals"),
        pytest.param("Ruiz Ana", "Ana Ruiz", True, id="order"),
        pytest.param("RUIZ LOPEZ ANA", "Ana Ruiz López", True, id="all three"),
        pytest.param(
            "Lukasz O'Dwyer", "Łukasz O\u2019Dwyer", True, id="ł and apostrophe"
        ),
        pytest.param("Ana Ruiz", "Ana  Ruiz ", True, id="spaces"),
        pytest.param("Ana Ruiz", "Ana Ruiz López", False, id="a surname more"),
        pytest.param("Ana Ruiz Ruiz", "Ana Ruiz", False, id="a surname less"),
        pytest.param("Ana Ruiz", "Ana Ruis", False, id="another letter"),
        pytest.param("Ana Ruiz", "Anar Uiz", False, id="words cut elsewhere"),
        pytest.param("Ana Ruiz", "\u0410na Ruiz", False, id="a Cyrillic letter"),
        pytest.param("Ana Ruiz", "A\u0301\u0301\u0301na Ruiz", False, id="a tower"),
        pytest.param("Ana Ruiz", "", False, id="nothing"),
        pytest.param("Ana Ruiz", "\u202e", False, id="nothing visible"),
    ],
)
def test_the_holder_corrects_accents_order_and_capitals_alone(
    current: str, proposed: str, allowed: bool
) -> None:
    assert allowed_correction(current, proposed) is allowed
