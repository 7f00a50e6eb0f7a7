"""Why a document, a table or a picture from outside is not taken, and what to do."""

OFFICE_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "E008.office-size": {
        "es": (
            "«{entry}» pasa de {limit} MB",
            "Divida el documento en dos, o comprima sus imágenes en Word (Formato de imagen, Comprimir imágenes).",
        ),
        "en": (
            "“{entry}” has more than {limit} MB",
            "Split the document in two, or compress its pictures in Word (Picture Format, Compress Pictures).",
        ),
    },
    "E008.office-entries": {
        "es": (
            "«{entry}» está hecho de más de {limit} partes",
            "Divida el documento en dos y tráigalos uno por uno.",
        ),
        "en": (
            "“{entry}” is made of more than {limit} parts",
            "Split the document in two and bring them one by one.",
        ),
    },
    "E008.office-bursts": {
        "es": (
            "«{entry}» ocupa, una vez abierto, más espacio del permitido",
            "Compruebe que el archivo sea de confianza; si lo es, divídalo en dos. No se usó nada de él.",
        ),
        "en": (
            "“{entry}” takes more room, once opened, than is allowed",
            "Check that the file is one to trust; if it is, split it in two. Nothing of it was used.",
        ),
    },
    "E008.office-long": {
        "es": (
            "«{entry}» es demasiado largo para traerlo de una vez",
            "Divídalo en dos o tres documentos y tráigalos uno por uno; así quedan en un solo curso.",
        ),
        "en": (
            "“{entry}” is too long to be brought at once",
            "Split it into two or three documents and bring them one by one; they end up in one course.",
        ),
    },
    "E008.office-block": {
        "es": (
            "«{entry}» tiene un párrafo o una tabla de más de {limit} KiB, cerca de «{place}»",
            "Divídalo en partes más cortas y vuelva a traer el documento.",
        ),
        "en": (
            "“{entry}” has a paragraph or a table of more than {limit} KiB, near “{place}”",
            "Split it into shorter parts and bring the document again.",
        ),
    },
    "E008.office-modules": {
        "es": (
            "«{entry}» daría más de {limit} módulos",
            "Use el estilo «Título 1» solo para lo que deba ser un módulo, o divida el documento.",
        ),
        "en": (
            "“{entry}” would give more than {limit} modules",
            "Use the style “Heading 1” only for what should be a module, or split the document.",
        ),
    },
    "E008.paste-size": {
        "es": (
            "lo que pegó pasa de {limit} MB",
            "Pegue una parte a la vez, o suba el documento de Word. Lo que pegó sigue en su pantalla.",
        ),
        "en": (
            "what you pasted has more than {limit} MB",
            "Paste one part at a time, or upload the Word document. What you pasted is still on your screen.",
        ),
    },
    "E008.paste-nested": {
        "es": (
            "lo que pegó tiene demasiados elementos unos dentro de otros",
            "Péguelo primero en un documento nuevo de Word y cópielo de ahí, o péguelo sin formato.",
        ),
        "en": (
            "what you pasted has too many elements inside one another",
            "Paste it into a new Word document first and copy it from there, or paste it without its formatting.",
        ),
    },
    "E008.picture-size": {
        "es": (
            "la imagen «{entry}» pasa de {limit} MB",
            "Guárdela más pequeña y vuelva a subirla.",
        ),
        "en": (
            "the picture “{entry}” has more than {limit} MB",
            "Save it smaller and upload it again.",
        ),
    },
    "E008.picture-pixels": {
        "es": (
            "la imagen «{entry}» tiene más de {limit} millones de puntos",
            "Redúzcala a 2000 puntos de ancho: en la página no se ve más grande.",
        ),
        "en": (
            "the picture “{entry}” has more than {limit} million pixels",
            "Reduce it to 2000 pixels wide: the page shows it no larger.",
        ),
    },
    "E008.picture-many": {
        "es": (
            "la imagen «{entry}» no cabe: un documento trae como máximo {limit} imágenes, o 400 millones de puntos",
            "Súbala después, desde el curso, o divida el documento.",
        ),
        "en": (
            "the picture “{entry}” does not fit: a document brings at most {limit} pictures, or 400 million pixels",
            "Upload it afterwards, from the course, or split the document.",
        ),
    },
    "E009.picture-kind": {
        "es": (
            "la imagen «{entry}» está dañada o es de una clase que no se puede mostrar",
            "Ábrala en su equipo y guárdela como PNG o JPG.",
        ),
        "en": (
            "the picture “{entry}” is damaged or of a kind that cannot be shown",
            "Open it on your computer and save it as PNG or JPG.",
        ),
    },
    "E009.office-locked": {
        "es": (
            "«{entry}» tiene contraseña o es de una versión antigua",
            "Ábralo, quite la contraseña y guárdelo como {ending}.",
        ),
        "en": (
            "“{entry}” has a password or is of an old version",
            "Open it, take the password off and save it as {ending}.",
        ),
    },
    "E009.office-macros": {
        "es": (
            "«{entry}» lleva macros, que son programas",
            "Guárdelo como {ending}, sin macros, y vuelva a traerlo.",
        ),
        "en": (
            "“{entry}” carries macros, which are programs",
            "Save it as {ending}, without macros, and bring it again.",
        ),
    },
    "E009.office-kind": {
        "es": (
            "«{entry}» no es un archivo {ending}",
            "Ábralo en el programa con que lo escribió y guárdelo como {ending}: cambiar solo el nombre no lo convierte.",
        ),
        "en": (
            "“{entry}” is not a {ending} file",
            "Open it in the program that you wrote it with and save it as {ending}: a new name alone does not convert it.",
        ),
    },
    "E009.office-damaged": {
        "es": (
            "«{entry}» está dañado y no se puede leer",
            "Ábralo en su equipo, guárdelo otra vez como {ending} y vuelva a traerlo.",
        ),
        "en": (
            "“{entry}” is damaged and cannot be read",
            "Open it on your computer, save it again as {ending} and bring it again.",
        ),
    },
    "E009.office-xml": {
        "es": (
            "una parte de «{entry}» ({part}) está dañada o declara lo que por seguridad no se lee",
            "Copie el texto a un documento nuevo, guárdelo y traiga ese.",
        ),
        "en": (
            "a part of “{entry}” ({part}) is damaged or declares what is not read, for safety",
            "Copy the text into a new document, save it and bring that one.",
        ),
    },
    "E009.office-empty": {
        "es": (
            "«{entry}» no tiene texto que se pueda traer",
            "Compruebe que sea el documento correcto; de un documento escaneado, que es una imagen, no se puede leer el texto.",
        ),
        "en": (
            "“{entry}” has no text that can be brought",
            "Check that it is the right document; of a scanned document, which is a picture, the text cannot be read.",
        ),
    },
}
"""Code and variant to language to message and hint."""
