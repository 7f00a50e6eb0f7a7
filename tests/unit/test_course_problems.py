"""Each code of the course folder, provoked: where it points, and at what."""

import pytest

from conexx_learn.domain.course_source import content_problem
from conexx_learn.domain.sentences import problem_sentence
from tests.sample_folders import (
    COURSE_TEXT,
    FIRST_MODULE,
    SECOND_MODULE,
    SETTINGS,
    SVG,
    make_files,
    read_sample,
    source_reference,
)

Files = dict[str, bytes]


def changed(old: str, new: str, *, settings: str = SETTINGS) -> Files:
    assert old in settings
    return make_files(settings=settings.replace(old, new))


def second(body: str) -> Files:
    return make_files(second=f"---\ntitle: Dos\n---\n\n{body}\n\n## Quién paga\n")


def translated(reference: str = "") -> Files:
    files = make_files()
    stated = reference or source_reference("02-second-drop.es.md", b"older")
    text = f"---\ntitle: Two\ntranslates: {stated}\n---\n\n## Who pays?\n\nAll 3.\n"
    return files | {"02-second-drop.en.md": text.encode()}


def with_media(name: str, data: bytes) -> Files:
    return make_files() | {f"media/{name}": data}


CASES = [
    pytest.param(make_files(settings=None), "E001", "course.toml", 1, id="E001 absent"),
    pytest.param(
        changed("hours = 1", "hours ="), "E001", "course.toml", 3, id="E001 not TOML"
    ),
    pytest.param(
        make_files(settings=b'version = "\xff"'),
        "E001",
        "course.toml",
        1,
        id="E001 not UTF-8",
    ),
    pytest.param(
        changed("pass_mark", "passmark"), "E002", "course.toml", 4, id="E002 key"
    ),
    pytest.param(
        changed("minutes = 20", "minuts = 20"),
        "E002",
        "course.toml",
        21,
        id="E002 key of a module",
    ),
    pytest.param(
        make_files(second=SECOND_MODULE.replace("---\n\n", "color: azul\n---\n\n")),
        "E002",
        "02-second-drop.es.md",
        3,
        id="E002 front matter",
    ),
    pytest.param(
        changed('source_language = "es"\n', ""),
        "E003",
        "course.toml",
        1,
        id="E003 settings",
    ),
    pytest.param(
        changed("minutes = 30\n", ""), "E003", "course.toml", 14, id="E003 module"
    ),
    pytest.param(
        make_files(second="## Sin datos\n"),
        "E003",
        "02-second-drop.es.md",
        1,
        id="E003 no front matter",
    ),
    pytest.param(
        make_files(course=COURSE_TEXT.replace("lo-1", "# lo-1")),
        "E003",
        "course.es.md",
        1,
        id="E003 outcome without text",
    ),
    pytest.param(
        make_files() | {"01-first-drop.en.md": b"---\ntitle: One\n---\n"},
        "E003",
        "01-first-drop.en.md",
        1,
        id="E003 translates",
    ),
    pytest.param(
        changed("hours = 1", "hours = 1.3"), "E004", "course.toml", 3, id="E004 hours"
    ),
    pytest.param(
        changed('"1.0"', '"one"'), "E004", "course.toml", 1, id="E004 version"
    ),
    pytest.param(
        changed("level = 2", "level = 9"), "E004", "course.toml", 5, id="E004 level"
    ),
    pytest.param(
        changed("2027-11-21", '"soon"'), "E004", "course.toml", 22, id="E004 date"
    ),
    pytest.param(
        changed('slug = "second-drop"', 'slug = "quiz"'),
        "E004",
        "course.toml",
        20,
        id="E004 reserved",
    ),
    pytest.param(
        changed('slug = "second-drop"', 'slug = "first-drop"'),
        "E004",
        "course.toml",
        20,
        id="E004 module twice",
    ),
    pytest.param(
        changed('outcomes = ["lo-1"]\n\n', 'outcomes = ["lo-9"]\n\n'),
        "E004",
        "course.toml",
        17,
        id="E004 outcome unknown",
    ),
    pytest.param(
        make_files(course=COURSE_TEXT.replace("De dónde", "De " * 120)),
        "E004",
        "course.es.md",
        3,
        id="E004 summary",
    ),
    pytest.param(
        make_files(second=b"---\ntitle: Dos\n---\n\nbien\nmal \xff\n"),
        "E004",
        "02-second-drop.es.md",
        6,
        id="E004 not UTF-8",
    ),
    pytest.param(
        translated("elsewhere"), "E004", "02-second-drop.en.md", 3, id="E004 translates"
    ),
    pytest.param(
        make_files() | {"rubric.es.md": b"## one | Uno\nweight: 0\n- [0] no\n"},
        "E004",
        "rubric.es.md",
        1,
        id="E004 rubric",
    ),
    pytest.param(make_files(second=None), "E005", "course.toml", 20, id="E005 no file"),
    pytest.param(
        make_files() | {"03-third.es.md": b"---\ntitle: T\n---\n"},
        "E005",
        "03-third.es.md",
        1,
        id="E005 no entry",
    ),
    pytest.param(make_files(course=None), "E005", "course.toml", 1, id="E005 no page"),
    pytest.param(
        make_files()
        | {"03-second-drop.es.md": SECOND_MODULE.encode()}
        | {"02-second-drop.es.md": SECOND_MODULE.encode()},
        "E006",
        "03-second-drop.es.md",
        1,
        id="E006 two numbers",
    ),
    pytest.param(
        make_files() | {"note.es.md": b"x"}, "E007", "note.es.md", 1, id="E007"
    ),
    pytest.param(
        second("palabra " * 9000), "E008", "02-second-drop.es.md", 1, id="E008 module"
    ),
    pytest.param(
        with_media("big.pdf", b"%PDF-" + b" " * 5_000_000),
        "E008",
        "media/big.pdf",
        1,
        id="E008 media",
    ),
    pytest.param(
        make_files(
            second=f"---\ntitle: Dos\nsources: {'x' * 4100}\n---\n\n## Quién paga\n"
        ),
        "E008",
        "02-second-drop.es.md",
        1,
        id="E008 front matter",
    ),
    pytest.param(
        with_media("a.png", b"GIF89a"), "E009", "media/a.png", 1, id="E009 disguised"
    ),
    pytest.param(
        with_media("a.gif", b"GIF89a"), "E009", "media/a.gif", 1, id="E009 kind"
    ),
    pytest.param(
        make_files(second="---\ntitle: Dos\n\n## Quién paga\n"),
        "E010",
        "02-second-drop.es.md",
        1,
        id="E010 not closed",
    ),
    pytest.param(
        make_files(second="---\ntitle: Dos\n  nested: no\n---\n\n## Quién paga\n"),
        "E010",
        "02-second-drop.es.md",
        3,
        id="E010 nested",
    ),
    pytest.param(
        make_files(second="---\ntitle: Dos\ntitle: Tres\n---\n\n## Quién paga\n"),
        "E010",
        "02-second-drop.es.md",
        3,
        id="E010 repeated",
    ),
    pytest.param(second("# Uno"), "E011", "02-second-drop.es.md", 5, id="E011 first"),
    pytest.param(
        second("Uno\n==="), "E011", "02-second-drop.es.md", 5, id="E011 setext"
    ),
    pytest.param(
        second("## A\n\n#### B"), "E011", "02-second-drop.es.md", 7, id="E011 jump"
    ),
    pytest.param(
        second("x\n" + "[" * 101), "E012", "02-second-drop.es.md", 6, id="E012 brackets"
    ),
    pytest.param(
        second("> " * 30 + "x"), "E012", "02-second-drop.es.md", 5, id="E012 nested"
    ),
    pytest.param(
        second("[x](third-drop)"), "E013", "02-second-drop.es.md", 5, id="E013 module"
    ),
    pytest.param(
        second("[x](#nada)"), "E013", "02-second-drop.es.md", 5, id="E013 anchor"
    ),
    pytest.param(
        second("[x](first-drop#nada)"),
        "E013",
        "02-second-drop.es.md",
        5,
        id="E013 anchor elsewhere",
    ),
    pytest.param(
        second("[x](media/a.pdf)"), "E013", "02-second-drop.es.md", 5, id="E013 file"
    ),
    pytest.param(
        second("a\n![x](media/a.png)"),
        "E013",
        "02-second-drop.es.md",
        6,
        id="E013 image",
    ),
    pytest.param(
        second("![x](https://a.example/b.png)"),
        "E013",
        "02-second-drop.es.md",
        5,
        id="E013 image outside",
    ),
    pytest.param(
        second("![mapa]\n\n[mapa]: media/a.png"),
        "E013",
        "02-second-drop.es.md",
        5,
        id="E013 image by label",
    ),
    pytest.param(
        second("[x](javascript:alert)"),
        "E013",
        "02-second-drop.es.md",
        5,
        id="E013 scheme",
    ),
    pytest.param(
        second("[x][nada]"), "E013", "02-second-drop.es.md", 5, id="E013 label"
    ),
    pytest.param(
        second("Dato[^1]"), "E013", "02-second-drop.es.md", 5, id="E013 footnote"
    ),
    pytest.param(
        changed("prerequisites = []", 'prerequisites = ["no-such"]'),
        "E014",
        "course.toml",
        6,
        id="E014 unknown",
    ),
    pytest.param(
        changed("prerequisites = []", 'prerequisites = ["other-one"]'),
        "E014",
        "course.toml",
        6,
        id="E014 circular",
    ),
    pytest.param(
        changed("hours = 1", "hours = 2"), "E015", "course.toml", 3, id="E015"
    ),
    pytest.param(
        changed('competency = "K1"', 'competency = "K77"'),
        "E501",
        "course.toml",
        5,
        id="E501 grants",
    ),
    pytest.param(
        second("```\nsin cerrar"), "E105", "02-second-drop.es.md", 5, id="E105 fence"
    ),
    pytest.param(second("a\nb <b>x</b>"), "W001", "02-second-drop.es.md", 6, id="W001"),
    pytest.param(
        second("![](media/basin.svg)"), "W002", "02-second-drop.es.md", 5, id="W002"
    ),
    pytest.param(
        changed("2027-11-21", "2026-12-01"), "W003", "course.toml", 22, id="W003 soon"
    ),
    pytest.param(
        changed("2027-11-21", "2026-11-20"), "W003", "course.toml", 22, id="W003 past"
    ),
    pytest.param(translated(), "W004", "01-first-drop.es.md", 1, id="W004"),
    pytest.param(
        changed('participation = "online"\n', ""), "W005", "course.toml", 1, id="W005"
    ),
    pytest.param(translated(), "W006", "02-second-drop.en.md", 3, id="W006"),
    pytest.param(
        make_files(svg=SVG.replace("M0 0", "M0 0" * 30_100)),
        "W007",
        "01-first-drop.es.md",
        1,
        id="W007",
    ),
    pytest.param(make_files(final=None), "W008", "course.toml", 1, id="W008"),
]


@pytest.mark.parametrize(("files", "code", "path", "line"), CASES)
def test_each_code_is_told_at_its_place(
    files: Files, code: str, path: str, line: int
) -> None:
    neighbours = {"other-one": ("water-for-all",)}

    course, problems = read_sample(files, neighbours=neighbours)

    places = [(problem.code, problem.path, problem.line) for problem in problems]
    assert (code, path, line) in places
    assert (course is None) == any(place[0].startswith("E") for place in places)


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("files", [pytest.param(c.values[0], id=c.id) for c in CASES])
def test_each_problem_has_its_sentence(files: object, lang: str) -> None:
    assert isinstance(files, dict)
    _, problems = read_sample(files, neighbours={"other-one": ("water-for-all",)})

    for problem in problems:
        message, hint = problem_sentence(problem, lang)
        assert message
        assert hint


def test_an_order_that_disagrees_is_told_at_its_table() -> None:
    first, rest = SETTINGS.split("[[modules]]", 1)
    one, two = rest.split("[[modules]]")
    settings = f"{first}[[modules]]{two}\n[[modules]]{one}"

    _, problems = read_sample(make_files(settings=settings))

    assert [(problem.code, problem.line) for problem in problems] == [("E006", 20)]


def test_a_changed_course_with_its_old_version_is_told() -> None:
    course, _ = read_sample(make_files())
    assert course is not None

    problem = content_problem(course, (1, 0), "0" * 64)

    assert problem is not None
    assert "1.1" in " ".join(problem_sentence(problem, "en"))


def test_a_whole_course_has_a_limit() -> None:
    heavy = {f"media/{n}.pdf": b"%PDF-" + b" " * 4_900_000 for n in range(11)}

    _, problems = read_sample(make_files() | heavy)

    assert [(p.code, p.path, p.facts["variant"]) for p in problems] == [
        ("E008", "course.toml", "course")
    ]


@pytest.mark.parametrize(
    ("key", "meant"),
    [("passmark", "pass_mark"), ("hour", "hours"), ("acess", "access")],
)
def test_an_unknown_key_has_a_likely_one(key: str, meant: str) -> None:
    _, problems = read_sample(make_files(settings=f"{key} = 1\n{SETTINGS}"))

    unknown = [problem for problem in problems if problem.code == "E002"]
    assert f"“{meant}”" in problem_sentence(unknown[0], "en")[0]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<https://a.example> y <a@b.example>", id="autolinks"),
        pytest.param("<!-- nota -->\n<!--\n<b>\n[x](nada)\n-->", id="comments"),
        pytest.param("`<b>` y `[x](nada)` y ``# `x` ``", id="code spans"),
        pytest.param("```\n# Uno\n<b>\n[x](nada)\n[[[[\n```", id="fences"),
        pytest.param("[a](#quien-paga) [b](first-drop) [c](01-first-drop)", id="slugs"),
        pytest.param("[a](01-first-drop.es.md#de-donde-viene)", id="file name"),
        pytest.param("[a](final) [b](/help) [c](mailto:a@b.example)", id="addresses"),
        pytest.param("[a][uno]\n\n[uno]: first-drop", id="labels"),
        pytest.param("Dato[^1]\n\n[^1]: Fuente.", id="footnotes"),
        pytest.param("## A {: #aqui }\n\n[x](#aqui)", id="own anchors"),
        pytest.param("!!! note\n    ![Mapa](media/basin.svg)", id="admonitions"),
        pytest.param("- [x] hecho\n- [ ] pendiente", id="brackets in a list"),
        pytest.param("2 < 3 y 4 > 1; a <- b", id="angle signs"),
        pytest.param("| a | b |\n|---|---|\n| 1 | 2 |", id="tables"),
    ],
)
def test_sound_markdown_is_left_in_peace(body: str) -> None:
    course, problems = read_sample(second(body))

    assert problems == []
    assert course is not None


@pytest.mark.parametrize(
    ("inner", "part"),
    [
        pytest.param("<script>alert(1)</script>", "script", id="script"),
        pytest.param("<foreignObject/>", "foreignobject", id="foreign object"),
        pytest.param('<g onload="x()"/>', "onload", id="event"),
        pytest.param('<image href="https://a.example/b.png"/>', "href", id="outside"),
        pytest.param('<image href="data:image/png;base64,AA=="/>', "href", id="data"),
        pytest.param("<style>@import 'a.css'</style>", "style", id="style"),
        pytest.param('<path fill="url(https://a.example)"/>', "fill", id="url"),
        pytest.param(
            '<set attributeName="href" to="javascript:x"/>', "attributename", id="set"
        ),
    ],
)
def test_a_drawing_that_could_act_is_refused(inner: str, part: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'

    _, problems = read_sample(make_files(svg=svg))

    assert [(p.code, p.facts["part"]) for p in problems] == [("E009", part)]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<svg", id="not closed"),
        pytest.param(b"<html/>", id="other root"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b'<?xml version="1.0" encoding="no-such"?><svg/>', id="encoding"),
        pytest.param(b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', id="entities"),
        pytest.param(b"", id="empty"),
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    _, problems = read_sample(make_files(svg=data))

    assert [problem.code for problem in problems] == ["E009"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n..."),
        ("a.jpg", b"\xff\xd8\xff\xe0..."),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>'),
    ],
)
def test_media_are_what_their_names_say(name: str, data: bytes) -> None:
    assert read_sample(with_media(name, data))[1] == []


def test_a_stale_translation_names_the_sections_that_differ() -> None:
    source = SECOND_MODULE + "\n## Cuánto cuesta\n\nCuesta 5.\n"
    files = make_files(second=source)
    stated = source_reference("02-second-drop.es.md", b"older")
    body = "## Who pays?\n\nWho uses it.\n\n## What it costs\n\nIt costs 4.\n"
    text = f"---\ntitle: Two\ntranslates: {stated}\n---\n\n{body}"

    _, problems = read_sample(files | {"02-second-drop.en.md": text.encode()})

    stale = [problem for problem in problems if problem.code == "W006"]
    assert [problem.facts["sections"] for problem in stale] == ["«Cuánto cuesta»"]


def test_self_checks_of_a_translation_ask_the_same() -> None:
    files = make_files()
    stated = source_reference("01-first-drop.es.md", files["01-first-drop.es.md"])
    text = FIRST_MODULE.replace("title: La primera gota", "title: The first drop")
    text = text.replace("sources:", f"translates: {stated}\nsources:")
    other = text.replace("first-drop-check", "other-check")
    marked = text.replace("- (x) Del río", "- ( ) River").replace(
        "- ( ) Del banco", "- (x) Bank"
    )

    told = [
        {problem.code for problem in read_sample(files | {path: body.encode()})[1]}
        for path, body in [
            ("01-first-drop.en.md", other),
            ("01-first-drop.en.md", marked),
        ]
    ]

    assert "E401" in told[0]
    assert "E402" in told[1]


def test_all_problems_of_all_files_come_in_one_run() -> None:
    files = changed("hours = 1", "hours = 1.3") | {"note.es.md": b"x"}
    files["02-second-drop.es.md"] = b"# Uno\n"
    files["final.quiz.es.md"] = b"nothing"

    _, problems = read_sample(files)

    paths = {problem.path for problem in problems}
    assert {"course.toml", "note.es.md", "02-second-drop.es.md"} <= paths
    assert "final.quiz.es.md" in paths
    assert problems == sorted(problems)


def test_a_first_module_without_image_needs_none() -> None:
    text = FIRST_MODULE.replace("![Mapa de la cuenca](media/basin.svg)\n", "")

    assert read_sample(make_files(first=text, svg=None))[1] == []


@pytest.mark.parametrize("key", ["assessment", "participation", "quality_assurance"])
def test_each_missing_element_is_named_with_how_to_add_it(key: str) -> None:
    lines = make_files()["course.toml"].decode().splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith(f"{key} ="))

    _, problems = read_sample(make_files() | {"course.toml": text.encode()})

    (missing,) = [problem for problem in problems if problem.code == "W005"]
    for lang in ("es", "en"):
        assert key in " ".join(problem_sentence(missing, lang))
