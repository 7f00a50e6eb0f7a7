"""Every problem and command has its sentence in both languages, with the same facts."""

from string import Formatter

import pytest

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.sentences import PROBLEMS, problem_sentence
from conexx_learn.domain.sentences.course_commands import COURSE_COMMANDS
from conexx_learn.domain.sentences.course_problems import COURSE_PROBLEMS
from conexx_learn.domain.sentences.quiz_problems import QUIZ_PROBLEMS

FOLDER_CODES = [f"E{n:03}" for n in range(1, 17)] + [f"W{n:03}" for n in range(1, 9)]
QUIZ_CODES = [
    "E101",
    "E102",
    "E103",
    "E104",
    "E105",
    "E106",
    "E110",
    "E111",
    "E112",
    "E113",
    "E120",
    "E121",
    "E130",
    "E131",
    "E201",
    "E202",
    "E203",
    "E204",
    "E205",
    "E206",
    "E210",
    "E211",
    "E212",
    "E213",
    "E214",
    "E215",
    "E216",
    "E217",
    "E218",
    "E219",
    "E220",
    "E221",
    "E301",
    "E302",
    "E303",
    "E304",
    "E305",
    "E401",
    "E402",
    "E403",
    "E501",
    "E502",
    "W310",
    "W311",
    "W312",
    "W313",
    "W314",
    "W315",
    "W401",
    "W402",
    "W501",
    "W502",
    "W503",
    "W901",
    "W902",
]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def code_of(key: str) -> str:
    return key.partition(".")[0]


def test_every_code_of_the_format_has_a_sentence() -> None:
    told = {code_of(key) for key in PROBLEMS}

    assert set(FOLDER_CODES) | set(QUIZ_CODES) <= told


def test_no_code_is_told_in_two_places() -> None:
    assert not set(COURSE_PROBLEMS) & set(QUIZ_PROBLEMS)


@pytest.mark.parametrize("key", sorted(PROBLEMS))
def test_each_sentence_is_in_both_languages_with_the_same_facts(key: str) -> None:
    sentences = PROBLEMS[key]

    assert set(sentences) == {"es", "en"}
    spanish, english = " ".join(sentences["es"]), " ".join(sentences["en"])
    assert placeholders(spanish) == placeholders(english)
    assert all(sentences["es"])
    assert all(sentences["en"])
    assert spanish != english


@pytest.mark.parametrize("key", sorted(PROBLEMS))
def test_a_message_is_one_line_without_a_full_stop(key: str) -> None:
    for message, hint in PROBLEMS[key].values():
        assert "\n" not in message + hint
        assert not message.endswith(".")


@pytest.mark.parametrize("key", sorted(COURSE_COMMANDS))
def test_each_command_speaks_both_languages(key: str) -> None:
    sentences = COURSE_COMMANDS[key]

    assert set(sentences) == {"es", "en"}
    assert placeholders(sentences["es"]) == placeholders(sentences["en"])


def test_the_variant_chooses_the_sentence() -> None:
    facts = {"kind": "png", "allowed": "png, jpg", "part": "script"}
    told = {
        problem_sentence(Problem("a", 1, 1, "E009", facts | {"variant": variant}), "en")
        for variant in ("", "kind", "unsafe")
    }

    assert len(told) == 3


@pytest.mark.parametrize(
    ("lang", "word"),
    [("es", "falta"), ("es_MX", "falta"), ("en", "missing"), ("pt", "missing")],
)
def test_languages_without_sentences_are_told_in_english(lang: str, word: str) -> None:
    problem = Problem("a", 1, 1, "E001", {"variant": "missing"})

    assert word in problem_sentence(problem, lang)[0]
