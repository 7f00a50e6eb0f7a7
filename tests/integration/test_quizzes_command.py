"""`flask quizzes try`: a trainer's quiz as text, and marked."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conexx_learn.cli.quizzes import quizzes

QUIZ = """\
---
quiz: trial
title: A trial
lang: en
mode: graded
pass: 60%
---

Read calmly.

# Section: basics
points: 2

## one-right | One is right
points: 1

Which one?

- (x) Alpha
- (50%) Beta
- ( ) Gamma

## some-right | Some are right

Which ones?

- [x] Alpha
- [x] Beta
- [ ] Gamma
- [ ] Delta

## in-order | In order

Put in order.

- [2] Second
- [1] First
- [3] Third

## in-pairs | Pairs

Match.

- [->] Left -> Right
- [->] Up -> Down
- [->] -> Extra

## how-much | How much
unit: EUR

How much?

- [=] 1 700 000
- [= 50%] 1 700 000 +- 5%

## which-word | Which word

Which word?

- [~] logframe*

## not-yet | Not yet
status: draft

Later?

- ( ) No
- (x) Yes
"""
RIGHT: dict[str, Any] = {
    "one-right": "a",
    "some-right": ["a", "b"],
    "in-order": ["b", "a", "c"],
    "in-pairs": {"a": "a", "b": "b"},
    "how-much": "1,700,000 EUR",
    "which-word": "Logframe matrix",
}


@pytest.fixture
def quiz_file(tmp_path: Path) -> Path:
    file = tmp_path / "final.quiz.en.md"
    file.write_text(QUIZ, "utf-8")
    return file


def run(file: Path, *options: str, lang: str = "C", responses: Any = None) -> Result:
    """Run the command; `responses` is written out as JSON, or as it is."""
    arguments = ["try", str(file), *options]
    if responses is not None:
        path = file.parent / "responses.json"
        text = responses if isinstance(responses, str) else json.dumps(responses)
        path.write_text(text, "utf-8")
        arguments += ["--responses", str(path)]
    return CliRunner().invoke(quizzes, arguments, env={"LC_ALL": lang})


def test_without_responses_it_shows_the_quiz_without_its_key(quiz_file: Path) -> None:
    result = run(quiz_file)

    assert result.exit_code == 0
    assert "in-order | In order (order, points: 2)" in result.output
    assert "a) Second" in result.output
    assert "→ c) Extra" in result.output
    assert "not-yet" not in result.output
    assert "700 000" not in result.output
    assert "logframe" not in result.output


def test_right_responses_earn_every_point(quiz_file: Path) -> None:
    result = run(quiz_file, "--format", "json", responses=RIGHT)

    report = json.loads(result.output)
    assert [row["id"] for row in report["questions"]] == list(RIGHT)
    assert report["questions"][1] == {
        "id": "some-right",
        "type": "multiple",
        "earned": "2",
        "possible": "2",
        "answered": True,
    }
    assert (report["score"], report["passed"]) == ("1", True)


def test_points_and_score_are_exact_fractions(quiz_file: Path) -> None:
    responses = {"one-right": "b", "in-order": ["a", "b", "c"], "how-much": None}

    result = run(quiz_file, "--format", "json", responses=responses)

    report = json.loads(result.output)
    earned = {row["id"]: row["earned"] for row in report["questions"]}
    assert (earned["one-right"], earned["in-order"]) == ("1/2", "2/3")
    assert (report["score"], report["passed"]) == ("7/66", False)
    assert result.exit_code == 0
    assert [row["answered"] for row in report["questions"]] == [
        *(True, False, True, False, False, False)
    ]


def test_the_text_speaks_the_language_of_the_shell(quiz_file: Path) -> None:
    english = run(quiz_file, responses={"one-right": "a"})
    spanish = run(quiz_file, responses={"one-right": "a"}, lang="es_MX.UTF-8")

    assert "one-right  single  1 / 1" in english.output
    assert "Not passed" in english.output
    assert "No aprobado" in spanish.output


def test_voids_count_as_they_do_in_an_attempt(quiz_file: Path) -> None:
    dropped = "void: drop\nvoid-reason: Wrong\n\nWhich one?"
    full = "void: full\nvoid-reason: Wrong\n\nMatch."
    text = QUIZ.replace("\nWhich one?", dropped).replace("\nMatch.", full)
    quiz_file.write_text(text, "utf-8")

    result = run(quiz_file, "--format", "json", responses={})

    report = json.loads(result.output)
    possible = {row["id"]: row["possible"] for row in report["questions"]}
    assert (possible["one-right"], possible["in-pairs"]) == ("0", "2")
    assert report["score"] == "1/5"


def test_an_open_question_is_left_out_of_the_score(tmp_path: Path) -> None:
    file = tmp_path / "01-a.quiz.en.md"
    file.write_text(
        "---\nquiz: open-one\ntitle: T\nlang: en\n---\n\n"
        "## tell-me | Tell\ntype: open\ngrading: self\n\nWhy?\n\n"
        "## yes-no | Say\n\nIs it?\n\n- (x) Yes\n- ( ) No\n",
        "utf-8",
    )

    result = run(file, "--format", "json", responses={"tell-me": "x", "yes-no": "a"})

    report = json.loads(result.output)
    assert report["questions"][0]["earned"] is None
    assert (report["score"], report["passed"]) == ("1", None)


def test_the_pass_mark_of_the_course_counts(quiz_file: Path) -> None:
    quiz_file.write_text(QUIZ.replace("pass: 60%\n", ""), "utf-8")
    (quiz_file.parent / "course.toml").write_text("pass_mark = 100\n", "utf-8")

    result = run(quiz_file, "--format", "json", responses=RIGHT | {"one-right": "b"})

    assert json.loads(result.output)["passed"] is False


@pytest.mark.parametrize(
    "responses",
    [
        pytest.param({"no-such": "a"}, id="unknown id"),
        pytest.param({"not-yet": "b"}, id="a draft is not asked"),
        pytest.param({"one-right": "z"}, id="unknown key"),
        pytest.param({"one-right": ["a"]}, id="wrong shape"),
        pytest.param({"in-order": ["a", "b"]}, id="a step is missing"),
        pytest.param({"how-much": 1700000}, id="a number instead of text"),
        pytest.param('{"how-much": NaN}', id="not a number"),
        pytest.param('{"one-right": "a", "one-right": "b"}', id="a key twice"),
        pytest.param("[]", id="a list"),
        pytest.param("{", id="not JSON"),
        pytest.param("[" * 100_000, id="very deep"),
        pytest.param('{"one-right": "a\\u0000"}', id="NUL"),
    ],
)
def test_responses_that_cannot_be_read_are_one_line_and_exit_1(
    quiz_file: Path, responses: Any
) -> None:
    result = run(quiz_file, responses=responses)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_a_missing_file_is_one_line_and_exit_1(tmp_path: Path) -> None:
    result = run(tmp_path / "none.quiz.en.md")

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_a_quiz_with_errors_names_them(quiz_file: Path) -> None:
    quiz_file.write_text(QUIZ.replace("# Section:", "# Sektion:"), "utf-8")

    result = run(quiz_file)

    assert result.exit_code == 1
    assert "E110" in result.stderr


def test_a_translation_inherits_what_it_omits(quiz_file: Path) -> None:
    translation = quiz_file.parent / "final.quiz.es.md"
    text = QUIZ.replace(
        "lang: en", "lang: es\ntranslates: final.quiz.en.md@0123456789ab"
    )
    translation.write_text(text.replace("points: 2\n", ""), "utf-8")

    result = run(translation, "--format", "json", responses=RIGHT)

    assert json.loads(result.output)["questions"][1]["possible"] == "2"
