"""GIFT: the short text format that trainers write by hand, read as Moodle reads it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from conexx_learn.domain.question_exchange.foreign import (
    NO_TEXT,
    ForeignAnswer,
    ForeignNumber,
    ForeignQuestion,
    ForeignText,
    Kind,
    TextForm,
)
from conexx_learn.domain.question_exchange.gift_blocks import (
    CATEGORY,
    GiftBlock,
    gift_blocks,
    shown,
)
from conexx_learn.domain.question_exchange.remarks import MalformedFileError
from conexx_learn.domain.question_exchange.weights import NOTHING, WHOLE, share_of

_FORMS = {
    "html": TextForm.HTML,
    "markdown": TextForm.MARKDOWN,
    "plain": TextForm.PLAIN,
    "moodle": TextForm.AUTO,
}
FORM_MARK = re.compile(r"\[(html|markdown|plain|moodle)\]")
_WEIGHT = re.compile(r"%(?P<percent>-?\d{1,3}(?:\.\d*)?)%")
_SPOILT_WEIGHT = re.compile(r"%[-+]?[\d.,]+%?")
_ID = re.compile(r"\[id:((?:\\\]|[^\[\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\[\]])+)\]")
_TRUE = frozenset(["T", "TRUE", "V", "VERDADERO"])
_FALSE = frozenset(["F", "FALSE", "FALSO"])
_CLOZE = re.compile(r"\d*:[A-Z_]{2,20}:")
_ORDERING_WORD = re.compile(r"\d{1,4}|[A-Za-z_]{1,40}")
_GRADINGS = {
    "ABSOLUTE": "ABSOLUTE_POSITION",
    "ABS": "ABSOLUTE_POSITION",
}
_GAP = "_____"
_GENERAL = "####"


def read_gift(text: str) -> list[ForeignQuestion]:
    """Read a file, in file order; categories and descriptions are told as such.

    Raises:
        MalformedFileError: Braces do not match, or a weight is none.
    """
    return [_question(block) for block in gift_blocks(text)]


def _question(block: GiftBlock) -> ForeignQuestion:
    comments = "\n".join(block.comments)
    found = _ID.search(comments)
    plain = ForeignQuestion(
        line=block.line,
        kind=Kind.DESCRIPTION,
        id=found[1].strip() if found else "",
        tags=tuple(tag.replace("\\]", "]").strip() for tag in _TAG.findall(comments)),
    )
    if block.text.startswith(CATEGORY):
        name = block.text.removeprefix(CATEGORY).strip()
        return replace(plain, kind=Kind.CATEGORY, name=name)
    name, text = _named(block.text)
    plain = replace(plain, name=name)
    before, brace, rest = text.partition("{")
    if not brace:
        return replace(plain, type_name="description", prompt=_text(text, None))
    inside, _, after = rest.partition("}")
    if "{" in after:
        raise MalformedFileError(block.line, "brace-twice")
    gap = _GAP if after.strip() else ""
    prompt = _text(f"{before}{gap}{after}", None)
    return _answered(replace(plain, prompt=prompt), inside.strip())


def _named(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    name, colons, rest = text[2:].partition("::")
    if not colons:
        return "", text
    return " ".join(shown(name).split()), rest.strip()


def _text(written: str, default: TextForm | None) -> ForeignText:
    plain = written.strip()
    found = FORM_MARK.match(plain)
    form = _FORMS[found[1]] if found else default or TextForm.AUTO
    return ForeignText(shown(plain[found.end() :] if found else plain).strip(), form)


def _answered(plain: ForeignQuestion, inside: str) -> ForeignQuestion:
    """Read what stands in the braces; what it is shows in its first signs."""
    inside, general = _without_general(inside)
    form = plain.prompt.form
    if general:
        plain = replace(plain, general=_text(general, form))
    if not inside:
        return replace(plain, kind=Kind.ESSAY, type_name="essay")
    if _CLOZE.match(inside):
        return replace(plain, kind=Kind.UNKNOWN, type_name="cloze")
    if inside.startswith("#"):
        return _numerical(plain, inside[1:])
    if inside.startswith(">"):
        return _ordering(plain, inside)
    if "~" in inside:
        return _choice(plain, inside)
    if "=" in inside and "->" in inside:
        return _matching(plain, inside)
    return _true_false(plain, inside) or _short(plain, inside)


def _without_general(inside: str) -> tuple[str, str]:
    before, signs, after = inside.rpartition(_GENERAL)
    return (before.strip(), after) if signs else (inside, "")


def _choice(plain: ForeignQuestion, inside: str) -> ForeignQuestion:
    is_single = "=" in inside
    answers = []
    for piece in _filled(inside.replace("=", "~=").split("~")):
        if piece.startswith("="):
            # After this sign a percentage is a part of the text.
            answers.append(_said(plain, piece[1:].strip(), WHOLE))
        else:
            answers.append(_answer(plain, piece, NOTHING))
    return replace(
        plain,
        kind=Kind.CHOICE,
        type_name=Kind.CHOICE.value,
        is_single=is_single,
        answers=tuple(answers),
    )


def _filled(pieces: list[str]) -> Iterator[str]:
    """List the pieces with text; the first is what stood before the first sign."""
    return (piece.strip() for piece in pieces if piece.strip())


def _answer(plain: ForeignQuestion, piece: str, share: Fraction) -> ForeignAnswer:
    share, rest = _weighted(plain, piece, share)
    return _said(plain, rest, share)


def _said(plain: ForeignQuestion, piece: str, share: Fraction) -> ForeignAnswer:
    text, _, feedback = piece.partition("#")
    form = plain.prompt.form
    return ForeignAnswer(
        text=_text(text, form),
        fraction=share,
        feedback=_text(feedback, form) if feedback.strip() else NO_TEXT,
    )


def _weighted(
    plain: ForeignQuestion, piece: str, share: Fraction
) -> tuple[Fraction, str]:
    """Read `%50%` at the begin of an answer."""
    found = _WEIGHT.match(piece)
    if not found:
        spoilt = _SPOILT_WEIGHT.match(piece)
        if spoilt and spoilt[0].endswith("%"):
            raise MalformedFileError(plain.line, "weight-unreadable", what=spoilt[0])
        return share, piece
    stated = share_of(found["percent"])
    if stated is None:
        raise MalformedFileError(plain.line, "weight-unreadable", what=found[0])
    return stated, piece[found.end() :].strip()


def _short(plain: ForeignQuestion, inside: str) -> ForeignQuestion:
    answers = [_answer(plain, piece, WHOLE) for piece in _filled(inside.split("="))]
    return replace(
        plain,
        kind=Kind.SHORT,
        type_name=Kind.SHORT.value,
        answers=tuple(answers),
    )


def _true_false(plain: ForeignQuestion, inside: str) -> ForeignQuestion | None:
    word, *feedback = inside.split("#")
    sign = word.strip().upper()
    if sign not in _TRUE | _FALSE:
        return None
    form = plain.prompt.form
    # First what is said to a wrong response, then to a right one.
    texts = [_text(one, form) if one.strip() else NO_TEXT for one in feedback]
    wrong, right = ([*texts, NO_TEXT, NO_TEXT])[:2]
    is_true = sign in _TRUE
    answers = (
        ForeignAnswer(fraction=Fraction(is_true), feedback=right if is_true else wrong),
        ForeignAnswer(
            fraction=Fraction(not is_true), feedback=wrong if is_true else right
        ),
    )
    return replace(
        plain, kind=Kind.TRUEFALSE, type_name=Kind.TRUEFALSE.value, answers=answers
    )


def _matching(plain: ForeignQuestion, inside: str) -> ForeignQuestion:
    answers = []
    for piece in _filled(inside.split("=")):
        left, arrow, right = piece.partition("->")
        if not arrow:
            raise MalformedFileError(
                plain.line, "pair-without-arrow", what=shown(piece)
            )
        answers.append(
            ForeignAnswer(
                text=_text(left, plain.prompt.form), pair=shown(right).strip()
            )
        )
    return replace(
        plain,
        kind=Kind.MATCHING,
        type_name=Kind.MATCHING.value,
        answers=tuple(answers),
    )


def _numerical(plain: ForeignQuestion, inside: str) -> ForeignQuestion:
    answers = []
    for piece in _filled(inside.split("=")):
        share, rest = _weighted(plain, piece, WHOLE)
        value, _, feedback = rest.partition("#")
        said = _text(feedback, plain.prompt.form) if feedback.strip() else NO_TEXT
        number = _number(shown(value).strip())
        answers.append(ForeignAnswer(fraction=share, feedback=said, number=number))
    return replace(
        plain,
        kind=Kind.NUMERICAL,
        type_name=Kind.NUMERICAL.value,
        answers=tuple(answers),
    )


def _number(written: str) -> ForeignNumber | None:
    """Read `3`, `3:0.5`, `2..4`, or `*` for whatever else is typed."""
    if written == "*":
        return None
    low, dots, high = written.partition("..")
    if dots and low.strip():
        return ForeignNumber(low, upper=high)
    value, _, tolerance = written.partition(":")
    return ForeignNumber(value, tolerance=tolerance)


def _ordering(plain: ForeignQuestion, inside: str) -> ForeignQuestion:
    """Read the lines that the ordering plugin writes: `>`, its options, the steps."""
    head, _, rest = inside[1:].partition("\n")
    words = head.upper().split()
    steps = [line for line in rest.split("\n") if line.strip()]
    if not steps or not all(_ORDERING_WORD.fullmatch(word) for word in words):
        return replace(plain, kind=Kind.UNKNOWN, type_name=Kind.ORDERING.value)
    grading = next((word for word in words if "_" in word or word in _GRADINGS), "")
    return replace(
        plain,
        kind=Kind.ORDERING,
        type_name=Kind.ORDERING.value,
        grading=_GRADINGS.get(grading, grading),
        answers=tuple(
            ForeignAnswer(text=_text(step, plain.prompt.form)) for step in steps
        ),
    )
