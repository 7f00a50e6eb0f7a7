"""Two texts put together, and how a text changed."""

from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.merging import (
    ChangeKind,
    line_changes,
    merged,
    replaced_whole,
    undecided_lines,
    unmerged,
)

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=12)
TEXTS = LINES.map(lambda lines: "".join(f"{line}\n" for line in lines))


def test_the_same_change_on_both_sides_is_one_change() -> None:
    assert merged("a\nb\n", "a\nX\n", "a\nX\n").text == "a\nX\n"


def test_a_conflict_says_its_line_and_both_sides() -> None:
    found = merged("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n")

    assert [(one.line, one.mine, one.theirs) for one in found.conflicts] == [
        (2, "mine\n", "theirs\n")
    ]
    assert undecided_lines(found.text) == (2, 6)


def test_without_a_common_beginning_each_difference_is_decided() -> None:
    found = merged(None, "a\nmine\nc\n", "a\ntheirs\nc\n")

    assert len(found.conflicts) == 1
    assert found.text.startswith("a\n")
    assert found.text.endswith("c\n")


def test_a_last_line_without_an_end_runs_into_nothing() -> None:
    assert merged("a", "a\nb", "z\na").text == "z\na\nb\n"


@given(TEXTS, TEXTS)
def test_what_only_one_changed_is_taken(base: str, mine: str) -> None:
    assert merged(base, mine, base).text == mine
    assert merged(base, base, mine).text == mine


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_of_either_is_lost(base: str, mine: str, theirs: str) -> None:
    found = merged(base, mine, theirs)
    kept = set(found.text.split("\n"))

    assert set(mine.split("\n")) - set(base.split("\n")) <= kept
    assert set(theirs.split("\n")) - set(base.split("\n")) <= kept
    assert bool(undecided_lines(found.text)) == bool(found.conflicts)


def test_texts_left_whole_are_one_conflict() -> None:
    assert unmerged("a\n", "b\n").conflicts[0].mine == "a\n"


def test_a_change_is_shown_with_three_lines_around() -> None:
    before = "".join(f"{number}\n" for number in range(20))
    found = line_changes(before, before.replace("10\n", "ten\n"))

    assert [(one.kind, one.count) for one in found] == [
        (ChangeKind.SKIPPED, 7),
        (ChangeKind.SAME, 3),
        (ChangeKind.REMOVED, 1),
        (ChangeKind.ADDED, 1),
        (ChangeKind.SAME, 3),
        (ChangeKind.SKIPPED, 6),
    ]


@given(LINES, LINES)
def test_the_changes_hold_every_line(before: list[str], after: list[str]) -> None:
    for changes in (
        line_changes("\n".join(before), "\n".join(after)),
        replaced_whole("\n".join(before), "\n".join(after)),
    ):
        old = sum(one.count for one in changes if one.kind != ChangeKind.ADDED)
        new = sum(one.count for one in changes if one.kind != ChangeKind.REMOVED)
        assert old == len("\n".join(before).splitlines())
        assert new == len("\n".join(after).splitlines())
