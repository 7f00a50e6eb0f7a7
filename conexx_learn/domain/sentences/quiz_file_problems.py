"""What the check says of the lines of a quiz file: its head, headings and attributes."""

QUIZ_FILE_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "E101": {
        "es": (
            "el archivo no está en UTF-8, o tiene aquí un signo que no es texto",
            "Guárdelo de nuevo en el editor con la codificación UTF-8.",
        ),
        "en": (
            "the file is not UTF-8, or has a sign here that is no text",
            "Save it again in the editor with the encoding UTF-8.",
        ),
    },
    "E102": {
        "es": (
            "los datos del principio no están bien escritos en «{line}»",
            "El archivo comienza en la línea 1 con ---, siguen líneas «clave: valor» sin sangría, y otra línea --- los cierra.",
        ),
        "en": (
            "the facts at the top are not well formed at “{line}”",
            "The file begins on line 1 with ---, then come `key: value` lines without indentation, and another --- closes them.",
        ),
    },
    "E103": {
        "es": (
            "falta «{key}»",
            "Agréguelo al principio del archivo, entre las dos líneas ---.",
        ),
        "en": (
            "“{key}” is missing",
            "Add it at the top of the file, between the two lines ---.",
        ),
    },
    "E103.case": {
        "es": ("el caso no tiene título", "Escriba: {proposal}"),
        "en": ("the case has no title", "Write: {proposal}"),
    },
    "E103.translates": {
        "es": (
            "falta «translates/traduce»: no se sabe a qué texto corresponde la traducción",
            "Cuando la traducción esté al día, escriba: translates: {expected}",
        ),
        "en": (
            "“translates/traduce” is missing: nobody knows which text this translates",
            "When the translation is up to date, write: translates: {expected}",
        ),
    },
    "E104": {
        "es": ("«{value}» no es un valor de «{key}»", "Se puede escribir: {allowed}"),
        "en": ("“{value}” is no value of “{key}”", "What can be written: {allowed}"),
    },
    "E105": {
        "es": (
            "lo que abre «{sign}» no se cierra",
            "Cierre el bloque de código con la misma línea de signos, o el comentario con -->.",
        ),
        "en": (
            "what “{sign}” opens is not closed",
            "Close the code block with the same line of signs, or the comment with -->.",
        ),
    },
    "E106": {
        "es": ("«{key}» ya está en la línea {line}", "Deje uno solo de los dos."),
        "en": ("“{key}” is already on line {line}", "Keep only one of the two."),
    },
    "E110": {
        "es": (
            "no se conoce el título «{found}»",
            "Solo hay # Banco:, # Sección:, # Caso:, ## id | título, y ### Explicación, Pista, Correcto, Parcial o Incorrecto dentro de una pregunta. En los textos use **negrita**.",
        ),
        "en": (
            "the heading “{found}” is not known",
            "There are only # Pool:, # Section:, # Case:, ## id | title, and ### Explanation, Hint, Right, Partly or Wrong inside a question. In texts use **bold**.",
        ),
    },
    "E110.meant": {
        "es": (
            "no se conoce el título «{found}»; ¿quiso decir «{suggestion}»?",
            "En los textos use **negrita** en vez de títulos.",
        ),
        "en": (
            "the heading “{found}” is not known; did you mean “{suggestion}”?",
            "In texts use **bold** instead of headings.",
        ),
    },
    "E111": {
        "es": (
            "falta el id en «{found}»",
            "Toda pregunta comienza con su id y su título; por ejemplo: {proposal}",
        ),
        "en": (
            "“{found}” lacks its id",
            "Every question begins with its id and title; for example: {proposal}",
        ),
    },
    "E112": {
        "es": (
            "«{found}» no es un id",
            "Use de 3 a 60 letras minúsculas sin acento, cifras y guiones sencillos; por ejemplo: {proposal}",
        ),
        "en": (
            "“{found}” is no id",
            "Use 3 to 60 small letters a-z, digits and single hyphens; for example: {proposal}",
        ),
    },
    "E113": {
        "es": (
            "el id «{id}» está dos veces: {path}:{line} y {other_path}:{other_line}",
            "Los ids son únicos en todo el repositorio; cambie el más nuevo, que todavía no tiene respuestas.",
        ),
        "en": (
            "the id “{id}” occurs twice: {path}:{line} and {other_path}:{other_line}",
            "Ids are unique in the whole repository; change the newer one, which has no answers yet.",
        ),
    },
    "E120": {
        "es": (
            "no se conoce el atributo «{key}»",
            "Si es texto, deje una línea vacía después del título.",
        ),
        "en": (
            "the attribute “{key}” is not known",
            "If this is text, leave an empty line after the title.",
        ),
    },
    "E120.meant": {
        "es": (
            "no se conoce el atributo «{key}»; ¿quiso decir «{suggestion}»?",
            "Si es texto, deje una línea vacía después del título.",
        ),
        "en": (
            "the attribute “{key}” is not known; did you mean “{suggestion}”?",
            "If this is text, leave an empty line after the title.",
        ),
    },
    "E121": {
        "es": (
            "«{key}» no va aquí",
            "Cada atributo tiene su sitio: al principio del archivo, bajo una sección, o bajo una pregunta del tipo al que corresponde. Si es texto, deje una línea vacía después del título.",
        ),
        "en": (
            "“{key}” does not belong here",
            "Each attribute has its place: at the top of the file, below a section, or below a question of the type that it is for. If this is text, leave an empty line after the title.",
        ),
    },
    "E130": {
        "es": (
            "la pregunta no tiene enunciado",
            "Escriba qué se pregunta antes de la primera opción, después de una línea vacía.",
        ),
        "en": (
            "the question has no prompt",
            "Write what is asked before the first option, after an empty line.",
        ),
    },
    "E131": {
        "es": (
            "la pregunta no tiene respuestas",
            "Agregue opciones, por ejemplo «- (x) …» y «- ( ) …», o la línea «tipo: open» si se responde con un texto.",
        ),
        "en": (
            "the question has no answers",
            "Add options, for example `- (x) …` and `- ( ) …`, or the line `type: open` if people answer with a text.",
        ),
    },
}
