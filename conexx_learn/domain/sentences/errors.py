"""The sentence for each error code, in Spanish and in English: what, and what to do."""

ERRORS: dict[str, dict[str, str]] = {
    "not-found": {
        "es": "No encontramos lo que busca. Revise la dirección o vuelva a la página principal.",
        "en": "We cannot find what you are looking for. Check the address or go back to the home page.",
    },
    "forbidden": {
        "es": "Su cuenta no tiene permiso para esto. Si lo necesita, pídalo a la persona responsable de capacitación.",
        "en": "Your account may not do this. If you need it, ask your training manager.",
    },
    "attempt-closed": {
        "es": "Este intento ya terminó y sus respuestas no cambian. Abra el resultado para verlo.",
        "en": "This attempt is over and its responses no longer change. Open the result to see it.",
    },
    "attempts-exhausted": {
        "es": "Ya usó los {allowed} intentos de «{quiz_title}». Hable con la persona capacitadora si necesita otro.",
        "en": "You have used the {allowed} attempts of “{quiz_title}”. Speak with the trainer if you need another.",
    },
    "waiting": {
        "es": "Todavía no puede empezar otro intento. Podrá hacerlo a partir del {until}.",
        "en": "You cannot start another attempt yet. You can from {until}.",
    },
    "prerequisite-unmet": {
        "es": "Antes necesita la constancia del curso «{course_title}».",
        "en": "First you need the certificate of the course “{course_title}”.",
    },
    "not-enrolled": {
        "es": "Para esto necesita inscribirse en el curso.",
        "en": "You need to enrol in the course for this.",
    },
    "name-correction-too-large": {
        "es": "Aquí puede corregir acentos, orden y mayúsculas. Para un cambio mayor, escriba a la persona responsable de capacitación.",
        "en": "Here you can correct accents, order and capitals. For a larger change, write to your training manager.",
    },
    "glyph-missing": {
        "es": "La constancia está expedida y se puede verificar, pero el papel no puede imprimir el carácter «{character}». Ya avisamos a la coordinación.",
        "en": "The certificate is issued and can be verified, but the paper cannot print the character “{character}”. The coordinator has been told.",
    },
    "course-withdrawn": {
        "es": "Este curso ya no admite inscripciones.",
        "en": "This course no longer takes enrolments.",
    },
    "code-spent": {
        "es": "Este código o enlace ya se usó o venció. Pida uno nuevo a quien se lo entregó.",
        "en": "This code or link was used or has run out. Ask whoever gave it to you for a new one.",
    },
    "shape": {
        "es": "No pudimos leer lo que envió; no se guardó nada. Vuelva a la página e inténtelo de nuevo.",
        "en": "We could not read what was sent; nothing was stored. Go back to the page and try again.",
    },
    "too-many-tries": {
        "es": "Demasiados intentos seguidos. Espere {retry_after} segundos y vuelva a intentarlo.",
        "en": "Too many tries in a row. Wait {retry_after} seconds and try again.",
    },
    "certificate-unknown": {
        "es": "No hemos expedido ninguna constancia con el folio «{number}».",
        "en": "We have issued no certificate with the number “{number}”.",
    },
    "coordinator-unknown": {
        "es": "No hay ninguna cuenta de coordinación con «{identity}».",
        "en": "There is no coordinator’s account with “{identity}”.",
    },
    "user-unknown": {
        "es": "No hay ninguna cuenta con «{identity}».",
        "en": "There is no account with “{identity}”.",
    },
    "content-refused": {
        "es": "El contenido tiene errores y no se publicó; lo publicado sigue igual.",
        "en": "The content has errors and was not published; what is published stays as it is.",
    },
    "content-unreadable": {
        "es": "No se puede leer {name}: {reason}.",
        "en": "{name} cannot be read: {reason}.",
    },
    "user-exists": {
        "es": "Ya existe una cuenta con «{identity}».",
        "en": "There is already an account with “{identity}”.",
    },
    "identity-unreadable": {
        "es": "«{identity}» no es un correo ni un nombre de usuario. Un nombre de usuario tiene de 3 a 64 letras, cifras, puntos o guiones.",
        "en": "“{identity}” is neither an e-mail address nor a username. A username has 3 to 64 letters, digits, dots or hyphens.",
    },
    "role-needs-institution": {
        "es": "El papel «{role}» solo existe en una institución. Indíquela con --institution.",
        "en": "The role “{role}” exists only at an institution. Name it with --institution.",
    },
    "institution-unknown": {
        "es": "No hay ninguna institución «{slug}».",
        "en": "There is no institution “{slug}”.",
    },
    "institution-exists": {
        "es": "Ya existe la institución «{slug}».",
        "en": "There is already an institution “{slug}”.",
    },
    "institution-unreadable": {
        "es": "{name}: use {allowed}.",
        "en": "{name}: use {allowed}.",
    },
    "last-coordinator": {
        "es": "Es la única cuenta de coordinación. Nombre antes a otra persona.",
        "en": "This is the only coordinator. Name another one first.",
    },
}


def error_sentence(code: str, facts: dict[str, object], lang: str) -> str:
    """Return the sentence of an error code in `es` or `en`, its facts filled in."""
    return ERRORS[code]["es" if lang == "es" else "en"].format(**facts)
