"""What the check says of sections, translations and references of a quiz."""

QUIZ_WHOLE_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "E301": {
        "es": (
            "el banco «{id}» sortea {draw}, pero solo hay {usable} para sortear",
            "Baje el número o agregue preguntas; los borradores y las anuladas con drop no cuentan.",
        ),
        "en": (
            "the pool “{id}” draws {draw}, but there are only {usable} to draw from",
            "Lower the number or add questions; drafts and those voided with drop do not count.",
        ),
    },
    "E302": {
        "es": (
            "los puntos no son iguales en el banco «{id}»: {found} y {expected}",
            "Dé los mismos puntos a todo lo que se sortea, para que el máximo sea igual para cada participante.",
        ),
        "en": (
            "the points in the pool “{id}” are not equal: {found} and {expected}",
            "Give the same points to all that is drawn, so that the maximum is the same for every learner.",
        ),
    },
    "E303": {
        "es": (
            "el banco «{id}» tiene un texto propio",
            "Un banco no tiene texto: páselo a las preguntas, o use # Sección: o # Caso:.",
        ),
        "en": (
            "the pool “{id}” has a text of its own",
            "A pool has no text: move it into the questions, or use # Section: or # Case:.",
        ),
    },
    "E303.case": {
        "es": (
            "el caso «{id}» no tiene relato",
            "Cuente el caso debajo de su título, antes de la primera pregunta.",
        ),
        "en": (
            "the case “{id}” has no narrative",
            "Tell the case below its heading, before the first question.",
        ),
    },
    "E304": {
        "es": (
            "el banco «{pool}» del caso «{id}» no existe o tiene preguntas propias",
            "Agregue # Banco: {pool}, sin preguntas, y los casos que lo nombran se sortean enteros.",
        ),
        "en": (
            "the pool “{pool}” of the case “{id}” does not exist or has questions of its own",
            "Add # Pool: {pool} without questions; the cases that name it are drawn whole.",
        ),
    },
    "E305": {
        "es": (
            "el cuestionario no tiene ninguna pregunta que dé puntos",
            "Agregue una pregunta: ## id | título. Los borradores y las anuladas con drop no cuentan.",
        ),
        "en": (
            "the quiz has no question that gives points",
            "Add a question: ## id | title. Drafts and those voided with drop do not count.",
        ),
    },
    "E401.missing": {
        "es": (
            "en la traducción falta «{id}», que está en {source}:{line}",
            "Tradúzcalo con el mismo id.",
        ),
        "en": (
            "the translation lacks “{id}”, which is in {source}:{line}",
            "Translate it with the same id.",
        ),
    },
    "E401.surplus": {
        "es": (
            "«{id}» está en la traducción y no en {source}",
            "Corrija el id, o quítelo: una traducción no agrega preguntas ni secciones.",
        ),
        "en": (
            "“{id}” is in the translation and not in {source}",
            "Correct the id, or take it out: a translation adds no questions or sections.",
        ),
    },
    "E402": {
        "es": (
            "las respuestas de «{id}» no corresponden a las del texto de origen: aquí {found}, allá {expected}",
            "Deje el mismo número de opciones, en el mismo orden y con las mismas marcas.",
        ),
        "en": (
            "the answers of “{id}” do not correspond to the source: here {found}, there {expected}",
            "Keep the same number of options, in the same order and with the same markers.",
        ),
    },
    "E403": {
        "es": (
            "«{key}» no coincide con el texto de origen: aquí {found}, allá {expected}",
            "Puede omitirse en la traducción; si está, debe decir lo mismo.",
        ),
        "en": (
            "“{key}” differs from the source: here {found}, there {expected}",
            "It may be left out in a translation; where it stands it must say the same.",
        ),
    },
    "E501": {
        "es": (
            "no se conoce la competencia «{code}»",
            "Están en competencies.toml: {known}.",
        ),
        "en": (
            "the competency “{code}” is not known",
            "In competencies.toml there are: {known}.",
        ),
    },
    "E502": {
        "es": (
            "no se encuentra «{target}»",
            "Un módulo se nombra por su archivo sin idioma; una imagen está en media/ y se escribe media/nombre.svg.",
        ),
        "en": (
            "“{target}” is not found",
            "A module is named by its file without the language; an image is in media/ and is written media/name.svg.",
        ),
    },
}
