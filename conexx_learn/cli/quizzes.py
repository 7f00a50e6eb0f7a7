"""`flask quizzes`: try a quiz file before anybody else does."""

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.grading import (
    AttemptOutcome,
    Response,
    ResponseShapeError,
    grade_attempt,
    is_answered,
    read_response,
)
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.quiz import Answer, Question, QuestionType, Quiz
from conexx_learn.domain.quiz_source import inherit, parse_quiz
from conexx_learn.domain.sentences import problem_sentence
from conexx_learn.domain.sentences.quiz_trials import trial_sentence

quizzes = LearnGroup("quizzes", help="Quiz files.")


@quizzes.command("try", with_appcontext=False)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--responses",
    "responses_file",
    type=click.Path(path_type=Path),
    help="JSON: question id to response, option keys in source order.",
)
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def try_quiz(file: Path, responses_file: Path | None, output: str) -> None:
    r"""Show the quiz in FILE as text; with responses, mark them.

    Every question that is not a draft is asked, in source order; points and score are
    exact fractions. Not passing is no error.

    \b
    Example:
      flask quizzes try courses/first-steps/final.quiz.en.md --responses mine.json
    """
    quiz = _quiz(file)
    asked = [question for question in quiz.questions if question.is_asked]
    if responses_file is None and output == "text":
        click.echo(_as_text(quiz))
        return
    responses = _responses(responses_file, asked) if responses_file else {}
    outcome = grade_attempt(asked, responses, pass_percent=quiz.settings.pass_percent)
    rows = [_row(question, outcome, responses) for question in asked]
    if output == "json":
        click.echo(json.dumps(_report(rows, outcome), indent=2))
    else:
        click.echo("\n".join([*map(_line, rows), *_result_lines(outcome)]))


class TrialError(click.ClickException):
    """Something that the person at the shell can mend: one line and exit code 1."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(trial_sentence(key, shell_language(), **facts))


def _quiz(file: Path) -> Quiz:
    """Read a quiz file, with what its course says and its source has.

    Raises:
        TrialError: The file cannot be read, or holds errors, which are told first.
    """
    quiz = _parsed(file, default_pass=_course_pass_mark(file.parent))
    if not quiz.translates:
        return quiz
    source = file.parent / quiz.translates.partition("@")[0]
    if source.parent != file.parent or not source.is_file():
        return quiz
    return inherit(_parsed(source, default_pass=_course_pass_mark(file.parent)), quiz)


def _parsed(file: Path, *, default_pass: Fraction | None) -> Quiz:
    quiz, problems = parse_quiz(
        _bytes(file),
        path=str(file),
        is_final=file.name.startswith("final.quiz"),
        default_pass=default_pass,
    )
    if quiz is None:
        errors = [found for found in problems if found.severity is Severity.ERROR]
        for problem in errors:
            click.echo(_problem_line(problem), err=True)
        raise TrialError("content-errors", path=file, count=len(errors))
    return quiz


def _problem_line(problem: Problem) -> str:
    place = f"{problem.path}:{problem.line}:{problem.column}"
    message, _ = problem_sentence(problem, shell_language())
    return f"{place}: {problem.code} {message}"


def _course_pass_mark(folder: Path) -> Fraction | None:
    """Read the pass mark of the course around a quiz; None where there is none.

    What is wrong with `course.toml` is for `flask courses check` to say.
    """
    try:
        pass_mark = tomllib.loads((folder / "course.toml").read_text("utf-8")).get(
            "pass_mark"
        )
    except (OSError, ValueError):
        return None
    return Fraction(pass_mark) if isinstance(pass_mark, int) else None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise TrialError("unreadable", path=file, reason=error.strerror) from error


def _responses(file: Path, asked: list[Question]) -> dict[str, Response]:
    """Read a file of responses; the first one that cannot be read ends the command."""
    known = {question.id: question for question in asked}
    responses: dict[str, Response] = {}
    for question_id, raw in _json_object(file).items():
        question = known.get(question_id)
        if question is None:
            raise TrialError("unknown-question", path=file, question=question_id[:80])
        try:
            responses[question_id] = read_response(question, raw)
        except ResponseShapeError as error:
            raise TrialError(
                "wrong-shape",
                path=file,
                question=question_id,
                type=question.type,
                reason=error.reason,
            ) from error
    return responses


def _json_object(file: Path) -> dict[str, Any]:
    data = _bytes(file)
    try:
        content = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_unrepeated,
            parse_constant=_refused_constant,
        )
    except (ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise TrialError("not-json", path=file, reason=reason) from error
    if not isinstance(content, dict):
        raise TrialError("not-json", path=file, reason=type(content).__name__)
    return content


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key occurs twice")
    return dict(pairs)


def _refused_constant(name: str) -> None:
    """Refuse NaN and infinities, which are not JSON."""
    raise ValueError(f"{name} is not JSON")


def _row(
    question: Question, outcome: AttemptOutcome, responses: Mapping[str, Response]
) -> dict[str, Any]:
    """Say what one question earned; a dropped one is worth nothing to anybody."""
    marks = {mark.question_id: mark for mark in outcome.marked}
    mark = marks.get(question.id)
    earned = str(mark.earned) if mark else "0"
    is_dropped = question.id in outcome.dropped
    return {
        "id": question.id,
        "type": question.type.value,
        "earned": None if question.id in outcome.ungraded else earned,
        "possible": "0" if is_dropped else str(question.points),
        "answered": is_answered(question, responses.get(question.id)),
    }


def _report(rows: list[dict[str, Any]], outcome: AttemptOutcome) -> dict[str, Any]:
    return {
        "questions": rows,
        "score": str(outcome.grade.score),
        "passed": outcome.grade.passed,
    }


def _line(row: Mapping[str, Any]) -> str:
    lang = shell_language()
    earned = row["earned"]
    points = "-" if earned is None else f"{earned} / {row['possible']}"
    notes = [] if row["answered"] else [trial_sentence("unanswered", lang)]
    if earned is None:
        notes.append(trial_sentence("ungraded", lang))
    return "  ".join([row["id"], row["type"], points, *notes])


def _result_lines(outcome: AttemptOutcome) -> list[str]:
    lang = shell_language()
    grade = outcome.grade
    lines = [trial_sentence("score", lang, score=grade.score, percent=grade.shown)]
    if grade.passed is not None and grade.pass_percent is not None:
        mark = _plain(grade.pass_percent)
        lines.append(trial_sentence("pass-mark", lang, percent=mark))
        lines.append(trial_sentence("passed" if grade.passed else "failed", lang))
    return lines


def _plain(value: Fraction) -> str:
    """Write points or a percent as a trainer would: `2`, `0.5`."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return format(decimal.normalize(), "f")


def _as_text(quiz: Quiz) -> str:
    """Write a quiz out as it is asked, without its key."""
    blocks = [quiz.title, quiz.intro_md]
    for section in quiz.sections:
        blocks += [section.title, section.text_md]
        blocks += [
            _question_text(asked) for asked in section.questions if asked.is_asked
        ]
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def _question_text(question: Question) -> str:
    lang = shell_language()
    facts = [
        question.type.value,
        trial_sentence("points", lang, points=_plain(question.points)),
    ]
    if question.void:
        facts.append(trial_sentence("voided", lang))
    head = f"{question.id} | {question.title} ({', '.join(facts)})"
    options = [_option_text(question, answer) for answer in question.answers]
    parts = [head, question.prompt_md.strip(), "\n".join(filter(None, options))]
    return "\n\n".join(part for part in parts if part)


def _option_text(question: Question, answer: Answer) -> str:
    """Write an option with its key; what one types is not written out."""
    if question.type in (QuestionType.NUMBER, QuestionType.WORDS):
        return ""
    if question.type is QuestionType.MATCH:
        left = f"{answer.key}) {answer.left_md}" if answer.left_md else ""
        return f"{left}\n    → {answer.key}) {answer.right_md}".strip("\n")
    return f"{answer.key}) {answer.text_md}"
