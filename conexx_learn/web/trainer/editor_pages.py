"""The editor's page: the text, the learner's view, and what the check says of both."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count

from flask import g, render_template
from flask_login import current_user

from conexx_learn.adapters.clock import today
from conexx_learn.domain.course_source.file_names import MEDIA_KINDS, FileKind
from conexx_learn.domain.course_source.media import MIME
from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.previews import QUIZ_KINDS, ShownFile
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.publication import EXTENSIONS
from conexx_learn.domain.question_patterns import (
    ASIDES,
    aside_pattern,
    question_pattern,
    table_pattern,
)
from conexx_learn.domain.quiz import QuestionType
from conexx_learn.queries.drafts import PublishedFiles, published_files
from conexx_learn.services.preview import (
    FilePreview,
    MediaAddress,
    Writing,
    preview_file,
)
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.problem_words import problem_words
from conexx_learn.web.trainer.homes import course_homes
from conexx_learn.web.trainer.opened_files import OpenedFile
from conexx_learn.web.trainer.trials import (
    Fields,
    Trial,
    TrialSection,
    quiz_trials,
    self_check_trials,
)

MOST_PROBLEMS = 100
LONGEST_LINE = 160

_PICTURES = tuple(f".{kind}" for kind in MEDIA_KINDS if kind != "pdf")
_QUESTION_ID = re.compile(rb"^## +([a-z0-9-]{3,60}) *\|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A problem as the list below the text shows it."""

    line: int
    code: str
    is_error: bool
    message: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """The learner's view of a text.

    Attributes:
        shown: What the renderer made of it; None for a file that learners never see.
        is_too_slow: It took too long and is not shown.
        checks: Self-checks of a module, by their number.
        sections: Of a quiz.
        problems: Of this file.
        problem_count: How many there are; the list may be shorter.
        other_count: Of the other files.
    """

    shown: ShownFile | None
    is_too_slow: bool
    checks: Sequence[Trial]
    sections: Sequence[TrialSection]
    problems: Sequence[LineProblem]
    problem_count: int
    other_count: int


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the buttons insert, and what can be copied without them.

    Attributes:
        questions: Kind, its name, its text with a place for the id.
        asides: The same of asides.
        table: A small table.
        free_id: The id in the questions, which no question of the course has.
        is_fenced: Questions stand as self-checks inside a text.
    """

    questions: list[tuple[str, str, str]]
    asides: list[tuple[str, str, str]]
    table: str
    free_id: str
    is_fenced: bool


@dataclass(frozen=True, slots=True)
class ScriptFacts:
    """What the script needs.

    Attributes:
        pictures: Paths of images.
        taken: Ids of questions in the other files.
        prefix: What a new id begins with.
        user: Who writes, so that a shared machine keeps them apart.
        most: Bytes that the file may have.
    """

    pictures: list[str]
    taken: list[str]
    prefix: str
    user: int
    most: int


def view_of(opened: OpenedFile, text: str, fields: Fields | None = None) -> View:
    """Check a text and show it as learners will see it; tries what the fields say."""
    found = preview_file(
        Writing(opened.draft, opened.path, text),
        homes=course_homes(),
        media_address=_media_addresses(opened.draft.slug),
        today=today(),
    )
    return _view(opened, text, found, fields)


def editor_page(
    opened: OpenedFile,
    *,
    text: str,
    seen: str,
    fields: Fields | None = None,
    refusals: Collection[Problem] = (),
) -> str:
    """Render the page, with what was typed.

    Args:
        opened: The file as it is.
        text: What the field holds.
        seen: Fingerprint of what the field began with.
        fields: Answers to a question that is tried.
        refusals: Why the text was not saved.
    """
    g.form_path = url_for("editor.show", course=opened.draft.slug, path=opened.path)
    view, facts = view_of(opened, text, fields), _script_facts(opened)
    return render_template(
        "trainer/editor.html",
        opened=opened,
        text=text,
        seen=seen,
        view=view,
        is_saved=text == opened.text and not opened.is_new,
        refusals=line_problems(refusals, text),
        patterns=_patterns(opened, facts, text),
        facts=facts,
    )


def line_problems(problems: Collection[Problem], text: str) -> list[LineProblem]:
    """Say each problem in the page's language, with the line that it is about."""
    lines = text.split("\n")
    return [_line_problem(one, lines) for one in problems]


def _line_problem(problem: Problem, lines: Sequence[str]) -> LineProblem:
    message, hint = problem_words(problem)
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    return LineProblem(
        line=problem.line,
        code=problem.code,
        is_error=problem.severity is Severity.ERROR,
        message=message,
        hint=hint,
        text=line[:LONGEST_LINE],
    )


def _view(
    opened: OpenedFile, text: str, found: FilePreview, fields: Fields | None
) -> View:
    shown, kind = found.shown, opened.name.kind
    is_readable = shown is not None and not shown.is_refused
    checks: list[Trial] = []
    sections: list[TrialSection] = []
    if shown and is_readable and kind is FileKind.MODULE:
        checks = self_check_trials(shown, fields)
    if shown and is_readable and kind in QUIZ_KINDS:
        sections = quiz_trials(shown, found.problems, fields)
    return View(
        shown,
        found.is_too_slow,
        checks,
        sections,
        line_problems(found.problems[:MOST_PROBLEMS], text),
        len(found.problems),
        found.other_count,
    )


def _media_addresses(course: str) -> MediaAddress:
    """Show what is published where learners see it, and the rest from the draft."""
    known: list[PublishedFiles | None] = []

    def address(name: str, content: bytes) -> str:
        if not known:
            known.append(published_files(reading(), course))
        digest = fingerprint(content)
        ending = EXTENSIONS[MIME[name.rsplit(".", 1)[-1].lower()]]
        is_published = known[0] and known[0].media.get(f"media/{name}") == digest
        if is_published:
            return url_for("media.show", digest=digest, ending=ending)
        return url_for("draft_media.show", course=course, name=name)

    return address


def _patterns(opened: OpenedFile, facts: ScriptFacts, text: str) -> Patterns:
    free_id = _free_id(facts, text)
    lang = opened.name.lang or page_language()
    is_fenced = opened.name.kind is FileKind.MODULE
    has_questions = is_fenced or opened.name.kind in QUIZ_KINDS
    kinds = _question_names() if has_questions else {}
    return Patterns(
        [
            (kind, word, question_pattern(kind, lang=lang, question_id=free_id))
            for kind, word in kinds.items()
        ],
        [
            (kind, word, aside_pattern(kind, lang=lang))
            for kind, word in _aside_names().items()
        ],
        table_pattern(lang=lang, columns=2, rows=2),
        free_id,
        is_fenced,
    )


def _question_names() -> dict[QuestionType, str]:
    return {
        QuestionType.SINGLE: _("One answer"),
        QuestionType.TRUEFALSE: _("True or false"),
        QuestionType.MULTIPLE: _("Several answers"),
        QuestionType.ORDER: _("Put in order"),
        QuestionType.MATCH: _("Match"),
        QuestionType.NUMBER: _("Number"),
        QuestionType.WORDS: _("Short text"),
        QuestionType.OPEN: _("Open question"),
    }


def _aside_names() -> dict[str, str]:
    words = (_("Note"), _("Tip"), _("Warning"), _("Example"))
    return dict(zip(ASIDES, words, strict=True))


def _script_facts(opened: OpenedFile) -> ScriptFacts:
    files = opened.draft.files
    others = (content for path, content in files.items() if path != opened.path)
    taken = {
        match.decode() for content in others for match in _QUESTION_ID.findall(content)
    }
    stem = opened.name.slug[:16].strip("-") or "final"
    return ScriptFacts(
        pictures=[path for path in files if path.endswith(_PICTURES)],
        taken=sorted(taken),
        prefix=f"{opened.draft.slug[:40].rstrip('-')}-{stem}",
        user=current_user.id,
        most=opened.most_bytes,
    )


def _free_id(facts: ScriptFacts, text: str) -> str:
    taken = {*facts.taken, *map(bytes.decode, _QUESTION_ID.findall(text.encode()))}
    numbers = (f"{facts.prefix}-{number}" for number in count(1))
    return next(name for name in numbers if name not in taken)
