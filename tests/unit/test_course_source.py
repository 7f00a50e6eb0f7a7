"""A sound course folder becomes a course."""

from datetime import date
from decimal import Decimal

import pytest

from conexx_learn.domain.course import Course, Grant
from conexx_learn.domain.course_source import (
    content_problem,
    format_files,
    read_competencies,
    read_course,
    skeleton,
)
from conexx_learn.domain.course_source.file_names import file_name, likely_name
from tests.sample_folders import (
    COMPETENCIES,
    FIRST_MODULE,
    SETTINGS,
    TODAY,
    make_files,
    read_sample,
    source_reference,
)


def sample_course(files: dict[str, bytes] | None = None) -> Course:
    course, problems = read_sample(files or make_files())
    assert course is not None, problems
    return course


def test_the_sample_course_has_no_problem_at_all() -> None:
    assert read_sample(make_files())[1] == []


def test_a_course_says_what_its_folder_says() -> None:
    course = sample_course()

    assert course.version == (1, 0)
    assert course.hours == Decimal(1)
    assert course.grants == (Grant("K1", 2),)
    assert course.texts["es"].outcomes == {"lo-1": "Explicar de dónde viene el agua."}
    assert [module.slug for module in course.modules] == ["first-drop", "second-drop"]
    assert course.modules[1].valid_until == date(2027, 11, 21)
    assert list(course.finals) == ["es"]
    assert [file.mime for file in course.media] == ["image/svg+xml"]
    assert course.files["course.toml"] == SETTINGS


def test_a_module_carries_its_sources_and_self_checks() -> None:
    text = sample_course().modules[0].texts["es"]

    assert text.sources == ("W-001 Ley de aguas (2020)", "W-002 Manual (2021)")
    assert [quiz.questions[0].id for quiz in text.self_checks] == ["first-drop-check"]
    assert text.self_checks[0].questions[0].line == 15
    assert text.body_md.startswith("Por qué importa.")


def test_an_empty_module_list_of_outcomes_and_defaults_are_filled_in() -> None:
    module = sample_course().modules[1]

    assert (module.quiz_minutes, module.task_minutes, module.required) == (0, 0, True)
    assert module.outcomes == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + FIRST_MODULE, id="byte order mark"),
        pytest.param(FIRST_MODULE.replace("\n", "\r\n"), id="windows line ends"),
    ],
)
def test_how_an_editor_saves_changes_no_hash(text: str) -> None:
    course = sample_course()
    other = sample_course(make_files(first=text))

    assert other.content_hash == course.content_hash
    assert other.modules[0].content_hash == course.modules[0].content_hash


def test_the_order_of_the_files_changes_no_hash() -> None:
    files = make_files()

    turned = sample_course(dict(reversed(files.items())))

    assert turned.content_hash == sample_course(files).content_hash


def test_one_changed_word_changes_its_module_and_the_course_alone() -> None:
    course = sample_course()
    other = sample_course(make_files(first=FIRST_MODULE.replace("importa", "cuenta")))

    assert other.content_hash != course.content_hash
    assert other.modules[0].content_hash != course.modules[0].content_hash
    assert other.modules[1].content_hash == course.modules[1].content_hash


def test_an_image_is_part_of_the_module_that_shows_it() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>'

    course, other = sample_course(), sample_course(make_files(svg=svg))

    assert other.modules[0].content_hash != course.modules[0].content_hash
    assert other.modules[1].content_hash == course.modules[1].content_hash


def test_renumbering_keeps_the_hash_of_a_module() -> None:
    files = make_files()
    files["03-second-drop.es.md"] = files.pop("02-second-drop.es.md")

    moved = sample_course(files).modules[1]

    assert moved.content_hash == sample_course().modules[1].content_hash


def test_notes_for_the_folder_change_nothing() -> None:
    files = make_files() | {"REVIEW.md": b"\xff# anything", "LICENSE": b"EUPL-1.2"}

    assert sample_course(files).content_hash == sample_course().content_hash


def test_changed_content_asks_for_a_new_version() -> None:
    course = sample_course()

    problem = content_problem(course, (1, 0), "another hash")

    assert problem is not None
    assert (problem.code, problem.path, problem.line) == ("E016", "course.toml", 1)
    assert dict(problem.facts) == {"published": "1.0", "next": "1.1"}


@pytest.mark.parametrize(
    ("published", "same_hash"),
    [
        pytest.param((1, 0), True, id="nothing changed"),
        pytest.param((0, 9), False, id="version raised"),
    ],
)
def test_no_new_version_is_asked_for(
    published: tuple[int, int], same_hash: bool
) -> None:
    course = sample_course()
    published_hash = course.content_hash if same_hash else "another"

    assert content_problem(course, published, published_hash) is None


def test_a_translation_inherits_and_counts_as_a_language() -> None:
    files = make_files()
    reference = source_reference("02-second-drop.es.md", files["02-second-drop.es.md"])
    text = (
        f"---\ntitle: Second\ntranslates: {reference}\n---\n\n## Who pays?\n\nUsers.\n"
    )
    files["02-second-drop.en.md"] = text.encode()

    course, problems = read_sample(files)

    assert course is not None
    assert course.modules[1].texts["en"].title == "Second"
    assert {problem.code for problem in problems} == {"W004"}
    assert len(problems) == 3


@pytest.mark.parametrize("language", ["es", "en", "pt"])
def test_a_skeleton_passes_the_check(language: str) -> None:
    texts = skeleton("a-new-course", source_language=language)
    files = {path: text.encode() for path, text in texts.items()}

    course, problems = read_course(
        files,
        slug="a-new-course",
        competencies=COMPETENCIES,
        neighbours={},
        today=TODAY,
    )

    assert course is not None
    assert [problem.code for problem in problems] == ["W501"]
    assert ("cuestionario:" in str(texts)) == (language == "es")


def test_a_skeleton_is_in_canonical_form() -> None:
    texts = skeleton("a-new-course", source_language="es")

    assert format_files({path: t.encode() for path, t in texts.items()}) == texts


def test_formatting_tidies_heads_line_ends_and_the_end_of_a_file() -> None:
    messy = b"\xef\xbb\xbf---\r\ntitle:   La gota  \r\n---\r\nUno  \r\ndos \r\n\r\n\r\n"

    texts = format_files({"01-gota.es.md": messy})

    assert texts == {"01-gota.es.md": "---\ntitle: La gota\n---\n\nUno  \ndos\n"}


def test_formatting_keeps_a_translation_up_to_date() -> None:
    source = b"---\ntitle:  Gota\n---\nUno\n"
    reference = source_reference("01-gota.es.md", source)
    translation = f"---\ntitle: Drop\ntranslates: {reference}\n---\n\nOne\n".encode()

    texts = format_files({"01-gota.es.md": source, "01-gota.en.md": translation})

    formatted = source_reference("01-gota.es.md", texts["01-gota.es.md"].encode())
    assert f"translates: {formatted}\n" in texts["01-gota.en.md"]
    again = format_files({path: text.encode() for path, text in texts.items()})
    assert again == texts


def test_competencies_have_a_title_in_both_languages() -> None:
    data = b'[K1]\ntitle.es = "Uno"\ntitle.en = "One"\nfunction = "f"\n'

    competencies, problems = read_competencies(data)

    assert problems == []
    assert competencies["K1"].title == {"es": "Uno", "en": "One"}


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        pytest.param(b"[K1]\n[[", "E001", 2, id="not TOML"),
        pytest.param(b"\n\xff", "E001", 2, id="not UTF-8"),
        pytest.param(b"K1 = 1\n", "E004", 1, id="not a table"),
        pytest.param(
            b'[K1]\ntitle.es = "a"\ntitle.en = "b"\n', "E003", 1, id="no function"
        ),
        pytest.param(
            b'[K1]\ntitle.es = "a"\nfunction = "f"\n', "E003", 2, id="one language"
        ),
        pytest.param(
            b'[K1]\ntitle = {es="a", en="b"}\nfunction = "f"\nx = 1',
            "E002",
            4,
            id="unknown key",
        ),
    ],
)
def test_faulty_competencies_are_told_by_line(
    data: bytes, code: str, line: int
) -> None:
    competencies, problems = read_competencies(data)

    assert competencies == {}
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        pytest.param("1-agua.es.md", "01-agua.es.md", id="one digit"),
        pytest.param("01_Agua_Limpia.es.md", "01-agua-limpia.es.md", id="underscores"),
        pytest.param("01-agua.md", "01-agua.es.md", id="no language"),
        pytest.param("01-agua.es.quiz.md", "01-agua.quiz.es.md", id="swapped"),
        pytest.param("final.es.md", "final.quiz.es.md", id="final"),
        pytest.param("curso.es.md", "course.es.md", id="Spanish name"),
        pytest.param("media/mapa.jpeg", "media/mapa.jpeg", id="media keeps its name"),
        pytest.param("mapa.svg", "media/mapa.svg", id="image outside of media"),
        pytest.param("curse.toml", "course.toml", id="misspelt"),
        pytest.param("notes.docx", "", id="nothing near"),
    ],
)
def test_a_name_that_is_not_understood_has_a_likely_one(path: str, meant: str) -> None:
    known = ["course.toml"]
    is_understood = file_name(path).kind != "unknown"

    guess = likely_name(path, source_language="es", known=known)

    assert guess == meant or is_understood
