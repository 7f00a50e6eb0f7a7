"""What `flask people` says, in Spanish and in English."""

PEOPLE_COMMANDS: dict[str, dict[str, str]] = {
    "line": {
        "es": "línea {line}: {message}. {hint}",
        "en": "line {line}: {message}. {hint}",
    },
    "refused": {
        "es": "No se guardó nada: {count} por corregir.",
        "en": "Nothing was stored: {count} to mend.",
    },
    "dry-run": {
        "es": "Prueba: no se guarda nada.",
        "en": "Dry run: nothing is stored.",
    },
    "unchanged": {
        "es": "Nada cambia: todo lo de la lista ya estaba.",
        "en": "Nothing changes: all of the list was there already.",
    },
    "people": {
        "es": "personas: {new} nuevas, {back} que vuelven, {elsewhere} con cuenta de otro lugar, {mailboxes} con un correo más",
        "en": "people: {new} new, {back} coming back, {elsewhere} with an account from elsewhere, {mailboxes} with an address more",
    },
    "posts": {
        "es": "áreas nuevas: {units}; puestos nuevos: {posts}",
        "en": "new units: {units}; new posts: {posts}",
    },
    "appointments": {
        "es": "nombramientos: {begun} que empiezan, {corrected} corregidos; renglones sin cambio: {unchanged}",
        "en": "appointments: {begun} begun, {corrected} corrected; lines without a change: {unchanged}",
    },
}
"""Key to language to a line."""


def people_command_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a line in `es` or `en`, its facts filled in."""
    language = "es" if lang.startswith("es") else "en"
    return PEOPLE_COMMANDS[key][language].format(**facts)
