"""The job profile that the title of a post suggests; the institution may change it.

The words are those of town halls in Latin America and Spain, begun rather than whole,
so that *tesorera*, *tesorero* and *tesorería* are one.
"""

import re
from collections.abc import Mapping

from conexx_learn.domain.search import folded

_BEGINNINGS = {
    "ELECTED": """
        alcald, president municipal, presidencia municipal, presidente municipal,
        presidenta municipal, sindic, regidor, concej, cabildo, edil, mayor, councillor,
        elected
    """,
    "PM": """
        gerente de proyect, gerencia de proyect, gestor de proyect, gestora de proyect,
        gestion de proyect, coordinador de proyect, coordinadora de proyect,
        coordinacion de proyect, jefe de proyect, jefa de proyect, lider de proyect,
        formulador, formulacion de proyect, project manager, project officer
    """,
    "MEAL": """
        seguimiento, monitoreo, evaluacion, monitoring, evaluation
    """,
    "LIAISON": """
        enlace, cooperacion, relaciones internacional, asuntos internacional,
        hermanamiento, liaison, international
    """,
    "FIN": """
        finanz, financ, tesorer, contador, contab, presupuest, hacienda, contralor,
        auditor, treasur, account, budget
    """,
    "HEAD": """
        director, direccion, jefe, jefa, jefatura, subdirector, gerente, gerencia,
        secretario, secretaria municipal, secretaria general, secretaria de,
        coordinador general, coordinadora general, head, chief
    """,
}
"""Code to beginnings of words; the first that is found in this order decides."""

OTHERWISE = "TECH"

_PATTERNS = {
    code: re.compile(
        r"\b(?:" + "|".join(" ".join(word.split()) for word in words.split(",")) + ")"
    )
    for code, words in _BEGINNINGS.items()
}


def suggested_profile(title: str, profiles: Mapping[str, str]) -> str:
    """Suggest a job profile for the title of a post.

    Args:
        title: As people call it.
        profiles: Folded title or code of a job profile to its code.

    Returns:
        A code; that of technical staff where the title says nothing else.

    Example:
        >>> suggested_profile("Tesorera municipal", {}), suggested_profile("Chofer", {})
        ('FIN', 'TECH')
    """
    words = folded(title)
    if words in profiles:
        return profiles[words]
    return next(
        (code for code, pattern in _PATTERNS.items() if pattern.search(words)),
        OTHERWISE,
    )
