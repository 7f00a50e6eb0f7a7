"""The canonical form of quiz files."""

import pytest

from conexx_learn.domain.quiz_source import format_quiz, parse_quiz
from tests.quiz_texts import COMPLETE_EXAMPLE, HEAD, MODULE_QUIZ, SINGLE, sound_quiz

MESSY = (
    "\ufeff---\r\nQUIZ:   quiz-a\r\nTítulo: A\r\n---\r\n"
    "##  abc|T\r\nPuntos:  2\r\nWhich <!-- why --> one?  \r\nMore\r\n\r\n\r\n"
    "<!-- kept\r\n  as it is -->\r\n"
    "\u2022 (X)   First\r\n     - nested\r\n\r\n     more\r\n\t> Yes.\r\n\r\n"
    "- (\u2714) Second  \r\n   > Also.\r\n"
    "-   () Third\r\n### EXPLICACION\r\n\r\nBecause.\r\n"
    "```\r\n\tcode  \r\n\r\n\r\n```\r\n\r\n\r\n"
    "## abd | U\r\n\r\nHow many?\r\n- [=]   1\u00a0700_000\u00b15%\r\n"
    "## abe | V\r\n\r\nMatch.\r\n- [->] A \u2192 B\r\n\r\n- [\u2192] C  ->  D\r\n"
)

TIDY = """---
quiz: quiz-a
titulo: A
---

## abc | T
puntos: 2

Which <!-- why --> one?\x20\x20
More

<!-- kept
  as it is -->
- (x) First
  - nested

  more
  > Yes.
- (x) Second
  > Also.
- ( ) Third

### Explicación
Because.
```
\tcode\x20\x20


```

## abd | U

How many?

- [=] 1 700 000 +- 5%

## abe | V

Match.

- [->] A -> B
- [->] C -> D
"""


def test_canonical_form() -> None:
    assert format_quiz(MESSY.encode(), path="01-a.quiz.es.md") == TIDY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(COMPLETE_EXAMPLE, id="complete example"),
        pytest.param(MESSY, id="messy"),
        pytest.param(MODULE_QUIZ, id="module quiz"),
        pytest.param(HEAD + SINGLE, id="single"),
    ],
)
def test_formatting_twice_is_formatting_once_and_changes_no_revision(
    text: str,
) -> None:
    once = format_quiz(text.encode(), path="a.quiz.md")

    assert format_quiz(once.encode(), path="a.quiz.md") == once
    before = sound_quiz(text, path="a.quiz.md").questions
    after = sound_quiz(once, path="a.quiz.md").questions
    assert [q.revision for q in before] == [q.revision for q in after]
    assert [q.scoring_revision for q in before] == [q.scoring_revision for q in after]


def test_what_is_canonical_already_stays_byte_for_byte() -> None:
    assert format_quiz(MODULE_QUIZ.encode(), path="01-a.quiz.es.md") == MODULE_QUIZ


def test_formatting_leaves_no_warning_of_signs_behind() -> None:
    once = format_quiz(MESSY.encode(), path="01-a.quiz.es.md")

    assert parse_quiz(once.encode(), path="01-a.quiz.es.md")[1] == []


def test_a_quiz_with_errors_comes_back_as_it_is() -> None:
    text = HEAD + SINGLE + "-  [z]   wrong\r\n"

    assert format_quiz(text.encode(), path="a.quiz.md") == text.replace("\r\n", "\n")


def test_bytes_that_are_no_text_cannot_be_written_by_accident() -> None:
    formatted = format_quiz(b"---\nquiz: \xff\n", path="a.quiz.md")

    with pytest.raises(UnicodeEncodeError):
        formatted.encode()
    assert formatted.encode("utf-8", "surrogateescape") == b"---\nquiz: \xff\n"
