"""Questions from and for other systems: files read, told of, and written whole."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from conexx_learn.adapters import course_repository as repository
from conexx_learn.adapters.course_archive import write_archive
from conexx_learn.adapters.kept_files import replace_file
from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.errors import ContentError, NotFoundError
from conexx_learn.domain.problems import Severity
from conexx_learn.domain.question_exchange import (
    Arrival,
    Departure,
    Form,
    quiz_for_others,
    read_questions,
)
from conexx_learn.domain.question_exchange.decoding import MOST_BYTES
from conexx_learn.domain.quiz import Quiz
from conexx_learn.domain.quiz_source import inherit, read_quiz

MEDIA_FOLDER = "media"

_READABLE = 0o644
_ANY_PASS = Fraction(100)
_QUIZZES = (FileKind.QUIZ, FileKind.FINAL)


@dataclass(frozen=True, slots=True)
class QuizFile:
    """A quiz file of a course folder.

    Attributes:
        name: Of the file.
        title: As it says; the name of the file while it cannot be read.
        lang: Language tag.
        question_count: Questions in it.
        is_sound: It has no errors, so that it can be written in another format.
    """

    name: str
    title: str
    lang: str
    question_count: int
    is_sound: bool


def read_question_file(path: Path, *, title: str, lang: str) -> Arrival:
    """Read a file of GIFT or Moodle XML; more than the limit is not even read.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    return read_questions(data, name=path.name, title=title, lang=lang)


def is_quiz_name(name: str) -> bool:
    """Say whether a file of this name is a quiz, in a course folder or before one."""
    return name.count(".quiz.") == 1 and name.endswith(".md")


def standing_in_the_way(arrival: Arrival, target: Path) -> Path | None:
    """Find a file that writing would replace by another; None for a free way."""
    wanted = {target: arrival.text.encode()}
    for name, content in arrival.media.items():
        wanted[target.parent / MEDIA_FOLDER / name] = content
    for path, content in wanted.items():
        if path.exists() and repository.read_file(path) != content:
            return path
    return None


def write_arrival(arrival: Arrival, target: Path) -> None:
    """Write what came: the pictures first, so that the quiz never lacks one.

    Raises:
        OSError: The folder cannot be written.
    """
    for name, content in arrival.media.items():
        _write(target.parent / MEDIA_FOLDER / name, content)
    _write(target, arrival.text.encode())


def arrival_archive(arrival: Arrival, name: str) -> bytes:
    """Put the quiz and its pictures into one ZIP file, as a course folder has them."""
    pictures = {
        f"{MEDIA_FOLDER}/{file}": content for file, content in arrival.media.items()
    }
    return write_archive({name: arrival.text.encode(), **pictures})


def write_departure(sent: Departure, target: Path) -> None:
    """Write a quiz in its other format.

    Raises:
        OSError: The folder cannot be written.
    """
    _write(target, sent.text.encode())


def _write(target: Path, content: bytes) -> None:
    """Write a file at once, readable by whoever reads the folder."""
    replace_file(target, content)
    target.chmod(_READABLE)


def quiz_files(folder: Path) -> list[QuizFile]:
    """List the quizzes of a course folder, by name."""
    found = repository.read_files(folder, "*.quiz.*.md")
    return [
        _quiz_file(name, data)
        for name, data in found.items()
        if file_name(name).kind in _QUIZZES
    ]


def _quiz_file(name: str, data: bytes) -> QuizFile:
    reading = read_quiz(data, path=name, default_pass=_ANY_PASS)
    quiz = reading.quiz
    lang = file_name(name).lang
    if quiz is None:
        return QuizFile(name, name, lang, 0, is_sound=False)
    return QuizFile(
        name,
        quiz.title or name,
        lang,
        len(quiz.questions),
        is_sound=not reading.has_errors,
    )


def quiz_in_other_form(folder: Path, name: str, form: Form) -> Departure:
    """Write a quiz of a folder in another format, with the pictures beside it.

    Raises:
        NotFoundError: There is no such file.
        ContentError: It has errors; they are its problems.
    """
    quiz = _with_source(folder, _sound_quiz(folder, name))
    media = repository.read_files(folder / MEDIA_FOLDER, "*")
    return quiz_for_others(quiz, form, media=media)


def _sound_quiz(folder: Path, name: str) -> Quiz:
    data = repository.read_file(folder / name)
    if data is None:
        raise NotFoundError
    is_final = name.startswith("final.quiz.")
    reading = read_quiz(data, path=name, is_final=is_final, default_pass=_ANY_PASS)
    if reading.quiz is None or reading.has_errors:
        errors = [one for one in reading.problems if one.severity is Severity.ERROR]
        raise ContentError("content-refused", problems=errors)
    return reading.quiz


def _with_source(folder: Path, quiz: Quiz) -> Quiz:
    """Give a translation what only its source says."""
    source = (quiz.translates or "").partition("@")[0]
    data = repository.read_file(folder / source) if source else None
    if data is None:
        return quiz
    is_final = source.startswith("final.quiz.")
    reading = read_quiz(data, path=source, is_final=is_final, default_pass=_ANY_PASS)
    if reading.quiz is None or reading.has_errors:
        return quiz
    return inherit(reading.quiz, quiz)
