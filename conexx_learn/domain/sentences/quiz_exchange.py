"""What an exchange of questions says of a file or a question, in both languages.

Each is one sentence without its full stop; the page puts line and question before it.
"""

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.question_exchange.arrival import RULE
from conexx_learn.domain.question_exchange.remarks import Remark
from conexx_learn.domain.sentences import problem_sentence

QUIZ_FILE_FAULTS: dict[str, dict[str, str]] = {
    "too-large": {
        "es": "el archivo pasa de {limit} MB; divídalo en varios",
        "en": "the file has more than {limit} MB; split it into several",
    },
    "no-text": {
        "es": "el archivo no es de texto; exporte las preguntas como GIFT o Moodle XML",
        "en": "the file is no text; export the questions as GIFT or Moodle XML",
    },
    "no-encoding": {
        "es": "aquí hay signos que no se pueden leer; guarde el archivo como UTF-8",
        "en": "there are signs here that cannot be read; save the file as UTF-8",
    },
    "no-questions": {
        "es": "el archivo no tiene ninguna pregunta",
        "en": "the file has no question",
    },
    "too-many-in-file": {
        "es": "el archivo tiene más de {limit} preguntas; divídalo en varios",
        "en": "the file has more than {limit} questions; split it into several",
    },
    "brace-open": {
        "es": "la llave «{{» que se abre aquí no se cierra; si es texto, escriba «\\{{»",
        "en": "the brace “{{” that opens here is not closed; if it is text, write “\\{{”",
    },
    "brace-inside": {
        "es": "hay una llave «{{» dentro de otra; si es texto, escriba «\\{{»",
        "en": "there is a brace “{{” inside another; if it is text, write “\\{{”",
    },
    "brace-unopened": {
        "es": "aquí se cierra una llave «}}» que no se abrió; si es texto, escriba «\\}}»",
        "en": "a brace “}}” closes here that was not opened; if it is text, write “\\}}”",
    },
    "brace-twice": {
        "es": "la pregunta tiene respuestas en dos lugares; deje un solo par de llaves",
        "en": "the question has answers in two places; leave one pair of braces",
    },
    "weight-unreadable": {
        "es": "«{what}» no es un porcentaje de -100 a 100; use punto decimal, como 33.33333",
        "en": "“{what}” is no percentage from -100 to 100; use a decimal point, such as 33.33333",
    },
    "pair-without-arrow": {
        "es": "la pareja «{what}» no tiene «->» entre sus dos lados",
        "en": "the pair “{what}” has no “->” between its two sides",
    },
    "xml-malformed": {
        "es": "el XML está dañado en la columna {column} ({reason})",
        "en": "the XML is damaged at column {column} ({reason})",
    },
    "xml-declares": {
        "es": "el XML declara un tipo de documento o nombres propios (DOCTYPE, ENTITY); por seguridad no se lee",
        "en": "the XML declares a document type or names of its own (DOCTYPE, ENTITY); for safety it is not read",
    },
    "xml-too-much": {
        "es": "el XML tiene demasiados elementos, o unos dentro de otros",
        "en": "the XML has too many elements, or too many inside one another",
    },
    "xml-root": {
        "es": "el XML empieza con <{what}>; el de preguntas de Moodle empieza con <quiz>",
        "en": "the XML begins with <{what}>; that of Moodle questions begins with <quiz>",
    },
}
"""Why a file brings nothing."""

QUIZ_LEFT_OUT: dict[str, dict[str, str]] = {
    "kind-unknown": {
        "es": "aquí no hay preguntas de la clase «{type}»",
        "en": "there are no questions of the kind “{type}” here",
    },
    "prompt-empty": {"es": "no pregunta nada", "en": "it asks nothing"},
    "text-too-long": {
        "es": "un texto pasa de {limit} KiB",
        "en": "a text has more than {limit} KiB",
    },
    "option-repeated": {
        "es": "la opción «{what}» está dos veces",
        "en": "the option “{what}” is there twice",
    },
    "left-repeated": {
        "es": "dos parejas tienen el mismo lado izquierdo",
        "en": "two pairs have the same left side",
    },
    "too-few-options": {
        "es": "tiene menos opciones de las que necesita ({fewest})",
        "en": "it has fewer options than it needs ({fewest})",
    },
    "too-many-options": {
        "es": "tiene {found} opciones; pueden ser {limit}",
        "en": "it has {found} options; {limit} are allowed",
    },
    "nothing-right": {
        "es": "ninguna respuesta da puntos",
        "en": "no response earns points",
    },
    "nothing-wrong": {
        "es": "todas las opciones son correctas",
        "en": "every option is right",
    },
    "number-unreadable": {
        "es": "«{what}» no se puede leer como número; use punto decimal",
        "en": "“{what}” cannot be read as a number; use a decimal point",
    },
    "too-many-questions": {
        "es": "un cuestionario tiene lugar para {limit} preguntas",
        "en": "a quiz has room for {limit} questions",
    },
    "quiz-full": {
        "es": "el archivo del cuestionario ya tendría más de {limit} KiB",
        "en": "the file of the quiz would have more than {limit} KiB",
    },
    "description-alone": {
        "es": "es un texto sin pregunta después de él",
        "en": "it is a text with no question after it",
    },
    "question-draft": {"es": "es un borrador", "en": "it is a draft"},
    "question-retired": {"es": "ya no se usa", "en": "it is retired"},
    "question-void": {"es": "está anulada", "en": "it is voided"},
    "gift-has-no-order": {
        "es": "GIFT no tiene preguntas de ordenar; use Moodle XML",
        "en": "GIFT has no questions of order; use Moodle XML",
    },
    "too-many-rights": {
        "es": "tiene más de {limit} opciones correctas, y Moodle no puede repartir los puntos entre tantas",
        "en": "it has more than {limit} right options, and Moodle cannot part the points among so many",
    },
    "arrow-in-phrase": {
        "es": "GIFT tomaría «{what}» por una pareja; use Moodle XML",
        "en": "GIFT would take “{what}” for a pair; use Moodle XML",
    },
}
"""Why a question stays behind."""

QUIZ_CHANGED: dict[str, dict[str, str]] = {
    "formula-typed": {
        "es": "una fórmula se queda como está escrita",
        "en": "a formula stays as it is typed",
    },
    "tags-removed": {
        "es": "las etiquetas HTML dentro del texto no se mostrarán",
        "en": "the HTML tags in its text will not be shown",
    },
    "structure-flattened": {
        "es": "una lista o tabla dentro de una opción quedó en un solo renglón",
        "en": "a list or table in an option is now one line",
    },
    "embedded-lost": {
        "es": "se quitó lo que aquí no se puede mostrar (<{what}>)",
        "en": "what cannot be shown here was taken out (<{what}>)",
    },
    "dress-lost": {
        "es": "un texto pierde su formato (<{what}>)",
        "en": "a text loses its dress (<{what}>)",
    },
    "cells-joined": {
        "es": "una tabla tenía celdas unidas; revise sus columnas",
        "en": "a table had joined cells; look at its columns",
    },
    "picture-outside": {
        "es": "la imagen «{what}» está en otro sitio y no viene; guárdela en media/",
        "en": "the picture “{what}” is on another site and does not come; put it in media/",
    },
    "link-lost": {
        "es": "el enlace «{what}» solo sirve en su sitio; queda su texto",
        "en": "the link “{what}” works on its own site only; its text stays",
    },
    "file-missing": {
        "es": "falta el archivo «{what}»",
        "en": "the file “{what}” is missing",
    },
    "file-damaged": {
        "es": "el archivo «{what}» está dañado y no viene",
        "en": "the file “{what}” is damaged and does not come",
    },
    "file-kind": {
        "es": "el archivo «{what}» no es de una clase que se pueda mostrar (png, jpg, webp, svg, pdf)",
        "en": "the file “{what}” is not of a kind that can be shown (png, jpg, webp, svg, pdf)",
    },
    "file-too-large": {
        "es": "el archivo «{what}» pasa de 5 MB y no viene",
        "en": "the file “{what}” has more than 5 MB and does not come",
    },
    "option-empty": {
        "es": "se quitó una opción sin texto",
        "en": "an option without text was taken out",
    },
    "negative-lost": {
        "es": "una opción que quitaba puntos ahora da cero: solo se elige una",
        "en": "an option that took points now gives none: only one is chosen",
    },
    "best-raised": {
        "es": "la mejor respuesta daba {what}; ahora da todos los puntos",
        "en": "the best response gave {what}; now it gives all points",
    },
    "best-entry-counts": {
        "es": "aquí cuenta la respuesta que da más puntos, no la primera que coincide",
        "en": "here the entry that gives most counts, not the first that fits",
    },
    "weights-scaled": {
        "es": "las opciones correctas sumaban {what}; se ajustaron a 100%",
        "en": "the right options added up to {what}; they were adjusted to 100%",
    },
    "all-ticked-passes": {
        "es": "quien marque todas las opciones tendrá todos los puntos; quite los porcentajes para evitarlo",
        "en": "ticking every option earns all points; take the percentages out to prevent it",
    },
    "single-now": {
        "es": "tiene dos opciones y una correcta: ahora se elige una",
        "en": "it has two options and one right one: now one is chosen",
    },
    "pair-empty": {
        "es": "la pareja «{what}» no tenía lado derecho y se quitó",
        "en": "the pair “{what}” had no right side and was taken out",
    },
    "extra-repeated": {
        "es": "el distractor «{what}» ya estaba y se quitó",
        "en": "the distractor “{what}” was there already and was taken out",
    },
    "phrase-repeated": {
        "es": "«{what}» se quitó: aquí no cuentan mayúsculas, acentos ni puntuación, y ya estaba",
        "en": "“{what}” was taken out: capitals, accents and punctuation do not count here, and it was there already",
    },
    "anything-earns": {
        "es": "cualquier otra respuesta daba puntos; aquí no da",
        "en": "any other response earned points; here it earns none",
    },
    "prompt-from-name": {
        "es": "no tenía texto; se pregunta lo que dice su nombre",
        "en": "it had no text; its name is what is asked",
    },
    "points-changed": {
        "es": "valía «{found}»; aquí vale {points}",
        "en": "it was worth “{found}”; here it is worth {points}",
    },
    "tag-comma": {
        "es": "una etiqueta tenía comas; se cambiaron por espacios",
        "en": "a tag had commas; they became spaces",
    },
    "hints-joined": {
        "es": "tenía varias pistas; ahora son una",
        "en": "it had several hints; now they are one",
    },
    "grading-changed": {
        "es": "el orden se califica aquí por pares de pasos, no por «{what}»",
        "en": "the order is graded here by pairs of steps, not by “{what}”",
    },
    "grader-notes-lost": {
        "es": "las indicaciones para quien califica no vienen",
        "en": "the notes for who grades do not come",
    },
    "template-lost": {
        "es": "la plantilla de la respuesta no viene",
        "en": "the template of the response does not come",
    },
    "units-lost": {
        "es": "solo viene una unidad de medida",
        "en": "only one unit of measure comes",
    },
    "category-empty": {
        "es": "la categoría no tiene preguntas propias, así que no es un banco",
        "en": "the category has no questions of its own, so it is no pool",
    },
    "pool-points": {
        "es": "sus preguntas valen distinto, así que es una sección y no un banco del que se sortea",
        "en": "its questions are worth different points, so it is a section and no pool to draw from",
    },
    "settings-lost": {
        "es": "van las preguntas y no las reglas del cuestionario: calificación mínima, intentos, tiempo, introducción",
        "en": "the questions go and not the rules of the quiz: pass mark, attempts, time, introduction",
    },
    "draw-lost": {
        "es": "el banco va como categoría; cuántas se sortean se elige allá",
        "en": "the pool goes as a category; how many are drawn is chosen there",
    },
    "case-pool-lost": {
        "es": "allá no se sortean casos enteros",
        "en": "whole cases are not drawn there",
    },
    "section-is-case": {
        "es": "la sección va como una descripción con sus preguntas",
        "en": "the section goes as a description with its questions",
    },
    "section-is-pool": {
        "es": "la sección va como una categoría",
        "en": "the section goes as a category",
    },
    "points-lost": {
        "es": "GIFT no dice cuánto vale; allá valdrá 1 punto",
        "en": "GIFT does not say what it is worth; there it will be 1 point",
    },
    "hint-lost": {"es": "GIFT no tiene pistas", "en": "GIFT has no hints"},
    "combined-lost": {
        "es": "la retroalimentación por resultado (correcto, parcial, incorrecto) no va",
        "en": "the feedback by outcome (right, partly, wrong) does not go",
    },
    "order-kept-lost": {
        "es": "GIFT no puede fijar el orden de las opciones",
        "en": "GIFT cannot keep the order of the options",
    },
    "unit-lost": {
        "es": "GIFT no tiene la unidad de medida",
        "en": "GIFT has no unit of measure",
    },
    "case-lost": {
        "es": "GIFT no puede exigir mayúsculas y minúsculas",
        "en": "GIFT cannot ask for capitals",
    },
    "words-stricter": {
        "es": "Moodle exige acentos y puntuación, y cuenta la primera respuesta que coincide",
        "en": "Moodle asks for accents and punctuation, and takes the first entry that fits",
    },
    "typos-lost": {
        "es": "allá no se perdona una errata",
        "en": "a typo is not forgiven there",
    },
    "sources-lost": {
        "es": "las fuentes de la pregunta no van",
        "en": "the sources of the question do not go",
    },
    "self-grading-lost": {
        "es": "allá la califica una persona, no quien responde",
        "en": "there a person grades it, not the one who answers",
    },
    "few-pairs": {
        "es": "Moodle pide tres parejas",
        "en": "Moodle asks for three pairs",
    },
    "pair-feedback-lost": {
        "es": "la retroalimentación de las parejas no va",
        "en": "the feedback of its pairs does not go",
    },
    "order-graded-otherwise": {
        "es": "Moodle califica el orden con más puntos para quien acierta en parte",
        "en": "Moodle grades the order with more points for partly right ones",
    },
    "void-option": {
        "es": "una opción anulada va como si no contara",
        "en": "a voided option goes as one that does not count",
    },
    "formula-changed": {
        "es": "Moodle no tiene su fórmula; va con la equilibrada",
        "en": "Moodle does not have its formula; it goes with the balanced one",
    },
    "weights-rounded": {
        "es": "los porcentajes se ajustaron a los que Moodle acepta",
        "en": "the percentages were adjusted to those that Moodle accepts",
    },
    "arrow-changed": {
        "es": "una flecha en el lado izquierdo se escribe «→»",
        "en": "an arrow on the left side is written “→”",
    },
    "plain-only": {
        "es": "«{what}» va sin formato",
        "en": "“{what}” goes without its formatting",
    },
    "text-adjusted": {
        "es": "los renglones o espacios de «{what}» se ajustaron",
        "en": "the lines or spaces of “{what}” were adjusted",
    },
    "picture-stays": {
        "es": "GIFT no lleva imágenes: «{what}» se queda aquí",
        "en": "GIFT carries no pictures: “{what}” stays here",
    },
}
"""What of a question is not as it was."""

_DOES_NOT_FIT = "does-not-fit"


def exchange_sentence(remark: Remark, lang: str) -> str:
    """Say what a remark means, without a full stop.

    Args:
        remark: Of a file that was read or written.
        lang: `es` or any tag that begins so; everything else gets English.
    """
    if remark.code == _DOES_NOT_FIT:
        facts = dict(remark.facts)
        problem = Problem("", 1, 1, facts.pop(RULE), facts)
        return problem_sentence(problem, lang)[0]
    language = "es" if lang.startswith("es") else "en"
    known = {**QUIZ_FILE_FAULTS, **QUIZ_LEFT_OUT, **QUIZ_CHANGED}
    return known[remark.code][language].format(**remark.facts)
