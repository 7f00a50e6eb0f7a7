"""`flask quizzes export`: a quiz for other systems."""

import sys
from pathlib import Path

import click

from conexx_learn.cli.language import shell_language
from conexx_learn.cli.problem_report import tell_refusal
from conexx_learn.cli.question_files import say, tell_remarks
from conexx_learn.cli.quizzes import quizzes
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.question_exchange import Form, Severity
from conexx_learn.services.question_exchange import quiz_in_other_form, write_departure

__all__ = ["export_quiz", "quizzes"]


@quizzes.command("export", with_appcontext=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    help="By the ending of OUT where it is not given: .xml or .gift, .txt.",
)
def export_quiz(file: Path, target: Path, form: str | None) -> None:
    r"""Write the quiz in FILE as GIFT or Moodle XML, and say what is lost on the way.

    The same quiz gives the same bytes. Pictures of media/ travel in Moodle XML.

    \b
    Example:
      flask quizzes export courses/first-steps/final.quiz.en.md final.xml
    """
    is_xml = target.suffix.lower() == ".xml"
    chosen = Form(form) if form else Form.MOODLE_XML if is_xml else Form.GIFT
    try:
        sent = quiz_in_other_form(file.parent, file.name, chosen)
    except ContentError as error:
        tell_refusal(error.problems, shell_language())
        sys.exit(1)
    tell_remarks(sent.remarks, file, left_out="stays")
    if not sent.count:
        say("nothing-goes", err=True)
        sys.exit(1)
    try:
        write_departure(sent, target)
    except OSError as error:
        say("unwritable", err=True, path=target, reason=error.strerror)
        sys.exit(1)
    say(
        "exported",
        target=target,
        count=sent.count,
        left_out=len(sent.of(Severity.LEFT_OUT)),
        changed=len(sent.of(Severity.CHANGED)),
    )
