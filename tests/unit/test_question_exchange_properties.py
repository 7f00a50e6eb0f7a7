"""What holds for any quiz that goes out and comes back, and for any file that comes."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from conexx_learn.domain.question_exchange import (
    Form,
    quiz_for_others,
    read_questions,
)
from conexx_learn.domain.question_exchange.plain_text import escaped, plain_of
from conexx_learn.domain.question_exchange.weights import (
    GRID,
    even_shares,
    listed_shares,
    whole_percents,
)
from conexx_learn.domain.quiz_source import format_quiz, parse_quiz
from conexx_learn.domain.sentences.quiz_exchange import exchange_sentence
from tests.quiz_texts import COMPLETE_EXAMPLE, sound_quiz
from tests.random_quizzes import PIECES, quiz_texts, sound_random_quiz

UNHURRIED = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
STARTS = [
    *(("", ""), ("Q {=", " ~b}"), ("[html]a", "{T}"), ("<quiz>", ""), ("Q {> a", "x}")),
    *(("# a", "b #{T}"), ("[markdown]# a", "b {=a ~c}"), ("Q {=a -> b", " =c -> d}")),
]
PATH = "q-a.quiz.en.md"
PICTURE = {"a.png": b"\x89PNG\r\n\x1a\nxx"}
GIFT_PIECES = [
    *PIECES,
    *("{", "}", "{=a ~b}", "{T}", "{#1:2}", "{=a -> b =c -> d}", "\n\n", "::T::"),
    *("~%50%", "=%-33.33333%", "####", "$CATEGORY: a/b", "[moodle]", "{>1 ALL\na\nb}"),
]
XML_PIECES = [
    *("<quiz>", "</quiz>", '<question type="multichoice">', "</question>", "<text>"),
    *('<question type="matching">', "</text>", "<![CDATA[<b>x", "]]>", "&amp;", "&x;"),
    *('<answer fraction="50">', "</answer>", "<questiontext>", "</questiontext>", "a"),
    *('<question type="numerical">', "<subquestion>", "</subquestion>", "<!--", "-->"),
    *("<single>", "</single>", '<file name="a.png">', "</file>", "<name>", "</name>"),
]


@pytest.mark.parametrize("form", list(Form))
@UNHURRIED
@given(text=quiz_texts())
def test_out_and_in_and_out_again_gives_the_same_bytes(form: Form, text: str) -> None:
    quiz = sound_random_quiz(text)
    assume(quiz is not None)
    assert quiz is not None
    first = quiz_for_others(quiz, form, media=PICTURE)
    assume(first.text)

    back = read_questions(first.text.encode(), name="a.x", title="", lang="en")

    assert len(back.brought) == first.count, back.remarks
    assert format_quiz(back.text.encode(), path=PATH) == back.text
    again, problems = parse_quiz(back.text.encode(), path=PATH)
    assert again is not None, problems
    second = quiz_for_others(again, form, media={**PICTURE, **back.media})
    assert second.text == first.text


@pytest.mark.parametrize("form", list(Form))
def test_the_example_of_the_format_goes_out_and_comes_back(form: Form) -> None:
    quiz = sound_quiz(COMPLETE_EXAMPLE, path="final.quiz.en.md")

    first = quiz_for_others(quiz, form)
    back = read_questions(first.text.encode(), name="a.x", title="", lang="en")

    sent = [
        one for one in quiz.questions if form is not Form.GIFT or one.type != "order"
    ]
    came = sound_quiz(back.text, path=PATH).questions
    assert back.remarks == ()
    assert [(one.id, one.title, one.type) for one in came] == [
        (one.id, one.title, one.type) for one in sent
    ]
    assert [one.competencies for one in came] == [one.competencies for one in sent]


@UNHURRIED
@given(data=st.binary(max_size=600), name=st.sampled_from(["a.txt", "a.xml", ""]))
def test_any_bytes_give_an_arrival(data: bytes, name: str) -> None:
    read_questions(data, name=name, title="", lang="es")


@pytest.mark.parametrize("pieces", [GIFT_PIECES, XML_PIECES], ids=["gift", "xml"])
@UNHURRIED
@given(drawn=st.data())
def test_any_pieces_give_a_sound_quiz_or_remarks_with_their_sentences(
    pieces: list[str], drawn: st.DataObject
) -> None:
    text = "".join(drawn.draw(st.lists(st.sampled_from(pieces), max_size=30)))

    arrival = read_questions(text.encode(), name="a.txt", title="", lang="en")

    for remark in arrival.remarks:
        assert exchange_sentence(remark, "es") != exchange_sentence(remark, "en")
        assert 1 <= remark.line <= text.count("\n") + text.count("\u2028") + 1
    if arrival.text:
        quiz, problems = parse_quiz(arrival.text.encode(), path=PATH)
        assert quiz is not None, problems
        assert format_quiz(arrival.text.encode(), path=PATH) == arrival.text


@UNHURRIED
@given(st.lists(st.sampled_from(PIECES), max_size=10))
def test_plain_text_survives_being_markdown(pieces: list[str]) -> None:
    text = " ".join("".join(pieces).split())

    assert plain_of(escaped(text)) == text


@UNHURRIED
@given(st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_shares_of_the_list_add_up_to_everything(parts: list[int]) -> None:
    shares = tuple(Fraction(part, sum(parts)) for part in parts)

    listed = listed_shares(shares)

    assert sum(listed) == 1
    assert set(listed) <= set(GRID)
    assert sum(map(Fraction, whole_percents(shares))) == 100


@pytest.mark.parametrize("count", range(1, 21))
def test_points_are_parted_evenly_up_to_twenty(count: int) -> None:
    assert sum(even_shares(count)) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        "~",
        "=",
        "\\",
        "::",
        "#",
        "//\n",
        "[",
        "*",
        "`",
        "<b>",
        "&",
        "- [x] ",
        "_",
        " ",
    ],
    ids=repr,
)
def test_hostile_files_come_to_an_end(piece: str) -> None:
    for start, end in STARTS:
        text = start + piece * (60_000 // len(piece)) + end

        read_questions(text.encode(), name="a.txt", title="", lang="es")
