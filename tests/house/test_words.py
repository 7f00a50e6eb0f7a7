"""The screens say in Spanish what public servants in Latin America say."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.house.source_tree import SPANISH, TEMPLATES, shown
from tests.house.test_errors import all_sentences, texts

INSTEAD = {
    r"lecci[oó]n(?:es)?": "módulo",
    r"unidad(?:es)?": "módulo, área",
    r"ex[aá]men(?:es)?": "cuestionario",
    r"tests?": "cuestionario",
    r"[ií]tems?": "pregunta, opción",
    r"notas?": "calificación",
    r"umbral(?:es)?": "calificación mínima",
    r"fallid[oa]s?": "no aprobado",
    r"feedback": "retroalimentación",
    r"progresos?": "avance",
    r"matr[ií]culas?": "inscripción",
    r"alumn[oa]s?": "participante",
    r"estudiantes?": "participante",
    r"instructor(?:as|es|a)?": "persona capacitadora",
    r"profesor(?:as|es|a)?": "persona capacitadora",
    r"docentes?": "persona capacitadora",
    r"formaci[oó]n": "capacitación",
    r"organizaci[oó]n(?:es)?": "institución",
    r"entidad(?:es)?": "institución",
    r"cargos?": "puesto",
    r"asientos?": "plaza",
    r"asignaci[oó]n(?:es)?": "nombramiento",
    r"obligaci[oó]n(?:es)?": "curso requerido",
    r"deberes": "cursos requeridos",
    r"vencimientos?": "fecha límite",
    r"satisfech[oa]s?": "cumplido",
    r"bloquead[oa]s?": "requiere otro curso, sin intentos disponibles",
    r"disponibilidad": "preparación",
    r"factor bus": "si falta una persona",
    r"certificad[oa]s?": "constancia",
    r"diplomas?": "constancia",
    r"t[ií]tulos?": "constancia",
    r"v[aá]lid[oa]s?": "vigente",
    r"anulad[oa]s?": "revocada",
    r"validar(?:l[oae])?": "verificar",
    r"c[oó]digos? de (?:la )?(?:constancia|verificaci[oó]n)": "folio",
    r"llamados?": "convocatoria",
    r"habilidad(?:es)?": "competencia",
    r"logu?e\w+": "entrar",
    r"(?:inici\w+|cerrar|cierr\w+) (?:de )?sesi[oó]n": "entrar, salir",
    r"expert[oa]s?": "con pleno dominio",
    r"especialistas?": "con pleno dominio",
    r"emi(?:tir|te|ten|tid[oa]s?|sor(?:a|es|as)?)": "expedir",
    r"est[aá]tus": "situación",
    r"al d[ií]a [0-9]+": "al 16 de noviembre",
    r"grabad[oa]s?": "guardado",
    r"salvad[oa]s?": "guardado",
    r"pros(?:eguir|igue|iga)": "continuar",
    r"pr[oó]xim[oa] paso": "siguiente paso",
    r"marc\w+ como completad[oa]": "marcar como leído",
    r"hacer una consulta": "preguntar",
    r"contestad[oa]s?": "respondida",
    r"err[oó]ne[oa]s?": "incorrecta",
    r"(?:tiempo|intentos?) restantes?": "quedan …",
    r"reintent\w+": "intentar de nuevo",
    r"en cola": "en espera de",
    r"ordenador(?:es)?": "computadora",
    r"dispositivos?": "equipo",
    r"(?:fuera de l[ií]nea|offline)": "sin conexión",
    r"sesi[oó]n (?:caducad|expirad|ha expirad|ha caducad)\w+": "su sesión terminó",
    r"claves?": "contraseña",
    r"añad\w+": "agregar",
    r"notificar\w*": "reportar",
    r"prerr?equisitos?": "requisito previo",
    r"portafolios?": "mi carpeta",
    r"cuadernos?": "mi carpeta",
    r"(?:co)?financiaci[oó]n": "financiamiento",
    r"combinaci[oó]n de recursos": "financiamiento combinado",
    r"parte propia": "aporte propio",
    r"costes?": "costo",
    r"subvencionables?": "elegible",
    r"bienvenid[oa]s?": "le damos la bienvenida",
    # Spelling and gender.
    r"sólo": "solo",
    r"(?:éste|ésta|ése|ésa|éstos|éstas)": "este, esta",
    r"períodos?": "periodo",
    r"\w+\((?:a|as|o|es)\)": "a noun without gender",
    r"\w+@s?(?![\w.])": "a noun without gender",
    r"tú|tus?|ustedes": "usted",
}
"""What is not said, as a whole word in any case, to what is said instead."""

LEGITIMATE = (
    r"unidad(?:es)? de gestión de proyectos",
    r"nota conceptual|notas? al pie",
    # A certificate runs out; a course is due.
    r"(?:sin|fecha de) (?:fecha de )?vencimiento",
    # A question is voided.
    r"preguntas? anuladas?|anuladas? (?:con|el|desde|cuenta)|(?:está|como) anulada",
    # Of a course, a module, a question or a quiz.
    # Word calls its style for headings of the first level so.
    r"«Título 1»",
    r"títulos? (?:de(?:l)? (?:la )?(?:curso|módulo|pregunta|cuestionario)|y resumen)",
    # What signs is no password.
    r"claves? (?:de firma|públicas?|privadas?)",
    # Of who wanted to come in.
    r"entradas fallidas",
)
"""The few places where such a word is the right one."""

ABOUT_FILES = ("course_problems", "course_values", "quiz_", "skeleton")
"""Sentences about files, where a title, a key and a unit are words of the format."""

FORMAT_WORDS = r"unidad(?:es)?|notas?|t[ií]tulos?|v[aá]lid[oa]s?|anulad[oa]s?|claves?"

FORBIDDEN = re.compile(rf"(?<![\w-])(?:{'|'.join(INSTEAD)})(?![\w-])", re.IGNORECASE)
EXEMPT = re.compile("|".join(LEGITIMATE), re.IGNORECASE)
FORMAT_EXEMPT = re.compile(rf"\b(?:{FORMAT_WORDS})\b", re.IGNORECASE)
NOT_SHOWN = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>|%\(\w+\)s|{\w+}", re.DOTALL)


def spanish_texts() -> Iterator[tuple[str, str]]:
    """List place and text of all that the product says in Spanish."""
    for path in sorted(SPANISH.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="es", charset="utf-8"):
                string = message.string
                forms = [string] if isinstance(string, str) else string or []
                if message.id:
                    yield from ((f"{shown(path)}:{message.lineno}", f) for f in forms)
    for path in sorted(TEMPLATES.rglob("*.es.*")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            yield f"{shown(path)}:{number}", line
    for name, pair in all_sentences():
        yield from _spoken(name, pair)


def _spoken(name: str, pair: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    is_about_files = name.startswith(ABOUT_FILES)
    for text in texts(pair["es"]):
        quoted = re.sub(r"«[^»]*»|`[^`]*`|\"[^\"]*\"", "", text)
        yield name, FORMAT_EXEMPT.sub("", quoted) if is_about_files else quoted


@cache
def instead(word: str) -> str:
    """Return what is said instead of a word."""
    return next(
        better
        for pattern, better in INSTEAD.items()
        if re.fullmatch(pattern, word, re.IGNORECASE)
    )


def forbidden_words(text: str) -> list[str]:
    """List the words of a text that are not said."""
    return FORBIDDEN.findall(EXEMPT.sub("", NOT_SHOWN.sub("", text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Su Nota en el examen", ["Nota", "examen"], id="in any case"),
        pytest.param("La nota conceptual", [], id="where it is the right word"),
        pytest.param("Conozca la notación", [], id="inside another word"),
        pytest.param("<a class='nota'>%(nota)s</a>", [], id="what is not shown"),
    ],
)
def test_forbidden_words_are_found(text: str, words: list[str]) -> None:
    assert forbidden_words(text) == words


def test_the_screens_use_our_words() -> None:
    found = [
        f"{place}: «{word}», say «{instead(word)}»: {text.strip()[:90]}"
        for place, text in spanish_texts()
        for word in forbidden_words(text)
    ]

    assert not found, "\n".join(["Use the words of the house:", *found])
