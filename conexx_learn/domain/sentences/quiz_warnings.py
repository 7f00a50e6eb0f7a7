"""What the check advises about a quiz."""

QUIZ_WARNINGS: dict[str, dict[str, tuple[str, str]]] = {
    "W310": {
        "es": (
            "opción del tipo «todas o ninguna de las anteriores»: «{text}»",
            "Quienes adivinan la eligen; escriba en su lugar una opción concreta.",
        ),
        "en": (
            "an option of the kind “all or none of the above”: “{text}”",
            "Those who guess choose it; write a concrete option instead.",
        ),
    },
    "W311": {
        "es": (
            "la opción correcta se delata por larga: {length} letras, y la incorrecta más larga {longest}",
            "Acórtela o complete las otras.",
        ),
        "en": (
            "the right option gives itself away by its length: {length} letters, the longest wrong one {longest}",
            "Shorten it or fill out the others.",
        ),
    },
    "W312": {
        "es": (
            "«{id}» admite varias respuestas y solo una es correcta",
            "Use ( ) en lugar de [ ].",
        ),
        "en": (
            "“{id}” allows several answers and only one is right",
            "Use ( ) instead of [ ].",
        ),
    },
    "W313": {
        "es": (
            "el banco «{id}» sortea {draw} de {usable}: en otro intento casi todo se repite",
            "Agregue preguntas hasta tener al menos dos más de las que se sortean.",
        ),
        "en": (
            "the pool “{id}” draws {draw} of {usable}: another attempt repeats nearly all",
            "Add questions until there are at least two more than are drawn.",
        ),
    },
    "W314": {
        "es": (
            "«{id}» no dice por qué: falta la retroalimentación de las opciones incorrectas o la explicación",
            "Agregue bajo cada opción incorrecta una línea con > y al final ### Explicación.",
        ),
        "en": (
            "“{id}” does not say why: feedback on wrong options or the explanation is missing",
            "Add a line with > below each wrong option, and ### Explanation at the end.",
        ),
    },
    "W315": {
        "es": (
            "quien responde al azar obtiene en promedio {percent}\xa0%",
            "Agregue opciones, u otras clases de preguntas: ordenar, relacionar, un número.",
        ),
        "en": (
            "answering by lot earns {percent}\xa0% on average",
            "Add options, or other kinds of questions: ordering, matching, a number.",
        ),
    },
    "W401": {
        "es": (
            "{source} cambió después de esta traducción",
            "Revísela y luego escriba: translates: {expected}",
        ),
        "en": (
            "{source} changed after this translation",
            "Look it over, then write: translates: {expected}",
        ),
    },
    "W401.ids": {
        "es": (
            "{source} cambió después de esta traducción; hay diferencias en: {ids}",
            "Revísela y luego escriba: translates: {expected}",
        ),
        "en": (
            "{source} changed after this translation; there are differences in: {ids}",
            "Look it over, then write: translates: {expected}",
        ),
    },
    "W402": {
        "es": (
            "la opción es igual en los dos idiomas: «{text}»",
            "Tradúzcala; si es un nombre propio, puede quedar así.",
        ),
        "en": (
            "the option is the same in both languages: “{text}”",
            "Translate it; if it is a proper name, it may stay.",
        ),
    },
    "W501": {
        "es": (
            "«{id}» no dice qué competencia evalúa",
            "Agregue bajo su título: competencia: K1 (o la que corresponda).",
        ),
        "en": (
            "“{id}” does not say which competency it assesses",
            "Add below its heading: competency: K1 (or whichever it is).",
        ),
    },
    "W502": {
        "es": (
            "la imagen «{target}» no tiene texto alternativo",
            "Diga entre los corchetes lo que muestra: ![…]({target})",
        ),
        "en": (
            "the image “{target}” has no alternative text",
            "Say between the brackets what it shows: ![…]({target})",
        ),
    },
    "W503": {
        "es": (
            "«{word}» en mayúsculas no se nota ni se oye bien",
            "Escriba **{word}** en negrita, o mejor pregunte en positivo.",
        ),
        "en": (
            "“{word}” in capitals is easily missed, and not heard",
            "Write **{word}** in bold, or better ask without it.",
        ),
    },
    "W901": {
        "es": (
            "«{found}» en lugar de «{expected}»",
            "Se entiende igual; «flask courses fmt» lo cambia.",
        ),
        "en": (
            "“{found}” instead of “{expected}”",
            "It is understood; `flask courses fmt` changes it.",
        ),
    },
    "W901.space": {
        "es": (
            "espacio de no separación donde va un espacio sencillo",
            "Se entiende igual; «flask courses fmt» lo cambia.",
        ),
        "en": (
            "a no-break space where a plain space belongs",
            "It is understood; `flask courses fmt` changes it.",
        ),
    },
    "W902": {
        "es": (
            "tabulador al comienzo de la línea: cuenta como cuatro espacios",
            "«flask courses fmt» lo cambia.",
        ),
        "en": (
            "a tab at the beginning of the line: it counts as four spaces",
            "`flask courses fmt` changes it.",
        ),
    },
}
