"""What a learner answers: one shape for each type of question.

Shapes, the same in files, forms, exports and saves: single and truefalse `"a"` ·
multiple `["a", "c"]` · order `["b", "a", "c"]`, every key from first to last · match
`{"a": "b"}`, left key to the key of the row whose right side was chosen · number,
words and open `"typed text"` · nothing answered None.
"""

from collections.abc import Callable, Iterable

from conexx_learn.domain.errors import ShapeError
from conexx_learn.domain.quiz import Question, QuestionType

Response = str | list[str] | dict[str, str] | None

LONGEST_TEXT = 2_000
"""Characters that a typed response may have."""

TYPED = frozenset({QuestionType.NUMBER, QuestionType.WORDS, QuestionType.OPEN})
"""The types whose response is typed text."""


class ResponseShapeError(ShapeError):
    """A response has not the shape that its question asks for.

    Attributes:
        question_id: The question.
        reason: What is wrong, in English, for a log or a command.
    """

    def __init__(self, *, question_id: str, reason: str) -> None:
        self.question_id = question_id
        self.reason = reason
        super().__init__("shape", question_id=question_id, reason=reason)

    def __str__(self) -> str:
        return f"{self.question_id}: {self.reason}"


def is_answered(question: Question, response: Response) -> bool:
    """Say whether the learner answered at all; blank text and empty lists do not."""
    if question.type in TYPED:
        return isinstance(response, str) and bool(response.strip())
    return bool(response)


def read_response(question: Question, raw: object) -> Response:
    """Read a response that came from outside: JSON, a form or a file.

    Args:
        question: What was asked; its option keys are the only ones accepted.
        raw: Any value at all.

    Returns:
        The response, or None where nothing was answered: `None`, blank text, an empty
        list or an empty object.

    Raises:
        ResponseShapeError: The wrong type, an unknown or repeated key, an order that
            lacks a step, or a text that is too long or holds signs that no keyboard
            makes.
    """
    if raw is None:
        return None
    try:
        reader = _READERS.get(question.type)
        return reader(question, raw) if reader else _text(raw)
    except _ShapeError as error:
        raise ResponseShapeError(question_id=question.id, reason=str(error)) from error


class _ShapeError(Exception):
    """Why a value is refused, before it is known to which question it belongs."""


def _key(question: Question, raw: object) -> Response:
    """Read the key of one option."""
    if raw == "":
        return None
    return _known_key(raw, {answer.key for answer in question.answers})


def _keys(question: Question, raw: object) -> Response:
    """Read the keys of several options, each at most once."""
    if not isinstance(raw, list):
        raise _ShapeError("a list of option keys is expected")
    if len(raw) > len(question.answers):
        raise _ShapeError("more keys than options")
    known = {answer.key for answer in question.answers}
    keys = [_known_key(key, known) for key in raw]
    if len(set(keys)) != len(keys):
        raise _ShapeError("an option key occurs twice")
    return keys or None


def _steps(question: Question, raw: object) -> Response:
    """Read an order: every key, from first to last."""
    keys = _keys(question, raw)
    if keys and len(keys) != len(question.answers):
        raise _ShapeError("an order names every step")
    return keys


def _pairs(question: Question, raw: object) -> Response:
    """Read a match: left key to the key of the row whose right side was chosen."""
    if not isinstance(raw, dict):
        raise _ShapeError("an object of left key to right key is expected")
    lefts = {answer.key for answer in question.answers if answer.left_md}
    rights = {answer.key for answer in question.answers}
    pairs = {
        _known_key(left, lefts): _known_key(right, rights)
        for left, right in raw.items()
    }
    return pairs or None


def _text(raw: object) -> Response:
    """Read typed text of at most `LONGEST_TEXT` characters."""
    if not isinstance(raw, str):
        raise _ShapeError("a text is expected")
    if len(raw) > LONGEST_TEXT:
        raise _ShapeError(f"more than {LONGEST_TEXT} characters")
    if any(_is_unstorable(sign) for sign in raw):
        raise _ShapeError("a sign that cannot be stored")
    return raw if raw.strip() else None


def _known_key(raw: object, known: Iterable[str]) -> str:
    if not isinstance(raw, str) or raw not in known:
        raise _ShapeError("an option key is not known")
    return raw


def _is_unstorable(sign: str) -> bool:
    """Say whether a database refuses the sign: NUL, or half of a surrogate pair."""
    return sign == "\0" or "\ud800" <= sign <= "\udfff"


_READERS: dict[QuestionType, Callable[[Question, object], Response]] = {
    QuestionType.SINGLE: _key,
    QuestionType.TRUEFALSE: _key,
    QuestionType.MULTIPLE: _keys,
    QuestionType.ORDER: _steps,
    QuestionType.MATCH: _pairs,
}
