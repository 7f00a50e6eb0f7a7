"""The texts of the courses are of one house: length, ease, shape, names and words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from conexx_learn.domain.course import Course, ModuleText
from tests.house.course_readers import (
    FENCE,
    NO_BREAK_SPACE,
    SELF_CHECK,
    catalogue,
    course_of,
    module_texts,
    parts,
    taught,
)
from tests.house.course_tables import tables
from tests.house.readability import ease, prose, syllables, words

SHORTEST, LONGEST = 900, 1_600
EASIEST_ALLOWED = 55
TASK = re.compile(r"^## (?:En su municipio|In your municipality)$", re.MULTILINE)
LAST_PARTS = {"En su municipio", "In your municipality", "Fuentes", "Sources"}
THE_CASE = re.compile(r"El caso\b|The case\b")
TASK_BOX = re.compile(r'^!!! note "(?:Tarea|Task) · (\d+) min · .+"$', re.MULTILINE)
STEP = re.compile(r"^ {4}\d+\. .*\((\d+) min\)\.?$", re.MULTILINE)
ANY_STEP = re.compile(r"^ {4}\d+\. ", re.MULTILINE)
HEAD = re.compile(r"^(#+) ", re.MULTILINE)
FIGURE = re.compile(r"^!\[[^\]]+\]\(media/(.+?)(?:-es|-en)?\.(\w+)\)", re.MULTILINE)
FICTIONAL = re.compile(r"\b(?:fictici[oa]s?|fictional)\b", re.IGNORECASE)
BOLD = re.compile(r"\*\*([A-ZÁÉÍÓÚÑ][^*]+)\*\*")
TITLES = re.compile(r"\bPortal de Financiación y Licitaciones\b")
ITALIC = re.compile(r"(?<!\*)\*(?!\*)[^*\n]+\*(?!\*)")
SPAIN = {
    r"costes?": "costo",
    r"(?:co)?financiaci[oó]n": "financiamiento",
    r"(?:no )?subvencionables?": "elegible",
    r"formaci[oó]n": "capacitación",
    r"ordenador(?:es)?": "computadora",
    r"ficheros?": "archivo",
    r"m[oó]vil(?:es)?": "teléfono",
    r"matr[ií]culas?": "inscripción",
    r"alumn(?:[oa]s?|ado)": "participante",
    r"instructor(?:[ae]s?|es)?": "persona capacitadora",
    r"añad\w+": "agregar",
    r"cog(?:er|e[ns]?|id[oa]s?)": "tomar",
    r"prerr?equisitos?": "requisito previo",
    r"(?<!la )(?<!de )bienvenid[oa]s?": "le damos la bienvenida",
    r"feedback": "retroalimentación",
    r"sólo": "solo",
    r"períodos?": "periodo",
    r"(?:éste|ésta|ése|ésa)s?": "este, esta",
    r"vosotr[oa]s|vuestr[oa]s?|os": "ustedes",
    r"tú|tus?|contigo": "usted",
    r"\w+\((?:a|as|o|es)\)": "a noun without gender",
}
"""What is said in Spain or to a friend, as a whole word, to what is said instead."""

OF_SPAIN = re.compile(rf"(?<![\w-])(?:{'|'.join(SPAIN)})(?![\w-])", re.IGNORECASE)
COURSE = pytest.mark.parametrize("slug", catalogue())


def name(text: ModuleText) -> str:
    """Name a text for a message."""
    return text.path


def minutes(text: ModuleText) -> tuple[int, list[int], int]:
    """Read the task of a module: minutes of the box, of its steps, number of steps."""
    task = TASK.split(text.body_md)[-1].replace(NO_BREAK_SPACE, " ")
    (whole,) = TASK_BOX.findall(task)
    return int(whole), list(map(int, STEP.findall(task))), len(ANY_STEP.findall(task))


def shape(text: ModuleText) -> dict[str, list[str] | list[int]]:
    """Tell what two languages of a module have alike."""
    body = FENCE.sub("", text.body_md)
    return {
        "headings": HEAD.findall(body),
        "rows of tables": [len(table.rows) for table in tables(body)],
        "figures": [".".join(figure) for figure in FIGURE.findall(body)],
        "self-checks": [q.id for check in text.self_checks for q in check.questions],
    }


def towns(course: Course, lang: str) -> list[str]:
    """Name the towns that the course page calls fictional, in bold."""
    paragraphs = course.texts[lang].body_md.split("\n\n")
    return [
        town
        for paragraph in paragraphs
        if FICTIONAL.search(paragraph)
        for town in BOLD.findall(paragraph)
    ]


def short(town: str) -> str:
    """Return the name of a town as people say it: Santa Brígida, Loma del Cedro."""
    first = re.split(r" del? ", town)[0]
    return first if " " in first else town


def teaching_parts(text: ModuleText, places: Sequence[str]) -> dict[str, str]:
    """Return the sections that teach; what tells the case belongs to the one before."""
    found: dict[str, str] = {}
    for title, part in parts(text).items():
        tells_case = THE_CASE.match(title) or any(short(t) in title for t in places)
        if tells_case and found:
            found[list(found)[-1]] += part
        elif not tells_case and title not in LAST_PARTS:
            found[title] = part
    return found


def paragraphs_of(course: Course, lang: str) -> Iterator[tuple[str, str]]:
    """List place and text of all that a course says in a language."""
    for path, text in sorted(course.files.items()):
        if path.endswith(f".{lang}.md"):
            body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
            yield from ((path, paragraph) for paragraph in body.split("\n\n"))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("sol", 1),
        ("y", 1),
        ("río", 2),
        ("ciudad", 2),
        ("bahía", 3),
        ("guía", 2),
        ("queda", 2),
        ("baúl", 2),
        ("línea", 3),
        ("economía", 5),
        ("financiamiento", 5),
        ("construí", 2),
        ("ahora", 3),
        ("UE", 1),
    ],
)
def test_syllables_are_counted_as_spanish_is_spelt(word: str, count: int) -> None:
    assert syllables(word) == count


def test_what_is_read_is_told_from_what_is_drawn() -> None:
    text = (
        '## Un *título*\n\n| a | b |\n\n![x](y.svg)\n\n- Uno, [dos](z)\n\n!!! note "T"'
    )

    assert prose(text) == "Un título.\nUno, dos.\nT."
    assert ease("Pan y sol. Mar y luz.") == pytest.approx(206.84 - 60 - 1.02 * 3)


@COURSE
def test_a_module_has_the_length_of_an_evening(slug: str) -> None:
    lengths = {
        name(text): words(taught(text)) for _, text in module_texts(course_of(slug))
    }
    others = {k: v for k, v in lengths.items() if not SHORTEST <= v <= LONGEST}

    assert not others, f"{slug}: {SHORTEST} to {LONGEST} words a module: {others}"


@COURSE
def test_the_spanish_is_easy_to_read(slug: str) -> None:
    marks = {
        name(text): round(ease(prose(taught(text))), 1)
        for _, text in module_texts(course_of(slug))
        if text.lang == "es"
    }
    hard = {k: v for k, v in marks.items() if v < EASIEST_ALLOWED}

    assert marks
    assert not hard, f"{slug}: shorter words and sentences, please: {hard}"


@COURSE
def test_after_each_section_one_checks_what_one_learnt(slug: str) -> None:
    course = course_of(slug)
    without = [
        f"{name(text)}: {title}"
        for _, text in module_texts(course)
        for title, part in teaching_parts(text, towns(course, text.lang)).items()
        if SELF_CHECK not in part
    ]

    assert not without, f"{slug}: add a self-check to these: {without}"


@COURSE
def test_a_module_ends_with_its_task_and_its_sources(slug: str) -> None:
    for _, text in module_texts(course_of(slug)):
        assert set(list(parts(text))[-2:]) <= LAST_PARTS, name(text)


@COURSE
def test_the_minutes_of_a_task_are_those_of_its_steps(slug: str) -> None:
    for module, text in module_texts(course_of(slug)):
        whole, steps, number = minutes(text)

        assert len(steps) == number, f"{name(text)}: a step without its minutes"
        assert sum(steps) == whole == module.task_minutes, f"{name(text)}: {steps}"


@COURSE
def test_both_languages_of_a_module_have_the_same_shape(slug: str) -> None:
    for module in course_of(slug).modules:
        shapes = [(name(text), shape(text)) for text in module.texts.values()]
        for (_, one), (path, other) in pairwise(shapes):
            assert one == other, path


@COURSE
def test_one_fictional_town_goes_through_a_course(slug: str) -> None:
    course = course_of(slug)
    found = {lang: towns(course, lang) for lang in course.texts}

    assert all(found.values()), f"{slug}: name the fictional town in bold: {found}"
    assert len({town[0] for town in found.values()}) == 1, found


@COURSE
def test_a_course_names_no_town_of_another(slug: str) -> None:
    """Unless it says whose: the paragraph has the title of the other course."""
    course = course_of(slug)
    others = [course_of(other) for other in catalogue() if other != slug]
    for lang in course.texts:
        strange = [
            f"{path}: {town}"
            for path, paragraph in paragraphs_of(course, lang)
            for other in others
            for town in towns(other, lang)
            if short(town) in paragraph
            and f"*{other.texts[lang].title}*" not in paragraph
        ]

        assert not strange, f"{slug}: whose are these? {strange}"


def spoken(paragraph: str) -> str:
    """Leave out the words of documents: italics and official names."""
    return TITLES.sub("", ITALIC.sub("", paragraph.replace("**", "")))


@COURSE
def test_the_spanish_is_that_of_latin_america(slug: str) -> None:
    """A word of the EU's own documents stands in italics; titles of sources are theirs.

    A school has *docentes*; who trains people here is a *persona capacitadora*.
    """
    found = [
        f"{path}: {word}, say {SPAIN[rule]}"
        for path, paragraph in _before_sources(course_of(slug))
        for word in OF_SPAIN.findall(spoken(paragraph))
        for rule in SPAIN
        if re.fullmatch(rule, word, re.IGNORECASE)
    ]

    assert not found, f"{slug}: {found}"


def _before_sources(course: Course) -> Iterator[tuple[str, str]]:
    ended = set()
    for path, paragraph in paragraphs_of(course, "es"):
        if paragraph.strip() == "## Fuentes":
            ended.add(path)
        if path not in ended:
            yield path, paragraph


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("El coste es alto", ["coste"], id="a word of Spain"),
        pytest.param("elegible (*coste subvencionable*)", [], id="of a document"),
        pytest.param("**ordenador**", ["ordenador"], id="bold is no quotation"),
        pytest.param("el Portal de Financiación y Licitaciones", [], id="a name"),
        pytest.param("los costos, la información", [], id="not part of a word"),
        pytest.param("dar la bienvenida", [], id="to welcome has no gender"),
        pytest.param("Bienvenida, María", ["Bienvenida"], id="welcome alone has"),
    ],
)
def test_words_of_spain_are_told_from_names(text: str, found: list[str]) -> None:
    assert OF_SPAIN.findall(spoken(text)) == found
