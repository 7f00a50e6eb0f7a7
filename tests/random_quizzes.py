"""Quizzes of every kind of question, drawn at random, with texts that mean trouble."""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from conexx_learn.domain.question_exchange.quiz_writing import plain_number
from conexx_learn.domain.question_exchange.sound_text import (
    sound_feedback,
    sound_option,
    sound_part,
    sound_prompt,
    sound_title,
)
from conexx_learn.domain.quiz import Quiz
from conexx_learn.domain.quiz_source import parse_quiz
from conexx_learn.domain.quiz_source.parser import read_quiz

PATH = "01-a.quiz.en.md"
HEAD = "---\nquiz: random-quiz\ntitle: Random\n---\n"

PIECES = [
    *("a", "B", "ñ", "7", "«é»", " ", " ", "\n", "\n\n", ".", ":", "::", ";", ","),
    *(
        "*",
        "**",
        "_",
        "__",
        "_____",
        "`",
        "``",
        "```\n",
        "~~~\n",
        "~",
        "=",
        "#",
        "####",
    ),
    *("{", "}", "\\", "\\n", "\\=", "%50%", "%", "->", " -> ", "\\->", "//", "\n//x"),
    *("<b>", "</b>", "<", ">", "&", "&lt;", "&#65;", "<!--", "-->", "]]>", "[html]"),
    *("[", "]", "(", ")", "[x](http://a.example)", "![x](media/a.png)", "|", "---"),
    *("- a", "\n- b", "\n1. c", "\n## d", "\n- [x] e", "\n> f", "\n    g", "\t", "$$"),
    *("\u00a0", "\u2028", "\u0085", "😀", "[markdown]", "$CATEGORY: x", "[id:x]"),
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
OPTIONS = TEXTS.map(sound_option)
WEIGHTS = st.sampled_from(["100", "90", "50", "45", "33.333333", "12.5", "7", "0"])
NUMBERS = st.sampled_from(["0", "-3", "2.50", "1 700 000", "0.001", "12345678901234"])
BOUNDS = st.tuples(st.integers(-99, 99), st.integers(1, 50)).map(
    lambda pair: f"[{pair[0]}, {pair[0] + pair[1]}.5]"
)


def parted(marker: str, text: str, said: str) -> str:
    feedback = "".join(f"  > {line}\n" for line in sound_feedback(said).split("\n"))
    return f"- {marker} {text}\n" + (feedback if said else "")


@st.composite
def feedbacks(draw: Any) -> str:
    said: str = draw(st.one_of(st.just(""), TEXTS))
    return said


@st.composite
def listed(draw: Any, markers: list[str]) -> str:
    """Write options that differ, one for each marker."""
    return "".join(
        parted(marker, f"{draw(OPTIONS)} {number}", draw(feedbacks()))
        for number, marker in enumerate(markers)
    )


@st.composite
def singles(draw: Any) -> str:
    more = [f"({draw(WEIGHTS)}%)" for _ in range(draw(st.integers(1, 4)))]
    said: str = draw(listed(draw(st.permutations(["(x)", *more]))))
    return said


@st.composite
def multiples(draw: Any) -> str:
    rights, wrongs = draw(st.integers(1, 13)), draw(st.integers(1, 6))
    marks = ["[x]"] * rights + ["[ ]"] * max(wrongs, 3 - rights)
    scoring = draw(
        st.sampled_from(["", "penalty", "decisions", "strict-part", "exact"])
    )
    said = draw(listed(draw(st.permutations(marks))))
    return f"scoring: {scoring}\n\nP\n\n{said}" if scoring else said


@st.composite
def weighted(draw: Any) -> str:
    shares = draw(
        st.sampled_from(
            [
                ("50", "50"),
                ("45", "35", "20"),
                ("33.333334", "33.333333", "33.333333"),
                ("60", "40"),
                ("99", "1"),
                ("100",),
            ]
        )
    )
    wrongs = [draw(WEIGHTS) for _ in range(draw(st.integers(2, 3)))]
    marks = [f"[+{one}%]" for one in shares] + [f"[-{one}%]" for one in wrongs]
    said: str = draw(listed(draw(st.permutations(marks))))
    return said


@st.composite
def true_falses(draw: Any) -> str:
    names = draw(
        st.sampled_from(
            [("True", "False"), ("Falso", "Verdadero"), ("Sí", "No"), ("Yes", "No")]
        )
    )
    marks = draw(st.permutations(["(x)", "( )"]))
    return "".join(
        parted(mark, name, draw(feedbacks()))
        for mark, name in zip(marks, names, strict=True)
    )


@st.composite
def orders(draw: Any) -> str:
    places = draw(st.permutations(range(1, draw(st.integers(3, 6)) + 1)))
    scoring = draw(st.sampled_from(["pairs", "position", "exact"]))
    said = draw(listed([f"[{place}]" for place in places]))
    return f"scoring: {scoring}\n\nP\n\n{said}"


@st.composite
def matches(draw: Any) -> str:
    lines = ""
    for number in range(draw(st.integers(2, 5))):
        left, right = draw(OPTIONS), draw(OPTIONS)
        lines += f"- [->] {left} {number} -> {right} {number}\n"
    extras = range(draw(st.integers(0, 2)))
    return lines + "".join(f"- [->] -> {draw(OPTIONS)} x{n}\n" for n in extras)


@st.composite
def entries(draw: Any, sign: str) -> str:
    lines = ""
    for number in range(draw(st.integers(1, 4))):
        if sign == "=":
            tolerance = draw(st.sampled_from(["", " +- 0.5", " +- 0", " +- 3"]))
            said = draw(st.one_of(NUMBERS, BOUNDS))
            said += "" if said.startswith("[") else tolerance
        else:
            said = f"{draw(OPTIONS)} w{number}"
        weight = f" {draw(WEIGHTS)}%" if number else ""
        lines += parted(f"[{sign}{weight}]", said, draw(feedbacks()))
    return lines


KINDS = st.one_of(
    singles(),
    multiples(),
    weighted(),
    true_falses(),
    orders(),
    matches(),
    entries("="),
    entries("~"),
    st.just("type: open\n\nP\n"),
)


@st.composite
def questions(draw: Any, number: int, *, points: Fraction | None) -> str:
    answers = draw(KINDS)
    head, gap, rest = answers.partition("\n\nP\n")
    attributes = f"{head}\n" if gap else ""
    value = points or Fraction(draw(st.integers(1, 900)), 100)
    attributes += f"points: {plain_number(value)}\n"
    if draw(st.booleans()):
        attributes += "tags: uno, dos tres\ncompetency: K1\nmodule: riego\n"
    title = sound_title(draw(TEXTS)) or "T"
    prompt = sound_prompt(draw(TEXTS)) or "P"
    parts = "".join(
        f"\n### {name}\n{sound_part(draw(TEXTS))}\n"
        for name in ("Explanation", "Hint", "Right", "Partly", "Wrong")
        if draw(st.integers(0, 3)) == 0
    )
    body = rest if gap else answers
    return f"\n## question-{number} | {title}\n{attributes}\n{prompt}\n\n{body}{parts}"


@st.composite
def quiz_texts(draw: Any) -> str:
    """Draw a quiz file; one in a few breaks a rule, so the parser has the last word."""
    text, number = HEAD, 0
    for place in range(draw(st.integers(1, 3))):
        points = None
        if place or draw(st.booleans()):
            kind = draw(st.sampled_from(["Pool", "Section", "Case"]))
            title = sound_title(draw(TEXTS)) or "T"
            text += f"\n# {kind}: part-{place} | {title}\n"
            points = Fraction(2) if kind == "Pool" else None
            is_told = kind == "Case" or (kind == "Section" and draw(st.booleans()))
            text += f"\n{sound_prompt(draw(TEXTS)) or 'N'}\n" if is_told else ""
        for _ in range(draw(st.integers(1, 3))):
            text += draw(questions(number, points=points))
            number += 1
    return text


def sound_random_quiz(text: str) -> Quiz | None:
    """Parse a drawn quiz; None where it breaks a rule of the format."""
    return parse_quiz(text.encode(), path=PATH)[0]


def codes_of(text: str) -> list[str]:
    """List what is wrong with a drawn quiz."""
    return [one.code for one in read_quiz(text.encode(), path=PATH).problems]
