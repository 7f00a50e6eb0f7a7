"""JSON from strangers is read in bounded work, or refused with a code."""

import pytest

from conexx_learn.domain.strict_json import (
    DEEPEST,
    MOST_BYTES,
    MOST_NAMED,
    StrictJsonError,
    differing_members,
    read_strict,
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b" " * (MOST_BYTES + 1), "too-large", id="too large"),
        pytest.param(b'{"a": "\xff"}', "not-text", id="not UTF-8"),
        pytest.param(b"[" * 10_000 + b"]" * 10_000, "too-deep", id="depth 10 000"),
        pytest.param(b"[" * 200_000, "too-deep", id="never closed"),
        pytest.param(b'{"a":' * 33 + b"1" + b"}" * 33, "too-deep", id="one too deep"),
        pytest.param(b'{"a": 1, "a": 2}', "twice", id="a member twice"),
        pytest.param(b'{"b": {"a": 1, "\\u0061": 2}}', "twice", id="escaped twice"),
        pytest.param(b'{"a": NaN}', "not-json", id="not a number"),
        pytest.param(b'{"a": -Infinity}', "not-json", id="infinity"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "not-json", id="huge number"),
        pytest.param(b'{"a": 1e99999999999999999999}', "not-json", id="huge power"),
        pytest.param(b'{"a": }', "not-json", id="cut"),
        pytest.param(b"", "not-json", id="nothing"),
        pytest.param(b'{"a": "\x00"}', "not-json", id="NUL"),
    ],
)
def test_what_no_file_of_ours_is_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(StrictJsonError, match=f"^{code}$"):
        read_strict(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            b'{"a":' * DEEPEST + b"1" + b"}" * DEEPEST, id="as deep as may be"
        ),
        pytest.param(b'\xef\xbb\xbf{"a": 1}', id="with a mark of order"),
        pytest.param(rb'{"a": "[[[[\"{{{{[["}', id="brackets in a text"),
        pytest.param(b'{"a": 1e99999}', id="a large power"),
    ],
)
def test_what_is_only_unusual_is_read(content: bytes) -> None:
    assert isinstance(read_strict(content), dict)


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        pytest.param(b'{"a": 1, "b": 2}', b'{"b":2,"a":1.0}', (), id="order, spaces"),
        pytest.param(b'{"a": 1}', b'{"a": true}', ("a",), id="a truth is no number"),
        pytest.param(b'{"a": 1}', b'{"a": "1"}', ("a",), id="a text is no number"),
        pytest.param(b'{"a": null}', b"{}", ("a",), id="nothing is not missing"),
        pytest.param(b'{"a": [1, 2]}', b'{"a": [2, 1]}', ("a[1]", "a[2]"), id="order"),
        pytest.param(b'{"a": [1]}', b'{"a": [1, 2]}', ("a",), id="one more"),
        pytest.param(
            b'{"a": {"b": 1}}', b'{"a": {"c": 1}}', ("a.b", "a.c"), id="names"
        ),
        pytest.param(b"{}", b"[]", ("{}",), id="the whole"),
    ],
)
def test_members_that_differ_are_named(
    one: bytes, other: bytes, names: tuple[str, ...]
) -> None:
    assert differing_members(read_strict(one), read_strict(other)) == names


def test_what_is_named_stays_short_and_printable() -> None:
    names = ",".join(f'"\\u202e{"x" * 200}{n}": 1' for n in range(50))

    found = differing_members({}, read_strict(f"{{{names}}}".encode()))

    assert len(found) == MOST_NAMED
    assert all(len(name) <= 61 and name.isprintable() for name in found)


def test_a_text_that_never_ends_is_looked_through_once() -> None:
    # Each quote could begin a text: a search that began again at each of them would
    # take hours for this, not a moment.
    hostile = b'{"a": "' + rb"\"" * 120_000

    with pytest.raises(StrictJsonError, match="not-json"):
        read_strict(hostile)
