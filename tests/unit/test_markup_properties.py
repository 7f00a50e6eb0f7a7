"""What is plain comes out as the whole machine would write it."""

from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.markup import render_block, render_inline
from conexx_learn.domain.markup_plain import is_plain

SIGNS = st.sampled_from(
    [*" .,;:?!¿¡%()/«»“”\u2019\u2013…€\xd7\u2212=+·'-", "1. ", ": ", " - ", "!!! "]
)
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
PLAIN = st.lists(st.one_of(SIGNS, WORDS), max_size=12).map("".join).filter(is_plain)
MARKED = " *and*"
"""What no plain text says."""


@given(PLAIN)
def test_a_plain_paragraph_is_what_markdown_makes_of_it(text: str) -> None:
    assert render_block(text) == render_block(f"{text}\n")


@given(PLAIN)
def test_a_plain_option_is_what_markdown_makes_of_it(text: str) -> None:
    marked = render_inline(text + MARKED)
    assert marked == f"{render_inline(text)} <em>and</em>"
