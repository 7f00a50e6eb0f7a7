"""What the commands for institutions and people say, in Spanish and in English."""

ACCOUNT_COMMANDS: dict[str, dict[str, str]] = {
    "institution-created": {
        "es": "{slug}: institución creada ({name})",
        "en": "{slug}: institution made ({name})",
    },
    "user-created": {
        "es": "{identity}: cuenta creada ({role})",
        "en": "{identity}: account made ({role})",
    },
    "extra-time": {
        "es": "{identity}: {percent} % más de tiempo en cada cuestionario",
        "en": "{identity}: {percent} % more time in every quiz",
    },
    "invitation-sent": {
        "es": "Invitación en camino a {email}.",
        "en": "The invitation is on its way to {email}.",
    },
    "invitation": {
        "es": "Invitación, hasta {expires}: {link}",
        "en": "Invitation, until {expires}: {link}",
    },
    "code": {"es": "Código: {code}", "en": "Code: {code}"},
}
"""What happened, to language to sentence."""


def account_command_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a sentence in `es` or `en`, its facts filled in."""
    return ACCOUNT_COMMANDS[key]["es" if lang == "es" else "en"].format(**facts)
