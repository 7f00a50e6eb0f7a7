"""Questions of other systems as their users keep them: what comes, and what is told."""

from pathlib import Path

import pytest

from conexx_learn.domain.question_exchange import (
    Arrival,
    Form,
    Severity,
    read_questions,
)
from conexx_learn.domain.quiz import Question, Quiz
from conexx_learn.domain.quiz_source import format_quiz, parse_quiz

FILES = Path(__file__).parents[1] / "question_files"


def arrival_of(text: str, name: str = "bank.gift.txt", lang: str = "en") -> Arrival:
    return read_questions(text.encode(), name=name, title="", lang=lang)


def quiz_of(arrival: Arrival, lang: str = "en") -> Quiz:
    quiz, problems = parse_quiz(arrival.text.encode(), path=f"a.quiz.{lang}.md")
    assert quiz is not None, (problems, arrival.text)
    return quiz


def question_of(text: str) -> Question:
    """Read a GIFT file with one question."""
    (question,) = quiz_of(arrival_of(text)).questions
    return question


def markers(question: Question) -> list[str]:
    return [f"{answer.marker} {answer.text_md}" for answer in question.answers]


def codes(arrival: Arrival) -> list[str]:
    return [remark.code for remark in arrival.remarks]


def xml_of(inside: str, kind: str = "multichoice", form: str = "html") -> str:
    return (
        f'<quiz>\n<question type="{kind}"><name><text>N</text></name>\n'
        f'<questiontext format="{form}"><text>P</text></questiontext>'
        f"{inside}</question></quiz>"
    )


@pytest.mark.parametrize(
    ("name", "encoding"), [("agua.gift.txt", "cp1252"), ("presupuesto.xml", "utf-8")]
)
def test_a_file_as_offices_keep_it_comes_in_its_canonical_form(
    name: str, encoding: str
) -> None:
    data = (FILES / name).read_bytes()

    arrival = read_questions(data, name=name, title="Banco", lang="es")

    assert arrival.encoding == encoding
    assert not arrival.is_malformed
    assert format_quiz(arrival.text.encode(), path="a.quiz.es.md") == arrival.text
    assert len(quiz_of(arrival, "es").questions) == len(arrival.brought)


def test_what_does_not_map_is_named_with_its_line() -> None:
    data = (FILES / "presupuesto.xml").read_bytes()

    arrival = read_questions(data, name="p.xml", title="", lang="es")

    left = [(one.line, one.question, one.code) for one in arrival.of(Severity.LEFT_OUT)]
    lines = data.decode().split("\n")
    assert [(question, code) for _, question, code in left] == [
        ("Huecos", "kind-unknown"),
        ("Arrastrar", "kind-unknown"),
    ]
    assert all("<question " in lines[line - 1] for line, _, _ in left)


def test_html_comes_as_markdown_with_its_picture() -> None:
    data = (FILES / "presupuesto.xml").read_bytes()

    arrival = read_questions(data, name="p.xml", title="", lang="es")

    prompt = quiz_of(arrival, "es").questions[0].prompt_md
    assert "**elegibles**" in prompt
    assert "| Personal | 1 000 |" in prompt
    assert "![Mapa del municipio](media/mapa-uno.png)" in prompt
    assert arrival.media["mapa-uno.png"].startswith(b"\x89PNG")
    assert "embedded-lost" in codes(arrival)


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode("utf-8-sig"), id="byte-order mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="UTF-16"),
        pytest.param(lambda text: text.encode("cp1252"), id="Windows"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="old Mac"),
    ],
)
def test_every_encoding_and_line_end_says_the_same(encode: object) -> None:
    text = "::Uno:: ¿Qué año?\n{=2021 ~2020}\n\n::Dos:: ¿Y ñu? {T}\n"
    assert callable(encode)

    arrival = read_questions(encode(text), name="bank.txt", title="", lang="es")

    assert arrival.text == arrival_of(text, "bank.txt", "es").text
    assert [one.line for one in arrival.brought] == [1, 4]


def test_an_xml_file_says_its_own_encoding() -> None:
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n{xml_of("", "essay")}'
    data = text.replace("<text>N<", "<text>Señal<").encode("latin-1")

    arrival = read_questions(data, name="a.xml", title="", lang="es")

    assert arrival.brought[0].title == "Señal"


def test_escaped_signs_are_text() -> None:
    question = question_of(r"::A\: b:: 2 \= 2 \{x\} \# \~ \\ a\nb {=y\=1 ~z}")

    assert question.title == "A: b"
    assert question.prompt_md.startswith("2 = 2 {x} # ~ \\ a")
    assert markers(question) == ["(x) y=1", "( ) z"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Q {=%5% ~b}", ["(x) %5%", "( ) b"], id="a percentage as text"),
        pytest.param("Q {=a ~b ~%50%c}", ["(x) a", "( ) b", "(50%) c"], id="one right"),
        pytest.param(
            "Q {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}",
            ["[x] a", "[x] b", "[x] c", "[ ] d"],
            id="thirds as plain ticks",
        ),
        pytest.param(
            "Q {~%50%a ~%50%b ~c}",
            ["[+50%] a", "[+50%] b", "[-0%] c"],
            id="wrong ones that take nothing",
        ),
        pytest.param(
            "Q {~%60%a ~%60%b ~%-50%c}",
            ["[+50%] a", "[+50%] b", "[-50%] c"],
            id="more than everything",
        ),
        pytest.param("Q {~%100%a ~%-100%b}", ["(x) a", "( ) b"], id="two options"),
        pytest.param("Q {=a ~%-50%b}", ["(x) a", "( ) b"], id="one that takes points"),
        pytest.param("Q {~%80%a ~%-5%b ~c}", None, id="less than everything"),
        pytest.param("Q {FALSE#no#yes}", ["( ) True", "(x) False"], id="false"),
        pytest.param("Q {=a =%50%b* }", ["[~] a", "[~ 50%] b*"], id="words"),
        pytest.param("Q {#=3:0.5 =%50%1..5}", ["[=] 3 +- 0.5", "[= 50%] [1, 5]"]),
        pytest.param("Q {#-5..-1}", ["[=] [-5, -1]"], id="negative range"),
        pytest.param("Q {#1.5e3:2E1}", ["[=] 1500 +- 20"], id="powers of ten"),
        pytest.param(
            "Q {=a -> x =b -> y = -> z}",
            ["[->] a -> x", "[->] b -> y", "[->] -> z"],
            id="a distractor",
        ),
        pytest.param(
            "Q {>3 ALL VERTICAL ABSOLUTE\nuno\ndos\ntres\n}",
            ["[1] uno", "[2] dos", "[3] tres"],
            id="an ordering",
        ),
        pytest.param("Q {}", [], id="an essay"),
    ],
)
def test_answers_of_gift(text: str, expected: list[str] | None) -> None:
    question = question_of(text)

    if expected is None:
        assert question.answers[0].marker == "[+100%]"
    else:
        assert markers(question) == expected


def test_feedback_finds_its_place() -> None:
    question = question_of("Q {=a#Good\\: yes ~b#No ####All of it}")

    assert [answer.feedback_md for answer in question.answers] == ["Good: yes", "No"]
    assert question.parts.explanation == "All of it"


def test_what_is_said_to_any_other_number_goes_to_wrong_responses() -> None:
    assert question_of("Q {#=3:0 =%0%*#Look again}").parts.wrong == "Look again"


def test_text_after_the_braces_leaves_a_gap() -> None:
    question = question_of("The capital is {=Quito} of Ecuador.")

    assert question.prompt_md == "The capital is _____ of Ecuador."


def test_categories_are_pools_and_descriptions_cases() -> None:
    text = "A {T}\n\n$CATEGORY: top/Riego//agua\n\nB {T}\n\nA story.\n\nC {T}\n"

    sections = quiz_of(arrival_of(text)).sections

    assert [(one.kind.value, one.title) for one in sections] == [
        ("plain", ""),
        ("pool", "Riego/agua"),
        ("case", "A story."),
    ]
    assert sections[2].text_md == "A story."


def test_a_category_of_unequal_points_is_no_pool() -> None:
    first = xml_of("<defaultgrade>2</defaultgrade>", "essay").removesuffix("</quiz>")
    text = first.replace(
        "<quiz>",
        '<quiz><question type="category"><category><text>A</text></category>'
        "</question>",
    ) + xml_of("<defaultgrade>3.0000000</defaultgrade>", "essay").removeprefix("<quiz>")

    arrival = arrival_of(text, "a.xml")

    assert quiz_of(arrival).sections[0].kind.value == "section"
    assert "pool-points" in codes(arrival)


def test_ids_are_kept_where_they_can_be_and_never_repeat() -> None:
    text = "//[id:riego-1] [tag:uno] [tag:competency:K2]\n::A:: a {T}\n\n::A:: b {T}\n"
    text += "\n// [id:riego-1]\n::Ñandú:: c {T}\n\n::A:: d {T}\n"

    questions = quiz_of(arrival_of(text)).questions

    assert [one.id for one in questions] == ["riego-1", "q-a", "riego-1-2", "q-a-2"]
    assert questions[0].tags == ("uno",)
    assert questions[0].competencies == ("K2",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q {~a ~b}", "nothing-right"),
        ("Q {~%50%a ~%50%b ~%0%a}", "option-repeated"),
        ("Q {~%50%a ~%25%b ~%25%c}", "nothing-wrong"),
        ("Q {#3,5}", "number-unreadable"),
        ("Q {#1e99}", "number-unreadable"),
        ("Q {=a -> b}", "too-few-options"),
        ("Q {=a -> b =a -> c}", "left-repeated"),
        ("{T}", "prompt-empty"),
        ("Only a text", "description-alone"),
        ("Q {1:SA:=x}", "kind-unknown"),
    ],
)
def test_a_question_that_cannot_come_says_why(text: str, code: str) -> None:
    arrival = arrival_of(f"Other {{T}}\n\n{text}")

    assert (arrival.remarks[0].line, arrival.remarks[0].code) == (3, code)
    assert arrival.remarks[0].severity is Severity.LEFT_OUT


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("A {T}\n\nB {=a ~b\n\n::C:: c {T}", 3, "brace-open"),
        ("A {T}\n\nB = a }", 3, "brace-unopened"),
        ("A {=b {c}}", 1, "brace-inside"),
        ("A {T} and {F}", 1, "brace-twice"),
        ("\n\nA {~%200%b =c}", 3, "weight-unreadable"),
        ("A {~%12,5%b =c}", 1, "weight-unreadable"),
        ("A {=b -> c =d}", 1, "pair-without-arrow"),
        ("", 1, "no-questions"),
        ("a\0b", 1, "no-text"),
    ],
)
def test_a_malformed_gift_file_brings_nothing(text: str, line: int, code: str) -> None:
    arrival = arrival_of(text)

    assert arrival.is_malformed
    assert (arrival.text, arrival.brought) == ("", ())
    assert [(one.line, one.code) for one in arrival.remarks] == [(line, code)]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("<quiz>\n<question>\n</quiz>", 3, "xml-malformed"),
        ("<quiz>\n&nbsp;</quiz>", 2, "xml-malformed"),
        ("<html></html>", 1, "xml-root"),
        ("<!DOCTYPE quiz>\n<quiz/>", 1, "xml-declares"),
        ('<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', 1, "xml-declares"),
        (
            '<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>',
            1,
            "xml-declares",
        ),
        ("<quiz>" * 30, 1, "xml-too-much"),
        ("<quiz>" + "<a/>" * 100_001 + "</quiz>", 1, "xml-too-much"),
        ("", 1, "no-questions"),
        (xml_of('<answer fraction="9e99"/>'), 3, "weight-unreadable"),
        (
            "<quiz>" + '<question type="essay"/>' * 2001 + "</quiz>",
            1,
            "too-many-in-file",
        ),
    ],
)
def test_a_malformed_xml_file_brings_nothing(text: str, line: int, code: str) -> None:
    arrival = arrival_of(text or " ", "a.xml") if text else arrival_of(text)

    assert arrival.is_malformed
    assert arrival.text == ""
    assert [(one.line, one.code) for one in arrival.remarks] == [(line, code)]


def test_other_kinds_of_file_are_refused() -> None:
    for data in (b"PK\x03\x04...", b"%PDF-1.7", b"a" * (8 * 1024 * 1024 + 1)):
        assert read_questions(data, name="a.txt", title="", lang="es").is_malformed


def test_more_than_five_hundred_questions_stay_behind() -> None:
    arrival = arrival_of("".join(f"Question {n} {{T}}\n\n" for n in range(503)))

    assert len(arrival.brought) == 500
    assert codes(arrival) == ["too-many-questions"] * 3


def test_the_form_is_read_off_the_text() -> None:
    assert arrival_of(xml_of("", "essay"), "a.txt").form is Form.MOODLE_XML
    assert arrival_of("Q {T}", "a.gift").form is Form.GIFT
