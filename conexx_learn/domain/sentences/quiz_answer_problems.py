"""What the check says of the answers of a question."""

QUIZ_ANSWER_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "E201": {
        "es": ("no se conoce la marca de «{found}»", "Tal vez: {proposal}"),
        "en": ("the marker of “{found}” is not known", "Perhaps: {proposal}"),
    },
    "E202": {
        "es": (
            "falta un espacio después de la marca en «{found}»",
            "Escriba: {proposal}",
        ),
        "en": ("a space is missing after the marker in “{found}”", "Write: {proposal}"),
    },
    "E203": {
        "es": (
            "hay un espacio de más dentro de la marca en «{found}»",
            "Escriba: {proposal}",
        ),
        "en": (
            "there is a space too many inside the marker in “{found}”",
            "Write: {proposal}",
        ),
    },
    "E204": {
        "es": (
            "falta un espacio después del guion en «{found}»",
            "Escriba: {proposal}",
        ),
        "en": ("a space is missing after the dash in “{found}”", "Write: {proposal}"),
    },
    "E205": {
        "es": (
            "hay un texto después de las opciones: «{found}»",
            "Póngalo antes de las opciones o bajo ### Explicación; si continúa una opción, comience con dos espacios.",
        ),
        "en": (
            "there is text after the options: “{found}”",
            "Put it before the options or under ### Explanation; if it continues an option, begin with two spaces.",
        ),
    },
    "E205.part": {
        "es": (
            "hay una opción después de un título ###: «{found}»",
            "Las opciones van antes de ### Explicación, Pista y los demás.",
        ),
        "en": (
            "there is an option after a ### heading: “{found}”",
            "Options come before ### Explanation, Hint and the others.",
        ),
    },
    "E206": {
        "es": (
            "la opción tiene sangría: se leería como código o como lista dentro de otra",
            "Comience en la primera columna: {proposal}",
        ),
        "en": (
            "the option is indented: it would be read as code or as a list in another",
            "Begin in the first column: {proposal}",
        ),
    },
    "E210": {
        "es": (
            "la pregunta mezcla dos clases de marcas: {found} y {expected}",
            "Use una sola clase en cada pregunta.",
        ),
        "en": (
            "the question mixes two kinds of markers: {found} and {expected}",
            "Use one kind only in each question.",
        ),
    },
    "E211": {
        "es": (
            "hay muy pocas respuestas: {found}; se necesitan al menos {fewest}",
            "Agregue las que faltan.",
        ),
        "en": (
            "there are too few answers: {found}; at least {fewest} are needed",
            "Add what is missing.",
        ),
    },
    "E211.no-wrong": {
        "es": (
            "todas las opciones son correctas",
            "Agregue al menos una incorrecta: - [ ] …",
        ),
        "en": ("all options are right", "Add at least one wrong option: - [ ] …"),
    },
    "E212": {
        "es": (
            "ninguna respuesta es del todo correcta",
            "Marque una con x, o con 100%.",
        ),
        "en": ("no answer is fully right", "Mark one with x, or with 100%."),
    },
    "E213": {
        "es": (
            "los porcentajes de la pregunta no son válidos: {found}",
            "En ( ), [=] y [~] van de 0 a 100\xa0%. En [ ] los llevan todas las opciones o ninguna, y los positivos suman exactamente +100\xa0%. Verdadero y falso no llevan.",
        ),
        "en": (
            "the percentages of the question are not valid: {found}",
            "In ( ), [=] and [~] they go from 0 to 100\xa0%. In [ ] all options have one or none has, and the positive ones add up to exactly +100\xa0%. True and false take none.",
        ),
    },
    "E214": {
        "es": ("la opción está repetida: «{found}»", "Cámbiela o quítela."),
        "en": ("the option occurs twice: “{found}”", "Change it or take it out."),
    },
    "E215": {
        "es": (
            "{found} no continúa la numeración",
            "Numere los {count} pasos del 1 al {count}, sin saltos ni repeticiones.",
        ),
        "en": (
            "{found} does not continue the numbers",
            "Number the {count} steps from 1 to {count}, without gaps or repeats.",
        ),
    },
    "E216": {
        "es": (
            "la pareja no tiene flecha: «{found}»",
            "Ponga -> entre los dos lados, con un espacio antes y otro después: {proposal}",
        ),
        "en": (
            "the pair has no arrow: “{found}”",
            "Put -> between its two sides, with a space before and after: {proposal}",
        ),
    },
    "E216.left": {
        "es": (
            "el lado izquierdo está repetido: «{found}»",
            "Cada lado izquierdo se escribe una sola vez; los derechos sí pueden repetirse.",
        ),
        "en": (
            "the left side occurs twice: “{found}”",
            "Write each left side once; right sides may be repeated.",
        ),
    },
    "E217": {
        "es": (
            "no es un número que se pueda leer: «{found}»",
            "Use punto decimal y espacios entre miles, por ejemplo {proposal}; en un intervalo, el menor va primero; una tolerancia en % no sirve para 0.",
        ),
        "en": (
            "this is no number that can be read: “{found}”",
            "Use a decimal point and spaces between thousands, for example {proposal}; in an interval the smaller comes first; a tolerance in % is no use for 0.",
        ),
    },
    "E218": {
        "es": (
            "la respuesta está vacía",
            "Escriba un texto después de la marca; * sola no basta.",
        ),
        "en": (
            "the answer is empty",
            "Write a text after the marker; * alone is not enough.",
        ),
    },
    "E219": {
        "es": (
            "la retroalimentación no está bajo una opción: «{found}»",
            "Va en la línea que sigue a la opción y comienza con dos espacios y >.",
        ),
        "en": (
            "the feedback is not below an option: “{found}”",
            "It goes on the line after the option and begins with two spaces and >.",
        ),
    },
    "E220": {
        "es": (
            "falta el motivo de la anulación",
            "Agregue bajo el título de la pregunta: motivo: …",
        ),
        "en": (
            "the reason of the void is missing",
            "Add below the question's heading: void-reason: …",
        ),
    },
    "E221": {
        "es": (
            "«{key}: {value}» contradice las marcas, que son de «{type}»",
            "Quite esa línea o cambie las marcas.",
        ),
        "en": (
            "“{key}: {value}” contradicts the markers, which are those of “{type}”",
            "Take that line out or change the markers.",
        ),
    },
}
