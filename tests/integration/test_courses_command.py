"""`flask courses`: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conexx_learn.adapters.course_repository import write_folder
from conexx_learn.cli.courses import courses
from conexx_learn.cli.language import shell_language
from conexx_learn.services.course_checking import PROJECT_COURSES
from tests.sample_folders import (
    COURSE_TEXT,
    FINAL,
    FIRST_MODULE,
    SETTINGS,
    SLUG,
    make_files,
)

COMPETENCIES = b'[K1]\ntitle.es = "Uno"\ntitle.en = "One"\nfunction = "f"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a folder of courses that holds the sample."""
    home = tmp_path / "courses"
    home.mkdir()
    (home / "competencies.toml").write_bytes(COMPETENCIES)
    write_folder(home / SLUG, make_files())
    monkeypatch.chdir(tmp_path)
    return home


def run(*arguments: str, lang: str = "en_GB.UTF-8", entered: str = "") -> Result:
    environment = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": ""}
    return CliRunner().invoke(
        courses, list(arguments), env=environment, input=entered or None
    )


def spoil(folder: Path) -> None:
    settings = SETTINGS.replace("hours = 1", "hours = 2")
    (folder / SLUG / "course.toml").write_text(settings)


def test_a_sound_folder_exits_0_and_prints_nothing(folder: Path) -> None:
    result = run("check")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Errors: 0. Warnings: 0.\n"


def test_a_problem_is_told_by_place_with_a_hint_and_exit_1(folder: Path) -> None:
    spoil(folder)

    result = run("check", "courses")

    first, hint = result.stdout.splitlines()
    assert first.startswith(f"{SLUG}/course.toml:3:1: E015 hours says 2 h")
    assert hint.startswith("    hint: Write hours = 1")
    assert result.exit_code == 1


def test_paths_are_relative_to_the_folder_given(folder: Path) -> None:
    spoil(folder)

    result = run("check", f"courses/{SLUG}")

    assert result.stdout.startswith("course.toml:3:1: E015")


def test_messages_follow_the_language_of_the_shell(folder: Path) -> None:
    spoil(folder)

    result = run("check", "courses", lang="es_MX.UTF-8")

    assert "hours dice 2 h, pero los minutos suman 60" in result.stdout


def test_warnings_alone_exit_0(folder: Path) -> None:
    (folder / SLUG / "final.quiz.es.md").unlink()

    result = run("check")

    assert "W008" in result.stdout
    assert result.exit_code == 0


def test_json_is_one_list_with_every_field(folder: Path) -> None:
    spoil(folder)

    result = run("check", "--format", "json")

    (problem,) = json.loads(result.stdout)
    assert result.exit_code == 1
    assert problem.pop("message").startswith("hours says")
    assert problem.pop("hint")
    assert problem == {
        "path": f"{SLUG}/course.toml",
        "line": 3,
        "column": 1,
        "code": "E015",
        "severity": "error",
    }


def test_json_of_a_sound_folder_is_an_empty_list(folder: Path) -> None:
    assert json.loads(run("check", "--format", "json").stdout) == []


def test_annotations_name_the_path_from_here(folder: Path) -> None:
    spoil(folder)

    result = run("check", f"courses/{SLUG}", "--format", "github")

    place = f"::error file=courses/{SLUG}/course.toml,line=3,col=1,title=E015::"
    assert result.stdout.startswith(place)
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check", "nowhere"], id="no such folder"),
        pytest.param(["check", "--format", "xml"], id="unknown format"),
        pytest.param(["check", "a", "b"], id="too much"),
        pytest.param(["fmt", "nowhere"], id="nothing to format"),
        pytest.param(["new"], id="no slug"),
        pytest.param(["new", "a-b-c", "--source-language", "ES!"], id="language"),
    ],
)
def test_wrong_usage_exits_2(folder: Path, arguments: list[str]) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""


def test_a_folder_without_courses_is_an_error_in_one_line(folder: Path) -> None:
    (folder / "empty").mkdir()

    result = run("check", "courses/empty")

    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


def test_an_id_used_by_two_courses_is_told(folder: Path) -> None:
    files = make_files()
    files["final.quiz.es.md"] = FINAL.replace("water-final", "other-final").encode()
    files["01-first-drop.es.md"] = FIRST_MODULE.replace(
        "first-drop-check", "other-check"
    ).encode()
    write_folder(folder / "another-course", files)

    result = run("check")
    alone = run("check", "courses/another-course")

    assert "final.quiz.es.md:7:1: E113" in alone.stdout
    assert result.exit_code == 1
    assert result.stdout.count("E113") == 1
    assert f"{SLUG}/final.quiz.es.md" in result.stdout
    assert "another-course/final.quiz.es.md" in result.stdout


def test_competencies_beside_a_course_are_the_ones_that_count(folder: Path) -> None:
    (folder / "competencies.toml").write_bytes(COMPETENCIES.replace(b"K1", b"K2"))

    result = run("check", f"courses/{SLUG}")

    assert "course.toml:5:1: E501" in result.stdout


def test_faulty_competencies_are_told_too(folder: Path) -> None:
    (folder / "competencies.toml").write_bytes(COMPETENCIES + b"[K2]\n")

    assert "competencies.toml:5:1: E003" in run("check").stdout
    assert "../competencies.toml:5:1: E003" in run("check", f"courses/{SLUG}").stdout


def test_a_prerequisite_may_be_a_course_of_the_project(folder: Path) -> None:
    settings = SETTINGS.replace("prerequisites = []", 'prerequisites = ["first-steps"]')
    (folder / SLUG / "course.toml").write_text(settings)

    assert run("check").exit_code == 0


def test_prerequisites_in_a_circle_are_told_in_both_courses(folder: Path) -> None:
    for slug, other in ((SLUG, "other-one"), ("other-one", SLUG)):
        write_folder(folder / slug, make_files())
        stated = f'prerequisites = ["{other}"]'
        settings = SETTINGS.replace("prerequisites = []", stated)
        (folder / slug / "course.toml").write_text(settings)

    result = run("check")

    assert f"{SLUG}/course.toml:6:1: E014" in result.stdout
    assert "other-one/course.toml:6:1: E014" in result.stdout


def test_formatting_says_what_changed_and_then_nothing(folder: Path) -> None:
    path = folder / SLUG / "course.es.md"
    path.write_text(COURSE_TEXT.replace("title: ", "title:    "))

    first, second = run("fmt"), run("fmt", f"courses/{SLUG}", lang="es")

    assert f"{SLUG}/course.es.md: formatted" in first.stdout
    assert path.read_text() == COURSE_TEXT
    assert second.stdout == "Todo estaba ya en su forma.\n"


def test_a_new_course_asks_its_language_and_passes_the_check(folder: Path) -> None:
    made = run("new", "plan-de-agua", lang="es_SV.UTF-8", entered="\n")

    assert made.exit_code == 0
    assert "Idioma de origen" in made.stdout
    final = (folder / "plan-de-agua" / "final.quiz.es.md").read_text()
    assert "cuestionario: plan-de-agua-final" in final
    assert run("check", "courses/plan-de-agua").exit_code == 0


def test_a_new_course_in_english_has_english_keywords(folder: Path) -> None:
    run("new", "water-plan", "--source-language", "en")

    final = (folder / "water-plan" / "final.quiz.en.md").read_text()
    assert "quiz: water-plan-final" in final
    assert run("check").exit_code == 0


@pytest.mark.parametrize("slug", [SLUG, "Not A Slug", "../out", "ab"])
def test_a_new_course_needs_a_free_slug(folder: Path, slug: str) -> None:
    before = sorted(folder.parent.rglob("*"))

    result = run("new", slug, "--source-language", "es")

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert sorted(folder.parent.rglob("*")) == before


def test_a_course_travels_and_comes_back_the_same(folder: Path) -> None:
    exported = run("export", SLUG, "one.zip")
    imported = run("import", "one.zip", "--into", "elsewhere")
    again = run("import", "one.zip", "--into", "elsewhere")
    run("export", f"elsewhere/{SLUG}", "two.zip")

    assert (exported.exit_code, imported.exit_code, again.exit_code) == (0, 0, 0)
    assert "nothing was changed" in again.stdout
    assert Path("one.zip").read_bytes() == Path("two.zip").read_bytes()


def test_a_folder_can_be_imported_too(folder: Path) -> None:
    write_folder(folder.parent / "brought" / "new-course", make_files())

    assert run("import", "brought/new-course").exit_code == 0
    assert (folder / "new-course" / "course.toml").exists()


def test_an_import_does_not_overwrite_unasked(folder: Path) -> None:
    run("export", SLUG, "one.zip")
    path = folder / SLUG / "course.es.md"
    path.write_text(COURSE_TEXT.replace("técnico", "nuevo"))

    refused = run("import", "one.zip")
    kept = path.read_text()
    replaced = run("import", "one.zip", "--overwrite")

    assert (refused.exit_code, replaced.exit_code) == (1, 0)
    assert "nuevo" in kept
    assert path.read_text() == COURSE_TEXT


def test_a_faulty_course_is_not_imported(folder: Path) -> None:
    spoil(folder)
    run("export", SLUG, "one.zip")

    result = run("import", "one.zip", "--into", "elsewhere")

    assert result.exit_code == 1
    assert "course.toml:3:1: E015" in result.stderr
    assert not Path("elsewhere").exists()


@pytest.mark.parametrize("arguments", [["export", "nothing", "a.zip"], ["import", "a"]])
def test_what_does_not_exist_is_one_line_and_exit_1(
    folder: Path, arguments: list[str]
) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["check", "fmt", "new", "export", "import"])
def test_every_command_shows_an_example(name: str) -> None:
    result = run(name, "--help")

    assert result.exit_code == 0
    assert f"Example: flask courses {name}" in result.stdout


def test_control_signs_of_a_file_stay_out_of_the_terminal(folder: Path) -> None:
    text = COURSE_TEXT.replace("title:", "ti\x1b[31mtle:")
    (folder / SLUG / "course.es.md").write_text(text)

    assert "\x1b" not in run("check").stdout


def test_the_courses_of_the_project_have_no_error() -> None:
    result = run("check", str(PROJECT_COURSES), "--format", "json")

    errors = [p for p in json.loads(result.stdout) if p["severity"] == "error"]
    assert errors == []


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        pytest.param({"LANG": "es_MX.UTF-8"}, "es", id="Spanish"),
        pytest.param({"LANG": "en_US.UTF-8"}, "en", id="English"),
        pytest.param({"LC_ALL": "C", "LANG": "es"}, "en", id="LC_ALL decides"),
        pytest.param({}, "en", id="nothing said"),
    ],
)
def test_the_language_of_the_shell(environment: dict[str, str], lang: str) -> None:
    assert shell_language(environment) == lang
