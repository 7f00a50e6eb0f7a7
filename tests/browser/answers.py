"""The final quiz of first-steps: the right answers, as its reader sees them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FinalAnswers:
    """Right answers in one language.

    Attributes:
        chosen: Question id to the texts of the options to choose.
        order: Steps of the ordering, first to last.
        pairs: Left side to right side of the match.
        typed: Question id to the text to type.
    """

    chosen: dict[str, list[str]]
    order: list[str]
    pairs: dict[str, str]
    typed: dict[str, str]


ORDER = "first-steps-way"
MATCH = "first-steps-terms"
SINGLE = "first-steps-interruption"
TRUE_FALSE = "first-steps-self-checks"
MULTIPLE = "first-steps-shared-computer"
NUMBER = "first-steps-weeks"
WORDS = "first-steps-number"
QUESTIONS = (SINGLE, TRUE_FALSE, MULTIPLE, ORDER, MATCH, NUMBER, WORDS)

FINAL = {
    "es": FinalAnswers(
        chosen={
            SINGLE: ["Atiende y sigue después donde estaba."],
            TRUE_FALSE: ["Falso"],
            MULTIPLE: [
                "Indicar al entrar que es una computadora compartida",
                "Salir de la cuenta al terminar",
            ],
        },
        order=[
            "Inscribirse en el curso",
            "Leer el módulo y marcarlo como leído",
            "Aprobar la evaluación final",
            "Recibir la constancia",
        ],
        pairs={
            "Módulo": "Texto que se lee y se marca como leído",
            "Cuestionario": "Conjunto de preguntas con su calificación",
            "Intento": "Cada vez que responde un cuestionario",
            "Constancia": "Documento que demuestra una capacitación",
        },
        typed={NUMBER: "3", WORDS: "El folio"},
    ),
    "en": FinalAnswers(
        chosen={
            SINGLE: ["You attend and go on later where you were."],
            TRUE_FALSE: ["False"],
            MULTIPLE: [
                "Saying at sign-in that the computer is shared",
                "Signing out when you finish",
            ],
        },
        order=[
            "Enrol in the course",
            "Read the module and mark it as read",
            "Pass the final quiz",
            "Receive the certificate",
        ],
        pairs={
            "Module": "Text that you read and mark as read",
            "Quiz": "Set of questions with its grade",
            "Attempt": "Each time you answer a quiz",
            "Certificate": "Document that proves a training course",
        },
        typed={NUMBER: "3", WORDS: "the number"},
    ),
}
