"""What a new course says before its trainer does, in Spanish and in English."""

_COURSE_ES = """\
---
title: Título del curso
summary: En una o dos frases, qué aprenderá quien lo tome (300 caracteres como máximo).
lo-1: Al terminar podrá… (empiece con un verbo que se pueda comprobar).
---

<!-- Esta es la página pública del curso. Los comentarios como este no se muestran. -->

Diga para quién es el curso y qué cambiará en su municipio.
"""

_MODULE_ES = """\
---
title: Primer módulo
---

<!-- Los títulos empiezan en ##. Una imagen se guarda en media/ y se escribe así:
     ![Qué muestra la imagen](media/mapa.svg) -->

Dos frases: por qué esto importa en un municipio.

## Primer tema

Escriba aquí el contenido.

```quiz
## {prefix}-repaso | Compruebe lo aprendido

Escriba aquí una pregunta corta sobre lo que se acaba de leer.

- (x) Respuesta correcta
  > Por qué es correcta.
- ( ) Respuesta equivocada
  > Por qué no lo es.
- ( ) Otra respuesta equivocada
  > Por qué no lo es.
```

!!! note "En su municipio"
    Una tarea breve que sirva a su propio proyecto.
"""

_FINAL_ES = """\
---
cuestionario: {prefix}-final
titulo: Evaluación final
idioma: {lang}
modo: calificado
intentos: 3
espera: 10 min
---

<!-- Cada pregunta empieza con ## identificador | título.
     El identificador no cambia nunca.
     ( ) una opción, [ ] varias, [1] ordenar, [->] relacionar,
     [=] número, [~] palabras. -->

## {prefix}-situacion | Una situación
modulo: {module}

Describa la situación de un municipio y pregunte qué conviene decidir.

- (x) La decisión correcta
- ( ) Una decisión equivocada
  > Explique por qué no conviene.
- ( ) Otra decisión equivocada
  > Explique por qué no conviene.
- ( ) Una tercera decisión equivocada
  > Explique por qué no conviene.

### Explicación
Diga por qué es así y qué parte del módulo conviene leer de nuevo.
"""

_COURSE_EN = """\
---
title: Title of the course
summary: In one or two sentences, what people will learn (at most 300 characters).
lo-1: At the end you can … (begin with a verb that can be checked).
---

<!-- This is the public page of the course. Comments like this one are not shown. -->

Say for whom the course is and what it will change in their municipality.
"""

_MODULE_EN = """\
---
title: First module
---

<!-- Headings begin at ##. An image is kept in media/ and written like this:
     ![What the image shows](media/map.svg) -->

Two sentences: why this matters in a municipality.

## First topic

Write the content here.

```quiz
## {prefix}-review | Check what you learned

Write a short question here about what has just been read.

- (x) Right answer
  > Why it is right.
- ( ) Wrong answer
  > Why it is not.
- ( ) Another wrong answer
  > Why it is not.
```

!!! note "In your municipality"
    A short task that serves the learner's own project.
"""

_FINAL_EN = """\
---
quiz: {prefix}-final
title: Final quiz
lang: {lang}
mode: graded
attempts: 3
wait: 10 min
---

<!-- Each question begins with ## id | title; the id never changes.
     ( ) one option, [ ] several, [1] order, [->] match, [=] number, [~] words. -->

## {prefix}-situation | A situation
module: {module}

Describe the situation of a municipality and ask what it should decide.

- (x) The right decision
- ( ) A wrong decision
  > Explain why it does not serve.
- ( ) Another wrong decision
  > Explain why it does not serve.
- ( ) A third wrong decision
  > Explain why it does not serve.

### Explanation
Say why this is so and which part of the module to read again.
"""

TEXTS: dict[str, dict[str, str]] = {
    "es": {
        "comment_version": (
            "Suba el segundo número si corrige el texto; "
            "el primero, si cambia lo que se aprende."
        ),
        "comment_hours": "Suma de los minutos de abajo, en cuartos de hora.",
        "comment_grants": (
            "Competencias que respalda la constancia, por ejemplo "
            '{ competency = "K1", level = 2 }.'
        ),
        "comment_outcomes": (
            "Cada resultado tiene su texto en course.<idioma>.md, bajo el mismo nombre."
        ),
        "comment_modules": (
            "Una tabla por módulo, en el orden del curso; "
            "el archivo se llama NN-slug.<idioma>.md."
        ),
        "module_slug": "primer-modulo",
        "course": _COURSE_ES,
        "module": _MODULE_ES,
        "final": _FINAL_ES,
    },
    "en": {
        "comment_version": (
            "Raise the second number for a correction, "
            "the first when what is learned changes."
        ),
        "comment_hours": "The sum of the minutes below, in quarters of an hour.",
        "comment_grants": (
            "Competencies that the certificate is evidence of, such as "
            '{ competency = "K1", level = 2 }.'
        ),
        "comment_outcomes": (
            "Each outcome has its text in course.<language>.md, under the same name."
        ),
        "comment_modules": (
            "One table a module, in the order of the course; "
            "the file is NN-slug.<language>.md."
        ),
        "module_slug": "first-module",
        "course": _COURSE_EN,
        "module": _MODULE_EN,
        "final": _FINAL_EN,
    },
}
"""Language to the parts of a skeleton; braces hold its slug and the like."""
