"""Questions for other systems, and from them: downloads, uploads, and what is lost."""

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import today
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.question_exchange import (
    Arrival,
    Departure,
    Form,
    Remark,
    Severity,
    read_questions,
)
from conexx_learn.domain.question_exchange.decoding import MOST_BYTES
from conexx_learn.domain.quiz_source.headings import proposed_id
from conexx_learn.domain.quiz_source.parser import MOST_BYTES as LARGEST_QUIZ
from conexx_learn.domain.sentences.quiz_exchange import exchange_sentence
from conexx_learn.services.course_desk import CourseDraft, course_draft
from conexx_learn.services.question_exchange import (
    QuizFile,
    arrival_archive,
    quiz_files,
    quiz_in_other_form,
)
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.problem_words import as_sentence
from conexx_learn.web.trainer.desk import refuse_foreign
from conexx_learn.web.trainer.homes import course_homes
from conexx_learn.web.uploads import takes_file

question_files = Blueprint("question_files", __name__, url_prefix="/trainer")

UNPROCESSABLE = 422
MOST_SHOWN = 200
"""Lines of a report that a page shows of each kind; it says how many more there are."""

ROOM_FOR_FIELDS = 64 * 1024
LANGUAGES = ("es", "en")
MIME = {Form.GIFT: "text/plain", Form.MOODLE_XML: "application/xml"}

_QUIZ_NAME = re.compile(r"[a-z0-9-]{3,60}\.quiz\.(?:es|en)\.md")


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark as a page shows it."""

    line: int
    question: str
    message: str


@dataclass(frozen=True, slots=True)
class ShownQuiz:
    """A quiz with what it is in each format; no formats while it has errors."""

    file: QuizFile
    forms: tuple[tuple[Departure, tuple[ShownRemark, ...]], ...]


@question_files.get("/courses/<course>/questions")
@requires(Role.TRAINER)
def index(course: str) -> str:
    """List the quizzes of a course with their downloads, and what each would lose."""
    draft = _draft(course)
    quizzes = [_shown_quiz(draft.lying, file) for file in quiz_files(draft.lying)]
    return render_template("trainer/question_files.html", draft=draft, quizzes=quizzes)


@question_files.get("/courses/<course>/questions/<name>/<form>")
@requires(Role.TRAINER)
def download(course: str, name: str, form: str) -> Response:
    """Give the questions of a quiz as GIFT or Moodle XML."""
    draft = _draft(course)
    known = [file for file in quiz_files(draft.lying) if file.name == name]
    forms = [one for one in Form if one == form]
    if not known or not forms:
        raise NotFoundError
    sent = quiz_in_other_form(draft.lying, name, forms[0])
    if not sent.count:
        raise NotFoundError
    base = name.removesuffix(".md").replace(".quiz.", "-")
    return _attachment(
        sent.text.encode(), f"{course}-{base}{sent.form.suffix}", MIME[sent.form]
    )


@question_files.get("/questions")
@requires(Role.TRAINER)
def new() -> str:
    """Ask for a file of questions."""
    return _form("")


@question_files.post("/questions")
@takes_file(most_bytes=MOST_BYTES + ROOM_FOR_FIELDS)
@requires(Role.TRAINER)
def create() -> ResponseReturnValue:
    """Tell what of a file comes and what does not; nothing is stored."""
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    name = (sent.filename or "") if sent else ""
    if sent is not None:
        # A large one lies in a file of its own until it is closed.
        sent.close()
    if not content:
        return _form(_("Choose the file with the questions.")), UNPROCESSABLE
    lang = request.form.get("quiz_language", "")
    lang = lang if lang in LANGUAGES else page_language()
    title = request.form.get("title", "")[:200]
    arrival = read_questions(content, name=name, title=title, lang=lang)
    if request.form.get("act") == "download" and arrival.text:
        return _whole(arrival, _quiz_name(name, lang))
    page = _report(arrival, name, _quiz_name(name, lang))
    return (page, UNPROCESSABLE) if not arrival.text else page


@question_files.post("/questions/file")
@requires(Role.TRAINER)
def give() -> ResponseReturnValue:
    """Give back the quiz text that a report showed, as a file."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    name = request.form.get("name", "")
    is_sound = text.strip() and len(text.encode()) <= LARGEST_QUIZ
    if not is_sound or not _QUIZ_NAME.fullmatch(name):
        return _form(_("Choose the file with the questions.")), UNPROCESSABLE
    return _attachment(text.encode(), name, "text/markdown")


def _draft(course: str) -> CourseDraft:
    refuse_foreign(course)
    return course_draft(course, course_homes(), today=today())


def _shown_quiz(folder: Path, file: QuizFile) -> ShownQuiz:
    if not file.is_sound:
        return ShownQuiz(file, ())
    sent = [quiz_in_other_form(folder, file.name, form) for form in Form]
    return ShownQuiz(file, tuple((one, _shown(one.remarks)) for one in sent))


def _shown(remarks: tuple[Remark, ...]) -> tuple[ShownRemark, ...]:
    lang = page_language()
    return tuple(
        ShownRemark(one.line, one.question, as_sentence(exchange_sentence(one, lang)))
        for one in remarks[:MOST_SHOWN]
    )


def _quiz_name(name: str, lang: str) -> str:
    """Name the quiz file as its id, so that the name is safe whatever was sent."""
    stem = re.sub(
        r"(?:\.(?:gift|txt|xml|md))+$", "", name[-80:].strip(), flags=re.IGNORECASE
    )
    return f"{proposed_id(stem)}.quiz.{lang}.md"


def _whole(arrival: Arrival, name: str) -> Response:
    if not arrival.media:
        return _attachment(arrival.text.encode(), name, "text/markdown")
    content = arrival_archive(arrival, name)
    return _attachment(content, f"{name.removesuffix('.md')}.zip", "application/zip")


def _attachment(content: bytes, name: str, mime: str) -> Response:
    answer = Response(content, mimetype=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _form(error: str) -> str:
    g.form_path = url_for("question_files.new")
    return render_template(
        "trainer/question_upload.html",
        error=error,
        most_megabytes=MOST_BYTES // 1024 // 1024,
        lang=page_language(),
    )


def _report(arrival: Arrival, name: str, quiz_name: str) -> str:
    g.form_path = url_for("question_files.new")
    left_out = arrival.of(Severity.LEFT_OUT)
    changed = arrival.of(Severity.CHANGED)
    return render_template(
        "trainer/question_report.html",
        arrival=arrival,
        name=name[:100],
        quiz_name=quiz_name,
        faults=_shown(arrival.of(Severity.FAULT)),
        left_out=_shown(left_out),
        left_out_count=len(left_out),
        changed=_shown(changed),
        changed_count=len(changed),
        most_shown=MOST_SHOWN,
        form_name={Form.GIFT: "GIFT", Form.MOODLE_XML: "Moodle XML"}[arrival.form],
    )
