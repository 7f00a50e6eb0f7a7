"""Numbers and codes survive hands, phones and word processors."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.identifiers import (
    ALPHABET,
    CODE_BITS,
    NUMBER_BITS,
    certificate_number,
    grouped,
    is_slug,
    one_time_code,
    read_code,
    read_number,
)

tokens = st.integers(min_value=0, max_value=2**NUMBER_BITS - 1)


@given(tokens)
def test_a_number_reads_back_as_itself_however_it_is_written(token: int) -> None:
    number = certificate_number(token)

    assert len(number) == 12
    assert set(number) <= set(ALPHABET)
    for entry in (number, grouped(number), grouped(number).lower(), f" {number} "):
        assert read_number(entry) == number


@given(tokens, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(
    token: int, place: int, wrong: str
) -> None:
    number = certificate_number(token)
    mistyped = number[:place] + wrong + number[place + 1 :]

    assert read_number(mistyped) == (number if mistyped == number else None)


@given(tokens, st.integers(0, 11), st.integers(0, 11))
def test_two_characters_swapped_are_always_noticed(
    token: int, one: int, other: int
) -> None:
    characters = list(certificate_number(token))
    characters[one], characters[other] = characters[other], characters[one]
    swapped = "".join(characters)

    same = swapped == certificate_number(token)
    assert (read_number(swapped) is not None) == same


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    number = certificate_number(1 << 5 | 1)
    confused = number.replace("0", "o").replace("1", "l", 1).replace("1", "I")

    assert read_number(confused) == number


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param("", id="nothing"),
        pytest.param("0000-0000", id="too short"),
        pytest.param("0000-0000-00000", id="too long"),
        pytest.param("0000-0000-000U", id="a letter that is not used"),
        pytest.param("0000-0000-000\N{FULLWIDTH DIGIT ZERO}", id="a wide digit"),
        pytest.param("0000-0000-0\N{LATIN SMALL LETTER DOTLESS I}00", id="dotless i"),
        pytest.param("../../etc/passwd", id="a path"),
        pytest.param("0" * 100_000, id="very long"),
        pytest.param(" " * 100_000, id="very many spaces"),
        pytest.param("\x00" * 12, id="control characters"),
    ],
)
def test_what_cannot_be_a_number_is_none(entry: str) -> None:
    assert read_number(entry) is None


@given(st.text(max_size=80))
def test_reading_a_number_never_fails(entry: str) -> None:
    number = read_number(entry)

    assert number is None or len(number) == 12


def test_hyphens_of_a_word_processor_do_not_matter() -> None:
    number = certificate_number(2**54 + 12345)
    written = grouped(number).replace("-", "\N{NON-BREAKING HYPHEN}\N{EN DASH}")

    assert read_number(f"\N{NO-BREAK SPACE}{written}") == number


@pytest.mark.parametrize("token", [-1, 2**NUMBER_BITS], ids=["negative", "too large"])
def test_a_token_out_of_range_is_refused(token: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        certificate_number(token)


def test_a_one_time_code_has_eight_characters_and_reads_back() -> None:
    code = one_time_code(secrets.randbits(CODE_BITS))

    assert len(code) == 8
    assert read_code(grouped(code).lower()) == code
    assert read_code(code + "0") is None


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param("first-steps", True, id="words with hyphens"),
        pytest.param("c10", True, id="three signs"),
        pytest.param("ab", False, id="too short"),
        pytest.param("a" * 61, False, id="too long"),
        pytest.param("a--b", False, id="two hyphens"),
        pytest.param("-abc", False, id="a hyphen first"),
        pytest.param("Abc", False, id="a capital"),
        pytest.param("año", False, id="an accent"),
        pytest.param("abc\n", False, id="a line end"),
    ],
)
def test_a_slug_is_small_letters_digits_and_single_hyphens(
    text: str, fits: bool
) -> None:
    assert is_slug(text) is fits
