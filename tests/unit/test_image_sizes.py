"""How large an image says it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.image_sizes import image_size

SVG = "image/svg+xml"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000280000000ec08060000001f15c489"
)


def test_a_drawing_has_the_size_of_its_view() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 235.6"/>'

    assert image_size(drawing, SVG) == (640, 236)


def test_a_photograph_has_the_size_of_its_header() -> None:
    assert image_size(PIXEL, "image/png") == (640, 236)


@pytest.mark.parametrize("view", ["", "0 0 640", "0 0 a b", "0 0 nan 1", "0 0 0 9"])
def test_a_drawing_without_a_view_has_no_size(view: str) -> None:
    assert image_size(f'<svg viewBox="{view}"/>'.encode(), SVG) is None


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<svg ", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF"]),
    st.sampled_from([SVG, "image/png", "image/jpeg", "application/pdf"]),
)
def test_any_bytes_have_a_size_or_none(rest: bytes, start: bytes, mime: str) -> None:
    size = image_size(start + rest, mime)

    assert size is None or min(size) >= 1
