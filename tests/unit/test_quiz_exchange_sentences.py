"""Every remark on an exchange of questions has its sentence, and none is idle."""

import ast
from pathlib import Path

import pytest

from conexx_learn.domain import question_exchange
from conexx_learn.domain.question_exchange import Remark
from conexx_learn.domain.question_exchange.arrival import RULE
from conexx_learn.domain.sentences.quiz_exchange import (
    QUIZ_CHANGED,
    QUIZ_FILE_FAULTS,
    QUIZ_LEFT_OUT,
    exchange_sentence,
)

SENTENCES = {**QUIZ_FILE_FAULTS, **QUIZ_LEFT_OUT, **QUIZ_CHANGED}
SOURCE = Path(question_exchange.__file__).parent
TOLD_BY_THE_CHECK = {"does-not-fit"}


def strings() -> set[str]:
    """List every string of the package."""
    return {
        node.value
        for path in SOURCE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def raised_codes() -> set[str]:
    """List the codes that are noted or raised by name."""
    found: set[str] = set()
    for path in SOURCE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = {"MalformedFileError": 1, "Remark": 2}.get(name, 0)
                if name in {"add", "note", "NoCounterpartError"} or place:
                    found |= {
                        one.value
                        for one in node.args[place : place + 1]
                        if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    }
    return found


def test_every_code_has_a_sentence() -> None:
    assert raised_codes() - TOLD_BY_THE_CHECK <= set(SENTENCES)


def test_no_sentence_is_idle() -> None:
    assert set(SENTENCES) <= strings()


def test_no_code_is_told_in_two_places() -> None:
    parts = (QUIZ_FILE_FAULTS, QUIZ_LEFT_OUT, QUIZ_CHANGED)

    assert len(SENTENCES) == sum(map(len, parts))


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_a_line_without_a_full_stop(code: str) -> None:
    for sentence in SENTENCES[code].values():
        assert "\n" not in sentence
        assert not sentence.endswith(".")


def test_a_rule_of_the_format_is_told_in_the_words_of_the_check() -> None:
    remark = Remark(1, "Q", "does-not-fit", facts={RULE: "E212", "id": "q"})

    assert exchange_sentence(remark, "es") != exchange_sentence(remark, "en")
