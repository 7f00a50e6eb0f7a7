"""What a trainer copies to begin with: a question of each type, a note, a table.

Each pattern passes the parser as it is; a test holds them against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from conexx_learn.domain.course_source.file_names import FileKind, FileName
from conexx_learn.domain.quiz import QuestionType

ID = "{id}"
"""Stands in a pattern for the id of the question."""

ASIDES = ("note", "tip", "warning", "example")
"""Kinds of an aside; the renderer writes their names in the page's language."""

QUESTIONS: Mapping[str, Mapping[QuestionType, str]] = {
    "es": {
        QuestionType.SINGLE: """\
## {id} | Título de la pregunta

¿Qué conviene hacer?

- (x) La respuesta correcta
  > Por qué es correcta.
- ( ) Una respuesta equivocada
  > Por qué no lo es.
- ( ) Otra respuesta equivocada
  > Por qué no lo es.
""",
        QuestionType.TRUEFALSE: """\
## {id} | Título de la pregunta

Escriba una afirmación que sea verdadera o falsa.

- (x) Verdadero
  > Por qué es verdadero.
- ( ) Falso
""",
        QuestionType.MULTIPLE: """\
## {id} | Título de la pregunta

¿Cuáles de estas convienen? Marque todas.

- [x] Una respuesta correcta
- [x] Otra respuesta correcta
- [ ] Una respuesta equivocada
  > Por qué no lo es.
""",
        QuestionType.ORDER: """\
## {id} | Título de la pregunta

Ponga los pasos en orden.

- [1] El primer paso
- [2] El segundo paso
- [3] El tercer paso
""",
        QuestionType.MATCH: """\
## {id} | Título de la pregunta

Relacione cada término con su significado.

- [->] Un término -> Su significado
- [->] Otro término -> El otro significado
- [->] -> Un significado que sobra
""",
        QuestionType.NUMBER: """\
## {id} | Título de la pregunta
unidad: EUR

¿Cuánto es?

- [=] 1500 +- 0
""",
        QuestionType.WORDS: """\
## {id} | Título de la pregunta

¿Cómo se llama?

- [~] marco lógico
- [~] matriz de marco lógico
""",
        QuestionType.OPEN: """\
## {id} | Título de la pregunta
tipo: open

Explique con sus palabras.
""",
    },
    "en": {
        QuestionType.SINGLE: """\
## {id} | Title of the question

What is best done?

- (x) The right answer
  > Why it is right.
- ( ) A wrong answer
  > Why it is not.
- ( ) Another wrong answer
  > Why it is not.
""",
        QuestionType.TRUEFALSE: """\
## {id} | Title of the question

Write a statement that is true or false.

- (x) True
  > Why it is true.
- ( ) False
""",
        QuestionType.MULTIPLE: """\
## {id} | Title of the question

Which of these are suitable? Mark all of them.

- [x] A right answer
- [x] Another right answer
- [ ] A wrong answer
  > Why it is not.
""",
        QuestionType.ORDER: """\
## {id} | Title of the question

Put the steps in order.

- [1] The first step
- [2] The second step
- [3] The third step
""",
        QuestionType.MATCH: """\
## {id} | Title of the question

Match each term with its meaning.

- [->] A term -> Its meaning
- [->] Another term -> The other meaning
- [->] -> A meaning left over
""",
        QuestionType.NUMBER: """\
## {id} | Title of the question
unit: EUR

How much is it?

- [=] 1500 +- 0
""",
        QuestionType.WORDS: """\
## {id} | Title of the question

What is it called?

- [~] logical framework
- [~] logframe
""",
        QuestionType.OPEN: """\
## {id} | Title of the question
type: open

Explain it in your own words.
""",
    },
}
"""Language of the file to the pattern of each type."""

_TABLE = {
    "es": ("Columna", "Dato"),
    "en": ("Column", "Value"),
}
_ASIDE = {"es": "Escriba aquí.", "en": "Write here."}


@dataclass(frozen=True, slots=True)
class NewFile:
    """What a file that does not exist yet begins with.

    Attributes:
        course: Slug.
        translates: `FILE@HASH` for a translation; empty for the source language.
    """

    course: str
    translates: str = ""


def question_pattern(kind: QuestionType, *, lang: str, question_id: str) -> str:
    """Write a question to begin with, under an id that is free."""
    patterns = QUESTIONS["es" if lang == "es" else "en"]
    return patterns[kind].replace(ID, question_id)


def self_check_pattern(kind: QuestionType, *, lang: str, question_id: str) -> str:
    """Write the same as a self-check inside a module."""
    question = question_pattern(kind, lang=lang, question_id=question_id)
    return f"```quiz\n{question}```\n"


def table_pattern(*, lang: str, columns: int, rows: int) -> str:
    """Write a table with so many columns and rows below its head."""
    head, cell = _TABLE["es" if lang == "es" else "en"]
    heads = " | ".join(f"{head} {number}" for number in range(1, columns + 1))
    line = " | ".join([cell] * columns)
    rule = " | ".join(["---"] * columns)
    return "\n".join([f"| {heads} |", f"| {rule} |", *([f"| {line} |"] * rows), ""])


def aside_pattern(kind: str, *, lang: str) -> str:
    """Write a note, tip, warning or example."""
    return f"!!! {kind}\n    {_ASIDE['es' if lang == 'es' else 'en']}\n"


def begun_file(name: FileName, new: NewFile) -> str | None:
    """Return what a new file begins with; None for a kind that nobody begins here."""
    lang = "es" if name.lang == "es" else "en"
    title = {"es": "Título", "en": "Title"}[lang]
    after = f"translates: {new.translates}\n" if new.translates else ""
    prefix = new.course[:40].rstrip("-")
    match name.kind:
        case FileKind.MODULE:
            body = {"es": "Primer tema", "en": "First topic"}[lang]
            return f"---\ntitle: {title}\n{after}---\n\n## {body}\n\n{_ASIDE[lang]}\n"
        case FileKind.QUIZ | FileKind.FINAL:
            stem = name.slug[:16].strip("-") or "final"
            question = question_pattern(
                QuestionType.SINGLE, lang=lang, question_id=f"{prefix}-{stem}-1"
            )
            head = f"quiz: {prefix}-{stem}\ntitle: {title}\nlang: {name.lang}\n"
            return f"---\n{head}{after}---\n\n{question}"
        case FileKind.COURSE_TEXT:
            head = f"title: {title}\nsummary: {title}\n"
            return f"---\n{head}{after}---\n\n{_ASIDE[lang]}\n"
        case FileKind.RUBRIC:
            return f"## {title}\n\n{_ASIDE[lang]}\n"
        case _:
            return None
