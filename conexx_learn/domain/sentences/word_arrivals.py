"""What a document from outside lost or changed on its way in, in both languages.

Each is one sentence without its full stop; the page puts place and count beside it.
"""

from conexx_learn.domain.question_exchange.remarks import Remark
from conexx_learn.domain.sentences.quiz_exchange import exchange_sentence
from conexx_learn.domain.word_import.quiz_making import NO_ANSWER
from conexx_learn.domain.word_import.remarks import ArrivalRemark

ARRIVAL_REMARKS: dict[str, dict[str, str]] = {
    "title-left": {
        "es": "«{what}» no quedó en ningún módulo: puede ser el título del curso",
        "en": "the title “{what}” is in no module: it may be that of the course",
    },
    "titles-guessed": {
        "es": "el documento no usa estilos de encabezado; se tomaron como encabezados los renglones cortos en negrita",
        "en": "the document uses no heading styles; short bold lines were taken for headings",
    },
    "module-parted": {
        "es": "el módulo era muy largo y continúa en otro",
        "en": "the module was very long and goes on in another",
    },
    "text-box": {
        "es": "el texto de un cuadro de texto quedó como párrafo, después del suyo",
        "en": "the text of a text box became a paragraph, after its own",
    },
    "insertion-accepted": {
        "es": "un cambio propuesto viene como aceptado",
        "en": "a proposed change comes as accepted",
    },
    "deletion-accepted": {
        "es": "un texto que se propuso borrar no viene",
        "en": "a text that was proposed for deletion does not come",
    },
    "comment-lost": {
        "es": "un comentario al margen no viene",
        "en": "a comment in the margin does not come",
    },
    "formula-typed": {
        "es": "una ecuación quedó escrita en un renglón; revísela",
        "en": "an equation is now typed on one line; look at it",
    },
    "colour-lost": {
        "es": "un texto pierde su color",
        "en": "a text loses its colour",
    },
    "underline-lost": {
        "es": "un texto pierde su subrayado: aquí solo se subrayan los enlaces",
        "en": "a text loses its underline: here only links are underlined",
    },
    "highlight-lost": {
        "es": "un texto pierde su resaltado",
        "en": "a text loses its highlight",
    },
    "strike-lost": {
        "es": "un texto tachado viene sin su raya; bórrelo si ya no vale",
        "en": "a text that was struck out comes without its line; delete it if it no longer counts",
    },
    "dress-lost": {
        "es": "un texto pierde parte de su formato",
        "en": "a text loses a part of its dress",
    },
    "page-break-lost": {
        "es": "un salto de página no viene: aquí no hay páginas de papel",
        "en": "a page break does not come: there are no sheets of paper here",
    },
    "landscape-lost": {
        "es": "una sección estaba en hojas horizontales; revise sus tablas",
        "en": "a section was on landscape sheets; look at its tables",
    },
    "header-lost": {
        "es": "el encabezado o el pie de las páginas no viene",
        "en": "the header or footer of the pages does not come",
    },
    "contents-lost": {
        "es": "el índice no viene: el curso hace el suyo",
        "en": "the table of contents does not come: the course makes its own",
    },
    "cells-joined": {
        "es": "una tabla tenía celdas combinadas; revise sus columnas",
        "en": "a table had merged cells; look at its columns",
    },
    "object-lost": {
        "es": "un gráfico, diagrama u objeto incrustado no viene; cópielo como imagen",
        "en": "a chart, diagram or embedded object does not come; copy it as a picture",
    },
    "link-lost": {
        "es": "el enlace «{what}» no lleva a una página web; queda su texto",
        "en": "the link “{what}” does not lead to a web page; its text stays",
    },
    "picture-outside": {
        "es": "una imagen no venía en el documento, solo su dirección; súbala al curso",
        "en": "a picture was not in the document, only its address; upload it to the course",
    },
    "picture-unshown": {
        "es": "la imagen «{what}» está dañada o es de una clase que el navegador no muestra; guárdela como PNG y súbala",
        "en": "the picture “{what}” is damaged or of a kind that browsers do not show; save it as PNG and upload it",
    },
    "picture-too-large": {
        "es": "la imagen «{what}» es demasiado grande; redúzcala y súbala",
        "en": "the picture “{what}” is too large; reduce it and upload it",
    },
    "picture-too-many": {
        "es": "la imagen «{what}» no viene porque el documento tiene demasiadas; súbala al curso",
        "en": "the picture “{what}” does not come because the document has too many; upload it to the course",
    },
}
"""Code of a remark to language to sentence."""

ANSWER_UNKNOWN = {
    "es": "no se reconoce cuál es la respuesta correcta; márquela en el documento con negrita o con un asterisco al final",
    "en": "which answer is right cannot be recognised; mark it in the document in bold or with an asterisk at its end",
}

TABLE_REMARKS: dict[str, dict[str, str]] = {
    "table-empty": {
        "es": "la tabla no tiene renglones con preguntas",
        "en": "the table has no rows with questions",
    },
    "table-headings": {
        "es": "no se encontró la columna «{what}»; ponga ese nombre en el primer renglón",
        "en": "the column “{what}” was not found; put that heading into the first row",
    },
    "table-heading-twice": {
        "es": "la columna «{what}» está dos veces; deje una",
        "en": "the column “{what}” is there twice; leave one",
    },
    "table-rows": {
        "es": "la tabla tiene más de {limit} renglones; divídala en varias",
        "en": "the table has more than {limit} rows; split it into several",
    },
    "table-cell": {
        "es": "una celda tiene más de {limit} signos; acórtela",
        "en": "a cell has more than {limit} characters; shorten it",
    },
    "table-form": {
        "es": "el archivo no se puede leer como tabla en este renglón; guárdelo otra vez como CSV o .xlsx",
        "en": "the file cannot be read as a table at this row; save it again as CSV or .xlsx",
    },
    "row-prompt": {
        "es": "el renglón no tiene pregunta",
        "en": "the row has no question",
    },
    "row-right": {
        "es": "el renglón no dice cuál es la respuesta correcta",
        "en": "the row does not say which answer is right",
    },
    "row-right-unknown": {
        "es": "«{what}» no es una de sus opciones; escriba la letra o el texto de la opción",
        "en": "“{what}” is none of its options; write the letter or the text of the option",
    },
    "row-type": {
        "es": "no hay preguntas de tipo «{what}»; escriba única, varias, verdadero o falso, número o texto",
        "en": "there are no questions of the type “{what}”; write single, multiple, true or false, number or text",
    },
    "column-ignored": {
        "es": "la columna «{what}» no se usa",
        "en": "the column “{what}” is not used",
    },
}
"""Code of a remark on a table of questions to language to sentence."""


def arrival_sentence(remark: ArrivalRemark, lang: str) -> str:
    """Say what a remark on a document means, without a full stop.

    Args:
        remark: On a document or a paste.
        lang: `es` or any tag that begins so; everything else gets English.
    """
    language = "es" if lang.startswith("es") else "en"
    return ARRIVAL_REMARKS[remark.code][language].format(**remark.facts)


def question_sentence(remark: Remark, lang: str) -> str:
    """Say why a question cannot come, or what changes of it, without a full stop.

    Args:
        remark: On a question of a document or of a table.
        lang: As above.
    """
    language = "es" if lang.startswith("es") else "en"
    if remark.code == NO_ANSWER:
        return ANSWER_UNKNOWN[language]
    if remark.code in TABLE_REMARKS:
        return TABLE_REMARKS[remark.code][language].format(**remark.facts)
    return exchange_sentence(remark, lang)
