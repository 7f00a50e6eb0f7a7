"""What the commands for signatures say, in Spanish and in English."""

SIGNING_COMMANDS: dict[str, dict[str, str]] = {
    "signed": {
        "es": "Constancias firmadas: {count}.",
        "en": "Certificates signed: {count}.",
    },
    "anew": {
        "es": "Firmadas otra vez, con otra clave de firma: {count}.",
        "en": "Signed anew, with another key: {count}.",
    },
    "refused": {
        "es": "{number} no se puede firmar: {reason}",
        "en": "{number} cannot be signed: {reason}",
    },
    "head": {
        "es": "Registro de expedición: {lines} líneas; la última es {hash}",
        "en": "Issuance log: {lines} lines; the newest is {hash}",
    },
    "broken": {
        "es": "La línea {line} no sigue a la anterior: alguien cambió el registro.",
        "en": "Line {line} does not follow the one before: somebody changed the log.",
    },
    "changed": {
        "es": "{number} ya no dice lo que decía cuando se firmó.",
        "en": "{number} no longer says what it said when it was signed.",
    },
}


def signing_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a sentence in `es` or `en` with its facts."""
    return SIGNING_COMMANDS[key]["es" if lang == "es" else "en"].format(**facts)
