"""What the import of people says of a list, in Spanish and in English.

Each sentence is a message and a hint; the page puts line and column before them.
"""

from conexx_learn.domain.people_import.row_problems import RowProblem

PEOPLE_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "file-too-large": {
        "es": (
            "el archivo pesa más de {limit} MB",
            "Divídalo en varias listas e impórtelas una por una.",
        ),
        "en": (
            "the file is larger than {limit} MB",
            "Split it into several lists and import them one by one.",
        ),
    },
    "file-is-workbook": {
        "es": (
            "esto es un libro de Excel u otra hoja de cálculo, no un CSV",
            "Ábralo y elija «Guardar como» → «CSV UTF-8 (delimitado por comas)».",
        ),
        "en": (
            "this is a workbook of Excel or another spreadsheet, not a CSV",
            "Open it and choose “Save as” → “CSV UTF-8 (Comma delimited)”.",
        ),
    },
    "file-encoding": {
        "es": (
            "no se puede leer el texto del archivo a partir de aquí",
            "Guárdelo de nuevo como «CSV UTF-8».",
        ),
        "en": (
            "the text of the file cannot be read from here on",
            "Save it again as “CSV UTF-8”.",
        ),
    },
    "file-nul": {
        "es": (
            "hay aquí un signo que no es texto",
            "Guarde la lista de nuevo como «CSV UTF-8».",
        ),
        "en": (
            "there is a sign here that is no text",
            "Save the list again as “CSV UTF-8”.",
        ),
    },
    "file-empty": {
        "es": (
            "la lista está vacía",
            "Escriba en la primera línea los nombres de las columnas y debajo una persona por línea.",
        ),
        "en": (
            "the list is empty",
            "Write the names of the columns on the first line, and one person a line below.",
        ),
    },
    "no-name-heading": {
        "es": (
            "no se encontró la columna del nombre; la lista comienza con «{found}»",
            "La primera línea dice qué hay en cada columna: Nombre, Correo, Área, Puesto, Desde… Solo el nombre es obligatorio.",
        ),
        "en": (
            "no column of names was found; the list begins with “{found}”",
            "The first line says what each column holds: Name, E-mail, Unit, Post, From… Only the name is obligatory.",
        ),
    },
    "no-people": {
        "es": (
            "debajo de los nombres de las columnas no hay ninguna persona",
            "Escriba una persona por línea.",
        ),
        "en": (
            "there is nobody below the names of the columns",
            "Write one person a line.",
        ),
    },
    "heading-twice": {
        "es": (
            "las columnas «{other}» y «{heading}» dicen lo mismo",
            "Quite una de las dos o cámbiele el nombre.",
        ),
        "en": (
            "the columns “{other}” and “{heading}” hold the same",
            "Remove one of them or rename it.",
        ),
    },
    "line-too-long": {
        "es": (
            "la línea tiene más de {limit} caracteres",
            "Revise si faltan saltos de línea o comillas.",
        ),
        "en": (
            "the line has more than {limit} characters",
            "See whether line breaks or quotation marks are missing.",
        ),
    },
    "too-many-lines": {
        "es": (
            "el archivo tiene más de {limit} líneas, contando las vacías",
            "Quite las líneas vacías, o divida la lista en varias.",
        ),
        "en": (
            "the file has more than {limit} lines, blank ones included",
            "Remove blank lines, or split the list into several.",
        ),
    },
    "too-many-columns": {
        "es": (
            "la línea tiene más de {limit} columnas",
            "Deje en la lista solo las columnas que se importan.",
        ),
        "en": (
            "the line has more than {limit} columns",
            "Keep only the columns that are imported.",
        ),
    },
    "cell-too-long": {
        "es": (
            "la celda que comienza con «{value}» tiene más de {limit} caracteres",
            "Acórtela; si abarca varias líneas, revise las comillas.",
        ),
        "en": (
            "the cell that begins with “{value}” has more than {limit} characters",
            "Shorten it; if it spans several lines, look at its quotation marks.",
        ),
    },
    "quotes": {
        "es": (
            "aquí se abren comillas que no se cierran, o hay texto después de cerrarlas",
            'Ponga las comillas al principio y al final de la celda; dentro de ella van dobles («""»). Lo que sigue no se leyó.',
        ),
        "en": (
            "quotation marks open here and do not close, or text follows where they close",
            'Put them at the begin and at the end of the cell; inside it they are doubled (“""”). What follows was not read.',
        ),
    },
    "too-many-rows": {
        "es": (
            "la lista tiene más de {limit} personas",
            "Divídala en varias listas e impórtelas una por una. Lo que sigue no se leyó.",
        ),
        "en": (
            "the list has more than {limit} people",
            "Split it into several lists and import them one by one. What follows was not read.",
        ),
    },
    "too-many-cells": {
        "es": (
            "la línea tiene {count} celdas y la lista solo {wanted} columnas",
            'Si una celda lleva comas o puntos y comas, escríbala entre comillas: «"López, Ana"».',
        ),
        "en": (
            "the line has {count} cells and the list only {wanted} columns",
            'If a cell has commas or semicolons, put it in quotation marks: “"López, Ana"”.',
        ),
    },
    "paste-empty": {
        "es": (
            "no se pegó ningún nombre",
            "Copie los nombres en su hoja de cálculo y péguelos aquí, una persona por línea.",
        ),
        "en": (
            "no name was pasted",
            "Copy the names in your spreadsheet and paste them here, one person a line.",
        ),
    },
    "paste-too-long": {
        "es": (
            "el texto pegado tiene más de {limit} caracteres",
            "Impórtelo como archivo CSV.",
        ),
        "en": (
            "the pasted text has more than {limit} characters",
            "Import it as a CSV file.",
        ),
    },
    "formula": {
        "es": (
            "«{value}» es una fórmula, no un dato",
            "Escriba el dato mismo; una celda no puede comenzar con =, +, - ni @.",
        ),
        "en": (
            "“{value}” is a formula, not a value",
            "Write the value itself; a cell cannot begin with =, +, - or @.",
        ),
    },
    "name-missing": {
        "es": (
            "falta el nombre de la persona",
            "Escríbalo completo, como irá impreso en la constancia.",
        ),
        "en": (
            "the person's name is missing",
            "Write it in full, as it will be printed on the certificate.",
        ),
    },
    "text-signs": {
        "es": (
            "«{value}» lleva «{sign}», que no puede estar en un nombre",
            "Si los acentos se ven mal en toda la lista, guárdela de nuevo como «CSV UTF-8». Si no, corrija la celda.",
        ),
        "en": (
            "“{value}” has “{sign}”, which no name can have",
            "If accents look wrong all over the list, save it again as “CSV UTF-8”. Otherwise mend the cell.",
        ),
    },
    "text-too-long": {
        "es": (
            "«{value}» tiene más de {limit} caracteres",
            "Acórtelo.",
        ),
        "en": (
            "“{value}” has more than {limit} characters",
            "Shorten it.",
        ),
    },
    "email-malformed": {
        "es": (
            "«{value}» no es un correo electrónico",
            "Corríjalo, o deje la celda vacía: quien no tiene correo entra con un nombre de usuario.",
        ),
        "en": (
            "“{value}” is no e-mail address",
            "Mend it, or leave the cell empty: who has no address signs in with a username.",
        ),
    },
    "username-malformed": {
        "es": (
            "«{value}» no puede ser un nombre de usuario",
            "Use de 3 a 64 letras de la a a la z, cifras, puntos y guiones, por ejemplo ana.ruiz; o deje la celda vacía y se propondrá uno.",
        ),
        "en": (
            "“{value}” cannot be a username",
            "Use 3 to 64 letters a to z, digits, dots and hyphens, such as ana.ruiz; or leave the cell empty and one is proposed.",
        ),
    },
    "profile-unknown": {
        "es": (
            "no se conoce el perfil «{value}»",
            "Los perfiles son: {known}.",
        ),
        "en": (
            "the job profile “{value}” is not known",
            "The profiles are: {known}.",
        ),
    },
    "kind-unknown": {
        "es": (
            "«{value}» no dice si la persona es titular o suplente",
            "Escriba «titular» o «suplente», o deje la celda vacía.",
        ),
        "en": (
            "“{value}” does not say whether the person is holder or deputy",
            "Write “holder” or “deputy”, or leave the cell empty.",
        ),
    },
    "yes-unknown": {
        "es": (
            "«{value}» no es ni sí ni no",
            "Escriba «sí» o «no», o deje la celda vacía.",
        ),
        "en": (
            "“{value}” is neither yes nor no",
            "Write “yes” or “no”, or leave the cell empty.",
        ),
    },
    "date-unreadable": {
        "es": (
            "«{value}» no es una fecha",
            "Escríbala como 2026-03-05 o como 05/03/2026 (día, mes, año).",
        ),
        "en": (
            "“{value}” is no date",
            "Write it as 2026-03-05 or as 05/03/2026 (day, month, year).",
        ),
    },
    "date-impossible": {
        "es": (
            "el día «{value}» no existe",
            "Revise el día y el mes; el día va antes que el mes.",
        ),
        "en": (
            "there is no such day as “{value}”",
            "Look at day and month; the day stands before the month.",
        ),
    },
    "date-month-first": {
        "es": (
            "en «{value}» el mes parece estar antes que el día",
            "Aquí el día va primero. Escriba {proposal} y revise las demás fechas de la lista.",
        ),
        "en": (
            "in “{value}” the month seems to stand before the day",
            "Here the day comes first. Write {proposal} and look at the other dates of the list.",
        ),
    },
    "date-range": {
        "es": (
            "el año de «{value}» no puede ser",
            "Escriba un año de 1950 a 2100.",
        ),
        "en": (
            "the year of “{value}” cannot be",
            "Write a year from 1950 to 2100.",
        ),
    },
    "dates-reversed": {
        "es": (
            "el nombramiento termina ({last}) antes de comenzar ({first})",
            "Corrija una de las dos fechas.",
        ),
        "en": (
            "the appointment ends ({last}) before it begins ({first})",
            "Correct one of the two dates.",
        ),
    },
    "post-missing": {
        "es": (
            "hay una fecha de nombramiento, pero ningún puesto",
            "Escriba el puesto o su perfil, o quite la fecha.",
        ),
        "en": (
            "there is a date of appointment, but no post",
            "Write the post or its profile, or remove the date.",
        ),
    },
    "identity-of-two": {
        "es": (
            "{identity} es aquí de «{name}» y en la línea {other_line} de «{other_name}»",
            "Cada persona tiene su propio correo o nombre de usuario. Si es la misma persona, escriba su nombre igual en las dos líneas.",
        ),
        "en": (
            "{identity} belongs to “{name}” here and to “{other_name}” on line {other_line}",
            "Each person has an e-mail address or username of their own. If this is one person, write the name alike on both lines.",
        ),
    },
    "row-twice": {
        "es": (
            "«{name}» ya está en la línea {other_line}, en el mismo puesto y en las mismas fechas",
            "Quite una de las dos líneas, o corrija el puesto o las fechas.",
        ),
        "en": (
            "“{name}” is on line {other_line} already, in the same post and at the same time",
            "Remove one of the two lines, or correct the post or the dates.",
        ),
    },
    "name-twice": {
        "es": (
            "«{name}» está también en la línea {other_line}, y no se sabe si es la misma persona",
            "Escriba en las dos líneas el correo o un nombre de usuario: el mismo si es una persona, distinto si son dos.",
        ),
        "en": (
            "“{name}” is on line {other_line} too, and nobody can tell whether it is one person",
            "Write an e-mail address or a username on both lines: the same for one person, different ones for two.",
        ),
    },
    "encoding-guessed": {
        "es": (
            "el archivo no está en UTF-8 y se leyó como texto de Windows",
            "Revise que los acentos y las eñes se vean bien.",
        ),
        "en": (
            "the file is not UTF-8 and was read as text of Windows",
            "See whether accents look right.",
        ),
    },
    "columns-ignored": {
        "es": (
            "estas columnas no se leen: {headings}",
            "Si alguna hace falta, cámbiele el nombre por uno conocido.",
        ),
        "en": (
            "these columns are not read: {headings}",
            "If one is needed, rename it to a name that is known.",
        ),
    },
    "name-capitals": {
        "es": (
            "«{value}» quedará como «{name}»",
            "Se cambiaron las mayúsculas; los acentos que falten puede agregarlos la misma persona.",
        ),
        "en": (
            "“{value}” becomes “{name}”",
            "Capitals were changed; accents that are missing can be added by the person.",
        ),
    },
    "name-turned": {
        "es": (
            "«{value}» quedará como «{name}»",
            "Los apellidos van después del nombre; revise que no se hayan separado mal.",
        ),
        "en": (
            "“{value}” becomes “{name}”",
            "Surnames go behind the given names; see whether they were told apart rightly.",
        ),
    },
    "name-order-unknown": {
        "es": (
            "en «{value}» no se sabe dónde terminan los apellidos; quedará como «{name}»",
            "Si el orden no es el correcto, escriba primero el nombre y después los apellidos.",
        ),
        "en": (
            "in “{value}” it is not clear where the surnames end; it becomes “{name}”",
            "If the order is wrong, write given names first and surnames after them.",
        ),
    },
    "date-short-year": {
        "es": (
            "«{value}» se leyó como {day}",
            "Si no es ese año, escríbalo con cuatro cifras.",
        ),
        "en": (
            "“{value}” was read as {day}",
            "If the year is another one, write it with four digits.",
        ),
    },
    "date-number": {
        "es": (
            "«{value}» se leyó como {day}",
            "Así guarda las fechas una hoja de cálculo; si no es ese día, escríbalo como 2026-03-05.",
        ),
        "en": (
            "“{value}” was read as {day}",
            "This is how spreadsheets keep dates; if it is another day, write it as 2026-03-05.",
        ),
    },
}
"""Code to language to message and hint."""


def row_sentence(problem: RowProblem, lang: str) -> tuple[str, str]:
    """Say what is wrong or was changed, without a full stop, and what to do.

    Args:
        problem: Its facts fill the placeholders.
        lang: `es` or any tag that begins so; everything else gets English.

    Returns:
        Message and hint.
    """
    sentences = PEOPLE_PROBLEMS[problem.code]
    message, hint = sentences["es" if lang.startswith("es") else "en"]
    return message.format(**problem.facts), hint.format(**problem.facts)
