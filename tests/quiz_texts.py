"""Quiz texts that several tests read, and short ways to parse them."""

from fractions import Fraction

from conexx_learn.domain.quiz import Quiz
from conexx_learn.domain.quiz_source import parse_quiz

HEAD = """---
quiz: quiz-a
title: A
# a remark
---
"""

SINGLE = """## abc | T

Which?

- (x) Perhaps
- ( ) Never

"""

COMPLETE_EXAMPLE = """---
quiz: eu-instruments-final
title: EU financing instruments \u2013 final test
lang: en
mode: graded
pass: 70%
attempts: 3
wait: 24 h
grade: highest
time: 40 min
shuffle: questions, options
feedback: after-attempt
---

Read each case calmly. You may use your notes.

# Pool: basics
draw: 2
points: 1

## ndici-scope | Scope of NDICI
competency: K1
module: 01-how-eu-money-works

What does **NDICI \u2013 Global Europe** finance?

- (x) External action outside the EU
  > Yes: it is the main external instrument of the 2021\u20132027 period.
- (50%) Only humanitarian aid
  > Humanitarian aid is external action, but it has its own instrument.
- ( ) Roads inside Member States

### Explanation
See module 1, section *Map of instruments*.

## grant-costs | Eligible costs

Which costs are normally eligible in a grant?

- [x] Staff assigned to the action
- [x] Travel needed for the activities
- [ ] Debts of the municipality
  > Debt service is never eligible.
- [ ] Fines

## cofinance-true | Co-financing

A grant never covers 100 % of the eligible costs.

- ( ) True
- (x) False
  > It can, when the call says so.

# Section: method
shuffle: no

## lfm-order | Project cycle
points: 2

Put the phases in order.

- [1] Identification
- [2] Formulation
- [3] Implementation
- [4] Evaluation

## lfm-match | Logical framework
points: 2

Match each term with its meaning.

- [->] Output -> Product delivered by the project
- [->] Outcome -> Change in behaviour or service
- [->] Impact -> Long-term change
- [->] -> List of suppliers

# Case: san-roque | The San Roque water project
San Roque (24 000 inhabitants) wants to renew 85 km of pipes.
Total cost: 2 000 000 EUR. The call finances 85 %.

## san-roque-grant | Maximum grant
points: 2
unit: EUR

What is the maximum grant?

- [=] 1 700 000 +- 0
- [= 50%] 1 700 000 +- 5%
  > Close: check the percentage again.
- [= 0%] 300 000 +- 0
  > That is the municipality's own share.

### Hint
Apply the rate to the total cost.

## san-roque-tool | Planning tool

Which table links objectives, indicators and assumptions?

- [~] logical framework
- [~] logframe*
- [~ 50%] intervention logic
  > That is one column of it.
"""

MODULE_QUIZ = """---
cuestionario: modulo-uno
titulo: Cuestionario del módulo 1
idioma: es
modo: calificado
aprobado: 70%
---

## primera-duda | Primera duda
competencia: K1

¿Qué responde la responsable de proyectos?

- ( ) Que firma la alcaldía.
  > No existe tal solicitud.
- (x) Que busca la convocatoria.

### Explicación
Vea la sección.

## segunda-duda | Segunda duda
competencia: K1
puntos: 2

Ordene.

- [2] Dos
- [1] Uno
- [3] Tres

### Explicación
Por su número.
"""


def quiz_bytes(body: str) -> bytes:
    """Put the shortest front matter above a body, which then begins on line 6."""
    return (HEAD + body).encode()


def codes(data: bytes) -> list[str]:
    """List the codes of all problems of a quiz, by line."""
    _, problems = parse_quiz(data, path="01-a.quiz.es.md")
    return [problem.code for problem in problems]


def sound_quiz(text: str, path: str = "01-a.quiz.es.md") -> Quiz:
    """Parse a quiz that has no errors."""
    quiz, problems = parse_quiz(text.encode(), path=path, default_pass=Fraction(70))
    assert quiz is not None, problems
    return quiz
