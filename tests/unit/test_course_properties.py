"""Any bytes whatever give a course or problems, never an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from conexx_learn.domain.course_source import (
    format_files,
    read_competencies,
    skeleton,
)
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.sentences import problem_sentence
from tests.sample_folders import (
    FIRST_MODULE,
    SETTINGS,
    SVG,
    make_files,
    read_sample,
)

NAMES = [
    "course.toml",
    "course.es.md",
    "course.en.md",
    "01-first-drop.es.md",
    "01-first-drop.en.md",
    "01-first-drop.quiz.es.md",
    "02-second-drop.es.md",
    "final.quiz.es.md",
    "final.quiz.en.md",
    "rubric.es.md",
    "media/a.svg",
    "media/basin.svg",
    "media/b.png",
    "README.md",
    "x",
]
MARKS = [
    "---",
    "title: a",
    "translates: a@0123456789ab",
    "# a",
    "## a | b",
    "#### c",
    "```quiz",
    "```",
    "~~~",
    "- (x) a",
    "- [1] b",
    "> > >",
    "[a](b)",
    "![](media/a.svg)",
    "[^1]",
    "[a]: b",
    "<!--",
    "-->",
    "<b>",
    "===",
    "\\[",
    "`",
    "weight: 20",
    "\ufeff",
    "\r",
    "\x00",
    "\u2028",
]
TEXT = st.lists(st.sampled_from(MARKS) | st.text(max_size=12), max_size=25).map(
    "\n".join
)
TOML = st.lists(
    st.sampled_from([*SETTINGS.split("\n"), "modules = []", "[a.b]", "hours = nan"])
    | st.text(max_size=12),
    max_size=20,
).map("\n".join)
CONTENT = st.binary(max_size=200) | (TEXT | TOML).map(str.encode)
FILES = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=20), CONTENT)


def assert_told(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem_sentence(problem, "es")
        assert problem_sentence(problem, "en")


@settings(max_examples=100, deadline=None)
@given(files=FILES)
def test_any_files_give_a_course_or_problems(files: dict[str, bytes]) -> None:
    course, problems = read_sample(files)

    has_errors = any(problem.severity is Severity.ERROR for problem in problems)
    assert (course is None) == has_errors
    assert_told(problems)


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(list(make_files())), content=CONTENT)
def test_any_file_of_a_sound_course_may_be_anything(name: str, content: bytes) -> None:
    course, problems = read_sample(make_files() | {name: content})

    assert course is not None or problems
    assert_told(problems)


@settings(max_examples=100, deadline=None)
@given(cut=st.integers(0, len(FIRST_MODULE)), extra=TEXT)
def test_a_text_cut_and_mended_anywhere_is_read(cut: int, extra: str) -> None:
    text = FIRST_MODULE[:cut] + extra + FIRST_MODULE[cut:]

    course, problems = read_sample(make_files(first=text))

    assert course is not None or problems


@settings(max_examples=100, deadline=None)
@given(data=CONTENT | TOML.map(str.encode))
def test_any_bytes_give_competencies_or_problems(data: bytes) -> None:
    _, problems = read_competencies(data)

    assert_told(problems)


@settings(max_examples=100, deadline=None)
@given(inner=st.text(max_size=60))
def test_any_drawing_is_judged(inner: str) -> None:
    svg = SVG.replace("M0 0", inner).encode(errors="replace")

    read_sample(make_files(svg=svg))


@settings(max_examples=100, deadline=None)
@given(files=FILES)
def test_formatting_twice_is_formatting_once(files: dict[str, bytes]) -> None:
    once = format_files(files)
    twice = format_files({path: text.encode() for path, text in once.items()})

    assert twice == once


@settings(max_examples=25, deadline=None)
@given(slug=st.from_regex(r"[a-z0-9]{2,10}(-[a-z0-9]{1,10}){1,4}", fullmatch=True))
def test_every_skeleton_is_sound(slug: str) -> None:
    texts = skeleton(slug, source_language="es")
    files = {path: text.encode() for path, text in texts.items()}

    course, problems = read_sample(files, slug=slug)

    assert course is not None, problems
