"""What a new module says before its trainer does, in Spanish and in English."""

_MODULE_ES = """\
---
title: {title}
---

<!-- Los títulos empiezan en ##. Los comentarios como este no se muestran. -->

Dos frases: por qué esto importa en un municipio.

## Primer tema

Escriba aquí el contenido.
"""

_MODULE_EN = """\
---
title: {title}
---

<!-- Headings begin at ##. Comments like this one are not shown. -->

Two sentences: why this matters in a municipality.

## First topic

Write the content here.
"""

_QUIZ_ES = """\
---
cuestionario: {prefix}
titulo: {title}
idioma: es
modo: calificado
aprueba: 70%
intentos: 3
---

## {prefix}-1 | Una situación

Describa una situación y pregunte qué conviene decidir.

- (x) La decisión correcta
- ( ) Una decisión equivocada
  > Explique por qué no conviene.
- ( ) Otra decisión equivocada
  > Explique por qué no conviene.

### Explicación
Diga por qué es así.
"""

_QUIZ_EN = """\
---
quiz: {prefix}
title: {title}
lang: {lang}
mode: graded
pass: 70%
attempts: 3
---

## {prefix}-1 | A situation

Describe a situation and ask what should be decided.

- (x) The right decision
- ( ) A wrong decision
  > Say why it is not.
- ( ) Another wrong decision
  > Say why it is not.

### Explanation
Say why it is so.
"""

_LONGEST_PREFIX = 52


def new_module_texts(
    *, course: str, slug: str, title: str, lang: str, with_quiz: bool
) -> dict[str, str]:
    """Write the files of a new module in the language of its course.

    Args:
        course: Slug; ids of questions begin with it, since they are unique everywhere.
        slug: Of the module.
        title: Of the module, on one line.
        lang: Spanish keywords and advice for `es`, English for any other.
        with_quiz: Whether a quiz of one question comes along.

    Returns:
        What follows the stem in a file's name (`es.md`, `quiz.es.md`) to text.
    """
    prefix = f"{course}-{slug}"[:_LONGEST_PREFIX].rstrip("-")
    module, quiz = (_MODULE_ES, _QUIZ_ES) if lang == "es" else (_MODULE_EN, _QUIZ_EN)
    facts = {"title": title, "lang": lang, "prefix": prefix}
    texts = {f"{lang}.md": module.format(**facts)}
    if with_quiz:
        texts[f"quiz.{lang}.md"] = quiz.format(**facts)
    return texts
