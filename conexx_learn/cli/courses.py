"""The shell's door to course folders: check, fmt, new, export, import.

These commands read and write folders; none needs the application or its database, but
the export and the import of a draft.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from conexx_learn.adapters.clock import today
from conexx_learn.cli.draft_files import export_draft, import_draft
from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.cli.problem_report import FORMATS, error_count, report, tell_refusal
from conexx_learn.cli.question_files import bring_questions, is_question_file
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.sentences.course_commands import course_command_sentence
from conexx_learn.services import course_checking

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(cls=LearnGroup, epilog="Example: flask courses check courses/first-steps")
def courses() -> None:
    """Check, format, begin and carry courses."""


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Tell what stands in the way line by line, where there is more than a sentence."""
    try:
        yield
    except ContentError as error:
        if not error.problems:
            raise
        tell_refusal(error.problems, shell_language())
        sys.exit(1)


def _courses_folder() -> Path:
    """Choose the `courses/` where one stands, else that of the product."""
    here = Path("courses")
    return here if here.is_dir() else course_checking.PROJECT_COURSES


def _say(key: str, **facts: object) -> None:
    click.echo(course_command_sentence(key, shell_language(), **facts))


@courses.command(
    epilog="Example: flask courses check courses/first-steps --format github",
    with_appcontext=False,
)
@click.argument("folder", type=_FOLDER, required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
def check(folder: Path | None, form: str) -> None:
    """Print every problem of a course, or of a folder of courses.

    Exits 0 when there is no error (warnings are allowed), 1 with errors, 2 when asked
    wrongly. Without FOLDER it checks courses/.
    """
    target = folder or _courses_folder()
    lang = shell_language()
    with _refusals_told():
        problems = course_checking.check_folder(target, today=today())
    for line in report(problems, form=form, lang=lang, folder=target):
        click.echo(line)
    errors = error_count(problems)
    if form == "text":
        facts = {"errors": errors, "warnings": len(problems) - errors}
        click.echo(course_command_sentence("checked", lang, **facts), err=True)
    sys.exit(1 if errors else 0)


@courses.command(
    epilog="Example: flask courses fmt courses/first-steps", with_appcontext=False
)
@click.argument("folder", type=_FOLDER, required=False)
def fmt(folder: Path | None) -> None:
    """Write courses in their canonical form; says which files changed."""
    with _refusals_told():
        changed = course_checking.format_folder(folder or _courses_folder())
    for path in changed:
        _say("formatted", path=path)
    if not changed:
        _say("formatted-already")


@courses.command(
    epilog="Example: flask courses new water-management --source-language es",
    with_appcontext=False,
)
@click.argument("slug")
@click.option("--source-language", help="es, en …; asked for where it is not given.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of courses; courses/ where it is not given.",
)
def new(slug: str, source_language: str | None, into: Path | None) -> None:
    """Begin a course: a small folder that passes the check, with advice in it."""
    language = source_language or _asked_language()
    if not _LANGUAGE.fullmatch(language):
        refused = course_command_sentence("language-refused", shell_language())
        raise click.BadParameter(refused, param_hint="--source-language")
    with _refusals_told():
        folder = course_checking.new_course(
            slug, source_language=language, into=into or _courses_folder()
        )
    _say("created", folder=folder)


def _asked_language() -> str:
    lang = shell_language()
    question = course_command_sentence("source-language", lang)
    answer: str = click.prompt(question, default=lang)
    return answer.strip().lower()


@courses.command(
    epilog="Example: flask courses export first-steps first-steps.zip",
    with_appcontext=False,
)
@click.argument("slug")
@click.argument("target", metavar="OUT.zip", type=click.Path(path_type=Path))
@click.option(
    "--draft", is_flag=True, help="With what was changed in the browser, unpublished."
)
def export(slug: str, target: Path, *, draft: bool) -> None:
    """Write a course as a ZIP file: the same bytes for the same content.

    SLUG is a course of courses/, or the path of a course folder; with --draft, a course
    of this installation as its authors see it.
    """
    if draft:
        count = export_draft(slug, target)
        _say("exported", target=target, count=count, slug=slug)
        return
    folder = _courses_folder() / slug
    if not folder.is_dir():
        folder = Path(slug)
    if not folder.is_dir():
        facts = {"slug": slug, "folder": _courses_folder()}
        _refuse("no-course", **facts)
    with _refusals_told():
        count = course_checking.export_course_folder(folder, target)
    _say("exported", target=target, count=count, slug=folder.resolve().name)


def _refuse(key: str, **facts: object) -> None:
    click.echo(course_command_sentence(key, shell_language(), **facts), err=True)
    sys.exit(1)


@courses.command(
    "import",
    epilog="Example: flask courses import first-steps.zip, or "
    "flask courses import bank.xml --out courses/water/final.quiz.es.md --dry-run",
    with_appcontext=False,
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace what has that name.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Questions: the quiz file to write; here, named like FILE, if not given.",
)
@click.option("--title", default="", help="Questions: the title of the quiz.")
@click.option("--dry-run", is_flag=True, help="Questions: tell, and write nothing.")
@click.option(
    "--draft-of",
    metavar="EMAIL-OR-USERNAME",
    help="Bring the course into its draft, in the name of who writes it.",
)
def import_(
    *,
    file: Path,
    into: Path | None,
    overwrite: bool,
    out: Path | None,
    title: str,
    dry_run: bool,
    draft_of: str | None,
) -> None:
    """Take in a course from a ZIP file or a folder: the whole of it, or nothing.

    A file of GIFT (.txt, .gift) or Moodle XML (.xml) becomes a quiz file; what has no
    counterpart is listed by question. Put it into a course by its name.
    """
    if is_question_file(file):
        bring_questions(
            file, out=out, title=title, dry_run=dry_run, overwrite=overwrite
        )
        return
    if draft_of:
        with _refusals_told():
            slug, count = import_draft(file, draft_of)
        _say("imported-draft", slug=slug, count=count)
        return
    with _refusals_told():
        brought = course_checking.import_course(
            file, into=into or _courses_folder(), today=today(), overwrite=overwrite
        )
    facts = {"slug": brought.slug, "folder": brought.folder}
    if brought.changed:
        _say("imported", warnings=len(brought.problems), **facts)
    else:
        _say("imported-already", **facts)
