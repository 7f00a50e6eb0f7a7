"""What `flask quizzes try` says, in Spanish and in English."""

QUIZ_TRIALS: dict[str, dict[str, str]] = {
    "unreadable": {
        "es": "No se puede leer {path}: {reason}.",
        "en": "{path} cannot be read: {reason}.",
    },
    "not-json": {
        "es": "{path} no es un objeto JSON de id de pregunta a respuesta: {reason}.",
        "en": "{path} is not a JSON object of question id to response: {reason}.",
    },
    "unknown-question": {
        "es": "{path}: el cuestionario no hace ninguna pregunta «{question}».",
        "en": "{path}: the quiz asks no question “{question}”.",
    },
    "wrong-shape": {
        "es": "{path}: la respuesta a «{question}» no tiene la forma de una pregunta {type}: {reason}.",
        "en": "{path}: the response to “{question}” has not the shape of a {type} question: {reason}.",
    },
    "content-errors": {
        "es": "{path} tiene errores: {count}.",
        "en": "{path} has errors: {count}.",
    },
    "points": {"es": "puntos: {points}", "en": "points: {points}"},
    "voided": {"es": "pregunta anulada", "en": "voided question"},
    "unanswered": {"es": "sin responder", "en": "unanswered"},
    "ungraded": {"es": "por calificar", "en": "to be graded"},
    "score": {
        "es": "Calificación: {score} ({percent} %)",
        "en": "Score: {score} ({percent} %)",
    },
    "passed": {"es": "Aprobado", "en": "Passed"},
    "failed": {"es": "No aprobado", "en": "Not passed"},
    "pass-mark": {
        "es": "Calificación mínima: {percent} %",
        "en": "Pass mark: {percent} %",
    },
}


def trial_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a sentence of the command in `es` or `en`, its facts filled in."""
    return QUIZ_TRIALS[key]["es" if lang == "es" else "en"].format(**facts)
