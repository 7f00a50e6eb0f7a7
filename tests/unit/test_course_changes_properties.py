"""Whatever two texts hold, their difference is safe, whole, and soon there."""

import re
from html import escape, unescape
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from conexx_learn.domain.course_changes import course_changes
from conexx_learn.domain.course_changes.alignment import MOST_CELLS, Effort, aligned
from conexx_learn.domain.course_changes.text_changes import (
    MOST_SHOWN,
    BlockState,
    marked_words,
    text_change,
)
from conexx_learn.domain.markup import render_document
from tests.course_edits import REAL, course_files, course_of

TAG = re.compile(r"<[^>]*>")
WORDS = st.lists(st.sampled_from("ab"), max_size=30).map(" ".join)
TEXTS = st.text(st.sampled_from("ab .<>&'\"|\n"), max_size=60)
MODULE = next(
    name for name in sorted(course_files(REAL)) if re.match(r"01-[a-z-]*\.es\.md", name)
)


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_runs_cover_both_sides_and_equal_ones_are_equal(
    old: list[int], new: list[int]
) -> None:
    runs = aligned(old, new, Effort())

    assert [n for run in runs for n in range(*run.old)] == list(range(len(old)))
    assert [n for run in runs for n in range(*run.new)] == list(range(len(new)))
    for run in runs:
        same = old[slice(*run.old)] == new[slice(*run.new)]
        assert same if run.is_equal else not same
    kinds = [run.is_equal for run in runs]
    assert all(one != other for one, other in pairwise(kinds))


@given(TEXTS, TEXTS)
def test_without_the_deleted_words_the_new_text_is_left(old: str, new: str) -> None:
    html = marked_words(old, new)

    left = re.sub(r"<del>.*?</del>", "", html, flags=re.DOTALL)
    assert squeezed(unescape(TAG.sub("", left))) == squeezed(new)
    gone = re.sub(r"<ins>.*?</ins>", "", html, flags=re.DOTALL)
    assert squeezed(unescape(TAG.sub("", gone))) == squeezed(old)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(TEXTS, TEXTS)
def test_nothing_but_marks_comes_out_as_a_tag(old: str, new: str) -> None:
    tags = set(TAG.findall(marked_words(old, new)))

    assert tags <= {"<ins>", "</ins>", "<del>", "</del>"}


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_every_block_of_both_texts_is_told(old: list[str], new: list[str]) -> None:
    found = text_change(paragraphs(old), paragraphs(new))

    if not found:
        assert [one for one in old if one] == [one for one in new if one]
        return
    kept = sum(
        one.count
        for one in found.blocks
        if one.state in {BlockState.KEPT, BlockState.SKIPPED}
    )
    assert kept + found.changed + found.added == len([one for one in new if one])
    assert kept + found.changed + found.removed == len([one for one in old if one])


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


@settings(max_examples=12, deadline=None)  # Each one reads a whole course.
@given(st.data())
def test_an_edit_of_a_real_course_is_found_where_it_is(data: st.DataObject) -> None:
    files = dict(course_files(REAL))
    lines = files[MODULE].decode().split("\n")
    first_fence = next(n for n, line in enumerate(lines) if line.startswith("```"))
    long = [
        n
        for n, line in enumerate(lines[:first_fence])
        if re.match(r"[A-Z][^|!]{80,}$", line)
    ]
    place = data.draw(st.sampled_from(long))
    lines[place] += " Palabra-nueva."
    files[MODULE] = "\n".join(lines).encode()
    before = course_of(course_files(REAL), REAL)

    found = course_changes(before, course_of(files, REAL))

    (module,) = found.changed_modules
    (text,) = module.texts
    assert (text.text.changed, text.text.added, text.text.removed) == (1, 0, 0)
    (block,) = [b for b in text.text.blocks if b.state is BlockState.CHANGED]
    assert "Palabra-nueva" in TAG.sub("", block.html)
    assert "<del>" not in block.html
    assert [one.slug for one in found.reread_modules] == [module.slug]


def test_hostile_texts_cost_no_more_than_the_effort_allows() -> None:
    effort = Effort()
    many = 40_000
    old = [n % 2 for n in range(many)]
    new = [1 - n % 3 % 2 for n in range(many)]

    runs = aligned(old, new, effort)

    assert 0 <= effort.left <= MOST_CELLS
    assert sum(run.new[1] - run.new[0] for run in runs) == many


def test_a_text_that_changed_everywhere_is_not_shown_without_end() -> None:
    old = render_document("\n\n".join(f"uno {n}" for n in range(1900)))
    new = render_document("\n\n".join(f"dos {n}" for n in range(1900)))

    found = text_change(str(old.segments[0]), str(new.segments[0]))

    assert len(found.blocks) == MOST_SHOWN + 1
    assert found.blocks[-1].state is BlockState.SKIPPED
