"""What a column holds, told by the many words that its heading may be.

A heading counts whatever its capitals, accents and signs are, and what it says in
parentheses is left out where the rest is known: *Fecha de inicio (dd/mm/aaaa)*.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from conexx_learn.domain.people_import.row_problems import RowProblem, shown
from conexx_learn.domain.search import folded


class Field(StrEnum):
    """What a column holds."""

    NAME = "name"
    """A whole name, or a given name where another column has the surnames."""
    FULL_NAME = "full-name"
    SURNAMES_FIRST = "surnames-first"
    """A whole name that begins with the surnames."""
    GIVEN_NAMES = "given-names"
    SECOND_GIVEN_NAME = "second-given-name"
    SURNAMES = "surnames"
    FIRST_SURNAME = "first-surname"
    SECOND_SURNAME = "second-surname"
    EMAIL = "email"
    USERNAME = "username"
    IDENTITY = "identity"
    """An e-mail address or a username."""
    UNIT = "unit"
    POST = "post"
    PROFILE = "profile"
    KIND = "kind"
    FROM_ON = "from-on"
    TO_ON = "to-on"
    ENDS_WITH_MANDATE = "ends-with-mandate"


NAME_FIELDS = frozenset(
    {Field.NAME, Field.FULL_NAME, Field.SURNAMES_FIRST, Field.GIVEN_NAMES}
)
"""One of these has to be there."""

SURNAME_FIELDS = frozenset({Field.SURNAMES, Field.FIRST_SURNAME, Field.SECOND_SURNAME})

PERSON_FIELDS = NAME_FIELDS | SURNAME_FIELDS | {Field.SECOND_GIVEN_NAME}
"""All that a person's name may be put together of."""

_SYNONYMS: dict[Field, str] = {
    Field.NAME: """
        nombre, name, persona, person, participante, participant, nombre de la persona,
        funcionario, funcionaria, servidor publico, persona servidora publica,
        nombre del funcionario, nombre del servidor publico, nombre del participante
    """,
    Field.FULL_NAME: """
        nombre completo, nombres completos, nombre y apellido, nombre y apellidos,
        nombres y apellidos, nombre s y apellido s, nombre apellidos, full name,
        complete name, name and surname, name as printed, display name
    """,
    Field.SURNAMES_FIRST: """
        apellidos y nombre, apellidos y nombres, apellidos y nombre s, apellidos nombre,
        apellidos nombres, apellido y nombre, apellido nombre, apellido s y nombre s,
        surname and name, surname name, last name first name, surnames and names
    """,
    Field.GIVEN_NAMES: """
        nombres, nombre s, nombre de pila, nombres de pila, nombre propio,
        primer nombre, first name, first names, given name, given names, forename,
        forenames
    """,
    Field.SECOND_GIVEN_NAME: """
        segundo nombre, segundo s nombre s, middle name, middle names, second name
    """,
    Field.SURNAMES: """
        apellidos, apellido, apellido s, last name, last names, surname, surnames,
        family name, family names
    """,
    Field.FIRST_SURNAME: """
        primer apellido, apellido paterno, paterno, apellido 1, apellido1, 1er apellido,
        first surname, ap paterno
    """,
    Field.SECOND_SURNAME: """
        segundo apellido, apellido materno, materno, apellido 2, apellido2,
        2do apellido, 2o apellido, second surname, ap materno
    """,
    Field.EMAIL: """
        correo, correo electronico, correo e, e mail, email, mail, correos, emails,
        correo institucional, correo electronico institucional, direccion de correo,
        direccion de correo electronico, correo de contacto, email address,
        e mail address, work email
    """,
    Field.USERNAME: """
        usuario, usuaria, nombre de usuario, usuario a, cuenta, cuenta de usuario,
        username, user name, user, account
    """,
    Field.IDENTITY: """
        correo o usuario, usuario o correo, correo usuario, usuario correo,
        correo electronico o usuario, identidad, identity, email or username,
        e mail or username, username or email, username or e mail
    """,
    Field.UNIT: """
        area, unidad, area unidad, unidad area, area o unidad, departamento, direccion,
        dependencia, adscripcion, area de adscripcion, unidad administrativa, oficina,
        gerencia, area de trabajo, unit, department, office, division
    """,
    Field.POST: """
        puesto, cargo, puesto cargo, cargo puesto, puesto o cargo, cargo o puesto,
        puesto de trabajo, nombre del puesto, denominacion del puesto, plaza, post,
        position, job, job title, title
    """,
    Field.PROFILE: """
        perfil, perfil del puesto, perfil de puesto, codigo de perfil, profile,
        job profile, profile code
    """,
    Field.KIND: """
        tipo, tipo de nombramiento, nombramiento, titular o suplente, titular suplente,
        kind, type, appointment, kind of appointment, holder or deputy
    """,
    Field.FROM_ON: """
        desde, desde el, inicio, fecha de inicio, fecha inicio, inicio del nombramiento,
        fecha de ingreso, fecha ingreso, ingreso, fecha de alta, fecha alta, alta,
        fecha de nombramiento, vigente desde, from, from on, since, start, start date,
        starts on, valid from
    """,
    Field.TO_ON: """
        hasta, hasta el, fin, fecha de fin, fecha fin, fecha final, termino,
        fecha de termino, fecha termino, fecha de baja, fecha baja, baja,
        vigente hasta, to, to on, until, end, end date, ends on, valid until
    """,
    Field.ENDS_WITH_MANDATE: """
        termina con el mandato, termina con mandato, fin con el mandato,
        concluye con el mandato, termina con la administracion,
        sale con la administracion, ends with mandate, ends with the mandate,
        ends with term, ends with the term
    """,
}
"""Folded words, separated by commas."""

_FIELD_OF = {
    " ".join(word.split()): field
    for field, words in _SYNONYMS.items()
    for word in words.split(",")
}

_PARENTHESES = re.compile(r"\([^()]*\)")
_LONGEST_HEADING = 100


def field_of(heading: str) -> Field | None:
    """Say what a column with this heading holds; None for something else.

    Example:
        >>> field_of(" Correo electrónico "), field_of("Nombre(s):"), field_of("Edad")
        (<Field.EMAIL: 'email'>, <Field.GIVEN_NAMES: 'given-names'>, None)
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    found = _FIELD_OF.get(folded(heading))
    if found is None and "(" in heading:
        found = _FIELD_OF.get(folded(_PARENTHESES.sub(" ", heading)))
    return found


def is_heading_row(cells: Sequence[str]) -> bool:
    """Say whether cells are headings: one of them is that of a name."""
    return any(field_of(cell) in NAME_FIELDS for cell in cells)


def read_headings(
    cells: Sequence[str], *, line: int
) -> tuple[dict[Field, int], list[str], list[RowProblem]]:
    """Read a row of headings.

    Args:
        cells: The row.
        line: Where it is, for the problems.

    Returns:
        Field to index of its column; the headings of columns that are not read; what
        is there twice.
    """
    columns: dict[Field, int] = {}
    ignored: list[str] = []
    problems: list[RowProblem] = []
    for index, cell in enumerate(cells):
        field = field_of(cell)
        if field is None:
            if cell.strip():
                ignored.append(shown(cell))
        elif field in columns:
            facts = {"heading": shown(cell), "other": shown(cells[columns[field]])}
            problems.append(RowProblem(line, index + 1, "heading-twice", facts))
        else:
            columns[field] = index
    return columns, ignored, problems
