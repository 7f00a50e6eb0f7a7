"""What the check says of a course folder: message and hint, in Spanish and English.

A key is a code, or a code and a variant joined by a dot, for codes that cover several
faults. Placeholders are the facts of the problem.
"""

from conexx_learn.domain.sentences.course_values import COURSE_VALUES

Sentences = dict[str, dict[str, tuple[str, str]]]

_FOLDER: Sentences = {
    "E001": {
        "es": (
            "no es TOML: no se entiende «{text}»",
            "Cada línea es «nombre = valor»; los textos van entre comillas y toda comilla o corchete se cierra.",
        ),
        "en": (
            "not TOML: “{text}” is not understood",
            'Each line is "name = value"; texts stand in quotation marks, and every mark or bracket is closed.',
        ),
    },
    "E001.closed-form": {
        "es": (
            "course.toml tiene una falta y por eso no puede cambiarse con un formulario",
            "Abra course.toml como texto y corrija la línea indicada.",
        ),
        "en": (
            "course.toml has a fault, so no form can change it",
            "Open course.toml as text and mend the line named.",
        ),
    },
    "E001.missing": {
        "es": (
            "falta course.toml",
            "Créelo con version, source_language, hours y una tabla [[modules]] por módulo; «flask courses new» escribe uno completo.",
        ),
        "en": (
            "course.toml is missing",
            "Make it with version, source_language, hours and one [[modules]] table a module; `flask courses new` writes a whole one.",
        ),
    },
    "E001.encoding": {
        "es": (
            "el archivo no está en UTF-8",
            "Guárdelo de nuevo en el editor con la codificación UTF-8.",
        ),
        "en": (
            "the file is not UTF-8",
            "Save it again in the editor with the encoding UTF-8.",
        ),
    },
    "E002": {
        "es": ("no se conoce «{key}»", "Se puede escribir: {known}."),
        "en": ("“{key}” is not known", "What can be written: {known}."),
    },
    "E002.meant": {
        "es": (
            "no se conoce «{key}»; ¿quiso decir «{meant}»?",
            "Se puede escribir: {known}.",
        ),
        "en": (
            "“{key}” is not known; did you mean “{meant}”?",
            "What can be written: {known}.",
        ),
    },
    "E003": {
        "es": (
            "falta «{key}»",
            "Agréguelo en este archivo; los datos de un texto van al principio, entre dos líneas de tres guiones (---).",
        ),
        "en": (
            "“{key}” is missing",
            "Add it to this file; the facts of a text stand at its top, between two lines of three hyphens (---).",
        ),
    },
    "E005": {
        "es": (
            "el módulo «{slug}» de course.toml no tiene archivo en el idioma de origen",
            "Escriba {file}, o quite su tabla [[modules]].",
        ),
        "en": (
            "the module “{slug}” of course.toml has no file in the source language",
            "Write {file}, or remove its [[modules]] table.",
        ),
    },
    "E005.unlisted": {
        "es": (
            "«{slug}» no está en course.toml",
            'Agregue una tabla [[modules]] con slug = "{slug}" y sus minutos, o quite el archivo.',
        ),
        "en": (
            "“{slug}” is not in course.toml",
            'Add a [[modules]] table with slug = "{slug}" and its minutes, or remove the file.',
        ),
    },
    "E005.quiz-alone": {
        "es": (
            "el cuestionario de «{slug}» no tiene módulo",
            "El módulo y su cuestionario se llaman igual, con el mismo número; revise cómo está escrito.",
        ),
        "en": (
            "the quiz of “{slug}” has no module",
            "A module and its quiz have the same name and number; look at the spelling.",
        ),
    },
    "E005.quiz-source": {
        "es": (
            "el cuestionario de «{slug}» no existe en el idioma de origen ({language})",
            "Escríbalo primero en ese idioma; este es su traducción.",
        ),
        "en": (
            "the quiz of “{slug}” does not exist in the source language ({language})",
            "Write it in that language first; this one is its translation.",
        ),
    },
    "E005.course-text": {
        "es": (
            "falta {file}, la página del curso en el idioma de origen",
            "Escríbala con title, summary y un texto por cada resultado (lo-1: …).",
        ),
        "en": (
            "{file} is missing, the course page in the source language",
            "Write it with title, summary and a text for each outcome (lo-1: …).",
        ),
    },
    "E005.no-course": {
        "es": (
            "no hay ningún curso en {entry}",
            "Dé la carpeta de un curso (con course.toml) o una carpeta que contenga cursos.",
        ),
        "en": (
            "there is no course in {entry}",
            "Give the folder of a course (with course.toml) or a folder that holds courses.",
        ),
    },
    "E006": {
        "es": (
            "«{slug}» no está en el orden de los números de los archivos ({file})",
            "Mueva su tabla [[modules]] o cambie el número del archivo: los dos deben decir el mismo orden.",
        ),
        "en": (
            "“{slug}” is not in the order of the files' numbers ({file})",
            "Move its [[modules]] table or change the file's number: both must tell the same order.",
        ),
    },
    "E006.number": {
        "es": (
            "el número del archivo no es único: «{slug}» y «{other}»",
            "Cada módulo tiene un solo número, el mismo en todos sus idiomas y en su cuestionario.",
        ),
        "en": (
            "the file's number is not unique: “{slug}” and “{other}”",
            "Each module has one number, the same in all its languages and in its quiz.",
        ),
    },
    "E007": {
        "es": (
            "no se entiende el nombre del archivo «{name}»",
            "Los nombres son NN-slug.es.md, NN-slug.quiz.es.md, final.quiz.es.md, course.es.md, rubric.es.md y media/imagen.svg.",
        ),
        "en": (
            "the file name “{name}” is not understood",
            "Names are NN-slug.en.md, NN-slug.quiz.en.md, final.quiz.en.md, course.en.md, rubric.en.md and media/image.svg.",
        ),
    },
    "E007.meant": {
        "es": (
            "no se entiende el nombre del archivo «{name}»; ¿quiso decir «{meant}»?",
            "Los nombres llevan minúsculas, dígitos y guiones, el número con dos cifras y el idioma antes de .md.",
        ),
        "en": (
            "the file name “{name}” is not understood; did you mean “{meant}”?",
            "Names have small letters, digits and hyphens, the number in two digits, and the language before .md.",
        ),
    },
    "E007.folder": {
        "es": (
            "«{name}» no sirve como nombre de un curso",
            "Use de 3 a 60 caracteres: letras a-z, dígitos y guiones sueltos, como gestion-del-agua.",
        ),
        "en": (
            "“{name}” will not do as the name of a course",
            "Use 3 to 60 characters: a-z, digits and single hyphens, such as water-management.",
        ),
    },
    "E007.taken": {
        "es": ("ya existe {entry}", "Elija otro nombre para el curso nuevo."),
        "en": ("{entry} exists already", "Choose another name for the new course."),
    },
    "E007.exists": {
        "es": (
            "ya existe {entry}, con otro contenido",
            "Elija otro nombre o quite antes lo que hay; «import --overwrite» lo reemplaza.",
        ),
        "en": (
            "{entry} exists already, with other content",
            "Choose another name or remove what is there first; `import --overwrite` replaces it.",
        ),
    },
    "E007.draft-path": {
        "es": (
            "el nombre «{name}» no sirve para un archivo del curso",
            "Use letras sin acento, cifras y guiones, como 01-el-agua.es.md; las imágenes van en media/.",
        ),
        "en": (
            "the name “{name}” cannot be that of a file of the course",
            "Use letters without accents, digits and hyphens, such as 01-the-water.en.md; images go into media/.",
        ),
    },
    "E007.sent-path": {
        "es": (
            "el nombre «{entry}» no es el de un archivo dentro de una carpeta",
            "Cambie el nombre y envíelo de nuevo; no se usó nada de este envío.",
        ),
        "en": (
            "the name “{entry}” is not that of a file inside a folder",
            "Change the name and send it again; nothing of this was used.",
        ),
    },
    "E007.sent-twice": {
        "es": (
            "se envió dos veces «{entry}»",
            "Envíe la carpeta o los archivos sueltos, no los dos; no se usó nada de este envío.",
        ),
        "en": (
            "“{entry}” was sent twice",
            "Send the folder or the single files, not both; nothing of this was used.",
        ),
    },
    "E007.sent-mixed": {
        "es": (
            "«{entry}» es un ZIP entre otros archivos",
            "Envíe solo el ZIP, o solo los archivos; no se usó nada de este envío.",
        ),
        "en": (
            "“{entry}” is a ZIP among other files",
            "Send the ZIP alone, or the files alone; nothing of this was used.",
        ),
    },
    "E007.archive-path": {
        "es": (
            "el ZIP contiene una ruta que sale de su carpeta: «{entry}»",
            "Haga el ZIP de nuevo a partir de la carpeta del curso; no se usó nada de este.",
        ),
        "en": (
            "the ZIP holds a path that leaves its folder: “{entry}”",
            "Make the ZIP again from the course folder; nothing of this one was used.",
        ),
    },
    "E007.archive-twice": {
        "es": (
            "el ZIP contiene dos veces «{entry}»",
            "Haga el ZIP de nuevo a partir de la carpeta del curso; no se usó nada de este.",
        ),
        "en": (
            "the ZIP holds “{entry}” twice",
            "Make the ZIP again from the course folder; nothing of this one was used.",
        ),
    },
    "E008": {
        "es": (
            "el archivo pesa {size}; el límite es {limit}",
            "Divídalo o quítele lo que sobre.",
        ),
        "en": (
            "the file has {size}; the limit is {limit}",
            "Split it or take something out.",
        ),
    },
    "E008.course": {
        "es": (
            "el curso pesa {size}; el límite es {limit}",
            "Reduzca las imágenes y los PDF de media/.",
        ),
        "en": (
            "the course has {size}; the limit is {limit}",
            "Make the images and PDF files of media/ smaller.",
        ),
    },
    "E008.head": {
        "es": (
            "los datos del principio pesan {size}; el límite es {limit}",
            "Acorte sources o los textos de los resultados.",
        ),
        "en": (
            "the facts at the top have {size}; the limit is {limit}",
            "Shorten sources or the texts of the outcomes.",
        ),
    },
    "E008.questions": {
        "es": (
            "el cuestionario tiene {size} preguntas; el límite es {limit}",
            "Repártalas entre varios módulos.",
        ),
        "en": (
            "the quiz has {size} questions; the limit is {limit}",
            "Spread them over several modules.",
        ),
    },
    "E008.options": {
        "es": (
            "la pregunta tiene {size} opciones; el límite es {limit}",
            "Quite opciones o haga dos preguntas.",
        ),
        "en": (
            "the question has {size} options; the limit is {limit}",
            "Take options out or make two questions.",
        ),
    },
    "E008.archive-entries": {
        "es": (
            "el ZIP {entry} contiene más de {limit} archivos",
            "Incluya solo la carpeta del curso.",
        ),
        "en": (
            "the ZIP {entry} holds more than {limit} files",
            "Include the course folder only.",
        ),
    },
    "E008.archive-size": {
        "es": (
            "el archivo «{entry}» ocupa más espacio del permitido",
            "Un curso tiene como máximo 50 MB; revise que el archivo sea de confianza. No se usó nada de él.",
        ),
        "en": (
            "the file “{entry}” takes more room than is allowed",
            "A course has at most 50 MB; check that the file is one to trust. Nothing of it was used.",
        ),
    },
    "E009": {
        "es": (
            "el contenido no es un {kind} válido",
            "Guárdelo otra vez en ese formato: cambiar solo el nombre no lo convierte.",
        ),
        "en": (
            "the content is not a sound {kind}",
            "Save it again in that format: a new name alone does not convert it.",
        ),
    },
    "E009.kind": {
        "es": (
            "no se admite esta clase de archivo en media/",
            "Se admiten: {allowed}.",
        ),
        "en": ("this kind of file is not allowed in media/", "Allowed are: {allowed}."),
    },
    "E009.unsafe": {
        "es": (
            "la imagen contiene «{part}», que puede ejecutar o cargar algo ajeno",
            "Guárdela como «SVG simple», sin scripts, eventos ni direcciones externas.",
        ),
        "en": (
            "the image holds “{part}”, which can run or load something foreign",
            "Save it as “plain SVG”, without scripts, events or outside addresses.",
        ),
    },
    "E009.sent-word": {
        "es": (
            "«{entry}» es un documento de Word",
            "Los documentos de Word se traen desde otra página del curso.",
        ),
        "en": (
            "“{entry}” is a Word document",
            "Word documents come in from another page of the course.",
        ),
    },
    "E009.sent-questions": {
        "es": (
            "«{entry}» contiene preguntas, no un curso",
            "Entre en el curso y elija en qué cuestionario van las preguntas.",
        ),
        "en": (
            "“{entry}” holds questions, not a course",
            "Go to the course and choose which quiz the questions are for.",
        ),
    },
    "E009.archive-damaged": {
        "es": (
            "el archivo «{entry}» no es un ZIP que se pueda leer",
            "Pida que se lo envíen de nuevo.",
        ),
        "en": (
            "the file “{entry}” is not a ZIP that can be read",
            "Ask for it to be sent again.",
        ),
    },
    "E009.archive-missing": {
        "es": ("no existe el archivo {entry}", "Revise el nombre y la carpeta."),
        "en": ("there is no file {entry}", "Look at the name and the folder."),
    },
    "E009.archive-locked": {
        "es": (
            "el ZIP está protegido con contraseña: «{entry}»",
            "Haga el ZIP sin contraseña.",
        ),
        "en": (
            "the ZIP is locked with a password: “{entry}”",
            "Make the ZIP without a password.",
        ),
    },
    "E009.archive-link": {
        "es": (
            "«{entry}» no es un archivo sino un enlace o algo especial",
            "Ponga en su lugar el archivo mismo.",
        ),
        "en": (
            "“{entry}” is no file but a link or something special",
            "Put the file itself in its place.",
        ),
    },
    "E009.archive-nested": {
        "es": (
            "hay un archivo comprimido dentro: «{entry}»",
            "Un curso contiene textos, imágenes y PDF, no otros archivos comprimidos.",
        ),
        "en": (
            "there is an archive inside: “{entry}”",
            "A course holds texts, images and PDF files, no other archives.",
        ),
    },
    "E010": {
        "es": (
            "los datos del principio no son líneas «nombre: valor» entre dos ---, o «{key}» se repite",
            "Cierre con --- y escriba cada dato una vez, en una sola línea, sin sangría (vea «{line}»).",
        ),
        "en": (
            "the facts at the top are not flat “name: value” lines between two ---, or “{key}” is repeated",
            "Close them with --- and write each fact once, on one line, without indentation (see “{line}”).",
        ),
    },
    "E011": {
        "es": (
            "el título «{title}» salta un nivel",
            "Aquí corresponde como máximo {expected}; los niveles bajan de uno en uno.",
        ),
        "en": (
            "the heading “{title}” jumps a level",
            "At most {expected} belongs here; levels go down one at a time.",
        ),
    },
    "E011.first": {
        "es": (
            "el título «{title}» es de primer nivel",
            "El primer nivel lo pone la página con el título del módulo; empiece en ##. Si no es un título, escriba \\#.",
        ),
        "en": (
            "the heading “{title}” is of the first level",
            "The page gives the first level to the module's title; begin at ##. If it is no heading, write \\#.",
        ),
    },
    "E012": {
        "es": (
            "el texto anida demasiado o deja demasiados corchetes sin cerrar",
            "Como máximo {levels} niveles de listas y citas, y {brackets} corchetes seguidos sin cerrar; divida los párrafos muy largos.",
        ),
        "en": (
            "the text is nested too deep or leaves too many brackets open",
            "At most {levels} levels of lists and quotations, and {brackets} unclosed brackets in a row; split very long paragraphs.",
        ),
    },
    "E013.module": {
        "es": (
            "el enlace «{target}» no lleva a ningún módulo ni archivo del curso",
            "Escriba el slug de un módulo, media/archivo.pdf o una dirección que empiece con https://.",
        ),
        "en": (
            "the link “{target}” leads to no module or file of the course",
            "Write a module's slug, media/file.pdf or an address that begins with https://.",
        ),
    },
    "E013.anchor": {
        "es": (
            "no existe el título al que lleva «{target}»",
            "El ancla es el título en minúsculas y con guiones; o póngale una al título: {{: #ancla }}.",
        ),
        "en": (
            "the heading that “{target}” leads to does not exist",
            "An anchor is the heading in small letters with hyphens; or give the heading one: {{: #anchor }}.",
        ),
    },
    "E013.file": {
        "es": (
            "no existe el archivo «{target}»",
            "Guárdelo en media/ o corrija el nombre.",
        ),
        "en": (
            "the file “{target}” does not exist",
            "Keep it in media/ or mend the name.",
        ),
    },
    "E013.image": {
        "es": (
            "no existe la imagen «{target}»",
            "Guárdela en media/ como png, jpg, webp o svg y escriba media/nombre.",
        ),
        "en": (
            "the image “{target}” does not exist",
            "Keep it in media/ as png, jpg, webp or svg and write media/name.",
        ),
    },
    "E013.image-outside": {
        "es": (
            "la imagen «{target}» está en otro sitio",
            "Guárdela en media/: los cursos se leen sin conexión y no avisan a terceros.",
        ),
        "en": (
            "the image “{target}” is somewhere else",
            "Keep it in media/: courses are read offline and tell nobody else.",
        ),
    },
    "E013.scheme": {
        "es": (
            "no se admite el enlace «{target}»",
            "Las direcciones empiezan con https://, http:// o mailto:.",
        ),
        "en": (
            "the link “{target}” is not allowed",
            "Addresses begin with https://, http:// or mailto:.",
        ),
    },
    "E013.label": {
        "es": (
            "no existe la referencia [{target}]",
            "Agregue una línea «[{target}]: …», o escriba \\[ si es solo un corchete.",
        ),
        "en": (
            "the reference [{target}] does not exist",
            "Add a line “[{target}]: …”, or write \\[ if it is just a bracket.",
        ),
    },
    "E014": {
        "es": (
            "no existe el requisito previo «{course}»",
            "Cursos que hay: {known}.",
        ),
        "en": (
            "the prerequisite “{course}” does not exist",
            "Courses there are: {known}.",
        ),
    },
    "E014.circular": {
        "es": (
            "«{course}» y «{slug}» se exigen uno al otro",
            "Nadie podría empezar; quite uno de los dos requisitos previos.",
        ),
        "en": (
            "“{course}” and “{slug}” ask for one another",
            "Nobody could begin; remove one of the two prerequisites.",
        ),
    },
    "E015": {
        "es": (
            "hours dice {hours} h, pero los minutos suman {minutes}",
            "Escriba hours = {fitting}, o corrija los minutos: la constancia no afirma más trabajo del que se pide.",
        ),
        "en": (
            "hours says {hours} h, but the minutes add up to {minutes}",
            "Write hours = {fitting}, or mend the minutes: a certificate claims no more work than is asked for.",
        ),
    },
    "E016": {
        "es": (
            "el contenido cambió desde la versión publicada {published} y version sigue igual",
            'Escriba version = "{next}", o suba el primer número si cambió lo que se aprende o se pregunta.',
        ),
        "en": (
            "the content changed since the published version {published}, and version is the same",
            'Raise to {next}: write version = "{next}", or raise the first number if what is learned or asked changed.',
        ),
    },
}

_WARNINGS: Sentences = {
    "W001": {
        "es": (
            "se quita el HTML: {tag}",
            "Use Markdown; si es texto, escríbalo entre acentos graves: `{tag}`.",
        ),
        "en": (
            "raw HTML is removed: {tag}",
            "Use Markdown; if it is text, write it between backticks: `{tag}`.",
        ),
    },
    "W002": {
        "es": (
            "la imagen {target} no tiene texto alternativo",
            "Diga entre los corchetes qué muestra, para quien no la ve: ![Mapa de la cuenca]({target}).",
        ),
        "en": (
            "the image {target} has no alternative text",
            "Say between the brackets what it shows, for who does not see it: ![Map of the basin]({target}).",
        ),
    },
    "W003": {
        "es": (
            "el módulo «{module}» debe revisarse antes del {date}",
            "Revise el texto y ponga una nueva fecha en valid_until.",
        ),
        "en": (
            "the module “{module}” needs a review before {date}",
            "Review the text and give valid_until a new date.",
        ),
    },
    "W003.past": {
        "es": (
            "el módulo «{module}» debía revisarse antes del {date}",
            "Revise el texto y ponga una nueva fecha en valid_until; quien lo lee ve este aviso.",
        ),
        "en": (
            "the module “{module}” was to be reviewed before {date}",
            "Review the text and give valid_until a new date; readers see this notice.",
        ),
    },
    "W004": {
        "es": (
            "falta la traducción {file} (idioma: {language})",
            "Mientras tanto se muestra el texto en el idioma de origen.",
        ),
        "en": (
            "the translation {file} is missing (language: {language})",
            "Until then the text is shown in the source language.",
        ),
    },
    "W005.outcomes": {
        "es": (
            "faltan los resultados de aprendizaje: la constancia no es microcredencial",
            'Escriba outcomes = ["lo-1"] en course.toml, y su texto en course.<idioma>.md.',
        ),
        "en": (
            "the learning outcomes are missing: the certificate is no micro-credential",
            'Write outcomes = ["lo-1"] in course.toml, and its text in course.<language>.md.',
        ),
    },
    "W005.assessment": {
        "es": (
            "falta el tipo de evaluación: la constancia no es microcredencial",
            'Diga en course.toml cómo se evalúa, por ejemplo assessment = ["quiz"].',
        ),
        "en": (
            "the type of assessment is missing: the certificate is no micro-credential",
            'Say in course.toml how it is assessed, such as assessment = ["quiz"].',
        ),
    },
    "W005.participation": {
        "es": (
            "falta la forma de participación: la constancia no es microcredencial",
            'Escriba en course.toml participation = "online", "blended" o "presential".',
        ),
        "en": (
            "the form of participation is missing: the certificate is no micro-credential",
            'Write participation = "online", "blended" or "presential" in course.toml.',
        ),
    },
    "W005.quality_assurance": {
        "es": (
            "falta cómo se asegura la calidad: la constancia no es microcredencial",
            "Escriba en quality_assurance la dirección de la página pública que lo explica.",
        ),
        "en": (
            "how quality is assured is missing: the certificate is no micro-credential",
            "Write the address of the public page that explains it as quality_assurance.",
        ),
    },
    "W006": {
        "es": (
            "{source} cambió después de esta traducción",
            "Compare: {sections}. Cuando esté al día, escriba translates: {expected}",
        ),
        "en": (
            "{source} has changed since this translation",
            "Compare: {sections}. When it is up to date, write translates: {expected}",
        ),
    },
    "W007": {
        "es": (
            "las imágenes del módulo pesan {size} kB juntas",
            "Reduzca su tamaño a 120 kB en total: muchas personas leen con poca señal.",
        ),
        "en": (
            "the images of the module have {size} kB together",
            "Bring them to 120 kB in all: many people read with a weak signal.",
        ),
    },
    "W008": {
        "es": (
            "no hay evaluación final: el curso no expide constancias",
            "Escriba final.quiz.{language}.md si debe expedirlas.",
        ),
        "en": (
            "there is no final quiz: the course issues no certificates",
            "Write final.quiz.{language}.md if it should.",
        ),
    },
}

COURSE_PROBLEMS: Sentences = {**_FOLDER, **COURSE_VALUES, **_WARNINGS}
"""Code, or `code.variant`, to language to message and hint."""
