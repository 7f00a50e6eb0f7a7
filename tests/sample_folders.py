"""A small sound course folder, for tests to break one thing at a time."""

import hashlib
from collections.abc import Mapping
from datetime import date

from conexx_learn.domain.course import Competency, Course
from conexx_learn.domain.course_source import read_course
from conexx_learn.domain.problems import Problem

TODAY = date(2026, 11, 21)
SLUG = "water-for-all"
COMPETENCIES = {"K1": Competency("K1", {"es": "Panorama", "en": "Landscape"}, "f")}

SETTINGS = """\
version = "1.0"
source_language = "es"
hours = 1
pass_mark = 70
grants = [{ competency = "K1", level = 2 }]
prerequisites = []
outcomes = ["lo-1"]
assessment = ["quiz"]
participation = "online"
quality_assurance = "https://conexx.example/quality"
access = "open"
final_minutes = 10

[[modules]]
slug = "first-drop"
minutes = 30
outcomes = ["lo-1"]

[[modules]]
slug = "second-drop"
minutes = 20
valid_until = 2027-11-21
"""

COURSE_TEXT = """\
---
title: Agua para todas las personas
summary: De dónde viene el agua y quién la paga.
lo-1: Explicar de dónde viene el agua.
---

Para el personal técnico de un municipio.
"""

FIRST_MODULE = """\
---
title: La primera gota
sources: W-001 Ley de aguas (2020); W-002 Manual (2021)
---

Por qué importa.

## De dónde viene

Vea [la segunda gota](second-drop#quien-paga) y el mapa.

![Mapa de la cuenca](media/basin.svg)

```quiz
## first-drop-check | Compruebe

¿De dónde viene?

- (x) Del río
  > Así es.
- ( ) Del banco
  > No.
- ( ) De la oficina
  > No.
```
"""

SECOND_MODULE = """\
---
title: La segunda gota
---

## ¿Quién paga?

Quien la usa.
"""

FINAL = """\
---
cuestionario: water-final
titulo: Evaluación final
modo: calificado
---

## water-source | De dónde viene
competencia: K1
modulo: first-drop

¿De dónde viene el agua?

- (x) Del río
- ( ) Del banco
  > El banco presta dinero.
- ( ) De la oficina
  > La oficina la administra.
- ( ) De la nube de datos
  > Esa es otra nube.

### Explicacion
Vea el módulo 1.
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'


def make_files(**changes: str | bytes | None) -> dict[str, bytes]:
    """Make the sample course's files.

    Args:
        changes: Short name (`settings`, `course`, `first`, `second`, `final`, `svg`)
            to its new content; None leaves the file out.
    """
    names = {
        "settings": "course.toml",
        "course": "course.es.md",
        "first": "01-first-drop.es.md",
        "second": "02-second-drop.es.md",
        "final": "final.quiz.es.md",
        "svg": "media/basin.svg",
    }
    contents: dict[str, str | bytes | None] = {
        "settings": SETTINGS,
        "course": COURSE_TEXT,
        "first": FIRST_MODULE,
        "second": SECOND_MODULE,
        "final": FINAL,
        "svg": SVG,
        **changes,
    }
    return {
        names[key]: content.encode() if isinstance(content, str) else content
        for key, content in contents.items()
        if content is not None
    }


def read_sample(
    files: dict[str, bytes],
    *,
    slug: str = SLUG,
    neighbours: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Course | None, list[Problem]]:
    """Read a course folder with the sample's competencies and day."""
    return read_course(
        files,
        slug=slug,
        competencies=COMPETENCIES,
        neighbours=neighbours or {},
        today=TODAY,
    )


def source_reference(path: str, data: bytes) -> str:
    """Write what a translation of a file says in `translates`."""
    return f"{path}@{hashlib.sha256(data).hexdigest()[:12]}"
