"""What the import of people says of a list beside what is there, in both languages.

Each sentence is a message and a hint; the page puts the line before them.
"""

from conexx_learn.domain.people_import.row_problems import RowProblem
from conexx_learn.domain.sentences.people_problems import PEOPLE_PROBLEMS

COMPARISON_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "identities-differ": {
        "es": (
            "el correo {email} y el usuario {user} pertenecen a dos personas",
            "Deje solo uno de los dos en este renglón.",
        ),
        "en": (
            "the address {email} and the username {user} belong to two people",
            "Leave only one of them on this line.",
        ),
    },
    "several-people": {
        "es": (
            "hay varias personas que se llaman «{name}»",
            "Agregue su correo o su usuario para saber cuál es.",
        ),
        "en": (
            "there are several people called “{name}”",
            "Add their address or username to say which one it is.",
        ),
    },
    "username-taken": {
        "es": (
            "alguien tiene ya el usuario «{username}»",
            "Deje solo el correo en ese renglón, o elija otro usuario.",
        ),
        "en": (
            "somebody has the username “{username}” already",
            "Leave only the address on this line, or choose another username.",
        ),
    },
    "person-declined": {
        "es": (
            "«{name}» respondió que no se le agregue a su institución",
            "Quite el renglón, o pida a la coordinación que hable con la persona.",
        ),
        "en": (
            "“{name}” answered that they are not to be added to your institution",
            "Take the line out, or ask the coordination to speak with the person.",
        ),
    },
    "dates-reversed-known": {
        "es": (
            "con estas fechas el nombramiento de {name} terminaría antes de empezar",
            "Escriba las dos fechas, la de inicio y la de término.",
        ),
        "en": (
            "with these days the appointment of {name} would end before it begins",
            "Write both days, the first and the last.",
        ),
    },
    "several-appointments": {
        "es": (
            "{name} tiene en ese puesto varios nombramientos a los que se puede referir",
            "Corríjalos en la página de la persona y quite el renglón.",
        ),
        "en": (
            "{name} has several appointments to that post that this may mean",
            "Correct them on the person’s page, and take the line out.",
        ),
    },
    "return-needs-day": {
        "es": (
            "{name} dejó ese puesto el {day}",
            "Si volvió, escriba la fecha de inicio; si no, quite el renglón.",
        ),
        "en": (
            "{name} left that post on {day}",
            "If they are back, write the first day; if not, take the line out.",
        ),
    },
    "twice-in-post": {
        "es": (
            "{name} ya está en ese puesto en parte de esas fechas",
            "Deje un solo renglón por puesto y por periodo.",
        ),
        "en": (
            "{name} is in that post already on some of these days",
            "Leave one line a post and a time.",
        ),
    },
    "several-posts": {
        "es": (
            "«{post}» puede ser más de un puesto",
            "Escriba también el área.",
        ),
        "en": (
            "“{post}” may be more than one post",
            "Write the unit too.",
        ),
    },
    "unit-missing": {
        "es": (
            "«{post}» es un puesto nuevo y no se sabe en qué área está",
            "Escriba el área.",
        ),
        "en": (
            "“{post}” is a new post, and nobody knows in which unit",
            "Write the unit.",
        ),
    },
    "name-kept": {
        "es": (
            "la cuenta dice «{kept}», no «{name}»",
            "Una lista no cambia nombres; corríjalo en la página de la persona.",
        ),
        "en": (
            "the account says “{kept}”, not “{name}”",
            "A list changes no names; correct it on the person’s page.",
        ),
    },
    "email-kept": {
        "es": (
            "el correo {email} no se guarda para {name}",
            "Cámbielo en la página de la persona.",
        ),
        "en": (
            "the address {email} is not stored for {name}",
            "Change it on the person’s page.",
        ),
    },
    "namesake": {
        "es": (
            "ya hay una persona que se llama «{name}», en otro puesto o con otro correo",
            "Se crea otra cuenta. Si es la misma persona, escriba aquí su correo o su usuario.",
        ),
        "en": (
            "there is a person called “{name}” already, in another post or with another address",
            "Another account is made. If it is the same person, write their address or username here.",
        ),
    },
    "unit-unused": {
        "es": (
            "el área «{unit}» no se guarda porque falta el puesto",
            "Las personas están en un área por su puesto.",
        ),
        "en": (
            "the unit “{unit}” is not stored, as the post is missing",
            "People are in a unit through their post.",
        ),
    },
    "more-holders": {
        "es": (
            "«{post}» tendría {holders} titulares y {seats} plazas",
            "Agregue plazas al puesto si hace falta.",
        ),
        "en": (
            "“{post}” would have {holders} holders and {seats} seats",
            "Add seats to the post if they are wanted.",
        ),
    },
    "profile-kept": {
        "es": (
            "el puesto «{post}» conserva su perfil {kept}",
            "Una lista no cambia puestos que ya existen; cámbielo en la página del puesto.",
        ),
        "en": (
            "the post “{post}” keeps its profile {kept}",
            "A list does not change posts that exist; change it on the post’s page.",
        ),
    },
}
"""Code to language to message and hint."""


def import_sentence(problem: RowProblem, lang: str) -> tuple[str, str]:
    """Say what is wrong or noteworthy, without a full stop, and what to do.

    Args:
        problem: Of the list itself, or of its comparison with what is there.
        lang: `es` or any tag that begins so; everything else gets English.

    Returns:
        Message and hint.
    """
    known = (
        COMPARISON_PROBLEMS if problem.code in COMPARISON_PROBLEMS else PEOPLE_PROBLEMS
    )
    message, hint = known[problem.code]["es" if lang.startswith("es") else "en"]
    return message.format(**problem.facts), hint.format(**problem.facts)
