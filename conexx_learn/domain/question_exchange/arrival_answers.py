"""Options of other systems as answers of ours: what is chosen, ticked and put in order.

Every function takes the answers of one question and returns ours, or raises
`NoCounterpartError` with the reason why there are none.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from conexx_learn.domain.question_exchange.foreign import (
    ForeignQuestion,
)
from conexx_learn.domain.question_exchange.plain_text import escaped
from conexx_learn.domain.question_exchange.remarks import NoCounterpartError
from conexx_learn.domain.question_exchange.sound_text import sound_option
from conexx_learn.domain.question_exchange.texts import TextMaker
from conexx_learn.domain.question_exchange.weights import (
    NOTHING,
    WHOLE,
    percent_text,
    whole_percents,
    wrong_share,
)
from conexx_learn.domain.quiz import Answer, Scoring
from conexx_learn.domain.quiz_source.answer_rules import option_text
from conexx_learn.domain.quiz_source.answers import MOST_OPTIONS

PERCENT = 100
_TRUE_FALSE = {"es": ("Verdadero", "Falso")}
_NEAR = Fraction(1, 1000)
_PAIR = 2


def options(foreign: ForeignQuestion, texts: TextMaker) -> list[Answer]:
    """Make the texts of options; those without any are left out, and told."""
    made = [
        Answer(
            key="",
            marker="",
            weight=answer.fraction,
            text_md=texts.option(answer.text),
            feedback_md=texts.feedback(answer.feedback),
        )
        for answer in foreign.answers
    ]
    kept = [answer for answer in made if answer.text_md]
    if len(kept) < len(made):
        texts.notes.add("option-empty")
    return _counted(kept)


def _counted(answers: list[Answer]) -> list[Answer]:
    if len(answers) > MOST_OPTIONS:
        facts = {"found": str(len(answers)), "limit": str(MOST_OPTIONS)}
        raise NoCounterpartError("too-many-options", **facts)
    seen: set[str] = set()
    for answer in answers:
        form = option_text(answer.text_md)
        if form in seen:
            raise NoCounterpartError("option-repeated", what=answer.text_md)
        seen.add(form)
    return answers


def single(answers: Sequence[Answer], texts: TextMaker) -> list[Answer]:
    """Mark options of which one is chosen: the best one earns everything."""
    if any((answer.weight or NOTHING) < 0 for answer in answers):
        texts.notes.add("negative-lost")
    return [
        replace(answer, marker=_share_marker("({})", share, "(x)", "( )"))
        for answer, share in zip(answers, _raised(answers, texts), strict=True)
    ]


def entries(answers: Sequence[Answer], texts: TextMaker, marker: str) -> list[Answer]:
    """Mark accepted values: `[=]` or `[~]`, with the share that each earns."""
    sign = marker[1]
    shares = _raised(answers, texts)
    if any(later > earlier for earlier, later in pairwise(shares)):
        texts.notes.add("best-entry-counts")
    return [
        replace(answer, marker=_share_marker(f"[{sign} {{}}]", share, marker, ""))
        for answer, share in zip(answers, shares, strict=True)
    ]


def _raised(answers: Sequence[Answer], texts: TextMaker) -> list[Fraction]:
    """Say what each answer earns: never less than nothing, the best everything."""
    shares = [max(answer.weight or NOTHING, NOTHING) for answer in answers]
    best = max(shares, default=NOTHING)
    if best == NOTHING:
        raise NoCounterpartError("nothing-right")
    if best < WHOLE:
        texts.notes.add("best-raised", what=f"{percent_text(best * PERCENT)}%")
    return [WHOLE if share >= best else share for share in shares]


def _share_marker(pattern: str, share: Fraction, full: str, none: str) -> str:
    if share == WHOLE:
        return full
    if share == NOTHING and none:
        return none
    return pattern.format(f"{percent_text(share * PERCENT)}%")


def multiple(
    answers: Sequence[Answer], texts: TextMaker
) -> tuple[list[Answer], Scoring | None]:
    """Mark options of which several are ticked.

    Shares that say what one of our formulas says become plain ticks; others stay.

    Returns:
        The answers, and the formula where it is not the one that goes without saying.
    """
    shares = [answer.weight or NOTHING for answer in answers]
    rights = [share for share in shares if share > 0]
    if not rights:
        raise NoCounterpartError("nothing-right")
    if len(rights) == len(shares):
        raise NoCounterpartError("nothing-wrong")
    for scoring in (Scoring.BALANCED, Scoring.PENALTY):
        if _says(shares, len(rights), scoring):
            ticked = ["[x]" if share > 0 else "[ ]" for share in shares]
            return _marked(answers, ticked), scoring
    return _marked(answers, _weights(shares, texts)), Scoring.WEIGHTS


def _says(shares: Sequence[Fraction], rights: int, scoring: Scoring) -> bool:
    """Say whether shares are those of a formula."""
    right = Fraction(1, rights)
    wrong = wrong_share(scoring, rights, len(shares) - rights)
    return all(
        abs(share - (right if share > 0 else wrong)) <= _NEAR for share in shares
    )


def _weights(shares: Sequence[Fraction], texts: TextMaker) -> list[str]:
    total = sum((share for share in shares if share > 0), NOTHING)
    if abs(total - WHOLE) > _NEAR:
        texts.notes.add("weights-scaled", what=f"{percent_text(total * PERCENT)}%")
    if not any(share < 0 for share in shares):
        texts.notes.add("all-ticked-passes")
    positive = iter(whole_percents([share for share in shares if share > 0]))
    return [
        f"[+{next(positive)}%]"
        if share > 0
        else f"[-{percent_text(-share * PERCENT)}%]"
        for share in shares
    ]


def _marked(answers: Sequence[Answer], markers: Sequence[str]) -> list[Answer]:
    return [
        replace(answer, marker=marker)
        for answer, marker in zip(answers, markers, strict=True)
    ]


def true_false(foreign: ForeignQuestion, texts: TextMaker, lang: str) -> list[Answer]:
    """Make the two options; the first answer of the file is that for *true*."""
    names = _TRUE_FALSE.get(lang, ("True", "False"))
    if len(foreign.answers) != _PAIR:
        raise NoCounterpartError("too-few-options", fewest=str(_PAIR))
    plain = [
        Answer(
            key="",
            marker="",
            weight=answer.fraction,
            text_md=name,
            feedback_md=texts.feedback(answer.feedback),
        )
        for name, answer in zip(names, foreign.answers, strict=True)
    ]
    return single(plain, texts)


def pairs(foreign: ForeignQuestion, texts: TextMaker) -> list[Answer]:
    """Make pairs, and the right sides that only distract."""
    made: list[Answer] = []
    rights = {
        option_text(escaped(answer.pair))
        for answer in foreign.answers
        if answer.text.text.strip()
    }
    for answer in foreign.answers:
        left = sound_left(texts.option(answer.text))
        right = sound_option(escaped(" ".join(answer.pair.split())))
        if not right:
            texts.notes.add("pair-empty", what=left)
            continue
        if not left and option_text(right) in rights:
            texts.notes.add("extra-repeated", what=right)
            continue
        rights.add(option_text(right))
        text = f"{left} -> {right}".lstrip()
        made.append(Answer(key="", marker="[->]", text_md=text, left_md=left))
    return _paired(made)


def _paired(made: list[Answer]) -> list[Answer]:
    lefts = [option_text(answer.left_md) for answer in made if answer.left_md]
    if len({*lefts}) < len(lefts):
        raise NoCounterpartError("left-repeated")
    if len(made) > MOST_OPTIONS:
        facts = {"found": str(len(made)), "limit": str(MOST_OPTIONS)}
        raise NoCounterpartError("too-many-options", **facts)
    return made


def sound_left(text: str) -> str:
    """Write the left side of a pair without the arrow that would end it."""
    return text.replace("\\->", "→").replace("->", "→")


def steps(foreign: ForeignQuestion, texts: TextMaker) -> list[Answer]:
    """Make steps: their order in the file is the right one."""
    made = options(foreign, texts)
    return [
        replace(answer, marker=f"[{place}]", weight=None)
        for place, answer in enumerate(made, start=1)
    ]
