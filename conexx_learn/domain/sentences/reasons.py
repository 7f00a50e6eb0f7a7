"""Why a proposed line is in a plan, in Spanish and in English."""

from conexx_learn.domain.readiness.facts import Reason, Titles

NEEDS: dict[str, dict[str, str]] = {
    "profile": {
        "es": "El perfil {profile} pide {competency}",
        "en": "The profile {profile} asks for {competency}",
    },
    "institution": {
        "es": "La institución necesita {holders} personas en {competency}",
        "en": "The institution needs {holders} people in {competency}",
    },
    "institution.one": {
        "es": "La institución necesita 1 persona en {competency}",
        "en": "The institution needs 1 person in {competency}",
    },
}


def need_sentence(*, profile: str, competency: str, holders: int, lang: str) -> str:
    """Say what a profile or, where none is named, the institution needs.

    Example:
        >>> need_sentence(profile="Finance", competency="budgets", holders=0, lang="en")
        'The profile Finance asks for budgets'
    """
    code = "profile"
    if not profile:
        code = "institution.one" if holders == 1 else "institution"
    return NEEDS[code]["es" if lang.startswith("es") else "en"].format(
        profile=profile, competency=competency, holders=holders
    )


def reason_sentence(reason: Reason, lang: str) -> str:
    """Say why a line is there: what was proposed anew in a language, or what was typed."""
    if not reason.needs:
        return reason.text
    said = [
        need_sentence(
            profile=_in(need.profile_titles, lang) or need.profile,
            competency=_in(need.competency_titles, lang) or need.competency,
            holders=need.holders,
            lang=lang,
        )
        for need in reason.needs
    ]
    return "; ".join(dict.fromkeys(said))


def _in(titles: Titles, lang: str) -> str:
    """Pick a title by language, else the first there is."""
    known = dict(titles)
    return known.get(lang) or next(iter(known.values()), "")
