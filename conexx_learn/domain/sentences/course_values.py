"""What the check says of a bad value (E004): for each key, what is allowed."""

_ALLOWED: dict[str, tuple[str, str]] = {
    "version": (
        'Dos números con un punto, entre comillas: version = "1.0".',
        'Two numbers with a dot, in quotation marks: version = "1.0".',
    ),
    "source-language": (
        'Las letras de un idioma: "es", "en", "pt"…',
        'The letters of a language: "es", "en", "pt"…',
    ),
    "hours": (
        "Un número mayor que 0, en cuartos de hora: 0.25, 6, 7.5 (como máximo 1000).",
        "A number above 0, in quarters of an hour: 0.25, 6, 7.5 (at most 1000).",
    ),
    "eqf-level": ("Un número entero de 1 a 8.", "A whole number from 1 to 8."),
    "validity-months": (
        "Meses enteros, de 1 a 1200; sin esta línea la constancia no vence.",
        "Whole months, 1 to 1200; without this line a certificate does not run out.",
    ),
    "pass-mark": (
        "Un porcentaje entero de 1 a 100, sin el signo.",
        "A whole percentage from 1 to 100, without the sign.",
    ),
    "grants-list": (
        'Una lista como [{{ competency = "K1", level = 2 }}]; vacía si no hay ninguna.',
        'A list such as [{{ competency = "K1", level = 2 }}]; empty where there is none.',
    ),
    "grants-competency": (
        'El nombre de una competencia, entre comillas: "K1".',
        'The code of a competency, in quotation marks: "K1".',
    ),
    "grants-level": (
        "Un nivel de 1 a 4 (nociones básicas, capacitación, experiencia, pleno dominio).",
        "A level from 1 to 4 (aware, trained, experienced, expert).",
    ),
    "prerequisites": (
        'Una lista de cursos sin repetir: ["first-steps"].',
        'A list of courses, none twice: ["first-steps"].',
    ),
    "outcomes": (
        'Una lista sin repetir de nombres como ["lo-1", "lo-2"].',
        'A list, none twice, of names such as ["lo-1", "lo-2"].',
    ),
    "assessment": (
        "Una lista con: quiz, written-exam, oral, marked-assignment, continuous, portfolio, practical, project, peer-assessment, peer-review, group, attendance, artefact, problem-based.",
        "A list of: quiz, written-exam, oral, marked-assignment, continuous, portfolio, practical, project, peer-assessment, peer-review, group, attendance, artefact, problem-based.",
    ),
    "participation": (
        '"online", "blended" o "presential".',
        '"online", "blended" or "presential".',
    ),
    "quality-assurance": (
        "Una dirección que empiece con https://.",
        "An address that begins with https://.",
    ),
    "ects": (
        "Un número mayor que 0, por ejemplo 0.5.",
        "A number above 0, for example 0.5.",
    ),
    "supervision": (
        "Un texto entre comillas, de 500 caracteres como máximo.",
        "A text in quotation marks, at most 500 characters.",
    ),
    "access": ('"open" o "members".', '"open" or "members".'),
    "final-minutes": (
        "Minutos enteros, de 0 a 6000.",
        "Whole minutes, 0 to 6000.",
    ),
    "modules-list": (
        "Al menos una tabla [[modules]], cada una con slug y minutes.",
        "At least one [[modules]] table, each with slug and minutes.",
    ),
    "modules-slug": (
        "De 3 a 60 letras a-z, dígitos y guiones sueltos, como en el nombre del archivo.",
        "3 to 60 of a-z, digits and single hyphens, as in the file name.",
    ),
    "modules-minutes": (
        "Minutos enteros de lectura, de 0 a 6000.",
        "Whole minutes of reading, 0 to 6000.",
    ),
    "modules-quiz-minutes": (
        "Minutos enteros del cuestionario, de 0 a 6000.",
        "Whole minutes of the quiz, 0 to 6000.",
    ),
    "modules-task-minutes": (
        "Minutos enteros de la tarea, de 0 a 6000.",
        "Whole minutes of the task, 0 to 6000.",
    ),
    "modules-required": ("true o false, sin comillas.", "true or false, unquoted."),
    "modules-outcomes": (
        'Una lista de resultados del curso, como ["lo-1"].',
        'A list of the course\'s outcomes, such as ["lo-1"].',
    ),
    "modules-valid-until": (
        "Una fecha sin comillas: 2027-06-30.",
        "A date without quotation marks: 2027-06-30.",
    ),
    "competency": (
        "Cada competencia es una tabla [K1] con title.es, title.en y function, todos textos.",
        "Each competency is a table [K1] with title.es, title.en and function, all texts.",
    ),
    "weight": (
        "Un peso entero de 1 a 100: weight: 20.",
        "A whole weight from 1 to 100: weight: 20.",
    ),
    "section": (
        "Una palabra de minúsculas, cifras y guiones: section: capacidad.",
        "One word of small letters, digits and hyphens: section: capacity.",
    ),
    "least": (
        "Puntos enteros, no más de los que suma la sección: least: 12.",
        "Whole points, no more than the section can earn: least: 12.",
    ),
    "least-twice": (
        "Escriba el mínimo de una sección en uno solo de sus criterios.",
        "Write the minimum of a section in only one of its criteria.",
    ),
    "criterion-twice": (
        "Dé a cada criterio un identificador propio.",
        "Give each criterion an id of its own.",
    ),
    "weights": (
        "Los pesos de todos los criterios suman 100.",
        "The weights of all criteria sum to 100.",
    ),
}

_OTHER: dict[str, dict[str, tuple[str, str]]] = {
    "E004.encoding": {
        "es": (
            "el archivo no está en UTF-8 a partir de aquí",
            "Guárdelo de nuevo en el editor con la codificación UTF-8.",
        ),
        "en": (
            "the file is not UTF-8 from here on",
            "Save it again in the editor with the encoding UTF-8.",
        ),
    },
    "E004.title": {
        "es": ("el título es demasiado largo", "Como máximo 200 caracteres."),
        "en": ("the title is too long", "At most 200 characters."),
    },
    "E004.summary": {
        "es": (
            "el resumen tiene {value} caracteres",
            "Como máximo 300: es lo que muestra el catálogo.",
        ),
        "en": (
            "the summary has {value} characters",
            "At most 300: it is what the catalogue shows.",
        ),
    },
    "E004.translates": {
        "es": (
            "«{value}» no dice qué se traduce",
            "Escriba translates: {expected}",
        ),
        "en": (
            "“{value}” does not say what is translated",
            "Write translates: {expected}",
        ),
    },
    "E004.reserved": {
        "es": (
            "un módulo no puede llamarse «{value}»",
            "final, enrolment, new, quiz y work tienen otro uso en las direcciones; elija otra palabra.",
        ),
        "en": (
            "a module cannot be called “{value}”",
            "final, enrolment, new, quiz and work mean something else in addresses; choose another word.",
        ),
    },
    "E004.repeated": {
        "es": (
            "el módulo «{value}» está dos veces en course.toml",
            "Quite una de las dos tablas [[modules]].",
        ),
        "en": (
            "the module “{value}” is twice in course.toml",
            "Remove one of the two [[modules]] tables.",
        ),
    },
    "E004.outcome-unknown": {
        "es": (
            "«{value}» no está entre los outcomes del curso",
            "Agréguelo a outcomes, arriba, con su texto en course.<idioma>.md, o corríjalo.",
        ),
        "en": (
            "“{value}” is not among the outcomes of the course",
            "Add it to outcomes above, with its text in course.<language>.md, or mend it.",
        ),
    },
    "E004.criterion": {
        "es": (
            "no se entiende el criterio «{value}»",
            "Escriba ## identificador | Criterio.",
        ),
        "en": ("the criterion “{value}” is not understood", "Write ## id | Criterion."),
    },
    "E004.criteria": {
        "es": (
            "sus criterios, pesos o mínimos no son los de {value}",
            "Escriba los mismos identificadores, weight, section y least, en el mismo orden.",
        ),
        "en": (
            "its criteria, weights or minimums are not those of {value}",
            "Write the same ids, weight, section and least, in the same order.",
        ),
    },
    "E004.levels": {
        "es": (
            "el criterio «{value}» no tiene los niveles 0 a 5, cada uno una vez",
            "Escriba seis líneas, de «- [0] …» a «- [5] …».",
        ),
        "en": (
            "the criterion “{value}” does not have the levels 0 to 5, each once",
            "Write six lines, from “- [0] …” to “- [5] …”.",
        ),
    },
}

COURSE_VALUES: dict[str, dict[str, tuple[str, str]]] = {
    **{
        f"E004.{variant}": {
            "es": ("«{value}» no sirve para {key}", spanish),
            "en": ("“{value}” will not do for {key}", english),
        }
        for variant, (spanish, english) in _ALLOWED.items()
    },
    **_OTHER,
}
"""`E004.variant` to language to message and hint."""
