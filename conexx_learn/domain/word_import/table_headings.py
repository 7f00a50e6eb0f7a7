"""The columns of a table of questions, told by the many words of their headings."""

import re
from enum import StrEnum

from conexx_learn.domain.search import folded


class Column(StrEnum):
    """What a column holds; options are told apart by their letter."""

    PROMPT = "prompt"
    OPTION = "option"
    RIGHT = "right"
    FEEDBACK = "feedback"
    COMPETENCY = "competency"
    POINTS = "points"
    TYPE = "type"
    TITLE = "title"


_WORDS: dict[Column, str] = {
    Column.PROMPT: "pregunta, enunciado, texto de la pregunta, question, prompt, stem",
    Column.RIGHT: """
        correcta, correctas, respuesta, respuestas, respuesta correcta, clave,
        respuestas correctas, opcion correcta, correct, answer, right, key,
        correct answer, right answer, correct option
    """,
    Column.FEEDBACK: """
        retroalimentacion, explicacion, comentario, justificacion, feedback,
        explanation, rationale
    """,
    Column.COMPETENCY: "competencia, competencias, competency, competencies",
    Column.POINTS: "puntos, puntaje, valor, points, marks, weight",
    Column.TYPE: "tipo, tipo de pregunta, clase, type, kind, question type",
    Column.TITLE: "titulo, nombre, title, name",
}
_COLUMN_OF = {
    " ".join(word.split()): column
    for column, words in _WORDS.items()
    for word in words.split(",")
}
_OPTION = re.compile(
    r"(?:opcion|respuesta|alternativa|inciso|option|answer|choice)\s*([a-j]|10|[1-9])"
    r"|([a-j])"
)
_LONGEST_HEADING = 100


def column_of(heading: str) -> tuple[Column, int] | None:
    """Say what a column holds, and which option; None for anything else.

    Example:
        >>> column_of("Opción B"), column_of("Respuesta correcta"), column_of("Foto")
        ((<Column.OPTION: 'option'>, 1), (<Column.RIGHT: 'right'>, 0), None)
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    words = folded(heading)
    known = _COLUMN_OF.get(words)
    if known:
        return known, 0
    found = _OPTION.fullmatch(words)
    if not found:
        return None
    sign = found[1] or found[2]
    return Column.OPTION, int(sign) - 1 if sign.isdigit() else ord(sign) - ord("a")


TEMPLATE: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "es": (
        (
            *("Tipo", "Pregunta", "Opción a", "Opción b", "Opción c", "Opción d"),
            *("Correcta", "Retroalimentación", "Competencia", "Puntos"),
        ),
        (
            (
                *("única", "¿Qué muestra una línea de base?"),
                *("La situación al empezar", "El presupuesto", "El organigrama", ""),
                *("a", "Se mide antes de actuar, para poder comparar.", "", "1"),
            ),
            (
                *("varias", "¿Qué prueba un gasto?", "La factura", "Un rumor"),
                *("El comprobante de pago", "", "a, c", "", "", "2"),
            ),
            (
                *("verdadero o falso", "Un indicador sin fuente se puede comprobar."),
                *("", "", "", "", "Falso", "", "", ""),
            ),
            (
                "número",
                "¿Cuántos meses tiene un año?",
                "",
                "",
                "",
                "",
                "12",
                "",
                "",
                "",
            ),
        ),
    ),
    "en": (
        (
            *("Type", "Question", "Option a", "Option b", "Option c", "Option d"),
            *("Correct", "Feedback", "Competency", "Points"),
        ),
        (
            (
                *("single", "What does a baseline show?"),
                *("The situation at the start", "The budget", "The chart", ""),
                *("a", "It is measured before acting, to compare later.", "", "1"),
            ),
            (
                *("multiple", "What proves an expense?", "The invoice", "A rumour"),
                *("The proof of payment", "", "a, c", "", "", "2"),
            ),
            (
                *("true or false", "An indicator without a source can be checked."),
                *("", "", "", "", "False", "", "", ""),
            ),
            ("number", "How many months has a year?", "", "", "", "", "12", "", "", ""),
        ),
    ),
}
"""Language to the headings and rows of the table that people fill in."""
