"""What the commands that exchange questions say, in Spanish and in English."""

EXCHANGE_COMMANDS: dict[str, dict[str, str]] = {
    "fault": {
        "es": "{path}:{line}: {message}. No se importó nada.",
        "en": "{path}:{line}: {message}. Nothing was imported.",
    },
    "left-out": {
        "es": "{path}:{line}: no viene «{question}»: {message}",
        "en": "{path}:{line}: left out “{question}”: {message}",
    },
    "changed": {
        "es": "{path}:{line}: «{question}»: {message}",
        "en": "{path}:{line}: “{question}”: {message}",
    },
    "changed-file": {
        "es": "{path}:{line}: {message}",
        "en": "{path}:{line}: {message}",
    },
    "stays": {
        "es": "{path}:{line}: no va «{question}»: {message}",
        "en": "{path}:{line}: left behind “{question}”: {message}",
    },
    "counted": {
        "es": "Preguntas que vienen: {brought}. Que no vienen: {left_out}. Cambios: {changed}.",
        "en": "Questions that come: {brought}. Left out: {left_out}. Changes: {changed}.",
    },
    "written": {"es": "Se escribió {target}.", "en": "Wrote {target}."},
    "not-written": {
        "es": "Solo era una prueba: no se escribió nada.",
        "en": "This was a trial: nothing was written.",
    },
    "exists": {
        "es": "{target} ya existe; elija otro con --out, o repita con --overwrite.",
        "en": "{target} exists already; choose another with --out, or repeat with --overwrite.",
    },
    "bad-name": {
        "es": "{target} no tiene nombre de cuestionario, como 01-riego.quiz.es.md.",
        "en": "{target} is not named like a quiz, such as 01-irrigation.quiz.en.md.",
    },
    "nothing": {
        "es": "Ninguna pregunta pudo venir; no se escribió nada.",
        "en": "No question could come; nothing was written.",
    },
    "nothing-goes": {
        "es": "Ninguna pregunta puede ir; no se escribió nada.",
        "en": "No question can go; nothing was written.",
    },
    "exported": {
        "es": "{target}: {count} preguntas. Se quedan: {left_out}. Cambios: {changed}.",
        "en": "{target}: {count} questions. Left behind: {left_out}. Changes: {changed}.",
    },
    "unreadable": {
        "es": "No se puede leer {path}: {reason}.",
        "en": "{path} cannot be read: {reason}.",
    },
    "unwritable": {
        "es": "No se puede escribir {path}: {reason}.",
        "en": "{path} cannot be written: {reason}.",
    },
}
"""What happened, to language to line."""


def exchange_command_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a line in `es` or `en`, its facts filled in."""
    return EXCHANGE_COMMANDS[key]["es" if lang == "es" else "en"].format(**facts)
