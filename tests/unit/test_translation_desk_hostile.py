"""No text holds the side-by-side page up, and none breaks it."""

import random
import time

import pytest

from conexx_learn.domain.translation_desk import (
    Document,
    Edits,
    compare,
    compose,
    read_document,
)

SECONDS = 8
"""Of processor, on a slow and busy machine; each takes well below one alone."""

SIZE = 64 * 1024
_CHANCE = random.Random(20261121)  # noqa: S311 (texts, no secrets)
_SIGNS = "#-|`~<>!()[]{}= \n\n\nax1\t\\:\u202e"

TEXTS = {
    "blocks": "a\n\n" * 3000,
    "headings": "## a\n" * 2000,
    "blanks": "## " + " " * SIZE + "x",
    "bars": "## a |" + " " * SIZE + "x",
    "ruler": "a|b\n" + "-" * SIZE + "x",
    "ticks": "``` " + " " * SIZE + "`",
    "braces": "## a " + "{" * SIZE,
    "comments": "<!--\n" * (SIZE // 5),
    "words": " ".join(_CHANCE.choice("abcdefgh") for _ in range(SIZE // 2)),
    "other-words": " ".join(_CHANCE.choice("abcdefgh") for _ in range(SIZE // 2)),
    "signs": "".join(_CHANCE.choice(_SIGNS) for _ in range(SIZE)),
    "self-checks": "```quiz\n## abc | t\n\np\n\n- (x) a\n```\n" * 300,
    "options": "## abc | t\n\np\n\n" + "".join(f"- ( ) a{n}\n" for n in range(1500)),
}


def document(path: str, name: str) -> Document | None:
    text = f"---\ntitle: x\n---\n{TEXTS[name]}"
    return read_document(path, text.encode()[:SIZE].decode(errors="ignore").encode())


@pytest.mark.parametrize("path", ["01-a.es.md", "01-a.quiz.es.md", "rubric.es.md"])
@pytest.mark.parametrize("name", sorted(TEXTS))
def test_hostile_texts_are_compared_and_keep_their_bytes(name: str, path: str) -> None:
    started = time.process_time()
    one = document(path, name)
    for other_name in ("headings", "words"):
        other = document(path, other_name)
        if one is None or other is None:
            continue
        comparison = compare(one, other, then=one, is_current=False)
        shown = [row.changes for row in comparison.rows]
        assert len(shown) == len(comparison.rows)
        as_sent = {row.key: row.text for row in comparison.rows}
        composed = compose(comparison, Edits(as_sent))
        assert composed.text == other.text
        filled = Edits({key: f"{text} x" for key, text in as_sent.items()})
        assert isinstance(compose(comparison, filled).text, str)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("path", ["01-a.es.md", "01-a.quiz.es.md"])
def test_what_is_no_text_for_people_is_none(path: str) -> None:
    assert read_document(path, b"\xff\xfe") is None
    assert read_document(path, b"a\x00b") is None
    assert read_document(path, b"- [0] a\n\nx\n\n" * 6000) is None or "quiz" in path
    for bare in (b"", b"---", b"---\n---", b"---\ntitle:", b"\n\n\n"):
        read = read_document(path, bare)
        assert read is not None
        assert read.text == bare.decode()
