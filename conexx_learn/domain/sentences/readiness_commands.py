"""What the command for readiness says, in Spanish and in English."""

READINESS_COMMANDS: dict[str, dict[str, str]] = {
    "plan": {
        "es": "{title}, versión {version}, al {as_of}: {label}",
        "en": "{title}, version {version}, as of {as_of}: {label}",
    },
    "shares": {
        "es": "  cumplido {seats} · solo personas {people} · de lo que ya debía cumplirse {due} · con avance {with_progress}",
        "en": "  met {seats} · people only {people} · of what was due {due} · with progress {with_progress}",
    },
    "counts": {
        "es": "  sin cumplir {unmet} · críticos {critical} · atrasados {overdue} · últimas 12 semanas {weekly}",
        "en": "  unmet {unmet} · critical {critical} · overdue {overdue} · last 12 weeks {weekly}",
    },
    "forecast": {
        "es": "  al ritmo actual, entre {p50} y {p85} semanas",
        "en": "  at the present pace, between {p50} and {p85} weeks",
    },
    "no-plan": {
        "es": "No hay ningún plan en vigor.",
        "en": "There is no plan in force.",
    },
}
"""What is said, to language to sentence."""


def readiness_command_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a sentence in `es` or `en`, its facts filled in."""
    return READINESS_COMMANDS[key]["es" if lang == "es" else "en"].format(**facts)
