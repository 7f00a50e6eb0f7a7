"""What the commands for courses say when all goes well, in Spanish and in English."""

COURSE_COMMANDS: dict[str, dict[str, str]] = {
    "checked": {
        "es": "Errores: {errors}. Advertencias: {warnings}.",
        "en": "Errors: {errors}. Warnings: {warnings}.",
    },
    "formatted": {"es": "{path}: forma corregida", "en": "{path}: formatted"},
    "formatted-already": {
        "es": "Todo estaba ya en su forma.",
        "en": "Everything was in form already.",
    },
    "source-language": {
        "es": "Idioma de origen del curso (es, en…)",
        "en": "Source language of the course (es, en…)",
    },
    "language-refused": {
        "es": "Escriba las letras de un idioma, como es o en.",
        "en": "Write the letters of a language, such as es or en.",
    },
    "created": {
        "es": "Se creó {folder}. Escriba en sus archivos y revise con: flask courses check {folder}",
        "en": "Made {folder}. Write in its files and check with: flask courses check {folder}",
    },
    "published": {
        "es": "{slug} {version}: publicado ({modules} módulos, {quizzes} cuestionarios)",
        "en": "{slug} {version}: published ({modules} modules, {quizzes} quizzes)",
    },
    "published-already": {
        "es": "{slug} {version}: sin cambios",
        "en": "{slug} {version}: unchanged",
    },
    "rehearsed": {
        "es": "{slug} {version}: se publicaría",
        "en": "{slug} {version}: would be published",
    },
    "voided": {
        "es": "  {question}: pregunta anulada",
        "en": "  {question}: voided question",
    },
    "voided-nowhere": {
        "es": "  {question}: pregunta anulada, pero ya no es la que se respondió: no corrige ningún resultado",
        "en": "  {question}: voided question, but no longer the one that was answered: it corrects no result",
    },
    "would-rise": {
        "es": "  Resultados revisados: {looked}. Subirían: {count}, de {people} personas. Se aprobarían: {passes}.",
        "en": "  Results looked at: {looked}. Would rise: {count}, of {people} people. Would be passed: {passes}.",
    },
    "rises": {
        "es": "  {name}, {quiz}, intento {ordinal}: {before} → {after}",
        "en": "  {name}, {quiz}, attempt {ordinal}: {before} → {after}",
    },
    "rises-and-passes": {
        "es": "  {name}, {quiz}, intento {ordinal}: {before} → {after}, aprobado",
        "en": "  {name}, {quiz}, attempt {ordinal}: {before} → {after}, passed",
    },
    "repaired": {
        "es": "Resultados corregidos: {corrected}. Intentos aprobados por ello: {passed}. Constancias expedidas: {certified}.",
        "en": "Corrected results: {corrected}. Attempts passed because of it: {passed}. Certificates issued: {certified}.",
    },
    "exported": {
        "es": "{target}: {count} archivos de {slug}",
        "en": "{target}: {count} files of {slug}",
    },
    "imported": {
        "es": "{slug} quedó en {folder}. Advertencias: {warnings}.",
        "en": "{slug} is now in {folder}. Warnings: {warnings}.",
    },
    "imported-already": {
        "es": "{slug} ya estaba igual en {folder}; no se cambió nada.",
        "en": "{slug} was the same in {folder} already; nothing was changed.",
    },
    "imported-draft": {
        "es": "Borrador de {slug}: archivos que cambiaron: {count}.",
        "en": "Draft of {slug}: files that changed: {count}.",
    },
    "no-course": {
        "es": "No existe el curso «{slug}» en {folder}.",
        "en": "There is no course “{slug}” in {folder}.",
    },
}
"""What happened, to language to sentence."""


def course_command_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a sentence in `es` or `en`, its facts filled in."""
    return COURSE_COMMANDS[key]["es" if lang == "es" else "en"].format(**facts)
