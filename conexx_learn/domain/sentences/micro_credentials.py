"""The words of the EU micro-credential elements, in Spanish and in English."""

ASSESSMENT: dict[str, dict[str, str]] = {
    "quiz": {
        "es": "Cuestionarios de cada módulo y evaluación final en línea",
        "en": "Module quizzes and a final quiz, online",
    },
    "written-exam": {"es": "Evaluación escrita", "en": "Written assessment"},
    "oral": {"es": "Evaluación oral", "en": "Oral assessment"},
    "marked-assignment": {"es": "Trabajo calificado", "en": "Marked assignment"},
    "continuous": {"es": "Evaluación continua", "en": "Continuous assessment"},
    "portfolio": {"es": "Carpeta de trabajos", "en": "Portfolio"},
    "practical": {"es": "Ejercicio práctico", "en": "Practical exercise"},
    "project": {"es": "Proyecto", "en": "Project"},
    "peer-assessment": {"es": "Evaluación entre pares", "en": "Peer assessment"},
    "peer-review": {"es": "Revisión entre pares", "en": "Peer review"},
    "group": {"es": "Trabajo en equipo", "en": "Group work"},
    "attendance": {"es": "Asistencia", "en": "Attendance"},
    "artefact": {"es": "Producto elaborado", "en": "Artefact"},
    "problem-based": {"es": "Resolución de un problema", "en": "Problem-based work"},
}

PARTICIPATION: dict[str, dict[str, str]] = {
    "online": {"es": "En línea, a ritmo propio", "en": "Online, self-paced"},
    "blended": {"es": "En línea y presencial", "en": "Online and in person"},
    "presential": {"es": "Presencial", "en": "In person"},
}

QUALITY = {
    "es": "Contenido revisado por el equipo de capacitación: {url}",
    "en": "Content reviewed by the training team: {url}",
}

NO_SUPERVISION = {
    "es": "Sin supervisión ni verificación de identidad",
    "en": "Unsupervised, without a check of identity",
}


def in_words(table: dict[str, dict[str, str]], codes: list[str], lang: str) -> str:
    """Join the words of several codes; an unknown code stands for itself."""
    return "; ".join(table.get(code, {}).get(lang, code) for code in codes)
