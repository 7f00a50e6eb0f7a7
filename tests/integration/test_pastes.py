"""What is pasted from Word, LibreOffice and Google Docs, in the shapes they send."""

import re
from contextlib import suppress
from html import unescape
from pathlib import Path

import pytest

from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.markup import render_document
from conexx_learn.domain.word_import.arrival import Choices, WordArrival
from conexx_learn.services.word_import import MOST_PASTED, pasted_arrival

PAGES = Path(__file__).parents[1] / "question_files"
FROM_WORD, FROM_LIBREOFFICE, FROM_GOOGLE = (
    (PAGES / f"pasted-from-{program}.html").read_text(encoding="utf-8")
    for program in ("word", "libreoffice", "google")
)
"""What the clipboard holds, in the shape that each program gives it."""

EXPECTED = """\
Se pide **tres cotizaciones** en Villa Esperanza, y se anota[^1].

- Factura
    - Original
- Acta

1. Pedir
2. Comprar

| Gasto | Prueba |
| --- | --- |
| Tubería | Factura 7 |
"""


def pasted(html: str) -> WordArrival:
    return pasted_arrival(html, name="Texto pegado", language="es")


def body(html: str) -> str:
    arrived = pasted(html)
    return arrived.body(arrived.modules[0])


@pytest.mark.parametrize("html", [FROM_WORD, FROM_LIBREOFFICE, FROM_GOOGLE])
def test_the_three_programs_give_the_same_text(html: str) -> None:
    text = body(html)

    assert text.startswith(EXPECTED)
    assert "\n## Después\n" in text
    assert "[el portal](https://example.org/archivo)" in text
    assert text.endswith("[^1]: En el libro de compras.")


@pytest.mark.parametrize("html", [FROM_LIBREOFFICE, FROM_GOOGLE])
def test_nothing_is_told_where_nothing_was_lost(html: str) -> None:
    assert not pasted(html).remarks


def test_what_a_paste_of_word_loses_is_told() -> None:
    told = {one.code for one in pasted(FROM_WORD).remarks}

    assert told == {"title-left", "colour-lost", "comment-lost", "picture-outside"}
    assert "Microsoft" not in body(FROM_WORD)
    assert "supportLists" not in body(FROM_WORD)


def test_plain_text_of_a_form_without_a_script_is_a_module() -> None:
    arrived = pasted("<p>Solo un <b>párrafo</b></p>")

    assert [one.title for one in arrived.modules] == ["Texto pegado"]
    assert arrived.body(arrived.modules[0]) == "Solo un **párrafo**"


def test_a_lettered_list_of_word_below_a_number_is_a_question() -> None:
    def entry(level: str, mark: str, text: str) -> str:
        return (
            f"<p class=MsoListParagraph style='mso-list:{level} level1 lfo1'><span "
            f"style='mso-list:Ignore'>{mark}<span>&nbsp; </span></span>{text}</p>"
        )

    html = "".join(
        [
            entry("l0", "1.", "¿Qué se archiva?"),
            entry("l1", "a)", "Nada"),
            entry("l1", "b)", "<b>La factura</b>"),
            entry("l0", "2.", "¿Quién firma?"),
            entry(
                "l2",
                "a)",
                "<span style='mso-highlight:yellow'>La tesorería</span>",
            ),
            entry("l2", "b)", "Nadie"),
        ]
    )

    texts = [one.text for one in pasted(html).questions]

    assert "- ( ) Nada\n- (x) La factura" in texts[0]
    assert "- (x) La tesorería\n- ( ) Nadie" in texts[1]


def test_a_procedure_with_steps_is_no_question() -> None:
    html = (
        "<ol><li>Reúna los papeles<ol type=a><li>Factura</li><li>Acta</li></ol></li>"
        "<li>Firme</li></ol>"
    )

    arrived = pasted(html)

    assert not arrived.questions
    assert (
        arrived.body(arrived.modules[0])
        == "1. Reúna los papeles\n    1. Factura\n    2. Acta\n2. Firme"
    )


@pytest.mark.parametrize(
    ("marked", "right"),
    [
        ("a) uno<br>b) dos *<br>c) tres", "dos"),
        ("a) uno<br>b) dos ✓<br>c) tres", "dos"),
        ("(x) a) uno<br>b) dos<br>c) tres", "uno"),
        ("a) uno<br>b) dos (correcta)<br>c) tres", "dos"),
        ("a. uno<br>b. dos<br><b>c. tres</b>", "tres"),
        ("a) uno<br>b) dos<br>c) tres<br>Respuesta: c) tres", "tres"),
        ("a) uno<br>b) dos<br>c) tres<br>Answer: b", "dos"),
        ("a) uno<br>b) dos<br>c) tres<br>Clave: a", "uno"),
        ("a) uno<br><u>b) dos</u><br>c) tres", "dos"),
    ],
)
def test_a_right_answer_is_marked_in_many_ways(marked: str, right: str) -> None:
    (question,) = pasted(f"<p>1. ¿Cuál es?<br>{marked}</p>").questions

    assert re.findall(r"^- \(x\) (.*)$", question.text, re.MULTILINE) == [right]


def test_an_unmarked_question_stays_in_the_text_and_is_told() -> None:
    arrived = pasted("<p>1. ¿Cuál es?</p><p>a) uno</p><p>b) dos</p>")

    (question,) = arrived.questions
    assert question.remark is not None
    assert question.remark.code == "answer-unknown"
    assert "a) uno" in arrived.body(arrived.modules[0], Choices())


@pytest.mark.parametrize(
    "text",
    [
        "1. Un punto",
        "# Almohadilla",
        "- guion",
        "a * b * c y *d*",
        "__init__ y _x_",
        "[x](y) y [^1] y ![z](w)",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "| a | b |",
        "!!! note",
        "---",
        "- [x] marca",
        "&amp;copy;",
        "`código`",
    ],
)
def test_text_does_not_become_markdown_by_accident(text: str) -> None:
    document = render_document(body(f"<p>{text}</p><p>Otro párrafo.</p>"))

    assert not document.removed
    assert unescape("".join(map(str, document.segments))).split("\n") == [
        f"<p>{unescape(text)}</p>",
        "<p>Otro párrafo.</p>",
    ]


def test_scripts_and_handlers_never_arrive() -> None:
    html = (
        "<p onclick='x()'>Hola <script>alert(1)</script>"
        "<img src=x onerror=alert(2) alt='a](javascript:b)'>"
        "<a href='javascript:alert(3)'>uno</a>"
        "<a href=' java&#10;script:alert(4)'>dos</a></p>"
        "<iframe src='//example.org'></iframe><svg><script>alert(5)</script></svg>"
    )

    text = body(html)

    assert "alert" not in text
    assert "](" not in text


def test_a_paste_that_is_too_large_says_that_the_text_is_still_there() -> None:
    with pytest.raises(ContentError) as caught:
        pasted("<p>" + "a" * (MOST_PASTED + 1))

    assert caught.value.problems[0].facts["variant"] == "paste-size"


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul", "blockquote", "span"])
def test_deep_nesting_is_refused_before_it_costs_anything(tag: str) -> None:
    with pytest.raises(ContentError) as caught:
        pasted(f"<{tag}>" * 100_000)

    assert caught.value.problems[0].facts["variant"] == "paste-nested"


def test_a_paragraph_that_no_module_can_hold_is_named() -> None:
    with pytest.raises(ContentError) as caught:
        pasted("<p>Había una vez " + "palabra " * 9000)

    problem = caught.value.problems[0]
    assert problem.facts["variant"] == "office-block"
    assert problem.facts["place"].startswith("Había una vez")


def test_a_module_that_is_too_long_goes_on_in_another() -> None:
    arrived = pasted("<h1>Largo</h1>" + "<p>palabra y otra palabra más</p>" * 5000)

    assert [one.title for one in arrived.modules] == ["Largo", "Largo (2)", "Largo (3)"]
    assert [one.code for one in arrived.remarks] == ["module-parted"]


def test_more_modules_than_a_course_numbers_are_refused() -> None:
    with pytest.raises(ContentError) as caught:
        pasted("<h1>Uno</h1><p>x</p>" * 100)

    assert caught.value.problems[0].facts["variant"] == "office-modules"


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "<b>a</b>" * 60_000,
        "<p>" + "<b>a</b><i>b</i>" * 30_000,
        "<p>" + "1. a) b) " * 50_000,
        "<p>1. ¿a?</p><p>a) b</p>" * 20_000,
        "<ol>" + "<li>x" * 60_000,
        "<p>[^f1] " * 20_000,
        "<table>" + "<tr><td>x" * 20_000,
    ],
)
def test_odd_pages_give_an_arrival_or_a_refusal(html: str) -> None:
    # Whatever is raised on purpose is a refusal; anything else fails the test.
    with suppress(ContentError):
        assert pasted(html).files
