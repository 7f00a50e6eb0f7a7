"""A source beside its translation: what is stale, why, and writing it back."""

from pathlib import Path

import pytest

from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.quiz_source import check_translation, read_quiz
from conexx_learn.domain.translation_desk import (
    Comparison,
    Document,
    Edits,
    Reason,
    Row,
    State,
    begun_translation,
    compare,
    compose,
    followed_hash,
    following,
    read_document,
    source_path,
)
from conexx_learn.domain.translation_desk.word_changes import word_changes

COURSES = Path(__file__).parents[2] / "courses"
TRANSLATIONS = sorted(
    path
    for path in COURSES.glob("*/*.en.md")
    if path.with_name(source_path(path.name, "es")).exists()
)
MODULE = COURSES / "eu-financing-instruments" / "03-am-i-eligible.en.md"
QUIZ = COURSES / "first-steps" / "final.quiz.en.md"


def document(name: str, text: str) -> Document:
    read = read_document(name, text.encode())
    assert read is not None
    return read


def texts_of(path: Path) -> tuple[str, str]:
    source = path.with_name(source_path(path.name, "es"))
    return source.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")


def beside(path: Path, now: str, then: str | None, target: str) -> Comparison:
    name = source_path(path.name, "es")
    return compare(
        document(name, now),
        document(path.name, target),
        then=None if then is None else document(name, then),
        is_current=now == then,
    )


def edited(path: Path, old: str, new: str) -> Comparison:
    then, target = texts_of(path)
    assert then.count(old) == 1
    return beside(path, then.replace(old, new), then, target)


def row_of(comparison: Comparison, source: str) -> Row:
    (row,) = [row for row in comparison.rows if row.source == source]
    return row


def structure(comparison: Comparison, text: str) -> set[str]:
    source = comparison.now
    quizzes = [
        read_quiz(one.encode(), path=path, is_final=True).quiz
        for one, path in ((source.text, source.path), (text, comparison.target.path))
    ]
    assert quizzes[0]
    assert quizzes[1]
    told = check_translation(quizzes[0], source.text.encode(), quizzes[1])
    return {problem.code for problem in told} - {"W402"}


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_the_shipped_translations_are_fresh_passage_by_passage(path: Path) -> None:
    source, target = texts_of(path)
    comparison = beside(path, source, source, target)
    assert comparison.to_do == []
    assert not comparison.apart
    assert all(row.text or row.kind == "unit" for row in comparison.rows)
    # A rubric has no head that could name what it follows.
    is_rubric = path.name.startswith("rubric.")
    assert is_rubric or followed_hash(comparison.target, comparison.now.path)


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_saving_without_edits_keeps_every_byte(path: Path) -> None:
    source, target = texts_of(path)
    comparison = beside(path, source, source, target)
    as_sent = {row.key: row.text.replace("\n", "\r\n") for row in comparison.rows}
    composed = compose(comparison, Edits(as_sent))
    assert not composed.is_changed
    assert composed.text == target
    marked = b"\xef\xbb\xbf" + target.replace("\n", "\r\n").encode()
    read = read_document(path.name, marked)
    assert read
    assert read.encoded(read.text) == marked


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_an_edit_of_any_passage_changes_that_passage_alone(path: Path) -> None:
    source, target = texts_of(path)
    comparison = beside(path, source, source, target)
    for row in comparison.rows[:: max(len(comparison.rows) // 12, 1)]:
        if row.kind in {"phrases", "table", "code", "list", "note"} or not row.text:
            continue
        composed = compose(comparison, Edits({row.key: "Sapphire words"}))
        assert composed.refused == {}, row
        again = beside(path, source, source, composed.text)
        before = [one.text for one in comparison.rows]
        after = [one.text for one in again.rows]
        differing = [new for old, new in zip(before, after, strict=True) if old != new]
        assert differing == ["Sapphire words"]


def test_a_changed_paragraph_is_the_only_stale_row_and_says_what_changed() -> None:
    old = "La segunda puede ser más estricta"
    comparison = edited(MODULE, old, "La segunda puede ser mucho más estricta")
    (row,) = comparison.to_do
    assert (row.state, row.reason) == (State.STALE, Reason.CHANGED)
    told = [(one.kind.value, one.text) for one in row.changes if one.kind != "same"]
    assert told == [("added", "mucho ")]
    assert row.text.startswith("The second may be stricter than the first")


def test_a_paragraph_that_was_put_in_is_missing_and_goes_to_its_place() -> None:
    heading = "## Dos niveles, no uno\n"
    comparison = edited(MODULE, heading, f"{heading}\nUn párrafo con zafiro.\n")
    (row,) = comparison.to_do
    assert (row.state, row.reason) == (State.MISSING, Reason.ADDED)
    composed = compose(comparison, Edits({row.key: "A paragraph with sapphire."}))
    assert composed.refused == {}
    lines = composed.text.split("\n")
    at = lines.index("A paragraph with sapphire.")
    assert lines[at - 2] == "## Two levels, not one"
    assert lines[at - 1] == lines[at + 1] == ""
    _, target = texts_of(MODULE)
    assert composed.text.replace("A paragraph with sapphire.\n\n", "", 1) == target


def test_a_paragraph_that_was_taken_out_is_surplus_and_can_be_emptied() -> None:
    then, target = texts_of(MODULE)
    paragraph = next(
        part for part in then.split("\n\n") if part.startswith("La segunda puede")
    )
    comparison = beside(MODULE, then.replace(f"{paragraph}\n\n", ""), then, target)
    (row,) = comparison.to_do
    assert (row.state, row.reason) == (State.SURPLUS, Reason.REMOVED)
    assert row.text.startswith("The second may be stricter")
    composed = compose(comparison, Edits({row.key: ""}))
    assert composed.text == target.replace(f"{row.text}\n\n", "")


def test_a_paragraph_that_was_moved_moves_once_somebody_says_it_is_right() -> None:
    then, target = texts_of(MODULE)
    parts = then.split("\n\n")
    at = next(n for n, part in enumerate(parts) if part.startswith("La segunda"))
    moved = parts[at]
    now = "\n\n".join([*parts[: at - 1], moved, parts[at - 1], *parts[at + 1 :]])
    comparison = beside(MODULE, now, then, target)
    (row,) = comparison.to_do
    assert (row.state, row.reason) == (State.STALE, Reason.MOVED)
    assert not compose(comparison, Edits({})).is_changed
    composed = compose(comparison, Edits({}, frozenset({row.key})))
    again = beside(MODULE, now, now, composed.text)
    assert again.to_do == []
    assert sorted(composed.text.split("\n\n")) == sorted(target.split("\n\n"))


def test_a_changed_option_is_the_only_stale_row() -> None:
    old = "Atiende y sigue después donde estaba."
    comparison = edited(QUIZ, old, "Atiende y sigue más tarde donde estaba.")
    (row,) = comparison.to_do
    assert (row.kind, row.owner, row.ordinal) == (
        "option",
        "first-steps-interruption",
        1,
    )
    assert row.text == "You attend and go on later where you were."


def test_an_option_that_was_put_in_takes_marker_and_place_from_the_source() -> None:
    old = "- (x) Atiende y sigue después donde estaba."
    comparison = edited(QUIZ, old, f"- (25%) Apaga el teléfono.\n{old}")
    row = row_of(comparison, "Apaga el teléfono.")
    assert row.state is State.MISSING
    assert (
        row_of(comparison, old[6:]).text == "You attend and go on later where you were."
    )
    composed = compose(comparison, Edits({row.key: "You turn it off."}))
    assert composed.refused == {}
    assert "- (25%) You turn it off.\n- (x) You attend and go on" in composed.text
    assert structure(comparison, composed.text) == {"W401"}


def test_another_marking_is_told_at_the_question() -> None:
    then, target = texts_of(QUIZ)
    now = then.replace("- [= 0%] 12", "- [= 10%] 12")
    name = source_path(QUIZ.name, "es")
    comparison = compare(
        document(name, now),
        document(QUIZ.name, target),
        then=document(name, then),
        is_current=False,
        rescored={"first-steps-weeks"},
    )
    (row,) = comparison.to_do
    assert (row.kind, row.reason) == ("title", Reason.SCORING)
    copied = compose(comparison, Edits({}, copies_missing=True))
    assert "- [= 10%] 12" in copied.text
    assert structure(comparison, copied.text) == {"W401"}


def test_a_new_question_comes_whole_or_not_at_all() -> None:
    question = (
        "## first-steps-new | Otra\n\n¿Qué más?\n\n- (x) Esto\n- ( ) Aquello\n"
        "  > Por otra razón.\n\n"
    )
    old = "## first-steps-way | "
    comparison = edited(QUIZ, old, f"{question}{old}")
    keys = {row.source: row.key for row in comparison.to_do}
    assert set(keys) == {"Otra", "¿Qué más?", "Esto", "Aquello", "Por otra razón."}
    half = compose(comparison, Edits({keys["Otra"]: "Another"}))
    assert set(half.refused.values()) == {"lacking"}
    words = {"Otra": "Another", "¿Qué más?": "What else?", "Esto": "This"}
    typed = {keys[source]: text for source, text in words.items()}
    whole = compose(comparison, Edits({**typed, keys["Aquello"]: "That"}))
    assert whole.refused == {}
    assert "- (x) This\n- ( ) That\n\n## first-steps-way" in whole.text
    assert structure(comparison, whole.text) == {"W401"}


def test_a_question_that_is_gone_goes_with_the_structure_of_the_source() -> None:
    then, target = texts_of(QUIZ)
    start, end = then.index("## first-steps-way"), then.index("## first-steps-terms")
    comparison = beside(QUIZ, then[:start] + then[end:], then, target)
    assert {row.state for row in comparison.to_do} == {State.SURPLUS}
    assert not any(comparison.is_writable(row) for row in comparison.to_do)
    composed = compose(comparison, Edits({}, copies_missing=True))
    assert "first-steps-way" not in composed.text
    assert structure(comparison, composed.text) == {"W401"}


@pytest.mark.parametrize(
    "typed",
    [
        "Text\n\n## first-steps-other | Title\n\nMore",
        "Text\n\n- (x) Another answer",
        "Text\n\n```\nnever closed",
        "Text\n\n### Hint\nA hint",
        "# Pool: abc",
    ],
)
def test_a_text_that_would_be_structure_is_refused(typed: str) -> None:
    source, target = texts_of(QUIZ)
    comparison = beside(QUIZ, source, source, target)
    prompt = next(row for row in comparison.rows if row.kind == "prompt")
    composed = compose(comparison, Edits({prompt.key: typed}))
    assert composed.refused == {prompt.key: "structure"}


@pytest.mark.parametrize("typed", ["## New heading", "```\nnever closed", "<!-- open"])
def test_a_block_that_would_change_the_headings_is_refused(typed: str) -> None:
    source, target = texts_of(MODULE)
    comparison = beside(MODULE, source, source, target)
    block = next(row for row in comparison.rows if row.kind == "paragraph")
    composed = compose(comparison, Edits({block.key: typed}))
    assert composed.refused == {block.key: "structure"}


def test_a_heading_that_the_source_has_cannot_be_emptied() -> None:
    source, target = texts_of(MODULE)
    comparison = beside(MODULE, source, source, target)
    for kind, owner in (("heading", ""), ("key", "title")):
        row = next(
            one for one in comparison.rows if (one.kind, one.owner) == (kind, owner)
        )
        composed = compose(comparison, Edits({row.key: " "}))
        assert composed.refused == {row.key: "lacking"}
        assert composed.text == target


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_begun_translation_has_the_structure_of_its_source(path: Path) -> None:
    source, _ = texts_of(path)
    name = source_path(path.name, "es")
    begun = begun_translation(name, source.encode(), path=path.name, language="en")
    comparison = beside(path, source, source, begun.decode())
    assert comparison.to_do == []
    assert not comparison.apart
    stated = followed_hash(comparison.target, name)
    assert stated == source_hash(source.encode())
    assert any(row.state is State.COPIED for row in comparison.rows)
    if comparison.target.is_quiz:
        assert structure(comparison, begun.decode()) == set()


def test_the_head_says_which_revision_is_followed() -> None:
    old = "---\ntitulo: A\nidioma: es\ntraduce: a.es.md@000000000000\n---\nText\n"
    new = following(old, source="b.es.md", data=b"x", language="en")
    stated = f"b.es.md@{source_hash(b'x')}"
    assert new == f"---\ntitulo: A\nidioma: en\ntraduce: {stated}\n---\nText\n"
    bare = following("Text\n", source="b.es.md", data=b"x")
    assert bare == f"---\ntranslates: {stated}\n---\n\nText\n"


def test_a_rubric_keeps_ids_weights_and_levels() -> None:
    rubric = "## logic | Lógica\n\nweight: 20\n\n- [0] Nada\n- [1] Algo\n"
    target = "## logic | Logic\n\nweight: 20\n\n- [0] Nothing\n- [1] Something\n"
    comparison = beside(Path("rubric.en.md"), rubric, rubric, target)
    pairs = [(row.source, row.text) for row in comparison.rows]
    assert pairs == [("Lógica", "Logic"), ("Nada", "Nothing"), ("Algo", "Something")]
    row = row_of(comparison, "Algo")
    composed = compose(comparison, Edits({row.key: "A little"}))
    assert composed.text == target.replace("Something", "A little")


def test_words_are_compared_and_long_texts_replaced() -> None:
    told = [(one.kind.value, one.text) for one in word_changes("a b c", "a c d")]
    assert told == [("same", "a "), ("removed", "b "), ("same", "c "), ("added", "d")]
    before = " ".join(f"a{n}" for n in range(4000))
    after = " ".join(f"b{n}" for n in range(4000))
    assert {one.kind.value for one in word_changes(before, after)} >= {"added"}
