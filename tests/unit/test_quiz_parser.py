"""Reading quiz files: the model, and every error with its place."""

from decimal import Decimal
from fractions import Fraction

import pytest

from conexx_learn.domain.problems import Severity
from conexx_learn.domain.quiz import (
    AttemptGrade,
    FeedbackPolicy,
    Mode,
    Question,
    QuestionType,
    Quiz,
    Scoring,
    SectionKind,
    Void,
)
from conexx_learn.domain.quiz_source import (
    lint_quiz,
    parse_quiz,
    parse_self_check,
    read_quiz,
)
from conexx_learn.domain.sentences.quiz_problems import QUIZ_PROBLEMS
from tests.quiz_texts import (
    COMPLETE_EXAMPLE,
    HEAD,
    MODULE_QUIZ,
    SINGLE,
    codes,
    quiz_bytes,
    sound_quiz,
)


def question_of(text: str, head: str = HEAD) -> Question:
    return sound_quiz(head + "\n" + text).questions[0]


def test_the_complete_example_parses_into_seven_questions_in_three_sections() -> None:
    quiz, problems = parse_quiz(COMPLETE_EXAMPLE.encode(), path="final.quiz.en.md")

    assert quiz is not None
    assert problems == []
    assert [section.kind for section in quiz.sections] == [
        SectionKind.POOL,
        SectionKind.SECTION,
        SectionKind.CASE,
    ]
    assert [question.type.value for question in quiz.questions] == [
        "single",
        "multiple",
        "truefalse",
        "order",
        "match",
        "number",
        "words",
    ]


def test_the_complete_example_warns_of_three_things_only() -> None:
    quiz = sound_quiz(COMPLETE_EXAMPLE, path="final.quiz.en.md")

    found = lint_quiz(
        quiz,
        competencies={"K1"},
        modules={"how-eu-money-works"},
        images=set(),
    )

    assert {problem.code for problem in found} == {"W313", "W314", "W501"}


def test_the_front_matter_of_the_example_becomes_settings() -> None:
    settings = sound_quiz(COMPLETE_EXAMPLE, path="final.quiz.en.md").settings

    assert settings.mode is Mode.GRADED
    assert settings.pass_percent == 70
    assert (settings.attempts, settings.wait_seconds) == (3, 86400)
    assert settings.grade is AttemptGrade.HIGHEST
    assert settings.time_seconds == 2400
    assert settings.shuffle_questions
    assert settings.shuffle_options
    assert settings.feedback is FeedbackPolicy.AFTER_ATTEMPT


def test_answers_of_the_example_carry_weights_pairs_numbers_and_phrases() -> None:
    quiz = sound_quiz(COMPLETE_EXAMPLE, path="final.quiz.en.md")
    by_id = {question.id: question for question in quiz.questions}

    scope = by_id["ndici-scope"]
    assert [answer.weight for answer in scope.answers] == [1, Fraction(1, 2), 0]
    assert scope.module == "how-eu-money-works"
    assert scope.answers[1].feedback_md.startswith("Humanitarian aid is external")
    assert scope.parts.explanation == "See module 1, section *Map of instruments*."
    pairs = [(a.left_md, a.right_md) for a in by_id["lfm-match"].answers]
    assert pairs[0] == ("Output", "Product delivered by the project")
    assert pairs[3] == ("", "List of suppliers")
    close = by_id["san-roque-grant"].answers[1]
    assert close.number is not None
    assert close.number.low == 1615000
    assert close.number.high == 1785000
    assert close.weight == Fraction(1, 2)
    assert by_id["san-roque-tool"].answers[1].phrase == "logframe*"
    assert [answer.position for answer in by_id["lfm-order"].answers] == [1, 2, 3, 4]


def test_spanish_keys_and_keywords_say_the_same() -> None:
    text = """---
Cuestionario: prueba-uno
Título: Prueba
idioma: es
modo: calificado
aprobado: 66.5 %
intentos: sin límite
espera: 2 días
nota: mejor
tiempo: 1 h 30 min
barajar: preguntas, opciones
retroalimentacion: never
---

# BANCO: basicos
sortear: 1
puntos: 2

## uno-dos | Uno
competencia: K1, K2
anulada: full
motivo: Redacción confusa

¿Cuál?

- (x) Sí
- ( ) No

### Explicacion
Porque sí.

### Pista
Piense.

# Caso: caso-uno | El caso
Relato.

## otra-mas | Otra

¿Cuánto?

- [=] 5

### Correcto
Bien.

### Parcial
Casi.

### Incorrecto
No.
"""
    quiz = sound_quiz(text, path="01-x.quiz.es.md")

    assert (quiz.id, quiz.title, quiz.lang) == ("prueba-uno", "Prueba", "es")
    assert quiz.settings.pass_percent == Fraction(133, 2)
    assert quiz.settings.attempts is None
    assert quiz.settings.wait_seconds == 2 * 86400
    assert quiz.settings.time_seconds == 5400
    first, other = quiz.questions
    assert first.type is QuestionType.TRUEFALSE
    assert first.points == 2
    assert first.void is Void.FULL
    assert first.competencies == ("K1", "K2")
    assert first.parts.explanation == "Porque sí."
    assert (other.parts.right, other.parts.partly, other.parts.wrong) == (
        "Bien.",
        "Casi.",
        "No.",
    )


@pytest.mark.parametrize(
    ("path", "is_final", "head", "mode"),
    [
        pytest.param(
            "a.quiz.es.md", False, "", Mode.PRACTICE, id="practice by default"
        ),
        pytest.param("final.quiz.es.md", True, "pass: 60%", Mode.GRADED, id="final"),
        pytest.param(
            "final.quiz.es.md",
            True,
            "mode: practice",
            Mode.PRACTICE,
            id="final practice",
        ),
    ],
)
def test_the_mode_has_a_default(
    path: str, is_final: bool, head: str, mode: Mode
) -> None:
    text = f"---\nquiz: abc\ntitle: T\n{head}\n---\n\n{SINGLE}"

    quiz, problems = parse_quiz(text.encode(), path=path, is_final=is_final)

    assert quiz is not None, problems
    assert quiz.settings.mode is mode
    assert quiz.settings.attempts == (3 if mode is Mode.GRADED else None)


def test_the_pass_mark_of_the_course_stands_in_for_a_missing_one() -> None:
    data = quiz_bytes(SINGLE)

    quiz, _ = parse_quiz(
        data, path="final.quiz.es.md", is_final=True, default_pass=Fraction(65)
    )

    assert quiz is not None
    assert quiz.settings.pass_percent == 65


def test_prose_that_looks_like_markers_is_prose() -> None:
    question = question_of(
        """## abc | T

Tick [x] in the box (x), see [1].

- [a link](https://example.org)
- plain
* star
1. first

```
- [x] code
## abc | not a heading
```

    - indented code

- (x) Yes
- ( ) Never
"""
    )

    assert len(question.answers) == 2
    assert "- [x] code" in question.prompt_md


def test_continuations_and_feedback_keep_nested_markdown() -> None:
    question = question_of(
        """## abc | T

Which?

- (x) First line
  - nested item
    - deeper item

  ```
  - [x] code
  ```
  > Well *done*.
  >
  > Second paragraph.
- ( ) Other
"""
    )

    first = question.answers[0]
    assert first.text_md == (
        "First line\n- nested item\n  - deeper item\n\n```\n- [x] code\n```"
    )
    assert first.feedback_md == "Well *done*.\n\nSecond paragraph."


def test_comments_are_never_shown_and_part_nothing() -> None:
    question = question_of(
        """## abc | T
<!-- a note -->
points: 3

Which <!-- hidden --> one?
<!-- spans
- [x] lines
-->
More.

- (x) Yes
<!-- between -->
- ( ) Never
"""
    )

    assert question.points == 3
    assert question.prompt_md == "Which  one?\nMore."
    assert len(question.answers) == 2


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        pytest.param("[=] 5", "5", "5", id="exact"),
        pytest.param("[=] -2.5 +- 0.5", "-3", "-2", id="tolerance"),
        pytest.param("[=] 1 700 000 +- 5%", "1615000", "1785000", id="percent"),
        pytest.param("[=] 1\u00a0700\u00a0000", "1700000", "1700000", id="nbsp groups"),
        pytest.param("[=] 1_000", "1000", "1000", id="underscore groups"),
        pytest.param("[=] [10, 12.5]", "10", "12.5", id="interval"),
        pytest.param("[=] -200 +- 10%", "-220", "-180", id="percent of a negative"),
    ],
)
def test_numbers_accept_what_the_trainer_wrote(line: str, low: str, high: str) -> None:
    number = question_of(f"## abc | T\n\nHow many?\n\n- {line}\n").answers[0].number

    assert number is not None
    assert (number.low, number.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("line", "left", "right"),
    [
        pytest.param("A -> B -> C", "A", "B -> C", id="first arrow splits"),
        pytest.param(r"A \-> B -> C", r"A \-> B", "C", id="escaped arrow"),
        pytest.param("A \u2192 B", "A", "B", id="arrow sign"),
        pytest.param("A => B", "A", "B", id="double arrow"),
    ],
)
def test_pairs_split_at_their_first_arrow(line: str, left: str, right: str) -> None:
    question = question_of(f"## abc | T\n\nMatch.\n\n- [->] {line}\n- [->] D -> E\n")

    assert (question.answers[0].left_md, question.answers[0].right_md) == (left, right)


@pytest.mark.parametrize(
    ("markers", "scoring", "expected"),
    [
        pytest.param("[x] [ ] [ ]", "", Scoring.BALANCED, id="default"),
        pytest.param("[x] [ ] [ ]", "exact", Scoring.EXACT, id="stated"),
        pytest.param("[+60%] [+40%] [-50%]", "", Scoring.WEIGHTS, id="implied"),
        pytest.param("[2] [1] [3]", "", Scoring.PAIRS, id="order"),
        pytest.param("[2] [1] [3]", "position", Scoring.POSITION, id="order stated"),
    ],
)
def test_a_formula_is_stated_implied_or_default(
    markers: str, scoring: str, expected: Scoring
) -> None:
    tokens = markers.replace("[ ]", "[_]").split()
    lines = [f"- {t.replace('_', ' ')} option {n}" for n, t in enumerate(tokens)]
    attribute = f"scoring: {scoring}\n" if scoring else ""
    text = f"## abc | T\n{attribute}\nWhich?\n\n" + "\n".join(lines) + "\n"

    assert question_of(text).scoring is expected


def test_an_open_question_says_so_and_who_grades_it() -> None:
    question = question_of("## abc | T\ntype: open\ngrading: trainer\n\nTell us.\n")

    assert (question.type, question.grading) == (QuestionType.OPEN, "trainer")


def test_a_void_option_counts_neither_as_right_nor_as_wrong() -> None:
    question = question_of(
        "## abc | T\nvoid-reason: Unclear\n\nWhich?\n\n- [x] A\n- [!] B\n- [ ] C\n"
    )

    assert [answer.void for answer in question.answers] == [False, True, False]


def test_draft_and_retired_questions_are_kept_but_never_asked() -> None:
    text = HEAD + "\n" + SINGLE
    text += SINGLE.replace("abc", "abd").replace("| T", "| T\nstatus: draft")
    text += SINGLE.replace("abc", "abe").replace("| T", "| T\nestado: retirada")

    asked = [question.is_asked for question in sound_quiz(text).questions]

    assert asked == [True, False, False]


def test_bom_and_crlf_change_nothing_but_lines_stay() -> None:
    plain = quiz_bytes(SINGLE)
    windows = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")

    assert parse_quiz(plain, path="a.quiz.es.md") == parse_quiz(
        windows, path="a.quiz.es.md"
    )


def test_a_self_check_is_practice_and_tells_lines_of_its_module() -> None:
    quiz, problems = parse_self_check(
        SINGLE, path="01-a.es.md", first_line=41, lang="es"
    )
    broken, faults = parse_self_check(
        "# Pool: abc\n" + SINGLE, path="01-a.es.md", first_line=41, lang="es"
    )

    assert quiz is not None, problems
    assert (quiz.id, quiz.lang, quiz.settings.mode) == ("", "es", Mode.PRACTICE)
    assert quiz.questions[0].line == 41
    assert broken is None
    assert [(fault.code, fault.line) for fault in faults] == [("E110", 41)]


def test_everything_is_told_in_one_run() -> None:
    data = quiz_bytes(
        "# Pol: basics\n\n"
        "## Grant costs\n\nWhat?\n\n- [z] A\n- [x]b\n\n"
        "## abc | T\npoint: 1\n\n- (x) A\n- [ ] B\n"
    )

    assert codes(data) == ["E110", "E111", "E201", "E202", "E130", "E120", "E210"]


def test_a_broken_quiz_can_still_be_looked_at() -> None:
    reading = read_quiz(quiz_bytes(SINGLE + "\ntext\n"), path="a.quiz.es.md")

    assert reading.has_errors
    assert reading.quiz is not None
    assert reading.quiz.questions[0].id == "abc"


Q = "## abc | T\n\nWhich?\n\n"
YES_NO = "- (x) Perhaps\n- ( ) Never\n"
GRADED = "---\nquiz: quiz-a\ntitle: A\nmode: graded\npass: 70%\n---\n\n"
LATIN_1 = "título".encode("latin-1")

FAULTS = [
    ("E101", HEAD.encode() + LATIN_1, 6),
    ("E102", b"quiz: abc\n\n" + SINGLE.encode(), 1),
    ("E102", b"---\nquiz: abc\ntitle: T\n\n" + SINGLE.encode(), 1),
    ("E102", b"---\nquiz: abc\ntitle: T\n  nested: x\n---\n" + SINGLE.encode(), 4),
    ("E103", b"---\ntitle: T\n---\n" + SINGLE.encode(), 1),
    ("E103", b"---\nquiz: abc\ntitle: T\nmode: graded\n---\n" + SINGLE.encode(), 1),
    ("E103", "# Case: abd\nTold.\n\n" + SINGLE, 6),
    ("E104", b"---\nquiz: abc\ntitle: T\npass: 0\n---\n" + SINGLE.encode(), 4),
    ("E104", b"---\nquiz: abc\ntitle: T\nwait: soon\n---\n" + SINGLE.encode(), 4),
    ("E104", b"---\nquiz: abc\ntitle: T\nlang: en\n---\n" + SINGLE.encode(), 4),
    ("E104", SINGLE.replace("| T", "| T\npoints: 1.555"), 7),
    ("E104", SINGLE.replace("| T", "| T\npoints:"), 7),
    (
        "E104",
        (GRADED + "## abe | T\ntype: open\n\nTell.\n\n" + SINGLE).encode(),
        8,
    ),
    ("E105", "```\ncode\n\n" + SINGLE, 6),
    ("E105", "<!-- never closed\n\n" + SINGLE, 6),
    ("E106", b"---\nquiz: abc\ntitle: T\nquiz: abd\n---\n" + SINGLE.encode(), 4),
    ("E106", SINGLE.replace("| T", "| T\npoints: 1\npuntos: 2"), 8),
    ("E106", SINGLE + "### Hint\na\n\n### Pista\nb\n", 16),
    ("E110", "# Pol: basics\n\n" + SINGLE, 6),
    ("E110", SINGLE + "### Explanaton\nWhy.\n", 13),
    ("E110", "# A title\n\n" + SINGLE, 6),
    ("E110", "### Hint\n\n" + SINGLE, 6),
    ("E110", SINGLE + "    # deep in an option\n", 13),
    ("E111", SINGLE.replace("abc | ", ""), 6),
    ("E111", "- (x) lost\n\n" + SINGLE, 6),
    ("E112", SINGLE.replace("abc", "Not An Id"), 6),
    ("E112", "# Pool: Two Words\n\n" + SINGLE, 6),
    ("E113", SINGLE + SINGLE, 13),
    ("E113", f"# Section: s-1\n\n{SINGLE}# Section: s-1\n", 15),
    ("E120", SINGLE.replace("| T", "| T\npoint: 1"), 7),
    ("E120", SINGLE.replace("| T", "| T\nNote: read well"), 7),
    ("E120", b"---\nquiz: abc\ntitle: T\npas: 70%\n---\n" + SINGLE.encode(), 4),
    ("E121", SINGLE.replace("| T", "| T\ndraw: 1"), 7),
    ("E121", "# Section: s-1\ndraw: 1\n\n" + SINGLE, 7),
    ("E121", SINGLE.replace("| T", "| T\nunit: EUR"), 7),
    ("E130", "## abc | T\n\n" + YES_NO, 6),
    ("E131", "## abc | T\n\nWhich?\n", 6),
    ("E201", Q + "- [z] A\n" + YES_NO, 10),
    ("E201", Q + "- [50%] A\n" + YES_NO, 10),
    ("E201", Q + "* [x] A\n" + YES_NO, 10),
    ("E202", Q + "- [x]A\n- [ ] B\n- [ ] C\n", 10),
    ("E203", Q + "- (x ) A\n- ( ) B\n", 10),
    ("E203", Q + "- (X ) A\n- ( ) B\n", 10),
    ("E204", Q + "-(x) A\n- ( ) B\n", 10),
    ("E204", Q + "-[x] A\n- [ ] B\n- [ ] C\n", 10),
    ("E205", SINGLE + "More text.\n", 13),
    ("E205", SINGLE + "### Hint\nThink.\n\n- ( ) Late\n", 16),
    ("E206", Q + "- (x) A\n  - ( ) B\n- ( ) C\n", 11),
    ("E206", Q + "  - (x) A\n- ( ) C\n", 10),
    ("E210", Q + "- (x) A\n- [ ] B\n", 11),
    ("E211", Q + "- (x) A\n", 6),
    ("E211", Q + "- [x] A\n- [ ] B\n", 6),
    ("E211", Q + "- [x] A\n- [x] B\n- [x] C\n", 6),
    ("E211", Q + "- [1] A\n- [2] B\n", 6),
    ("E211", Q + "- [->] A -> B\n- [->] -> C\n", 6),
    ("E212", Q + "- ( ) A\n- (50%) B\n", 6),
    ("E212", Q + "- [= 50%] 5\n", 6),
    ("E213", Q + "- [+50%] A\n- [x] B\n- [-10%] C\n", 11),
    ("E213", Q + "- [+50%] A\n- [+40%] B\n- [-10%] C\n", 6),
    ("E213", Q + "- (x) A\n- (150%) B\n", 11),
    ("E213", Q + "- (x) True\n- (50%) False\n", 11),
    ("E214", Q + "- (x) The  same\n- ( ) the same\n", 11),
    ("E214", Q + "- [~] Acción\n- [~] accion.\n", 11),
    ("E215", Q + "- [1] A\n- [3] B\n- [2] C\n- [3] D\n", 13),
    ("E216", Q + "- [->] A B\n- [->] C -> D\n- [->] E -> F\n", 10),
    ("E216", Q + "- [->] A -> B\n- [->] A -> D\n", 11),
    ("E217", Q + "- [=] 3,5\n", 10),
    ("E217", Q + "- [=] 1 70 000\n", 10),
    ("E217", Q + "- [=] [5, 3]\n", 10),
    ("E217", Q + "- [=] 0 +- 5%\n", 10),
    ("E218", Q + "- (x)\n- ( ) B\n", 10),
    ("E218", Q + "- [~] *\n", 10),
    ("E219", Q + "- (x) A\n> Why\n- ( ) B\n", 11),
    ("E219", Q + "  > Why\n\n- (x) A\n- ( ) B\n", 10),
    (
        "E220",
        SINGLE.replace("| T", "| T\nvoid: drop").replace("abc", "abe") + SINGLE,
        7,
    ),
    ("E220", Q + "- [x] A\n- [!] B\n- [ ] C\n", 11),
    ("E221", SINGLE.replace("| T", "| T\ntype: multiple"), 7),
    ("E301", "# Pool: abd\ndraw: 3\n\n" + SINGLE, 7),
    (
        "E302",
        "# Pool: abd\n\n" + SINGLE + SINGLE.replace("abc | T", "abe | T\npoints: 2"),
        15,
    ),
    ("E303", "# Pool: abd\n\nA text.\n\n" + SINGLE, 6),
    ("E303", "# Case: abd | Told\n\n" + SINGLE, 6),
    ("E304", "# Case: abd | Told\npool: none\n\nText.\n\n" + SINGLE, 7),
    ("E305", "Nothing here.\n", 1),
    ("W901", Q + "- (X) A\n- ( ) B\n", 10),
    ("W901", Q + "\u2022 (x) A\n- ( ) B\n", 10),
    ("W901", Q + "- [->] A \u2192 B\n- [->] C -> D\n", 10),
    ("W901", Q + "- [=] 5 \u00b1 1\n", 10),
    ("W901", Q + "-\u00a0(x) A\n- ( ) B\n", 10),
    ("W902", Q + "- (x) A\n\tmore\n- ( ) B\n", 11),
]


@pytest.mark.parametrize(
    ("code", "source", "line"),
    [
        pytest.param(code, source, line, id=f"{code}-{number}")
        for number, (code, source, line) in enumerate(FAULTS)
    ],
)
def test_every_fault_has_its_code_at_its_line(
    code: str, source: str | bytes, line: int
) -> None:
    data = quiz_bytes(source) if isinstance(source, str) else source

    quiz, problems = parse_quiz(data, path="01-a.quiz.es.md")

    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]
    is_error = problems[0].severity is Severity.ERROR
    assert (quiz is None) == is_error
    for problem in problems:
        key = problem.code
        if "variant" in problem.facts:
            key += "." + problem.facts["variant"]
        for message, hint in QUIZ_PROBLEMS[key].values():
            assert message.format(**problem.facts)
            assert hint.format(**problem.facts)


def test_no_code_of_the_parser_is_without_a_case() -> None:
    later = ("E4", "E5", "W3", "W4", "W5")
    told = {key.partition(".")[0] for key in QUIZ_PROBLEMS}

    assert {code for code, _, _ in FAULTS} == {
        code for code in told if not code.startswith(later)
    }


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        pytest.param("- [x]Staff", "- [x] Staff", id="space after"),
        pytest.param("-(x) Staff", "- (x) Staff", id="space before"),
        pytest.param("- (x ) Staff", "- (x) Staff", id="space inside"),
        pytest.param("- [=50%] 5", "- [= 50%] 5", id="entry without space"),
        pytest.param("- (50 %) Staff", "- (50%) Staff", id="spaced percent"),
        pytest.param("- [50%] Staff", "- [+50%] Staff", id="no sign"),
        pytest.param("- (33,3%) Staff", "- (33.3%) Staff", id="decimal comma"),
        pytest.param("* [x] Staff", "- [x] Staff", id="star"),
    ],
)
def test_a_malformed_answer_line_comes_back_corrected(
    line: str, corrected: str
) -> None:
    _, problems = parse_quiz(
        quiz_bytes(Q + line + "\n- (x) A\n"), path="01-a.quiz.es.md"
    )

    assert problems[0].facts["proposal"] == corrected


def test_limits_are_one_line_each() -> None:
    many = "".join(SINGLE.replace("abc", f"q-{n:03}") for n in range(501))
    options = Q + "".join(f"- ( ) Option {n}\n" for n in range(26)) + "- (x) Z\n"

    assert codes(quiz_bytes(many)) == ["E008"]
    assert codes(quiz_bytes(options)) == ["E008"]
    assert codes(b"x" * (256 * 1024 + 1)) == ["E008"]


def test_revisions_tell_words_from_marking() -> None:
    def revisions(text: str) -> tuple[str, str]:
        question = question_of(text)
        return question.revision, question.scoring_revision

    first = revisions(SINGLE)
    reworded = revisions(SINGLE.replace("Perhaps", "Maybe"))
    rescored = revisions(SINGLE.replace("( )", "(50%)"))

    assert reworded[0] != first[0]
    assert reworded[1] == first[1]
    assert rescored[1] != first[1]


def test_a_case_pool_draws_whole_cases() -> None:
    quiz: Quiz = sound_quiz(
        HEAD
        + "\n# Pool: cases\ndraw: 1\n\n"
        + "# Case: one | One\npool: cases\n\nTold.\n\n"
        + SINGLE
        + "# Case: two | Two\npool: cases\n\nTold.\n\n"
        + SINGLE.replace("abc", "abd")
    )

    assert [section.pool for section in quiz.sections] == [None, "cases", "cases"]


def test_a_module_quiz_of_the_shipped_kind_is_sound() -> None:
    assert len(sound_quiz(MODULE_QUIZ).questions) == 2
