"""Question files that are made to hold up or to break the reader."""

import pytest

from conexx_learn.domain.question_exchange import read_questions
from conexx_learn.domain.question_exchange.arrival import MOST_ANSWERS
from conexx_learn.domain.question_exchange.texts import TextMaker


def codes(text: str, name: str = "a.gift") -> list[str]:
    found = read_questions(text.encode(), name=name, title="", lang="es")
    return [remark.code for remark in found.remarks]


@pytest.mark.parametrize("number", ["1" * 1_000_001, f"1:{'9' * 1_000_001}", "1e400"])
def test_a_number_beyond_every_limit_is_told_as_unreadable(number: str) -> None:
    assert "number-unreadable" in codes(f"q {{#{number}}}")


@pytest.mark.parametrize(
    "inside",
    [
        "=a " + "~x " * 5_000,
        "=a " * 5_000,
        "=a -> b " * 5_000,
        "#" + "=1:1 " * 5_000,
        ">\n" + "step\n" * 5_000,
    ],
)
def test_a_question_of_thousands_of_answers_is_refused_before_any_is_made(
    inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of a million answers made and checked is a minute of a server's time."""
    made: list[object] = []
    for name in ("option", "feedback"):
        monkeypatch.setattr(TextMaker, name, lambda _self, text: made.append(text))

    assert codes(f"q {{{inside}}}") == ["too-many-options"]
    assert len(made) <= MOST_ANSWERS
