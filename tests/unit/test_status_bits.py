"""The bits of a status list: left to right, always the same text, never a bomb."""

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3.status_list import encode_bitstring

from conexx_learn.domain.status_bits import (
    LIST_BYTES,
    LIST_LENGTH,
    StatusListError,
    encoded_list,
    is_revoked,
    list_bits,
    read_list,
)

INDEXES = st.sets(st.integers(0, LIST_LENGTH - 1), max_size=60)


def written(content: bytes) -> str:
    packed = gzip.compress(content, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def test_an_empty_list_has_the_least_length_of_the_standard() -> None:
    assert read_list(encoded_list([])) == bytes(16_384)
    assert len(encoded_list([])) < 80


def test_the_first_place_is_the_left_most_bit() -> None:
    bits = list_bits([0, 7, 8, LIST_LENGTH - 1])

    assert (bits[:2].hex(), bits[-1]) == ("8180", 1)


@given(INDEXES)
def test_what_is_written_is_read_back(revoked: set[int]) -> None:
    bits = read_list(encoded_list(revoked))

    assert all(is_revoked(bits, index) for index in revoked)
    assert int.from_bytes(bits).bit_count() == len(revoked)


def test_the_same_bits_are_always_the_same_text() -> None:
    assert encoded_list([5, 3, 3]) == encoded_list({3, 5})


def test_another_implementation_writes_the_same_bits() -> None:
    revoked = {1, 94_567, 131_071}

    assert read_list(encode_bitstring(revoked)) == list_bits(revoked)


@pytest.mark.parametrize("index", [-1, LIST_LENGTH])
def test_a_place_outside_the_list_is_refused(index: int) -> None:
    with pytest.raises(ValueError, match="no place"):
        encoded_list([index])
    with pytest.raises(StatusListError):
        is_revoked(bytes(LIST_BYTES), index)


@pytest.mark.parametrize(
    "foreign",
    [
        pytest.param("", id="nothing"),
        pytest.param("u", id="only its mark"),
        pytest.param(encoded_list([])[1:], id="without its mark"),
        pytest.param("u!!!!", id="no base64url"),
        pytest.param("uñ", id="not even ASCII"),
        pytest.param("u" + "A" * 32_001, id="too much to read"),
        pytest.param(encoded_list([3])[:-12], id="cut short"),
        pytest.param(written(bytes(LIST_BYTES - 1)), id="too short"),
        pytest.param(written(bytes(LIST_BYTES + 1)), id="too long"),
        pytest.param(written(bytes(20_000_000)), id="a bomb"),
    ],
)
def test_what_is_no_list_of_ours_is_refused(foreign: str) -> None:
    with pytest.raises(StatusListError):
        read_list(foreign)
