"""How a certificate names the line of a plan that it satisfied."""

AUDIENCES: dict[str, dict[str, str]] = {
    "profile": {"es": "perfil «{name}»", "en": "profile “{name}”"},
    "post": {"es": "puesto «{name}»", "en": "post “{name}”"},
    "unit": {
        "es": "personal del área «{name}»",
        "en": "staff of the unit “{name}”",
    },
    "person": {"es": "asignado a esta persona", "en": "set for this person"},
    "pmu": {
        "es": "personal de la unidad de gestión de proyectos",
        "en": "staff of the project unit",
    },
    "institution": {
        "es": "todas las personas con un puesto",
        "en": "everyone who has a post",
    },
}

REQUIREMENT = {
    "es": "Requisito {ordinal}: {audience}",
    "en": "Requirement {ordinal}: {audience}",
}


def requirement_words(*, ordinal: int, audience_kind: str, name: str, lang: str) -> str:
    """Name a line of a plan: its place and whom it binds.

    Args:
        ordinal: Of the line in its plan, from 1.
        audience_kind: One of `AUDIENCES`.
        name: Of the profile, post or unit; empty for the other kinds.
        lang: `es` or `en`.

    Example:
        >>> requirement_words(ordinal=3, audience_kind="pmu", name="", lang="en")
        'Requirement 3: staff of the project unit'
    """
    audience = AUDIENCES[audience_kind][lang].format(name=name)
    return REQUIREMENT[lang].format(ordinal=ordinal, audience=audience)
