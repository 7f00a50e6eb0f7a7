"""A quiz of values written as the text of a quiz file, in its canonical form.

The keywords are Spanish in a Spanish quiz and English in every other.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from conexx_learn.domain.quiz import (
    Answer,
    Question,
    QuestionType,
    Scoring,
    Section,
    SectionKind,
)
from conexx_learn.domain.quiz_source.keys import SPANISH_KEYS

_SPANISH = "es"
_WORDS = {
    "pool": "Banco",
    "section": "Sección",
    "case": "Caso",
    "explanation": "Explicación",
    "hint": "Pista",
    "right": "Correcto",
    "partly": "Parcial",
    "wrong": "Incorrecto",
}
_VALUES = {"strict": "estricto", "draft": "borrador", "practice": "practica"}
_KEYS = {english: spanish for spanish, english in SPANISH_KEYS.items()}
_IMPLIED = (None, Scoring.BALANCED, Scoring.WEIGHTS, Scoring.PAIRS)
"""Formulas that a question has without saying so."""


def quiz_text(*, id_: str, title: str, lang: str, sections: Iterable[Section]) -> str:
    """Write a practice quiz: whoever makes it count says so in its first lines."""
    head = [("quiz", id_), ("title", title), ("lang", lang), ("mode", "practice")]
    front = [_entry(key, value, lang) for key, value in head]
    blocks = ["\n".join(["---", *front, "---"])]
    for section in sections:
        blocks += section_blocks(section, lang)
        blocks += [question_text(question, lang) for question in section.questions]
    return "\n\n".join(blocks) + "\n"


def section_blocks(section: Section, lang: str) -> list[str]:
    """Write the heading of a section and its text; nothing for the unnamed one."""
    if section.kind is SectionKind.PLAIN:
        return []
    name = f"{section.id} | {section.title}" if section.title else section.id
    heading = f"# {_word(section.kind.value, lang)}: {name}"
    return [heading, section.text_md] if section.text_md else [heading]


def question_text(question: Question, lang: str) -> str:
    """Write one question with everything below it."""
    heading = [f"## {question.id} | {question.title}", *_attributes(question, lang)]
    answers = [line for answer in question.answers for line in _answer(answer)]
    parts = [
        f"### {_word(name, lang)}\n{text}"
        for name, text in (
            ("explanation", question.parts.explanation),
            ("hint", question.parts.hint),
            ("right", question.parts.right),
            ("partly", question.parts.partly),
            ("wrong", question.parts.wrong),
        )
        if text
    ]
    blocks = ["\n".join(heading), question.prompt_md, "\n".join(answers), *parts]
    return "\n\n".join(block for block in blocks if block)


def plain_number(number: Fraction | Decimal) -> str:
    """Write a number without needless zeros: `2`, `0.5`."""
    decimal = (
        Decimal(number.numerator) / Decimal(number.denominator)
        if isinstance(number, Fraction)
        else number
    )
    written = f"{decimal:f}"
    plain = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if plain in ("-0", "") else plain


def _attributes(question: Question, lang: str) -> Iterator[str]:
    stated = {
        "points": "" if question.points == 1 else plain_number(question.points),
        "type": "open" if question.type is QuestionType.OPEN else "",
        "scoring": "" if question.scoring in _IMPLIED else str(question.scoring),
        "shuffle": "" if _shuffles(question) else "no",
        "competency": ", ".join(question.competencies),
        "module": question.module or "",
        "unit": question.unit,
        "case": "strict" if question.case_strict else "",
        "grading": question.grading or "",
        "tags": ", ".join(question.tags),
        "status": "draft" if question.draft else "",
    }
    return (_entry(key, value, lang) for key, value in stated.items() if value)


def _shuffles(question: Question) -> bool:
    """Say whether nothing need be said of the order of the options."""
    return question.shuffle or question.type is QuestionType.TRUEFALSE


def _entry(key: str, value: str, lang: str) -> str:
    if lang == _SPANISH:
        return f"{_KEYS[key]}: {_VALUES.get(value, value)}"
    return f"{key}: {value}"


def _word(name: str, lang: str) -> str:
    return _WORDS[name] if lang == _SPANISH else name.capitalize()


def _answer(answer: Answer) -> Iterator[str]:
    yield f"- {answer.marker} {answer.text_md}"
    if answer.feedback_md:
        for line in answer.feedback_md.split("\n"):
            yield f"  > {line}" if line.strip() else "  >"
