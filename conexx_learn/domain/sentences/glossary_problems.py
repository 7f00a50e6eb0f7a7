"""What the check says of a glossary: message and hint, in Spanish and English."""

GLOSSARY_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "E003.term": {
        "es": (
            "falta un término: «## término», y debajo su explicación",
            "Cada texto de un glosario va debajo del término que explica; antes del primero no hay nada.",
        ),
        "en": (
            "a term is missing: “## term”, and its explanation below",
            "Each text of a glossary stands below the term that it explains; nothing stands before the first.",
        ),
    },
    "E003.explanation": {
        "es": (
            "el término «{title}» no tiene explicación",
            "Escríbala debajo, en una o dos frases.",
        ),
        "en": (
            "the term “{title}” has no explanation",
            "Write it below, in a sentence or two.",
        ),
    },
    "E004.term": {
        "es": (
            "no se entiende el término «{value}»",
            "Escriba ## término, ## término (otro nombre) o ## término {{: #identificador }}; el identificador tiene de 3 a 60 letras a-z, dígitos y guiones sueltos.",
        ),
        "en": (
            "the term “{value}” is not understood",
            "Write ## term, ## term (other name) or ## term {{: #id }}; an id has 3 to 60 of a-z, digits and single hyphens.",
        ),
    },
    "E011.term": {
        "es": (
            "«{title}» no es un término: su nivel no es ##",
            "En un glosario solo los términos llevan ##; divida la explicación en párrafos.",
        ),
        "en": (
            "“{title}” is no term: its level is not ##",
            "In a glossary only terms have ##; divide an explanation into paragraphs.",
        ),
    },
    "E013.term": {
        "es": (
            "«{target}» no es ningún término de este glosario",
            "Corríjalo o quítelo de unlinked: ahí van nombres que el glosario tiene, separados por punto y coma.",
        ),
        "en": (
            "“{target}” is no term of this glossary",
            "Mend it or take it out of unlinked: it lists names that the glossary has, separated by semicolons.",
        ),
    },
    "E113.term": {
        "es": (
            "«{id}» está dos veces: línea {line} y línea {other_line}",
            "Un término se explica una sola vez; junte los dos o cambie un nombre.",
        ),
        "en": (
            "“{id}” occurs twice: line {line} and line {other_line}",
            "A term is explained once; join the two or change a name.",
        ),
    },
}
"""`code.variant` to language to message and hint."""
