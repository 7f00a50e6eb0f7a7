"""`flask courses import` of questions, and `flask quizzes export`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conexx_learn.cli.courses import courses
from conexx_learn.cli.quiz_export import quizzes
from conexx_learn.domain.quiz_source import parse_quiz

FILES = Path(__file__).parents[1] / "question_files"
FINAL = Path(__file__).parents[2] / "courses" / "first-steps" / "final.quiz.en.md"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)


def bring(*arguments: str) -> Result:
    return CliRunner().invoke(courses, ["import", *arguments])


def send(*arguments: str) -> Result:
    return CliRunner().invoke(quizzes, ["export", *arguments])


def test_a_bank_becomes_a_quiz_with_its_pictures(tmp_path: Path) -> None:
    target = tmp_path / "course" / "01-money.quiz.es.md"

    result = bring(str(FILES / "presupuesto.xml"), "--out", str(target))

    assert result.exit_code == 0
    assert "Questions that come: 4. Left out: 2." in result.stdout
    assert "presupuesto.xml:56: left out “Huecos”" in result.stderr
    assert parse_quiz(target.read_bytes(), path=target.name)[0] is not None
    assert (target.parent / "media" / "mapa-uno.png").is_file()


def test_without_a_target_the_quiz_is_named_like_the_file(tmp_path: Path) -> None:
    result = bring(str(FILES / "agua.gift.txt"), "--title", "Water")

    assert result.exit_code == 0
    text = (tmp_path / "agua.quiz.en.md").read_text(encoding="utf-8")
    assert "title: Water\n" in text


def test_a_trial_tells_and_writes_nothing(tmp_path: Path) -> None:
    result = bring(str(FILES / "agua.gift.txt"), "--dry-run")

    assert result.exit_code == 0
    assert "nothing was written" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_malformed_file_is_told_with_its_line_and_brings_nothing(
    tmp_path: Path,
) -> None:
    bank = tmp_path / "bank.gift"
    bank.write_text("A {T}\n\nB {=a\n", encoding="utf-8")

    result = bring(str(bank))

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{bank}:3: the brace")
    assert list(tmp_path.iterdir()) == [bank]


def test_another_quiz_is_replaced_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "final.quiz.es.md"
    target.write_text("mine", encoding="utf-8")
    arguments = (str(FILES / "agua.gift.txt"), "--out", str(target))

    assert bring(*arguments).exit_code == 1
    assert target.read_text(encoding="utf-8") == "mine"
    assert bring(*arguments, "--overwrite").exit_code == 0
    assert bring(*arguments).exit_code == 0


@pytest.mark.parametrize("name", ["quiz.md", "a.txt"])
def test_a_target_that_is_no_quiz_is_refused(name: str) -> None:
    result = bring(str(FILES / "agua.gift.txt"), "--out", name)

    assert result.exit_code == 1
    assert "is not named like a quiz" in result.stderr


def test_a_missing_file_is_one_line() -> None:
    result = bring("missing.gift")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("target", "form", "begin"),
    [
        ("out.xml", None, "<?xml"),
        ("out.txt", None, "// [id:"),
        ("out.dat", "moodle-xml", "<?xml"),
    ],
)
def test_a_quiz_goes_out_with_what_is_lost(
    tmp_path: Path, target: str, form: str | None, begin: str
) -> None:
    options = ["--format", form] if form else []

    result = send(str(FINAL), target, *options)

    assert result.exit_code == 0
    assert (tmp_path / target).read_text(encoding="utf-8").startswith(begin)
    assert "the questions go and not the rules of the quiz" in result.stderr


def test_a_picture_travels_in_xml_and_back(tmp_path: Path) -> None:
    first = tmp_path / "a" / "01-money.quiz.es.md"
    second = tmp_path / "b" / "01-money.quiz.es.md"
    bring(str(FILES / "presupuesto.xml"), "--out", str(first))

    assert send(str(first), "first.xml").exit_code == 0
    assert bring("first.xml", "--out", str(second)).exit_code == 0
    assert send(str(second), "second.xml").exit_code == 0

    picture = Path("media") / "mapa-uno.png"
    assert (second.parent / picture).read_bytes() == (
        first.parent / picture
    ).read_bytes()
    assert Path("second.xml").read_bytes() == Path("first.xml").read_bytes()


def test_a_quiz_with_errors_stays(tmp_path: Path) -> None:
    quiz = tmp_path / "a.quiz.en.md"
    quiz.write_text("## abc | T\n", encoding="utf-8")

    result = send(str(quiz), "out.xml")

    assert result.exit_code == 1
    assert "E102" in result.stderr
    assert not (tmp_path / "out.xml").exists()
