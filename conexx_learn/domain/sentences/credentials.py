"""What a credential says in words, in Spanish and in English."""

SENTENCES: dict[str, dict[str, str]] = {
    "description": {
        "es": "Curso «{title}», versión {version}; trabajo estimado: {hours} h.",
        "en": "Course “{title}”, version {version}; workload: {hours} h.",
    },
    "criteria": {
        "es": "Leyó todos los módulos requeridos y aprobó la evaluación. {assessment}.",
        "en": "Read all required modules and passed the assessment. {assessment}.",
    },
    "level": {"es": "{title}, nivel {level} de 4", "en": "{title}, level {level} of 4"},
    "eqf": {
        "es": "Diseñado con referencia al nivel {level} del Marco Europeo de"
        " Cualificaciones",
        "en": "Designed with reference to level {level} of the European"
        " Qualifications Framework",
    },
    "quality": {
        "es": "Aseguramiento de la calidad",
        "en": "Quality assurance",
    },
    "hours": {
        "es": "Horas de trabajo previstas",
        "en": "Notional workload in hours",
    },
    "demo": {"es": "Demostración, sin validez", "en": "Demonstration, not valid"},
    "demo-text": {
        "es": "Demostración, sin validez: no prueba ninguna capacitación.",
        "en": "Demonstration, not valid: it proves no training.",
    },
}


def credential_words(key: str, lang: str, **facts: object) -> str:
    """Return a text of a credential; English where the language has none.

    Args:
        key: Of the text.
        lang: The holder's language.
        facts: What its placeholders ask for.
    """
    texts = SENTENCES[key]
    return texts.get(lang, texts["en"]).format(**facts)
