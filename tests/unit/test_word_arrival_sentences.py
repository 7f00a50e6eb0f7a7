"""Every remark on a document or a table has its sentence, and none is idle."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from conexx_learn import adapters, services
from conexx_learn.adapters import word_parts
from conexx_learn.domain import word_import
from conexx_learn.domain.sentences.office_problems import OFFICE_PROBLEMS
from conexx_learn.domain.sentences.word_arrivals import (
    ANSWER_UNKNOWN,
    ARRIVAL_REMARKS,
    TABLE_REMARKS,
)

NOTERS = [
    *Path(word_import.__file__ or "").parent.glob("*.py"),
    Path(word_parts.__file__),
]
FOLDERS = [Path(one.__file__ or "").parent for one in (word_import, adapters, services)]
FILES = [path for folder in FOLDERS for path in folder.glob("*.py")]
SENTENCES = {**ARRIVAL_REMARKS, **TABLE_REMARKS, "answer-unknown": ANSWER_UNKNOWN}


def calls(paths: list[Path]) -> list[ast.Call]:
    return [
        node
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def strings() -> set[str]:
    return {
        node.value
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_refusal_has_a_sentence() -> None:
    raised = {
        ".".join(ast.literal_eval(one) for one in call.args[1:3])
        for call in calls(FILES)
        if isinstance(call.func, ast.Name) and call.func.id == "refusal"
    }

    assert raised == set(OFFICE_PROBLEMS)


def test_no_sentence_is_idle() -> None:
    assert set(SENTENCES) <= strings()


def test_each_remark_that_is_added_has_a_sentence() -> None:
    added = {
        call.args[0].value
        for call in calls(NOTERS)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "add"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }

    assert added
    assert added <= set(SENTENCES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_a_line_in_both_languages_with_the_same_facts(code: str) -> None:
    spanish, english = SENTENCES[code]["es"], SENTENCES[code]["en"]

    assert spanish != english
    assert facts(spanish) == facts(english)
    for sentence in (spanish, english):
        assert "\n" not in sentence
        assert not sentence.endswith(".")


def facts(sentence: str) -> set[str]:
    return {name for _text, name, _form, _way in Formatter().parse(sentence) if name}
