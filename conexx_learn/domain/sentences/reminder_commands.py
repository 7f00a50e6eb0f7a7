"""What the command for reminders says, in Spanish and in English."""

REMINDER_COMMANDS: dict[str, dict[str, str]] = {
    "told": {
        "es": "{institution}: {mailed} por correo, {in_person} en persona, {weekly} a responsables",
        "en": "{institution}: {mailed} by mail, {in_person} in person, {weekly} to managers",
    },
    "would-tell": {
        "es": "{institution}: {person}, {course}, {kind}, {about_on} ({by})",
        "en": "{institution}: {person}, {course}, {kind}, {about_on} ({by})",
    },
    "written": {
        "es": "Cartas a personas capacitadoras: {trainers}",
        "en": "Letters to trainers: {trainers}",
    },
    "would-write": {
        "es": "{trainer}: {course}, carta de la semana",
        "en": "{trainer}: {course}, letter of the week",
    },
    "nothing-due": {
        "es": "Hoy no hay nada nuevo que avisar.",
        "en": "There is nothing new to tell today.",
    },
}
"""What happened, to language to sentence."""


def reminder_command_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a sentence in `es` or `en`, its facts filled in."""
    return REMINDER_COMMANDS[key]["es" if lang == "es" else "en"].format(**facts)
